// Signing in, pages, filters, order, counts and errors.

import assert from "node:assert/strict";
import { test } from "node:test";

import { PageIterator } from "@microsoft/microsoft-graph-client";

import { ELIGIBILITY_REQUESTS, MY_ELIGIBILITIES, Tenant, contoso, control, request, url } from "./emulator.js";

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

test("a person signs in by password", async (t) => {
  const tenant = await Tenant.make(
    t,
    contoso({ eligible: [{ principal: "alice", role: "Groups Administrator", duration: "P90D" }] }),
  );
  const her = tenant.asUserByPassword("alice");
  assert.equal((await her.api("/me").get()).id, tenant.user("alice"));
  assert.equal((await her.api(MY_ELIGIBILITIES).get()).value.length, 1);
});

test("a wrong password or secret does not sign in", async (t) => {
  const tenant = await Tenant.make(t, contoso());
  await assert.rejects(tenant.asUserByPassword("alice", "wrong").api("/me").get(), /AADSTS50126/);
  await assert.rejects(tenant.asApplication("wrong").api("/users").get(), /AADSTS7000215/);
});

test("users and eligibilities come in pages", async (t) => {
  const tenant = await Tenant.make(t, crowded);
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
  const tenant = await Tenant.make(t, crowded);
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
  const tenant = await Tenant.make(t, contoso());
  const page = await tenant.asApplication().api("/users").version("beta").get();
  assert.ok(page.value.some((user) => user.displayName === "Alice Archer"));
});

test("an error carries everything that support would ask for", async (t) => {
  const tenant = await Tenant.make(t, contoso());
  const nobody = "00000000-1111-2222-3333-444444444444";
  await assert.rejects(tenant.asApplication().api(ELIGIBILITY_REQUESTS).post(request("adminAssign", nobody)), (error) => {
    assert.equal(error.statusCode, 404);
    assert.equal(error.code, "SubjectNotFound");
    assert.equal(error.message, "The subject is not found.");
    assert.match(error.requestId, /^[0-9a-f-]{36}$/);
    const body = JSON.parse(error.body);
    assert.deepEqual(Object.keys(body.innerError).sort(), ["client-request-id", "date", "request-id"]);
    return true;
  });
});

test("an expired token is refused", async (t) => {
  const tenant = await Tenant.make(t, contoso());
  const { accessToken } = await control("POST", `/tenants/${tenant.id}/tokens`, {
    user: "alice",
    audience: "graph",
    lifetime: "-PT5M",
  });
  const answer = await fetch(`${url}/v1.0/me`, { headers: { Authorization: `Bearer ${accessToken}` } });
  assert.equal(answer.status, 401);
  assert.match(answer.headers.get("www-authenticate"), /^Bearer /);
  assert.equal((await answer.json()).error.code, "InvalidAuthenticationToken");
});
