"""PIM for Azure roles, by `az rest`."""

import pytest

from azure_cli import rest
from azure_pim import activated, activation, own, path, request


@pytest.fixture
def web(pim_tenant):
    return pim_tenant.made["resourceGroups"]["prod/web"]["path"]


@pytest.fixture
def her(proxied, pim_tenant):
    az = proxied(pim_tenant)
    az.sign_in("alice")
    return az


def test_alice_activates_what_she_is_eligible_for(her, pim_tenant, web):
    [eligible] = her.rest("get", own(of="Eligibility"))["value"]
    assert eligible["properties"]["scope"] == web
    assert eligible["properties"]["expandedProperties"]["roleDefinition"]["displayName"] == "Contributor"

    made = her.rest(*activation(pim_tenant, web, "alice"))
    assert made["properties"]["status"] == "Provisioned"
    [active] = activated(her)
    assert active["scope"] == web
    assert active["linkedRoleEligibilityScheduleId"] == eligible["properties"]["roleEligibilityScheduleId"]
    assert "Contributor" in {entry["roleDefinitionName"] for entry in her("role", "assignment", "list", "--scope", web)}

    pim_tenant.clock.advance("PT2H")
    assert activated(her) == []
    assert her("role", "assignment", "list", "--scope", web) == []


def test_what_is_active_is_given_back(her, pim_tenant, web):
    her.rest(*activation(pim_tenant, web, "alice"))
    giving_back = request(pim_tenant, web, "alice", "SelfDeactivate")
    assert "ActiveDurationTooShort" in her.refused(*rest(*giving_back))
    pim_tenant.clock.advance("PT5M")
    assert her.rest(*giving_back)["properties"]["status"] == "Revoked"
    assert activated(her) == []


def test_somebody_is_made_eligible_and_is_not_any_more(direct, pim_tenant, web):
    az = direct(pim_tenant)
    az.sign_in_as("ci-app")
    lasting = {"expiration": {"type": "AfterDuration", "duration": "P30D"}}
    given = request(pim_tenant, web, "bob", "AdminAssign", "Eligibility", justification="On call", scheduleInfo=lasting)
    assert az.rest(*given)["properties"]["status"] == "Provisioned"
    there = path(web, "roleEligibilityScheduleInstances", "api-version=2020-10-01&$filter=atScope()")
    who = {row["properties"]["principalId"] for row in az.rest("get", there)["value"]}
    assert who == {pim_tenant.user("alice").id, pim_tenant.user("bob").id}
    pim_tenant.clock.advance("P30D")
    who = {row["properties"]["principalId"] for row in az.rest("get", there)["value"]}
    assert who == {pim_tenant.user("alice").id}


def test_a_request_is_checked_without_being_made(her, pim_tenant, web):
    method, address, body = activation(pim_tenant, web, "alice")
    checked = her.rest("post", address.replace("?", "/validate?"), body)
    assert checked["properties"]["status"] == "Granted"
    assert activated(her) == []


def test_what_begins_later_can_be_cancelled(her, pim_tenant, web):
    later = {
        "startDateTime": "2026-01-05T12:00:00Z",
        "expiration": {"type": "AfterDuration", "duration": "PT1H"},
    }
    method, address, body = activation(pim_tenant, web, "alice", scheduleInfo=later)
    assert her.rest(method, address, body)["properties"]["status"] == "Granted"
    her("rest", "--method", "post", "--url", address.replace("?", "/cancel?"))
    assert her.rest("get", address)["properties"]["status"] == "Canceled"
    pim_tenant.clock.advance("PT5H")
    assert activated(her) == []


def test_where_she_could_activate(her, pim_tenant, web):
    found = her.rest("get", path(pim_tenant.made["subscriptions"]["prod"]["path"], "eligibleChildResources"))
    assert [child["id"] for child in found["value"]] == [web]
