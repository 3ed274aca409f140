// Errors, with everything that they carry.

import assert from "node:assert/strict";
import { test } from "node:test";

import { ELIGIBILITY_REQUESTS, GraphTenant, contoso, request, url } from "./graph.js";

test("a wrong password or secret does not sign in", async (t) => {
  const tenant = await GraphTenant.make(t, contoso());
  await assert.rejects(tenant.asUserByPassword("alice", "wrong").api("/me").get(), /AADSTS50126/);
  await assert.rejects(tenant.asApplication("wrong").api("/users").get(), /AADSTS7000215/);
});

test("an error carries everything that support would ask for", async (t) => {
  const tenant = await GraphTenant.make(t, contoso());
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
  const tenant = await GraphTenant.make(t, contoso());
  const headers = await tenant.headers({ user: "alice", lifetime: "-PT5M" });
  const answer = await fetch(`${url}/v1.0/me`, { headers });
  assert.equal(answer.status, 401);
  assert.match(answer.headers.get("www-authenticate"), /^Bearer /);
  assert.equal((await answer.json()).error.code, "InvalidAuthenticationToken");
});
