// From "make her eligible" to "it ended by itself" for an Azure role, with the client as it comes from the registry.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";

import { AS_TARGET, AzureTenant, CONTRIBUTOR, ELIGIBLE, all, nameIn, production, refusal } from "./azure.js";

const HOUR = 3600 * 1000;

/** What somebody holds at a place, as tools of roles without PIM see it. */
const held = (client, scope, principal) =>
  all(client.roleAssignments.listForScope(scope, { filter: `principalId eq '${principal}'` }));

test("a role is made eligible, narrowed to a resource group, activated, and ends by itself", async (t) => {
  const tenant = await AzureTenant.make(t, production());
  const alice = tenant.user("alice").id;
  const owner = tenant.signedIn("owen");

  const made = await owner.roleEligibilityScheduleRequests.create(
    tenant.prod,
    randomUUID(),
    tenant.request("AdminAssign", "alice"),
  );
  assert.equal(made.status, "Provisioned");
  assert.equal(made.requestorId, tenant.user("owen").id);
  assert.equal(made.principalType, "User");
  assert.equal(made.createdOn.toISOString(), "2026-01-05T08:00:00.000Z");
  assert.equal(made.expandedProperties.roleDefinition.displayName, "Contributor");
  assert.equal(made.expandedProperties.principal.displayName, "Alice Archer");

  const her = tenant.signedIn("alice");
  const [mine, ...others] = await all(her.roleEligibilityScheduleInstances.listForScope(tenant.prod, AS_TARGET));
  assert.deepEqual(others, []);
  assert.equal(mine.roleEligibilityScheduleId, made.targetRoleEligibilityScheduleId);
  assert.equal(mine.endDateTime - mine.startDateTime, 90 * 24 * HOUR);
  const children = await all(her.eligibleChildResources.list(tenant.prod));
  assert.deepEqual(
    children.map(({ id, name, type }) => ({ id, name, type })).find(({ name }) => name === "web"),
    { id: tenant.web, name: "web", type: "resourcegroup" },
  );

  const narrowed = { linkedRoleEligibilityScheduleId: mine.roleEligibilityScheduleId };
  const activation = await tenant.activate(her, narrowed);
  assert.equal(activation.status, "Provisioned");
  assert.equal(activation.scope, tenant.web);
  assert.equal(activation.scheduleInfo.expiration.duration, "PT2H");
  assert.equal(activation.linkedRoleEligibilityScheduleId, mine.roleEligibilityScheduleId);

  const [active, ...more] = await all(her.roleAssignmentScheduleInstances.listForScope(tenant.web, AS_TARGET));
  assert.deepEqual(more, []);
  assert.equal(active.assignmentType, "Activated");
  assert.equal(active.linkedRoleEligibilityScheduleInstanceId, mine.id);
  assert.equal(active.endDateTime - active.startDateTime, 2 * HOUR);
  const [classic] = await held(owner, tenant.web, alice);
  assert.equal(classic.id, active.originRoleAssignmentId);
  assert.equal(nameIn(classic.roleDefinitionId), CONTRIBUTOR);
  assert.equal(classic.scope, tenant.web);

  await assert.rejects(tenant.activate(her, narrowed), {
    ...refusal(400, "RoleAssignmentExists"),
    message: "The Role assignment already exists.",
  });

  await tenant.clock.advance("PT3H");
  assert.deepEqual(await all(her.roleAssignmentScheduleInstances.listForScope(tenant.web, AS_TARGET)), []);
  assert.deepEqual(await held(owner, tenant.web, alice), []);
  const record = await her.roleAssignmentScheduleRequests.get(tenant.web, activation.name);
  assert.equal(record.status, "Provisioned");
  assert.equal((await all(her.roleEligibilityScheduleInstances.listForScope(tenant.web, AS_TARGET))).length, 1);
});

test("what is activated can be done, and nothing else, until it is ended by hand", async (t) => {
  const tenant = await AzureTenant.make(t, ELIGIBLE);
  const her = tenant.as("alice");
  const deactivate = () => tenant.activate(her, { requestType: "SelfDeactivate", scheduleInfo: undefined });
  const roles = () => all(her.roleDefinitions.list(tenant.web));
  assert.deepEqual(await all(her.permissions.listForResourceGroup("web")), []);
  await assert.rejects(roles(), refusal(403, "AuthorizationFailed"));

  await tenant.activate(her);
  const [permission] = await all(her.permissions.listForResourceGroup("web"));
  assert.deepEqual(permission.actions, ["*"]);
  assert.ok(permission.notActions.includes("Microsoft.Authorization/*/Write"));
  assert.ok((await roles()).some(({ roleName }) => roleName === "Contributor"));
  assert.deepEqual(await all(her.permissions.listForResourceGroup("data")), []);
  await assert.rejects(
    her.roleAssignments.create(tenant.web, randomUUID(), {
      principalId: tenant.user("bob").id,
      roleDefinitionId: tenant.azureRole(CONTRIBUTOR),
    }),
    refusal(403, "AuthorizationFailed"),
  );

  await assert.rejects(deactivate(), refusal(400, "ActiveDurationTooShort"));
  await tenant.clock.advance("PT10M");
  const ended = await deactivate();
  assert.equal(ended.status, "Revoked");
  assert.equal(ended.scheduleInfo, undefined);
  assert.deepEqual(await all(her.permissions.listForResourceGroup("web")), []);
});

test("a later start is booked, seen and cancelled", async (t) => {
  const tenant = await AzureTenant.make(t, ELIGIBLE);
  const her = tenant.as("alice");
  const startDateTime = new Date("2026-01-05T09:00:00Z");
  const booked = await tenant.activate(her, {
    scheduleInfo: { startDateTime, expiration: { type: "AfterDuration", duration: "PT2H" } },
  });
  assert.match(booked.status, /^(ScheduleCreated|Granted)$/);
  assert.deepEqual(booked.scheduleInfo.startDateTime, startDateTime);
  assert.deepEqual(await all(her.roleAssignmentScheduleInstances.listForScope(tenant.web, AS_TARGET)), []);
  const [schedule] = await all(her.roleAssignmentSchedules.listForScope(tenant.web, AS_TARGET));
  assert.equal(schedule.id, booked.targetRoleAssignmentScheduleId);
  assert.deepEqual(schedule.startDateTime, startDateTime);

  await her.roleAssignmentScheduleRequests.cancel(tenant.web, booked.name);
  assert.equal((await her.roleAssignmentScheduleRequests.get(tenant.web, booked.name)).status, "Canceled");
  await tenant.clock.advance("PT90M");
  assert.deepEqual(await all(her.roleAssignmentScheduleInstances.listForScope(tenant.web, AS_TARGET)), []);
  await assert.rejects(
    her.roleAssignmentScheduleRequests.cancel(tenant.web, booked.name),
    refusal(400, "RequestCannotBeCancelled"),
  );
});

test("an eligibility is extended, booked, cancelled and taken away by the pipeline", async (t) => {
  const tenant = await AzureTenant.make(t, ELIGIBLE);
  const pipeline = tenant.pipeline();
  const ask = (name, more) => {
    const body = tenant.request("AdminAssign", name, more);
    return pipeline.roleEligibilityScheduleRequests.create(tenant.prod, randomUUID(), body);
  };
  const lasts = async () => {
    const [{ startDateTime, endDateTime }] = await all(
      pipeline.roleEligibilitySchedules.listForScope(tenant.prod, {
        filter: `principalId eq '${tenant.user("alice").id}'`,
      }),
    );
    return (endDateTime - startDateTime) / HOUR / 24;
  };
  assert.equal(await lasts(), 90);
  await ask("alice", {
    requestType: "AdminUpdate",
    scheduleInfo: { expiration: { type: "AfterDateTime", endDateTime: new Date("2026-03-06T08:00:00Z") } },
  });
  assert.equal(await lasts(), 60);

  const booked = await ask("bob", {
    scheduleInfo: {
      startDateTime: new Date("2026-02-01T08:00:00Z"),
      expiration: { type: "AfterDuration", duration: "P30D" },
    },
  });
  const found = await pipeline.roleEligibilityScheduleRequests.get(tenant.prod, booked.name);
  assert.deepEqual(found, booked);
  assert.equal(found.requestorId, tenant.application("ci-app").servicePrincipalId);
  await pipeline.roleEligibilityScheduleRequests.cancel(tenant.prod, booked.name);
  assert.equal((await pipeline.roleEligibilityScheduleRequests.get(tenant.prod, booked.name)).status, "Canceled");

  const gone = await ask("alice", { requestType: "AdminRemove", scheduleInfo: undefined });
  assert.equal(gone.status, "Revoked");
  await assert.rejects(
    ask("alice", { requestType: "AdminRemove", scheduleInfo: undefined }),
    refusal(400, "RoleAssignmentDoesNotExist"),
  );
  const requests = await all(
    pipeline.roleEligibilityScheduleRequests.listForScope(tenant.prod, { filter: "asRequestor()" }),
  );
  assert.deepEqual(requests.map(({ requestType, status }) => [requestType, status]).sort(), [
    ["AdminAssign", "Canceled"],
    ["AdminRemove", "Revoked"],
    ["AdminUpdate", "Provisioned"],
  ]);
});

test("a role is given for a while, without a step by whoever has it", async (t) => {
  const tenant = await AzureTenant.make(t, production());
  const pipeline = tenant.pipeline();
  const body = tenant.request("AdminAssign", "bob");
  const given = await pipeline.roleAssignmentScheduleRequests.create(tenant.web, randomUUID(), body);
  assert.equal(given.status, "Provisioned");
  const [active] = await all(tenant.as("bob").roleAssignmentScheduleInstances.listForScope(tenant.web, AS_TARGET));
  assert.equal(active.assignmentType, "Assigned");
  assert.equal(active.roleAssignmentScheduleId, given.targetRoleAssignmentScheduleId);
  assert.equal(active.linkedRoleEligibilityScheduleId, undefined);
  await tenant.clock.advance("P91D");
  assert.deepEqual(await held(pipeline, tenant.web, tenant.user("bob").id), []);
});

test("whether a request would do is asked without making one", async (t) => {
  const tenant = await AzureTenant.make(t, ELIGIBLE);
  const her = tenant.as("alice");
  const pipeline = tenant.pipeline();
  const name = randomUUID();

  const verdict = await her.roleAssignmentScheduleRequests.validate(
    tenant.web,
    name,
    tenant.request("SelfActivate", "alice"),
  );
  assert.equal(verdict.status, "Granted");
  await assert.rejects(
    her.roleAssignmentScheduleRequests.validate(
      tenant.web,
      name,
      tenant.request("SelfActivate", "alice", { justification: undefined }),
    ),
    {
      ...refusal(400, "RoleAssignmentRequestPolicyValidationFailed"),
      message: 'The following policy rules failed: ["JustificationRule"]',
    },
  );
  await assert.rejects(pipeline.roleAssignmentScheduleRequests.get(tenant.web, name), refusal(404, "ResourceNotFound"));

  const eligible = await pipeline.roleEligibilityScheduleRequests.validate(
    tenant.web,
    name,
    tenant.request("AdminAssign", "bob"),
  );
  assert.equal(eligible.status, "Granted");
  await assert.rejects(
    pipeline.roleEligibilityScheduleRequests.get(tenant.web, name),
    refusal(404, "ResourceNotFound"),
  );
});
