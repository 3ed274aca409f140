"""PIM for directory roles, by `az rest`, as an application that may."""

from azure_cli import rest


def test_an_application_makes_somebody_eligible(proxied, pim_tenant):
    az = proxied(pim_tenant)
    az.sign_in_as("ci-app")
    pim = "https://graph.microsoft.com/v1.0/roleManagement/directory"
    bob, reader = pim_tenant.user("bob").id, "f2ef992c-3afb-46b9-b7cf-a126ee74c451"
    wish = {
        "action": "adminAssign",
        "principalId": bob,
        "roleDefinitionId": reader,
        "directoryScopeId": "/",
        "justification": "Second line support",
        "scheduleInfo": {"expiration": {"type": "afterDuration", "duration": "P30D"}},
    }
    made = az.rest("post", f"{pim}/roleEligibilityScheduleRequests", wish)
    assert made["status"] == "Provisioned"
    instances = f"{pim}/roleEligibilityScheduleInstances?$filter=principalId eq '{bob}'&$expand=roleDefinition"
    [eligible] = az.rest("get", instances)["value"]
    assert eligible["roleDefinition"]["displayName"] == "Global Reader"
    assert "RoleAssignmentExists" in az.refused(*rest("post", f"{pim}/roleEligibilityScheduleRequests", wish))
    pim_tenant.clock.advance("P30D")
    assert az.rest("get", instances)["value"] == []


def test_the_same_at_an_address_of_its_own(direct, pim_tenant):
    """`az rest` takes the token for the resource whose address it knows; here both have one address, so it is told."""
    az = direct(pim_tenant)
    az.sign_in_as("ci-app")
    url = pim_tenant.emulator.url
    role = f"{url}/v1.0/roleManagement/directory/roleEligibilityScheduleInstances"
    listed = az.rest("get", role, None, "--resource", f"{url}/")
    assert [row["principalId"] for row in listed["value"]] == [pim_tenant.user("alice").id]
