// Roles without PIM, as tools of Azure read and write them: assignments, definitions, permissions, and what is beside them.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";

import { AzureTenant, CONTRIBUTOR, ELIGIBLE, READER, all, production, refusal } from "./azure.js";

/** How a client names a resource, part by part. */
const VAULT = ["web", "Microsoft.KeyVault", "", "vaults", "kv"];

test("a role is assigned, found in every list, and taken away", async (t) => {
  const tenant = await AzureTenant.make(t, production());
  const { roleAssignments } = tenant.pipeline();
  const bob = tenant.user("bob").id;
  const body = { principalId: bob, roleDefinitionId: tenant.azureRole(READER), principalType: "User" };
  const name = randomUUID();
  const made = await roleAssignments.create(tenant.web, name, body);
  assert.equal(made.name, name);
  assert.equal(made.scope, tenant.web);
  assert.equal(made.principalType, "User");
  assert.ok(made.createdOn instanceof Date && made.updatedOn instanceof Date);
  assert.deepEqual(await roleAssignments.get(tenant.web, name), made);
  assert.deepEqual(await roleAssignments.getById(made.id), made);
  await assert.rejects(roleAssignments.create(tenant.web, randomUUID(), body), refusal(409, "RoleAssignmentExists"));

  const [group, namespace, , type, resource] = VAULT;
  const his = { filter: `assignedTo('${bob}')` };
  for (const [list, count] of [
    [roleAssignments.listForSubscription(his), 1],
    [roleAssignments.listForResourceGroup(group, his), 1],
    [roleAssignments.listForResource(group, namespace, type, resource, his), 1],
    [roleAssignments.listForScope(tenant.web, { filter: "atScope()" }), 3],
    [roleAssignments.listForScope(tenant.prod, { filter: "atScope()" }), 2],
  ]) {
    assert.equal((await all(list)).length, count);
  }
  const deleted = await roleAssignments.delete(tenant.web, name);
  assert.equal(deleted.id, made.id);
  assert.equal((await roleAssignments.delete(tenant.web, name)).id, undefined);
  await assert.rejects(roleAssignments.get(tenant.web, name), refusal(404, "RoleAssignmentNotFound"));

  const again = await roleAssignments.createById(made.id, body);
  assert.equal(again.id, made.id);
  assert.equal((await roleAssignments.deleteById(made.id)).id, made.id);
});

test("what is assigned without PIM is a permanent assignment in PIM", async (t) => {
  const tenant = await AzureTenant.make(t, production());
  const pipeline = tenant.pipeline();
  const body = { principalId: tenant.user("bob").id, roleDefinitionId: tenant.azureRole(READER) };
  const made = await pipeline.roleAssignments.create(tenant.web, randomUUID(), body);
  const filter = `principalId eq '${tenant.user("bob").id}'`;
  const [row] = await all(pipeline.roleAssignmentScheduleInstances.listForScope(tenant.web, { filter }));
  assert.equal(row.originRoleAssignmentId, made.id);
  assert.equal(row.assignmentType, "Assigned");
  assert.equal(row.endDateTime ?? undefined, undefined);
});

test("roles are listed, and one of one's own is made, activated, changed and deleted", async (t) => {
  const tenant = await AzureTenant.make(t, production());
  const pipeline = tenant.pipeline();
  const { roleDefinitions } = pipeline;
  const [contributor, ...others] = await all(
    roleDefinitions.list(tenant.prod, { filter: "roleName eq 'Contributor'" }),
  );
  assert.deepEqual(others, []);
  assert.equal(contributor.name, CONTRIBUTOR);
  assert.equal(contributor.roleType, "BuiltInRole");
  assert.deepEqual(contributor.permissions[0].actions, ["*"]);
  assert.deepEqual(await roleDefinitions.get(tenant.prod, CONTRIBUTOR), contributor);
  assert.deepEqual(await roleDefinitions.getById(contributor.id), contributor);

  const id = randomUUID();
  const role = {
    roleName: "Restarter",
    description: "Restarts machines",
    roleType: "CustomRole",
    permissions: [{ actions: ["Microsoft.Compute/virtualMachines/restart/action"], notActions: [] }],
    assignableScopes: [tenant.prod],
  };
  const made = await roleDefinitions.createOrUpdate(tenant.prod, id, role);
  assert.equal(made.name, id);
  assert.ok(made.createdOn instanceof Date);
  const asked = { roleDefinitionId: tenant.azureRole(id) };
  await pipeline.roleEligibilityScheduleRequests.create(
    tenant.prod,
    randomUUID(),
    tenant.request("AdminAssign", "alice", asked),
  );
  const her = tenant.as("alice");
  await tenant.activate(her, asked);
  assert.deepEqual((await all(her.permissions.listForResourceGroup("web")))[0].actions, role.permissions[0].actions);

  await roleDefinitions.createOrUpdate(tenant.prod, id, { ...role, roleName: "Machine restarter" });
  const custom = await all(roleDefinitions.list(tenant.prod, { filter: "type eq 'CustomRole'" }));
  assert.deepEqual(
    custom.map(({ roleName }) => roleName),
    ["Machine restarter"],
  );
  await assert.rejects(roleDefinitions.delete(tenant.prod, id), refusal(400, "RoleDefinitionHasAssignments"));

  const unused = await roleDefinitions.createOrUpdate(tenant.prod, randomUUID(), { ...role, roleName: "Unused" });
  assert.equal((await roleDefinitions.delete(tenant.prod, unused.name)).id, unused.id);
  assert.equal((await roleDefinitions.delete(tenant.prod, unused.name)).id, undefined);
});

test("what somebody may do is told at a group and at a resource", async (t) => {
  const tenant = await AzureTenant.make(t, ELIGIBLE);
  const owner = tenant.as("owen");
  const actions = (rows) => rows.map((row) => row.actions);
  assert.deepEqual(actions(await all(owner.permissions.listForResourceGroup("web"))), [["*"]]);
  assert.deepEqual(actions(await all(owner.permissions.listForResource(...VAULT))), [["*"]]);
  assert.deepEqual(await all(tenant.as("bob").permissions.listForResource(...VAULT)), []);
});

test("nobody is denied anything, and nobody is a classic administrator", async (t) => {
  const tenant = await AzureTenant.make(t, production());
  const { denyAssignments, classicAdministrators } = tenant.pipeline();
  for (const list of [
    denyAssignments.list(),
    denyAssignments.listForScope(tenant.web),
    denyAssignments.listForResourceGroup("web"),
    denyAssignments.listForResource(...VAULT),
    classicAdministrators.list(),
  ]) {
    assert.deepEqual(await all(list), []);
  }
  const nothing = randomUUID();
  const id = `${tenant.web}/providers/Microsoft.Authorization/denyAssignments/${nothing}`;
  await assert.rejects(denyAssignments.get(tenant.web, nothing), refusal(404, "ResourceNotFound"));
  await assert.rejects(denyAssignments.getById(id), refusal(404, "ResourceNotFound"));
});

test("the operations of the provider are known by name", async (t) => {
  const tenant = await AzureTenant.make(t, production());
  const { providerOperationsMetadataOperations: metadata } = tenant.pipeline();
  const provider = await metadata.get("Microsoft.Authorization");
  const names = provider.resourceTypes.flatMap(({ operations }) => operations.map(({ name }) => name));
  assert.ok(names.includes("Microsoft.Authorization/roleAssignments/write"));
  assert.ok((await all(metadata.list())).some(({ name }) => name === "Microsoft.Authorization"));
});

test("a Global Administrator takes access to everything, and only they", async (t) => {
  const world = production();
  world.users.push({ name: "gail", mfa: true });
  world.active.push({ principal: "gail", role: "Global Administrator" });
  const tenant = await AzureTenant.make(t, world);
  const gail = tenant.as("gail");
  await assert.rejects(all(gail.roleAssignments.listForSubscription()), refusal(403, "AuthorizationFailed"));
  await assert.rejects(tenant.as("owen").globalAdministrator.elevateAccess(), refusal(403, "AuthorizationFailed"));
  await gail.globalAdministrator.elevateAccess();
  const filter = `principalId eq '${tenant.user("gail").id}'`;
  const [row] = await all(gail.roleAssignments.listForSubscription({ filter }));
  assert.equal(row.scope, "/");
});
