// What is demanded before a role is activated at a scope: read, changed, and felt.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";

import { AzureTenant, ELIGIBLE, all, nameIn, refusal } from "./azure.js";
import { change, policyOf, ruleOf } from "./policies.js";

const ACTIVATION = "Expiration_EndUser_Assignment";

const lasting = (maximumDuration) => ({
  id: ACTIVATION,
  ruleType: "RoleManagementPolicyExpirationRule",
  isExpirationRequired: true,
  maximumDuration,
});

const failed = (rule) => ({
  ...refusal(400, "RoleAssignmentRequestPolicyValidationFailed"),
  message: `The following policy rules failed: ["${rule}"]`,
});

test("every role that can be given at a scope has a policy there, and an assignment of it", async (t) => {
  const tenant = await AzureTenant.make(t, ELIGIBLE);
  const owner = tenant.signedIn("owen");
  const policies = await all(owner.roleManagementPolicies.listForScope(tenant.web));
  const assignments = await all(owner.roleManagementPolicyAssignments.listForScope(tenant.web));
  const roles = await all(owner.roleDefinitions.list(tenant.web));
  assert.equal(policies.length, roles.length);
  assert.deepEqual(policies.map(({ id }) => id).sort(), assignments.map(({ policyId }) => policyId).sort());

  const policy = await policyOf(owner, tenant.web);
  assert.deepEqual(
    policies.find(({ id }) => id === policy.id),
    policy,
  );
  assert.equal(policy.scope, tenant.web);
  assert.equal(policy.isOrganizationDefault, true);
  assert.equal(policy.lastModifiedDateTime ?? undefined, undefined);
  assert.equal(policy.rules.length, 17);
  assert.deepEqual(policy.effectiveRules, policy.rules);
  const { maximumDuration, isExpirationRequired, target } = ruleOf(policy, ACTIVATION);
  assert.deepEqual([maximumDuration, isExpirationRequired], ["PT8H", true]);
  assert.deepEqual(target.operations, ["All"]);
  assert.equal(ruleOf(policy, "Approval_EndUser_Assignment").setting.isApprovalRequired, false);
  assert.ok(ruleOf(policy, "Enablement_EndUser_Assignment").enabledRules.includes("Justification"));
  assert.equal(ruleOf(policy, "Notification_Approver_EndUser_Assignment").notificationLevel, "All");

  const assignment = assignments.find(({ policyId }) => policyId === policy.id);
  assert.equal(assignment.policyAssignmentProperties.roleDefinition.displayName, "Contributor");
  assert.deepEqual(await owner.roleManagementPolicyAssignments.get(tenant.web, assignment.name), assignment);
});

test("a changed rule is what activations are measured by, at that scope alone", async (t) => {
  const tenant = await AzureTenant.make(t, ELIGIBLE);
  const owner = tenant.as("owen");
  const her = tenant.as("alice");
  const changed = await change(owner, tenant.web, await policyOf(owner, tenant.web), lasting("PT1H"));
  assert.equal(ruleOf(changed, ACTIVATION).maximumDuration, "PT1H");
  assert.equal(changed.isOrganizationDefault, false);
  assert.equal(changed.lastModifiedBy.displayName, "Owen Owner");
  assert.equal(changed.lastModifiedDateTime.toISOString(), "2026-01-05T08:00:00.000Z");
  assert.deepEqual(await policyOf(owner, tenant.web), changed);
  assert.equal(ruleOf(await policyOf(owner, tenant.prod), ACTIVATION).maximumDuration, "PT8H");

  await assert.rejects(tenant.activate(her), failed("ExpirationRule"));
  const ticketed = {
    id: "Enablement_EndUser_Assignment",
    ruleType: "RoleManagementPolicyEnablementRule",
    enabledRules: ["Justification", "Ticketing"],
  };
  await change(owner, tenant.web, changed, ticketed);
  const scheduleInfo = { expiration: { type: "AfterDuration", duration: "PT1H" } };
  await assert.rejects(tenant.activate(her, { scheduleInfo }), failed("TicketingRule"));
  const ticketInfo = { ticketNumber: "4711", ticketSystem: "Desk" };
  const activation = await tenant.activate(her, { scheduleInfo, ticketInfo });
  assert.deepEqual(activation.ticketInfo, ticketInfo);
});

test("a policy is written back as it was read, with one thing changed", async (t) => {
  const tenant = await AzureTenant.make(t, ELIGIBLE);
  const owner = tenant.as("owen");
  const policy = await policyOf(owner, tenant.web);
  ruleOf(policy, ACTIVATION).maximumDuration = "PT30M";
  const changed = await owner.roleManagementPolicies.update(tenant.web, policy.name, policy);
  const inOrder = ({ rules }) => rules.toSorted((a, b) => a.id.localeCompare(b.id));
  assert.deepEqual(inOrder(changed), inOrder(policy));
});

test("who may not change a policy does not, and what makes no policy is refused", async (t) => {
  const tenant = await AzureTenant.make(t, ELIGIBLE);
  const owner = tenant.as("owen");
  const policy = await policyOf(owner, tenant.web);
  await assert.rejects(
    change(tenant.as("alice"), tenant.web, policy, lasting("PT1H")),
    refusal(403, "AuthorizationFailed"),
  );
  await assert.rejects(change(owner, tenant.web, policy, lasting("P3D")), refusal(400, "InvalidPolicy"));
  await assert.rejects(owner.roleManagementPolicies.get(tenant.web, randomUUID()), refusal(404, "InputPolicyNotFound"));
});

test("policies and their assignments are neither made nor deleted", async (t) => {
  const tenant = await AzureTenant.make(t, ELIGIBLE);
  const { roleManagementPolicies, roleManagementPolicyAssignments } = tenant.as("owen");
  const [assignment] = await all(roleManagementPolicyAssignments.listForScope(tenant.web));
  const { scope, name, roleDefinitionId, policyId } = assignment;
  // The service says so without a code.
  const no = (statusCode, message) => ({ name: "RestError", statusCode, code: undefined, message });
  const undeletable = no(405, "The requested resource does not support http method 'DELETE'.");
  await assert.rejects(roleManagementPolicies.delete(scope, nameIn(policyId)), undeletable);
  await assert.rejects(roleManagementPolicyAssignments.delete(scope, name), undeletable);
  await assert.rejects(
    roleManagementPolicyAssignments.create(scope, name, { scope, roleDefinitionId, policyId }),
    no(400, '"Not implemented exception"'),
  );
  assert.deepEqual(await roleManagementPolicyAssignments.get(scope, name), assignment);
});
