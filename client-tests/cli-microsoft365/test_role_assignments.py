"""Role assignments beside PIM."""


def test_a_role_is_given_outright(bob):
    upn = bob.tenant.user("alice").user_principal_name
    made = bob.entra("roleassignment add", "--roleDefinitionName", "Global Reader", "--principal", upn)
    assert made["principalId"] == bob.tenant.user("alice").id
    assert made["directoryScopeId"] == "/"
    [instance] = bob.entra("pim role assignment list", "--userName", upn)
    assert (instance["assignmentType"], instance["endDateTime"]) == ("Assigned", None)


def test_a_role_is_given_for_an_administrative_unit(bob):
    unit = bob.tenant.made["administrativeUnits"]["berlin"]["id"]
    made = bob.entra(
        "roleassignment add",
        *("--roleDefinitionName", "Helpdesk Administrator", "--administrativeUnitName", "Berlin"),
        *("--principal", bob.tenant.user("alice").id),
    )
    assert made["directoryScopeId"] == f"/administrativeUnits/{unit}"
