"""`az role`: roles of Azure, beside PIM."""

import pytest

CONTRIBUTOR = "b24988ac-6180-42a0-ab88-20f7382dd24c"
READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7"


@pytest.fixture
def az(direct, pim_tenant):
    az = direct(pim_tenant)
    az.sign_in_as("ci-app")
    return az


def test_roles_are_listed_and_found_by_name(az):
    everything, [contributor] = az.each(
        ("role", "definition", "list"), ("role", "definition", "list", "--name", "Contributor")
    )
    assert len(everything) > 50
    assert contributor["name"] == CONTRIBUTOR
    assert contributor["roleType"] == "BuiltInRole"
    assert contributor in everything


def test_an_assignment_is_made_found_and_removed(az, pim_tenant):
    web = pim_tenant.made["resourceGroups"]["prod/web"]["path"]
    bob = pim_tenant.user("bob")
    made = az("role", "assignment", "create", "--assignee", bob.user_principal_name, "--role", "Reader", "--scope", web)
    assert (made["principalId"], made["principalType"]) == (bob.id, "User")
    assert made["roleDefinitionId"].endswith(READER)

    at_the_scope, his, all_of_it = az.each(
        ("role", "assignment", "list", "--scope", web),
        ("role", "assignment", "list", "--all", "--assignee", bob.user_principal_name),
        ("role", "assignment", "list", "--all"),
    )
    # Names of roles and principals are looked up by the client, the second in the directory.
    for listed in (at_the_scope, his, all_of_it):
        [found] = [entry for entry in listed if entry["principalId"] == bob.id]
        assert found["roleDefinitionName"] == "Reader"
        assert found["principalName"] == bob.user_principal_name
        assert found["id"] == made["id"]
    assert len(his) == 1

    az("role", "assignment", "delete", "--assignee", bob.id, "--role", "Reader", "--scope", web)
    assert az("role", "assignment", "list", "--all", "--assignee", bob.id) == []


def test_what_is_held_above_shows_below_where_asked_for(az, pim_tenant):
    web = pim_tenant.made["resourceGroups"]["prod/web"]["path"]
    application = pim_tenant.application("ci-app")
    there, with_above, by_client = az.each(
        ("role", "assignment", "list", "--scope", web),
        ("role", "assignment", "list", "--scope", web, "--include-inherited"),
        # A service principal is found by its client id as well.
        ("role", "assignment", "list", "--all", "--assignee", application.client_id),
    )
    assert there == []
    assert {entry["roleDefinitionName"] for entry in with_above} == {"Owner", "Reader"}
    [own] = by_client
    assert (own["principalId"], own["principalName"]) == (application.service_principal_id, application.client_id)


def test_groups_hold_roles_for_their_members(az, pim_tenant):
    web = pim_tenant.made["resourceGroups"]["prod/web"]["path"]
    operators, alice = pim_tenant.group("operators"), pim_tenant.user("alice")
    given = ("--assignee-object-id", operators, "--assignee-principal-type", "Group")
    made = az("role", "assignment", "create", *given, "--role", CONTRIBUTOR, "--scope", web, "--description", "On call")
    assert (made["principalType"], made["description"]) == ("Group", "On call")
    own, with_groups = az.each(
        ("role", "assignment", "list", "--all", "--assignee", alice.id),
        ("role", "assignment", "list", "--all", "--assignee", alice.id, "--include-groups"),
    )
    assert [entry["roleDefinitionName"] for entry in own] == ["Reader"]
    assert {entry["principalName"] for entry in with_groups} == {alice.user_principal_name, "Operators"}


def test_who_may_only_read_gives_nothing(proxied, pim_tenant):
    az = proxied(pim_tenant)
    az.sign_in("alice")
    web = pim_tenant.made["resourceGroups"]["prod/web"]["path"]
    bob = ("--assignee-object-id", pim_tenant.user("bob").id, "--assignee-principal-type", "User")
    refusal = az.refused("role", "assignment", "create", *bob, "--role", READER, "--scope", web)
    assert "AuthorizationFailed" in refusal
    assert "Microsoft.Authorization/roleAssignments/write" in refusal
