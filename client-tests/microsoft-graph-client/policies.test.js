// The policies of a group: found by filter, changed, and found again under the id that the change gave them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { GraphTenant, contoso } from "./graph.js";

const POLICIES = "/policies/roleManagementPolicies";
const ASSIGNMENTS = "/policies/roleManagementPolicyAssignments";
const EXPIRATION = "Expiration_EndUser_Assignment";
const APPROVAL = "Approval_EndUser_Assignment";

const world = contoso({
  applications: [{ name: "ci-app", secret: "local-only", appRoles: ["RoleManagementPolicy.ReadWrite.AzureADGroup"] }],
  groups: [
    { name: "on-call", displayName: "On call", owners: ["bob"], members: ["alice"] },
    { name: "everybody", dynamic: "user.accountEnabled -eq true" },
  ],
});

/** A rule of the type that its id says, with these members. */
const rule = (id, members) => ({
  "@odata.type": `#microsoft.graph.unifiedRoleManagementPolicy${id.split("_")[0]}Rule`,
  id,
  ...members,
});

const filterOf = (group) => `scopeId eq '${group}' and scopeType eq 'Group'`;

/** The policy of one relation of a group, with its rules. */
async function policyOf(client, group, access) {
  const { value } = await client
    .api(ASSIGNMENTS)
    .filter(`${filterOf(group)} and roleDefinitionId eq '${access}'`)
    .expand("policy($expand=rules)")
    .get();
  assert.equal(value.length, 1);
  assert.equal(value[0].id, `${value[0].policyId}_${access}`);
  assert.equal(value[0].policy.rules.length, 17);
  return { id: value[0].policyId, rule: (id) => value[0].policy.rules.find((it) => it.id === id) };
}

test("an application sets how long members may be active, and who says yes", async (t) => {
  const tenant = await GraphTenant.make(t, world);
  const group = tenant.group("on-call");
  const pipeline = tenant.asApplication();

  const before = await policyOf(pipeline, group, "member");
  assert.equal(before.rule(EXPIRATION).maximumDuration, "PT8H");
  assert.equal(before.rule(APPROVAL).setting.isApprovalRequired, false);
  const ownerBefore = await policyOf(pipeline, group, "owner");

  const changed = await pipeline.api(`${POLICIES}/${before.id}`).patch({
    rules: [
      rule(EXPIRATION, { maximumDuration: "PT2H" }),
      rule(APPROVAL, {
        setting: {
          isApprovalRequired: true,
          approvalStages: [
            {
              approvalStageTimeOutInDays: 1,
              isApproverJustificationRequired: true,
              primaryApprovers: [{ "@odata.type": "#microsoft.graph.singleUser", userId: tenant.user("bob").id }],
            },
          ],
        },
      }),
    ],
  });
  assert.equal(changed.scopeId, group);
  assert.equal(changed.lastModifiedBy.displayName, "ci-app");

  // The id went with the change; whoever kept it has to ask again.
  await assert.rejects(pipeline.api(`${POLICIES}/${before.id}`).get(), { statusCode: 404, code: "ResourceNotFound" });
  const after = await policyOf(pipeline, group, "member");
  assert.notEqual(after.id, before.id);
  assert.equal(after.id, changed.id);
  assert.equal(after.rule(EXPIRATION).maximumDuration, "PT2H");
  const [stage] = after.rule(APPROVAL).setting.approvalStages;
  assert.equal(stage.primaryApprovers[0].userId, tenant.user("bob").id);
  assert.equal(stage.primaryApprovers[0].description, "Bob Baker");

  const owner = await policyOf(pipeline, group, "owner");
  for (const id of [EXPIRATION, APPROVAL]) assert.deepEqual(owner.rule(id), ownerBefore.rule(id));
  const read = await pipeline.api(`${POLICIES}/${owner.id}`).expand("rules").get();
  assert.equal(read.lastModifiedDateTime, null);
});

test("an owner changes a rule, a member only reads, and a dynamic group has none", async (t) => {
  const tenant = await GraphTenant.make(t, world);
  const group = tenant.group("on-call");
  const his = tenant.asUserByDeviceCode("bob");
  const her = tenant.asUserByDeviceCode("alice");

  const { id } = await policyOf(her, group, "member");
  const change = rule(EXPIRATION, { maximumDuration: "PT1H" });
  await assert.rejects(her.api(`${POLICIES}/${id}/rules/${EXPIRATION}`).patch(change), { statusCode: 403 });
  await his.api(`${POLICIES}/${id}/rules/${EXPIRATION}`).patch(change);
  assert.equal((await policyOf(her, group, "member")).rule(EXPIRATION).maximumDuration, "PT1H");

  const everybody = tenant.made.groups.everybody.id;
  await assert.rejects(tenant.asApplication().api(POLICIES).filter(filterOf(everybody)).get(), {
    statusCode: 400,
    code: "ResourceTypeNotSupported",
  });
});
