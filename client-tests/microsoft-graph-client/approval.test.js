// Two people and a rule: what one asks for, the other decides.

import assert from "node:assert/strict";
import { test } from "node:test";

import { ASSIGNMENT_REQUESTS, GROUPS_ADMINISTRATOR, MY_ACTIVE, GraphTenant, contoso, request } from "./graph.js";

const eligible = contoso({ eligible: [{ principal: "alice", role: "Groups Administrator", duration: "P90D" }] });

/** Activations of Groups Administrator wait for somebody from now on. */
async function requireApprovalBy(client, approver) {
  const { value } = await client
    .api("/policies/roleManagementPolicyAssignments")
    .filter(`scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '${GROUPS_ADMINISTRATOR}'`)
    .expand("policy($expand=rules)")
    .get();
  assert.equal(value.length, 1);
  assert.equal(value[0].policy.rules.length, 17);
  await client.api(`/policies/roleManagementPolicies/${value[0].policyId}/rules/Approval_EndUser_Assignment`).patch({
    "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyApprovalRule",
    id: "Approval_EndUser_Assignment",
    setting: {
      isApprovalRequired: true,
      approvalStages: [
        {
          approvalStageTimeOutInDays: 1,
          isApproverJustificationRequired: true,
          primaryApprovers: [{ "@odata.type": "#microsoft.graph.singleUser", userId: approver }],
        },
      ],
    },
  });
}

const waitingFor = async (client) =>
  (
    await client
      .api(`${ASSIGNMENT_REQUESTS}/filterByCurrentUser(on='approver')`)
      .filter("status eq 'PendingApproval'")
      .get()
  ).value;

const decide = (client, approval, reviewResult, justification) =>
  client
    .api(`/roleManagement/directory/roleAssignmentApprovals/${approval}/steps/${approval}`)
    .version("beta")
    .patch({ reviewResult, justification });

test("one asks and the other approves", async (t) => {
  const tenant = await GraphTenant.make(t, eligible);
  const alice = tenant.user("alice").id;
  await requireApprovalBy(tenant.asApplication(), tenant.user("bob").id);
  const her = tenant.asUserByDeviceCode("alice");
  const his = tenant.asUserByDeviceCode("bob");

  const asked = await her.api(ASSIGNMENT_REQUESTS).post(request("selfActivate", alice));
  assert.equal(asked.status, "PendingApproval");
  assert.equal(asked.approvalId, asked.id);
  assert.deepEqual((await her.api(MY_ACTIVE).get()).value, []);

  const [waiting] = await waitingFor(his);
  assert.equal(waiting.id, asked.id);
  const approvals = await his
    .api("/roleManagement/directory/roleAssignmentApprovals/filterByCurrentUser(on='approver')")
    .version("beta")
    .get();
  assert.equal(approvals.value[0].steps[0].assignedToMe, true);

  await assert.rejects(decide(her, asked.approvalId, "Approve", "I trust myself"), { statusCode: 403 });
  await decide(his, asked.approvalId, "Approve", "She is on call");
  assert.equal((await her.api(MY_ACTIVE).get()).value[0].assignmentType, "Activated");
  assert.equal((await her.api(`${ASSIGNMENT_REQUESTS}/${asked.id}`).get()).status, "Provisioned");
  await assert.rejects(decide(his, asked.approvalId, "Deny", "On second thoughts"), { statusCode: 409 });
});

test("one asks and the other says no", async (t) => {
  const tenant = await GraphTenant.make(t, eligible);
  const alice = tenant.user("alice").id;
  await requireApprovalBy(tenant.asApplication(), tenant.user("bob").id);
  const her = tenant.asUserByDeviceCode("alice");
  const asked = await her.api(ASSIGNMENT_REQUESTS).post(request("selfActivate", alice));
  await decide(tenant.asUserByDeviceCode("bob"), asked.approvalId, "Deny", "Not tonight");
  assert.equal((await her.api(`${ASSIGNMENT_REQUESTS}/${asked.id}`).get()).status, "Denied");
  assert.deepEqual((await her.api(MY_ACTIVE).get()).value, []);
});
