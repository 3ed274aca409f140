// A tenant that throttles, fails and lags: what the client's own retries come through, and what a caller has to do beside them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { ASSIGNMENT_REQUESTS, ELIGIBILITY_REQUESTS, GROUPS_ADMINISTRATOR, GraphTenant, MY_ACTIVE, contoso, request } from "./graph.js";

/** What `look` finds: what was just made is seen everywhere a few requests later. */
async function until(look) {
  for (let patience = 10; patience > 0; patience -= 1) {
    const found = await look();
    if (found) return found;
  }
  throw new Error("it was never seen");
}

/** Whoever has no answer does not know if it was done: done before counts as done. */
const DONE = new Set(["RoleAssignmentExists", "PendingRoleAssignmentRequest"]);

test("a role is made eligible and activated all the same", async (t) => {
  const tenant = await GraphTenant.make(t, contoso());
  await tenant.beHostile({ seed: 7 });
  const alice = tenant.user("alice").id;

  const made = await tenant.asApplication().api(ELIGIBILITY_REQUESTS).post(request("adminAssign", alice));
  assert.ok(["Provisioned", "PendingProvisioning"].includes(made.status));

  const her = tenant.asUserByDeviceCode("alice");
  await until(async () => {
    try {
      return await her.api(ASSIGNMENT_REQUESTS).post(request("selfActivate", alice));
    } catch (error) {
      if (error.code === "RoleAssignmentDoesNotExist") return undefined;
      assert.ok(DONE.has(error.code), `${error.statusCode} ${error.code}`);
      return true;
    }
  });
  const [active] = await until(async () => {
    const { value } = await her.api(MY_ACTIVE).get();
    return value.length > 0 && value;
  });
  assert.equal(active.roleDefinitionId, GROUPS_ADMINISTRATOR);

  const requests = await tenant.requests();
  assert.ok(requests.some(({ hardships }) => hardships?.length > 0), "the client was never bothered");
});
