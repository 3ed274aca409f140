"""PIM for directory roles, by every command that the program has for it."""

import pytest

ROLE = "Groups Administrator"


def active(program, *more: str) -> list[dict]:
    return program.entra("pim role assignment list", *more)


def roles(program, *more: str) -> list[str]:
    """The names of the roles that are active."""
    return [row["roleDefinition"]["displayName"] for row in active(program, *more)]


def test_a_role_is_activated_and_ends(alice):
    upn = alice.tenant.user("alice").user_principal_name
    [eligible] = alice.entra("pim role assignment eligibility list", "--userName", upn)
    assert eligible["roleDefinitionName"] == ROLE

    why = ("--justification", "Ticket 4711", "--ticketNumber", "4711", "--ticketSystem", "Jira")
    made = alice.entra("pim role assignment add", "--roleDefinitionName", ROLE, "--duration", "PT1H", *why)
    assert (made["status"], made["action"]) == ("Provisioned", "selfActivate")
    assert made["ticketInfo"] == {"ticketNumber": "4711", "ticketSystem": "Jira"}

    [instance] = active(alice, "--userName", upn, "--withPrincipalDetails")
    assert (instance["assignmentType"], instance["endDateTime"]) == ("Activated", "2026-01-05T09:00:00Z")
    assert instance["principal"]["displayName"] == "Alice Archer"
    alice.tenant.clock.advance("PT1H")
    assert active(alice, "--userName", upn) == []


def test_eight_hours_where_nothing_is_said_and_given_back(alice):
    alice_id = alice.tenant.user("alice").id
    made = alice.entra("pim role assignment add", "--roleDefinitionName", ROLE, "--justification", "because")
    assert made["scheduleInfo"]["expiration"]["duration"] == "PT8H"
    alice.tenant.clock.advance("PT5M")
    back = alice.entra("pim role assignment remove", "--roleDefinitionName", ROLE)
    assert (back["action"], back["status"]) == ("selfDeactivate", "Revoked")
    assert active(alice, "--userId", alice_id) == []


def test_requests_are_found_by_status_and_time(alice):
    alice.entra("pim role assignment add", "--roleDefinitionName", ROLE, "--justification", "first")
    alice.tenant.clock.advance("PT10M")
    alice.entra("pim role assignment remove", "--roleDefinitionName", ROLE, "--justification", "second")
    upn = alice.tenant.user("alice").user_principal_name
    [first] = alice.entra("pim role request list", "--status", "Provisioned", "--userName", upn)
    assert (first["justification"], first["roleDefinitionName"]) == ("first", ROLE)
    later = ("--createdDateTime", "2026-01-05T08:05:00Z")
    [second] = alice.entra("pim role request list", *later, "--userName", upn, "--withPrincipalDetails")
    assert (second["justification"], second["principal"]["userPrincipalName"]) == ("second", upn)


def test_what_began_before_is_left_out(alice):
    upn = alice.tenant.user("alice").user_principal_name
    alice.entra("pim role assignment add", "--roleDefinitionName", ROLE, "--justification", "because")
    assert len(active(alice, "--userName", upn, "--startDateTime", "2026-01-05T08:00:00Z")) == 1
    assert active(alice, "--userName", upn, "--startDateTime", "2026-01-05T08:00:01Z") == []


def test_an_end_and_a_start_of_ones_own(alice):
    upn = alice.tenant.user("alice").user_principal_name
    window = ("--startDateTime", "2026-01-05T12:00:00.000Z", "--endDateTime", "2026-01-05T14:00:00Z")
    made = alice.entra("pim role assignment add", "--roleDefinitionName", ROLE, "--justification", "later", *window)
    assert (made["status"], made["scheduleInfo"]["expiration"]["type"]) == ("Granted", "afterDateTime")
    assert active(alice, "--userName", upn) == []
    alice.tenant.clock.advance("PT5H")
    [instance] = active(alice, "--userName", upn)
    assert instance["endDateTime"] == "2026-01-05T14:00:00Z"


@pytest.mark.parametrize("place", ["/", "berlin"])
def test_an_administrator_gives_and_takes(bob, place):
    """With a principal it is an assignment, and not one's own activation."""
    unit = bob.tenant.made["administrativeUnits"]["berlin"]["id"]
    where = () if place == "/" else ("--administrativeUnitId", unit)
    upn = bob.tenant.user("alice").user_principal_name
    who = ("--roleDefinitionName", "Helpdesk Administrator", "--userName", upn, *where)
    made = bob.entra("pim role assignment add", *who, "--justification", "On call", "--duration", "P7D")
    assert made["action"] == "adminAssign"
    assert made["directoryScopeId"] == ("/" if place == "/" else f"/administrativeUnits/{unit}")
    assert roles(bob, "--userName", upn) == ["Helpdesk Administrator"]
    bob.tenant.clock.advance("PT5M")
    assert bob.entra("pim role assignment remove", *who)["action"] == "adminRemove"
    assert active(bob, "--userName", upn) == []


def test_a_group_is_eligible_and_given_a_role(bob):
    named = ("--groupName", "Operators")
    [eligible] = bob.entra("pim role assignment eligibility list", *named, "--withPrincipalDetails")
    assert (eligible["roleDefinitionName"], eligible["principal"]["displayName"]) == ("Reports Reader", "Operators")
    made = bob.entra(
        "pim role assignment add", "--roleDefinitionName", "Reports Reader", *named, "--noExpiration", "--justification", "Always"
    )
    assert made["scheduleInfo"]["expiration"]["type"] == "noExpiration"
    [instance] = active(bob, "--groupId", bob.tenant.group("operators"))
    assert instance["endDateTime"] is None


def test_an_application_takes_away_and_does_not_give(make_m365, pim_tenant):
    """The program itself refuses to add without a user's token, and says so; it does remove."""
    m365 = make_m365(pim_tenant)
    m365.sign_in_as("ci-app")
    upn = pim_tenant.user("bob").user_principal_name
    who = ("--roleDefinitionName", "Global Reader", "--userName", upn)
    refusal = m365.refused("entra", "pim", "role", "assignment", "add", *who, "--justification", "because")
    assert "When running with application permissions" in refusal

    pim_tenant.clock.advance("PT5M")
    assert m365.entra("pim role assignment remove", *who)["action"] == "adminRemove"
    assert roles(m365, "--userName", upn) == ["Privileged Role Administrator"]
