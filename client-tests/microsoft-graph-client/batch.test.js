// Several requests in one, as the client puts them together.

import assert from "node:assert/strict";
import { test } from "node:test";

import { BatchRequestContent, BatchResponseContent } from "@microsoft/microsoft-graph-client";

import { ASSIGNMENT_REQUESTS, GraphTenant, MY_ACTIVE, contoso, request } from "./graph.js";

const HOST = "https://graph.microsoft.com/v1.0";
const NOBODY = "00000000-1111-2222-3333-444444444444";
const eligible = contoso({
  eligible: [{ principal: "alice", role: "Groups Administrator", duration: "P90D" }],
});

/** Sends steps `{id, method?, path, body?, dependsOn?}`; the client wants whole requests of the platform's fetch. */
async function send(client, steps) {
  const content = new BatchRequestContent(
    steps.map(({ id, path, method = "GET", body, dependsOn }) => ({
      id,
      dependsOn,
      request: new Request(HOST + path, {
        method,
        body: body && JSON.stringify(body),
        headers: body && { "Content-Type": "application/json" },
      }),
    })),
  );
  return new BatchResponseContent(await client.api("/$batch").post(await content.getContent()));
}

test("reads and a failure come back by their ids", async (t) => {
  const tenant = await GraphTenant.make(t, contoso());
  const client = tenant.asApplication();
  const answers = await send(client, [
    { id: "alice", path: `/users/${tenant.user("alice").id}` },
    { id: "nobody", path: `/users/${NOBODY}` },
  ]);
  assert.equal((await answers.getResponseById("alice").json()).displayName, "Alice Archer");
  assert.equal(answers.getResponseById("nobody").status, 404);
  assert.equal((await answers.getResponseById("nobody").json()).error.code, "Request_ResourceNotFound");
});

test("an activation is done before what depends on it", async (t) => {
  const tenant = await GraphTenant.make(t, eligible);
  const her = tenant.asUserByDeviceCode("alice");
  const answers = await send(her, [
    { id: "1", method: "POST", path: ASSIGNMENT_REQUESTS, body: request("selfActivate", tenant.user("alice").id) },
    { id: "2", path: MY_ACTIVE, dependsOn: ["1"] },
  ]);
  assert.equal(answers.getResponseById("1").status, 201);
  assert.equal((await answers.getResponseById("2").json()).value.length, 1);
});

test("what depends on a refusal is not tried", async (t) => {
  const tenant = await GraphTenant.make(t, contoso());
  const her = tenant.asUserByDeviceCode("alice");
  const answers = await send(her, [
    { id: "1", method: "POST", path: ASSIGNMENT_REQUESTS, body: request("selfActivate", tenant.user("alice").id) },
    { id: "2", path: "/me", dependsOn: ["1"] },
  ]);
  assert.ok(answers.getResponseById("1").status >= 400);
  assert.equal(answers.getResponseById("2").status, 424);
});
