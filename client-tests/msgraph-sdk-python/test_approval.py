"""Two people and a rule: what one asks for, the other decides."""

import json

import pytest
from kiota_abstractions.method import Method
from kiota_abstractions.request_information import RequestInformation
from msgraph.generated.models.approval_settings import ApprovalSettings
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.single_user import SingleUser
from msgraph.generated.models.unified_approval_stage import UnifiedApprovalStage
from msgraph.generated.models.unified_role_management_policy_approval_rule import (
    UnifiedRoleManagementPolicyApprovalRule,
)
from msgraph.generated.models.unified_role_management_policy_enablement_rule import (
    UnifiedRoleManagementPolicyEnablementRule,
)

from pim import GROUPS_ADMINISTRATOR, activate, active_instances, query

pytestmark = pytest.mark.anyio


async def policy_assignment(client):
    """The policy of Groups Administrator, with its rules, as tools look it up."""
    assignments = client.policies.role_management_policy_assignments
    page = await assignments.get(
        query(
            assignments.RoleManagementPolicyAssignmentsRequestBuilderGetQueryParameters(
                filter="scopeId eq '/' and scopeType eq 'DirectoryRole' "
                f"and roleDefinitionId eq '{GROUPS_ADMINISTRATOR}'",
                expand=["policy($expand=rules)"],
            )
        )
    )
    [assignment] = page.value
    return assignment


async def require_approval_by(client, approver: str) -> None:
    """Activations of Groups Administrator wait for somebody from now on."""
    assignment = await policy_assignment(client)
    assert len(assignment.policy.rules) == 17
    rule = UnifiedRoleManagementPolicyApprovalRule(
        odata_type="#microsoft.graph.unifiedRoleManagementPolicyApprovalRule",
        id="Approval_EndUser_Assignment",
        setting=ApprovalSettings(
            is_approval_required=True,
            approval_stages=[
                UnifiedApprovalStage(
                    approval_stage_time_out_in_days=1,
                    is_approver_justification_required=True,
                    primary_approvers=[SingleUser(odata_type="#microsoft.graph.singleUser", user_id=approver)],
                )
            ],
        ),
    )
    policy = client.policies.role_management_policies.by_unified_role_management_policy_id(assignment.policy_id)
    await policy.rules.by_unified_role_management_policy_rule_id(rule.id).patch(rule)


async def waiting_for(client) -> list:
    """What the caller is asked to decide."""
    requests = client.role_management.directory.role_assignment_schedule_requests
    mine = requests.filter_by_current_user_with_on("approver")
    page = await mine.get(
        query(mine.FilterByCurrentUserWithOnRequestBuilderGetQueryParameters(filter="status eq 'PendingApproval'"))
    )
    return page.value


async def decide(tenant, client, approval: str, result: str, justification: str | None) -> None:
    """Approvals of roles are in beta alone, and so without classes in this SDK."""
    path = f"roleManagement/directory/roleAssignmentApprovals/{approval}/steps/{approval}"
    request = RequestInformation()
    request.http_method = Method.PATCH
    request.url = f"{tenant.emulator.url}/beta/{path}"
    request.headers.add("Content-Type", "application/json")
    request.content = json.dumps({"reviewResult": result, "justification": justification}).encode()
    await client.request_adapter.send_no_response_content_async(request, {"XXX": ODataError})


async def test_one_asks_and_the_other_approves(eligible_tenant):
    tenant = eligible_tenant
    alice, bob = tenant.user("alice").id, tenant.user("bob").id
    await require_approval_by(tenant.as_application(), bob)
    her, his = tenant.as_user("alice"), tenant.as_user("bob")
    requests = her.role_management.directory.role_assignment_schedule_requests

    asked = await requests.post(activate(alice))
    assert asked.status == "PendingApproval"
    assert asked.approval_id == asked.id
    assert asked.schedule_info.start_date_time is None
    assert await active_instances(her) == []
    assert await waiting_for(her) == [], "nobody decides on what is one's own"

    [waiting] = await waiting_for(his)
    assert waiting.id == asked.id
    assert waiting.justification == "Ticket 4711: rename a group"

    # A decision needs a reason, and is for approvers alone.
    with pytest.raises(ODataError) as refusal:
        await decide(tenant, his, asked.approval_id, "Approve", None)
    assert refusal.value.response_status_code == 400
    with pytest.raises(ODataError) as refusal:
        await decide(tenant, her, asked.approval_id, "Approve", "I trust myself")
    assert refusal.value.response_status_code == 403

    tenant.clock.advance("PT30M")
    await decide(tenant, his, asked.approval_id, "Approve", "She is on call")
    [active] = await active_instances(her)
    assert active.assignment_type == "Activated"
    decided = await requests.by_unified_role_assignment_schedule_request_id(asked.id).get()
    assert decided.status == "Provisioned"
    assert await waiting_for(his) == []
    with pytest.raises(ODataError) as refusal:
        await decide(tenant, his, asked.approval_id, "Deny", "On second thoughts")
    assert refusal.value.response_status_code == 409

    tenant.clock.advance("PT2H")
    assert await active_instances(her) == []


async def test_one_asks_and_nobody_answers(eligible_tenant):
    tenant = eligible_tenant
    alice = tenant.user("alice").id
    await require_approval_by(tenant.as_application(), tenant.user("bob").id)
    her = tenant.as_user("alice")
    requests = her.role_management.directory.role_assignment_schedule_requests

    asked = await requests.post(activate(alice))
    with pytest.raises(ODataError) as refusal:
        await requests.post(activate(alice))
    assert refusal.value.error.code == "PendingRoleAssignmentRequest"
    tenant.clock.advance("P1D")
    silence = await requests.by_unified_role_assignment_schedule_request_id(asked.id).get()
    assert silence.status == "TimedOut"
    assert await active_instances(her) == []


async def test_a_rule_is_changed_and_felt(eligible_tenant):
    tenant = eligible_tenant
    client = tenant.as_application()
    assignment = await policy_assignment(client)
    policy = client.policies.role_management_policies.by_unified_role_management_policy_id(assignment.policy_id)
    rule = policy.rules.by_unified_role_management_policy_rule_id("Enablement_EndUser_Assignment")
    await rule.patch(
        UnifiedRoleManagementPolicyEnablementRule(
            odata_type="#microsoft.graph.unifiedRoleManagementPolicyEnablementRule",
            id="Enablement_EndUser_Assignment",
            enabled_rules=["Justification", "Ticketing"],
        )
    )
    assert sorted((await rule.get()).enabled_rules) == ["Justification", "Ticketing"]
    her = tenant.as_user("alice")
    with pytest.raises(ODataError) as refusal:
        await her.role_management.directory.role_assignment_schedule_requests.post(activate(tenant.user("alice").id))
    assert refusal.value.error.message == 'The following policy rules failed: ["TicketingRule"]'
