// Two people and a rule of a subscription: what one asks for, the other decides.

import assert from "node:assert/strict";
import { test } from "node:test";

import { createPipelineRequest } from "@azure/core-rest-pipeline";

import { url } from "../support/tenant.js";
import { AS_TARGET, AzureTenant, ELIGIBLE, all } from "./azure.js";
import { change, policyOf } from "./policies.js";

const AS_APPROVER = { filter: "asApprover()" };

/** Activations of Contributor at `web` wait for Bob from now on. */
async function requireApproval(tenant) {
  const owner = tenant.as("owen");
  await change(owner, tenant.web, await policyOf(owner, tenant.web), {
    id: "Approval_EndUser_Assignment",
    ruleType: "RoleManagementPolicyApprovalRule",
    setting: {
      isApprovalRequired: true,
      approvalMode: "SingleStage",
      approvalStages: [
        {
          approvalStageTimeOutInDays: 1,
          isApproverJustificationRequired: true,
          primaryApprovers: [{ id: tenant.user("bob").id, userType: "User", description: "Bob Baker" }],
        },
      ],
    },
  });
}

/** The client has no operation for decisions, so this is one sent as it sends all others. */
async function decide(client, approvalId, reviewResult, justification) {
  const stage = `${url}${approvalId}/stages/${approvalId.split("/").at(-1)}`;
  const request = createPipelineRequest({
    url: `${stage}?api-version=2021-01-01-preview`,
    method: "PUT",
    body: JSON.stringify({ properties: { reviewResult, justification } }),
  });
  request.headers.set("Content-Type", "application/json");
  const { status, bodyAsText } = await client.sendRequest(request);
  const body = JSON.parse(bodyAsText);
  return { status, code: body.error?.code, result: body.properties?.reviewResult };
}

const active = (client, tenant) => all(client.roleAssignmentScheduleInstances.listForScope(tenant.web, AS_TARGET));

test("one asks and the other approves", async (t) => {
  const tenant = await AzureTenant.make(t, ELIGIBLE);
  await requireApproval(tenant);
  const her = tenant.signedIn("alice");
  const his = tenant.signedIn("bob");

  const asked = await tenant.activate(her);
  assert.equal(asked.status, "PendingApproval");
  assert.deepEqual(await active(her, tenant), []);
  const [waiting, ...others] = await all(his.roleAssignmentScheduleRequests.listForScope(tenant.web, AS_APPROVER));
  assert.deepEqual(others, []);
  assert.equal(waiting.approvalId, asked.approvalId);
  assert.equal((await his.roleAssignmentScheduleRequests.get(tenant.web, asked.name)).status, "PendingApproval");

  const refused = await decide(her, asked.approvalId, "Approve", "I trust myself");
  assert.deepEqual([refused.status, refused.code], [403, "AuthorizationFailed"]);
  const approved = await decide(his, asked.approvalId, "Approve", "She is on call");
  assert.deepEqual([approved.status, approved.result], [200, "Approve"]);
  assert.equal((await active(her, tenant))[0].assignmentType, "Activated");
  assert.equal((await her.roleAssignmentScheduleRequests.get(tenant.web, asked.name)).status, "Provisioned");
  const again = await decide(his, asked.approvalId, "Deny", "On second thoughts");
  assert.deepEqual([again.status, again.code], [409, "Conflict"]);
});

test("one asks and the other says no", async (t) => {
  const tenant = await AzureTenant.make(t, ELIGIBLE);
  await requireApproval(tenant);
  const her = tenant.as("alice");
  const asked = await tenant.activate(her);
  await decide(tenant.as("bob"), asked.approvalId, "Deny", "Not tonight");
  assert.equal((await her.roleAssignmentScheduleRequests.get(tenant.web, asked.name)).status, "Denied");
  assert.deepEqual(await active(her, tenant), []);
});

test("nobody decides, and the request is over; or whoever asked takes it back", async (t) => {
  const tenant = await AzureTenant.make(t, ELIGIBLE);
  await requireApproval(tenant);
  const her = tenant.as("alice");
  const status = async ({ name }) => (await her.roleAssignmentScheduleRequests.get(tenant.web, name)).status;

  const forgotten = await tenant.activate(her);
  await tenant.clock.advance("P2D");
  assert.equal(await status(forgotten), "TimedOut");
  const withdrawn = await tenant.activate(her);
  await her.roleAssignmentScheduleRequests.cancel(tenant.web, withdrawn.name);
  assert.equal(await status(withdrawn), "Canceled");
});
