"""Policies of roles at a place of Azure."""

from azure_cli import rest
from azure_pim import activation, policy_of


def test_a_rule_is_changed_and_felt(direct, proxied, pim_tenant):
    web = pim_tenant.made["resourceGroups"]["prod/web"]["path"]
    az, her = direct(pim_tenant), proxied(pim_tenant)
    az.sign_in_as("ci-app")
    her.sign_in("alice")
    rules = [
        {
            "id": "Enablement_EndUser_Assignment",
            "ruleType": "RoleManagementPolicyEnablementRule",
            "enabledRules": ["Justification", "Ticketing"],
        },
        {
            "id": "Expiration_EndUser_Assignment",
            "ruleType": "RoleManagementPolicyExpirationRule",
            "isExpirationRequired": True,
            "maximumDuration": "PT1H",
        },
    ]
    changed = az.rest("patch", policy_of(az, web), {"properties": {"rules": rules}})
    kept = {rule["id"]: rule for rule in changed["properties"]["rules"]}
    assert sorted(kept["Enablement_EndUser_Assignment"]["enabledRules"]) == ["Justification", "Ticketing"]
    assert kept["Expiration_EndUser_Assignment"]["maximumDuration"] == "PT1H"

    refusal = her.refused(*rest(*activation(pim_tenant, web, "alice")))
    assert "RoleAssignmentRequestPolicyValidationFailed" in refusal
    assert "ExpirationRule" in refusal and "TicketingRule" in refusal
    ticket = {"ticketNumber": "4711", "ticketSystem": "Jira"}
    made = her.rest(*activation(pim_tenant, web, "alice", "PT1H", ticketInfo=ticket))
    assert made["properties"]["ticketInfo"] == ticket
