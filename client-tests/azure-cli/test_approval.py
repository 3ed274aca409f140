"""One asks, the other decides."""

from azure_pim import APPROVALS, PIM, activated, activation, path, policy_of


def test_bob_decides_what_alice_asks_for(direct, proxied, pim_tenant):
    web = pim_tenant.made["resourceGroups"]["prod/web"]["path"]
    az, her, his = direct(pim_tenant), proxied(pim_tenant), proxied(pim_tenant)
    az.sign_in_as("ci-app")
    her.sign_in("alice")
    his.sign_in("bob")

    approver = {"id": pim_tenant.user("bob").id, "userType": "User"}
    rule = {
        "id": "Approval_EndUser_Assignment",
        "ruleType": "RoleManagementPolicyApprovalRule",
        "setting": {"isApprovalRequired": True, "approvalStages": [{"primaryApprovers": [approver]}]},
    }
    az.rest("patch", policy_of(az, web), {"properties": {"rules": [rule]}})

    asked = her.rest(*activation(pim_tenant, web, "alice"))["properties"]
    assert asked["status"] == "PendingApproval"
    waiting = path("", "roleAssignmentScheduleRequests", f"{PIM}&$filter=asApprover()")
    [found] = his.rest("get", waiting)["value"]
    assert found["properties"]["approvalId"] == asked["approvalId"]
    [stage] = his.rest("get", f"{asked['approvalId']}/stages?{APPROVALS}")["value"]
    decision = {"properties": {"reviewResult": "Approve", "justification": "She is on call"}}
    his.rest("put", f"{stage['id']}?{APPROVALS}", decision)

    assert [row["scope"] for row in activated(her)] == [web]
    assert his.rest("get", waiting)["value"] == []
