"""The message of an answer is what the program prints, and it ends with 1."""


def test_what_one_is_not_eligible_for(alice):
    refusal = alice.refused(
        "entra", "pim", "role", "assignment", "add", "--roleDefinitionName", "Global Reader", "--justification", "because"
    )
    assert refusal.strip() == "Error: The Role assignment does not exist."


def test_rules_of_the_policy(alice):
    refusal = alice.refused(
        "entra", "pim", "role", "assignment", "add", "--roleDefinitionName", "Groups Administrator", "--duration", "PT23H"
    )
    assert refusal.strip() == 'Error: The following policy rules failed: ["ExpirationRule","JustificationRule"]'


def test_names_of_nobody(alice):
    nobody = f"nobody@{alice.tenant.domain}"
    refusal = alice.refused("entra", "pim", "role", "assignment", "list", "--userName", nobody)
    assert nobody in refusal
    refusal = alice.refused("entra", "pim", "role", "assignment", "add", "--roleDefinitionName", "King", "--justification", "x")
    assert "The specified role definition 'King' does not exist." in refusal


def test_what_only_an_administrator_gives(alice):
    refusal = alice.refused(
        *("entra", "pim", "role", "assignment", "add", "--roleDefinitionName", "Global Reader"),
        *("--userName", alice.tenant.user("bob").user_principal_name, "--justification", "a favour"),
    )
    assert "Error: " in refusal
