// From "make her eligible" to "it ended by itself", with the clients as they come from the registry.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  ASSIGNMENT_REQUESTS,
  ELIGIBILITY_REQUESTS,
  GROUPS_ADMINISTRATOR,
  MY_ACTIVE,
  MY_ELIGIBILITIES,
  GraphTenant,
  contoso,
  request,
} from "./graph.js";

const eligible = contoso({ eligible: [{ principal: "alice", role: "Groups Administrator", duration: "P90D" }] });

test("a role is made eligible, activated, and ends by itself", async (t) => {
  const tenant = await GraphTenant.make(t, contoso());
  const alice = tenant.user("alice").id;

  const pipeline = tenant.asApplication();
  const made = await pipeline.api(ELIGIBILITY_REQUESTS).post(request("adminAssign", alice));
  assert.equal(made.status, "Provisioned");
  assert.equal(made.createdBy.application.id, tenant.application("ci-app").servicePrincipalId);

  const her = tenant.asUserByDeviceCode("alice");
  const me = await her.api("/me").get();
  assert.equal(me.id, alice);

  const { value: rows } = await her.api(MY_ELIGIBILITIES).expand("principal,roleDefinition").get();
  assert.equal(rows.length, 1);
  assert.equal(rows[0].roleDefinition.displayName, "Groups Administrator");
  assert.equal(rows[0].principal["@odata.type"], "#microsoft.graph.user");
  assert.equal(rows[0].principal.displayName, "Alice Archer");
  assert.equal(rows[0].roleEligibilityScheduleId, made.targetScheduleId);

  const tried = await her
    .api(ASSIGNMENT_REQUESTS)
    .post(request("selfActivate", alice, { isValidationOnly: true }));
  assert.equal(tried.isValidationOnly, true);
  assert.deepEqual((await her.api(MY_ACTIVE).get()).value, []);

  await assert.rejects(her.api(ASSIGNMENT_REQUESTS).post(request("selfActivate", alice, { justification: null })), {
    statusCode: 400,
    code: "RoleAssignmentRequestPolicyValidationFailed",
    message: 'The following policy rules failed: ["JustificationRule"]',
  });

  const activation = await her.api(ASSIGNMENT_REQUESTS).post(request("selfActivate", alice));
  assert.equal(activation.status, "Provisioned");
  assert.deepEqual(activation.scheduleInfo.expiration, {
    type: "afterDuration",
    endDateTime: null,
    duration: "PT2H",
  });

  const { value: active } = await her.api(MY_ACTIVE).get();
  assert.equal(active.length, 1);
  assert.equal(active[0].assignmentType, "Activated");
  assert.equal(Date.parse(active[0].endDateTime) - Date.parse(active[0].startDateTime), 2 * 3600 * 1000);
  const held = () =>
    pipeline.api("/roleManagement/directory/roleAssignments").filter(`principalId eq '${alice}'`).get();
  assert.deepEqual(
    (await held()).value.map((row) => row.roleDefinitionId),
    [GROUPS_ADMINISTRATOR],
  );

  await assert.rejects(her.api(ASSIGNMENT_REQUESTS).post(request("selfActivate", alice)), {
    statusCode: 400,
    code: "RoleAssignmentExists",
    message: "The Role assignment already exists.",
  });
  await assert.rejects(her.api(ASSIGNMENT_REQUESTS).post(request("selfDeactivate", alice)), {
    statusCode: 400,
    code: "ActiveDurationTooShort",
  });

  await tenant.clock.advance("PT3H");
  assert.deepEqual((await her.api(MY_ACTIVE).get()).value, []);
  assert.deepEqual((await held()).value, []);
  const record = await her.api(`${ASSIGNMENT_REQUESTS}/${activation.id}`).get();
  assert.equal(record.status, "Provisioned");
});

test("an activation is ended by hand", async (t) => {
  const tenant = await GraphTenant.make(t, eligible);
  const alice = tenant.user("alice").id;
  const her = tenant.asUserByDeviceCode("alice");

  await her.api(ASSIGNMENT_REQUESTS).post(request("selfActivate", alice));
  await tenant.clock.advance("PT10M");
  const ended = await her
    .api(ASSIGNMENT_REQUESTS)
    .post(request("selfDeactivate", alice, { scheduleInfo: undefined, justification: undefined }));
  assert.equal(ended.status, "Revoked");
  assert.equal(ended.scheduleInfo, null);
  assert.deepEqual((await her.api(MY_ACTIVE).get()).value, []);
});

test("a later start is booked and cancelled", async (t) => {
  const tenant = await GraphTenant.make(t, eligible);
  const alice = tenant.user("alice").id;
  const her = tenant.asUserByDeviceCode("alice");

  const booked = await her.api(ASSIGNMENT_REQUESTS).post(
    request("selfActivate", alice, {
      scheduleInfo: {
        startDateTime: "2026-01-05T11:00:00+02:00",
        expiration: { type: "AfterDuration", duration: "PT2H" },
      },
    }),
  );
  assert.match(booked.status, /^(ScheduleCreated|Granted)$/);
  assert.match(booked.scheduleInfo.startDateTime, /^2026-01-05T09:00:00(\.0+)?Z$/);
  assert.equal(booked.scheduleInfo.expiration.type, "afterDuration");

  await her.api(`${ASSIGNMENT_REQUESTS}/${booked.id}/cancel`).post();
  assert.equal((await her.api(`${ASSIGNMENT_REQUESTS}/${booked.id}`).get()).status, "Canceled");
  await tenant.clock.advance("PT90M");
  assert.deepEqual((await her.api(MY_ACTIVE).get()).value, []);
  await assert.rejects(her.api(`${ASSIGNMENT_REQUESTS}/${booked.id}/cancel`).post(), {
    statusCode: 400,
    code: "RequestCannotBeCancelled",
  });
});
