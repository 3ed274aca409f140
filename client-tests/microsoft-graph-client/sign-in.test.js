// Signing in as a person.

import assert from "node:assert/strict";
import { test } from "node:test";

import { GraphTenant, MY_ELIGIBILITIES, contoso } from "./graph.js";

test("a person signs in by password", async (t) => {
  const tenant = await GraphTenant.make(
    t,
    contoso({ eligible: [{ principal: "alice", role: "Groups Administrator", duration: "P90D" }] }),
  );
  const her = tenant.asUserByPassword("alice");
  assert.equal((await her.api("/me").get()).id, tenant.user("alice").id);
  assert.equal((await her.api(MY_ELIGIBILITIES).get()).value.length, 1);
});
