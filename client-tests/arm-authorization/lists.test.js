// What is held: in lists, with filters, one by one, at every kind of scope; signing in; errors.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";

import { AuthorizationManagementClient } from "@azure/arm-authorization";

import { url } from "../support/tenant.js";
import { AS_TARGET, AzureTenant, ELIGIBLE, OWNER, all, nameIn, production, refusal } from "./azure.js";

/** Everywhere: the client wants a scope where the service takes none. */
const EVERYWHERE = "";

test("schedules and instances are listed and found by name, on both sides", async (t) => {
  const tenant = await AzureTenant.make(t, ELIGIBLE);
  const her = tenant.as("alice");
  await tenant.activate(her);
  const pipeline = tenant.pipeline();
  const lists = [
    [pipeline.roleEligibilitySchedules, tenant.prod],
    [pipeline.roleEligibilityScheduleInstances, tenant.prod],
    [pipeline.roleAssignmentSchedules, tenant.web],
    [pipeline.roleAssignmentScheduleInstances, tenant.web],
  ];
  const alice = tenant.user("alice").id;
  for (const [operations, scope] of lists) {
    const mine = await all(operations.listForScope(scope, { filter: `principalId eq '${alice}'` }));
    assert.equal(mine.length, 1);
    assert.equal(mine[0].scope, scope);
    assert.deepEqual(await operations.get(scope, mine[0].name), mine[0]);
    assert.ok(mine[0].startDateTime instanceof Date && mine[0].endDateTime > mine[0].startDateTime);
    assert.ok(mine[0].createdOn instanceof Date);
    assert.equal(mine[0].principalType, "User");
    assert.equal(mine[0].expandedProperties.principal.email, tenant.made.users.alice.userPrincipalName);
    assert.ok((await all(operations.listForScope(scope))).some(({ id }) => id === mine[0].id));
    const his = await all(operations.listForScope(scope, { filter: `assignedTo('${tenant.user("bob").id}')` }));
    assert.deepEqual(his, []);
    await assert.rejects(operations.get(scope, randomUUID()), refusal(404, "ResourceNotFound"));
  }
});

test("everybody reads what is their own, wherever it is, and nobody else's", async (t) => {
  const tenant = await AzureTenant.make(
    t,
    production({
      groups: [{ name: "crew", members: ["alice"] }],
      eligible: [
        { principal: "alice", azureRole: "Contributor", scope: "prod/web", duration: "P90D" },
        { principal: "crew", azureRole: "Reader", scope: "platform", duration: "P90D" },
      ],
    }),
  );
  const her = tenant.as("alice");
  const mine = await all(her.roleEligibilityScheduleInstances.listForScope(EVERYWHERE, AS_TARGET));
  assert.deepEqual(
    mine
      .map(({ memberType, expandedProperties }) => [memberType, expandedProperties.roleDefinition.displayName])
      .sort(),
    [
      ["Direct", "Contributor"],
      ["Group", "Reader"],
    ],
  );
  const inherited = await all(tenant.as("owen").roleEligibilityScheduleInstances.listForScope(tenant.web));
  assert.deepEqual(inherited.map(({ memberType }) => memberType).sort(), ["Direct", "Inherited"]);
  for (const list of [
    her.roleEligibilityScheduleInstances,
    her.roleEligibilitySchedules,
    her.roleEligibilityScheduleRequests,
    her.roleAssignmentScheduleInstances,
    her.roleAssignmentSchedules,
    her.roleAssignmentScheduleRequests,
  ]) {
    await assert.rejects(all(list.listForScope(tenant.web)), refusal(403, "InsufficientPermissions"));
  }
});

test("a scope is written as people write it", async (t) => {
  const tenant = await AzureTenant.make(t, ELIGIBLE);
  const her = tenant.as("alice");
  for (const scope of [
    tenant.web,
    tenant.web.slice(1),
    `providers/Microsoft.Subscription${tenant.web}`,
    tenant.web.toUpperCase(),
    `${tenant.web}/providers/Microsoft.KeyVault/vaults/kv`,
  ]) {
    assert.equal((await all(her.roleEligibilityScheduleInstances.listForScope(scope, AS_TARGET))).length, 1, scope);
  }
});

test("a token for the emulator's own address is one for Azure", async (t) => {
  const tenant = await AzureTenant.make(t, ELIGIBLE);
  const credential = tenant.applicationCredential();
  const client = new AuthorizationManagementClient(credential, tenant.subscription, { endpoint: url });
  assert.equal((await all(client.roleEligibilitySchedules.listForScope(tenant.prod))).length, 1);
});

test("errors have the codes of the service", async (t) => {
  const tenant = await AzureTenant.make(t, ELIGIBLE);
  const her = tenant.as("alice");
  const pipeline = tenant.pipeline();
  const asks = (scope, more) =>
    pipeline.roleEligibilityScheduleRequests.create(scope, randomUUID(), tenant.request("AdminAssign", "bob", more));

  await assert.rejects(asks(tenant.prod, { principalId: randomUUID() }), refusal(400, "SubjectNotFound"));
  await assert.rejects(
    asks(tenant.prod, { requestType: "AdminAnything" }),
    refusal(400, "InvalidRoleAssignmentRequest"),
  );
  await assert.rejects(asks(`${tenant.prod}/resourceGroups/shop`), refusal(404, "ResourceGroupNotFound"));
  await assert.rejects(asks(`/subscriptions/${randomUUID()}`), refusal(404, "SubscriptionNotFound"));
  await assert.rejects(tenant.activate(tenant.as("bob")), refusal(403, "AuthorizationFailed"));
  await assert.rejects(tenant.activate(her, { roleDefinitionId: tenant.azureRole(OWNER) }), {
    ...refusal(400, "RoleAssignmentRequestPolicyValidationFailed"),
    message: 'The following policy rules failed: ["EligibilityRule"]',
  });
  await assert.rejects(
    her.roleEligibilityScheduleRequests.create(tenant.prod, randomUUID(), tenant.request("AdminAssign", "bob")),
    (error) => {
      assert.equal(error.code, "AuthorizationFailed");
      assert.ok(error.message.includes(tenant.made.users.alice.userPrincipalName));
      assert.ok(error.response.headers.get("x-ms-request-id"));
      return true;
    },
  );
  const { name: taken } = await tenant.activate(her);
  await assert.rejects(
    pipeline.roleEligibilityScheduleRequests.create(tenant.prod, taken, tenant.request("AdminAssign", "bob")),
    refusal(400, "RoleAssignmentRequestExists"),
  );
});
