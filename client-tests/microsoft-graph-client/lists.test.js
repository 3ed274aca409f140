// Pages, filters, order and counts.

import assert from "node:assert/strict";
import { test } from "node:test";

import { PageIterator } from "@microsoft/microsoft-graph-client";

import { GraphTenant, contoso, url } from "./graph.js";

const CROWD = Array.from({ length: 250 }, (_, n) => {
  const number = String(n).padStart(3, "0");
  return { name: `user${number}`, displayName: `User ${number}` };
});
const crowded = contoso({
  users: [...contoso().users, ...CROWD],
  eligible: CROWD.slice(0, 120).map(({ name }) => ({ principal: name, role: "Global Reader", duration: "P90D" })),
});
const GLOBAL_READER = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";

/** Follows the next links to their end. */
async function everything(client, page) {
  const items = [];
  await new PageIterator(client, page, (item) => items.push(item) > 0).iterate();
  return items;
}

test("users and eligibilities come in pages", async (t) => {
  const tenant = await GraphTenant.make(t, crowded);
  const client = tenant.asApplication();

  const first = await client.api("/users").select("id,displayName").top(30).get();
  assert.equal(first.value.length, 30);
  assert.ok(first["@odata.nextLink"].startsWith(`${url}/v1.0/users?`));
  assert.deepEqual(Object.keys(first.value[0]).sort(), ["displayName", "id"]);
  const users = await everything(client, first);
  assert.equal(new Set(users.map((user) => user.id)).size, 252);

  const page = await client
    .api("/roleManagement/directory/roleEligibilityScheduleInstances")
    .filter(`roleDefinitionId eq '${GLOBAL_READER}'`)
    .expand("principal")
    .get();
  const rows = await everything(client, page);
  assert.equal(new Set(rows.map((row) => row.principal.displayName)).size, 120);
});

test("users are filtered, ordered and counted", async (t) => {
  const tenant = await GraphTenant.make(t, crowded);
  const client = tenant.asApplication();
  const page = await client
    .api("/users")
    .header("ConsistencyLevel", "eventual")
    .filter("startswith(displayName,'User 01')")
    .orderby("displayName desc")
    .count(true)
    .top(3)
    .get();
  assert.equal(page["@odata.count"], 10);
  assert.deepEqual(
    page.value.map((user) => user.displayName),
    ["User 019", "User 018", "User 017"],
  );
});

test("the beta version is served too", async (t) => {
  const tenant = await GraphTenant.make(t, contoso());
  const page = await tenant.asApplication().api("/users").version("beta").get();
  assert.ok(page.value.some((user) => user.displayName === "Alice Archer"));
});
