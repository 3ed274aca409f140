"""What `az` says when the answer is no."""

import pytest

from azure_cli import rest
from azure_pim import activation

NOBODY = "00000000-1111-2222-3333-444444444444"


@pytest.fixture
def her(proxied, pim_tenant):
    az = proxied(pim_tenant)
    az.sign_in("alice")
    return az


def test_what_is_not_there(her):
    assert f"Resource '{NOBODY}' does not exist" in her.refused("ad", "user", "show", "--id", NOBODY)
    assert "No group matches the name of 'Nobodies'" in her.refused("ad", "group", "show", "--group", "Nobodies")


def test_a_person_may_not_write_the_directory(her, pim_tenant):
    upn = f"mallory@{pim_tenant.domain}"
    name = ("--display-name", "Mallory", "--user-principal-name", upn)
    assert "Insufficient privileges" in her.refused("ad", "user", "create", *name, "--password", "Correct-horse-7")


def test_nobody_activates_for_somebody_else(her, pim_tenant):
    web = pim_tenant.made["resourceGroups"]["prod/web"]["path"]
    refusal = her.refused(*rest(*activation(pim_tenant, web, "bob")))
    assert "Forbidden" in refusal or "Bad Request" in refusal


def test_an_unknown_place_and_an_unknown_version(her, pim_tenant):
    nowhere = f"/subscriptions/{NOBODY}"
    unknown = f"{nowhere}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01"
    assert f"Subscription '{NOBODY}' not found" in her.refused("rest", "--url", unknown)
    prod = pim_tenant.made["subscriptions"]["prod"]["path"]
    refusal = her.refused("rest", "--url", f"{prod}/resourceGroups?api-version=1999-01-01")
    assert "InvalidApiVersionParameter" in refusal


def test_pim_of_the_directory_is_not_for_this_program(her, pim_tenant):
    """Its token of Graph has no scope for that, whoever is signed in; the resources of PIM in Azure it may use."""
    pim = "https://graph.microsoft.com/v1.0/roleManagement/directory"
    wish = {
        "action": "selfActivate",
        "principalId": pim_tenant.user("alice").id,
        "roleDefinitionId": "fdd7a751-b60b-444a-984c-02652fe8fa1c",
        "directoryScopeId": "/",
        "justification": "Ticket 4711",
        "scheduleInfo": {"expiration": {"type": "afterDuration", "duration": "PT1H"}},
    }
    for refused in (
        rest("get", f"{pim}/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')"),
        rest("post", f"{pim}/roleAssignmentScheduleRequests", wish),
    ):
        assert "PermissionScopeNotGranted" in her.refused(*refused)
