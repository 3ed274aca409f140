// Roles of one's own.

import assert from "node:assert/strict";
import { test } from "node:test";

import { ASSIGNMENT_REQUESTS, ELIGIBILITY_REQUESTS, GraphTenant, MY_ACTIVE, contoso, request } from "./graph.js";

test("a role of one's own is made, activated, renamed and removed", async (t) => {
  const tenant = await GraphTenant.make(t, contoso());
  const alice = tenant.user("alice").id;
  const pipeline = tenant.asApplication();
  const roles = "/roleManagement/directory/roleDefinitions";

  const role = await pipeline.api(roles).post({
    displayName: "Application Registration Support",
    isEnabled: true,
    rolePermissions: [{ allowedResourceActions: ["microsoft.directory/applications/basic/update"] }],
  });
  assert.equal(role.isBuiltIn, false);
  await pipeline
    .api(ELIGIBILITY_REQUESTS)
    .post(request("adminAssign", alice, { roleDefinitionId: role.id }));
  const her = tenant.asUserByDeviceCode("alice");
  await her.api(ASSIGNMENT_REQUESTS).post(request("selfActivate", alice, { roleDefinitionId: role.id }));
  assert.equal((await her.api(MY_ACTIVE).get()).value[0].roleDefinitionId, role.id);

  await pipeline.api(`${roles}/${role.id}`).patch({ displayName: "Application Support" });
  const [found] = (await pipeline.api(roles).filter("displayName eq 'Application Support'").get()).value;
  assert.equal(found.id, role.id);
});
