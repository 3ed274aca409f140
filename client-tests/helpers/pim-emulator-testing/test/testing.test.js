// The package as whoever tests with it sees it: starting, stopping, tenants, clocks, and what goes wrong. The same tests under
// vitest and under Node's own runner.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { Emulator, Refused } from "pim-emulator-testing";

const { test } = await import(process.env.VITEST ? "vitest" : "node:test");

const HERE = dirname(fileURLToPath(import.meta.url));
const WORLD = {
  tenant: { displayName: "Contoso", now: "2026-01-05T08:00:00Z" },
  users: [
    { name: "alice", mfa: true },
    { name: "bob", mfa: true },
  ],
  applications: [{ name: "ci-app", secret: "local-only" }],
  eligible: [{ principal: "alice", role: "Groups Administrator", duration: "P90D" }],
};

const emulator = await Emulator.get();

/** Runs a program in a process of its own, beside this file; nothing of this runner's is in its environment. */
function run(files, command, args, environment = {}) {
  const directory = mkdtempSync(join(HERE, "as-written-"));
  const clean = Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_TEST|NODE_OPTIONS|PIM_EMULATOR_READY)/.test(name));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
    const env = { ...Object.fromEntries(clean), ...environment };
    return spawnSync(command, args, { cwd: directory, env, encoding: "utf8", timeout: 100_000 });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

test("the README's example passes as it is written", () => {
  const readme = readFileSync(join(HERE, "..", "README.md"), "utf8");
  const [, example] = readme.match(/^```js\n(.*?)^```/ms);
  const { status, stdout, stderr } = run(
    { "activation.test.js": example, "vitest.config.js": "export default {};" },
    join(HERE, "../../../node_modules/.bin/vitest"),
    ["run"],
  );
  assert.equal(status, 0, stdout + stderr);
  assert.match(stdout, /1 passed/);
});

test("a program that forgets to stop the emulator ends, and the emulator with it", async () => {
  const program = `import { Emulator } from "pim-emulator-testing";
    const [one, other] = await Promise.all([Emulator.get(), Emulator.get()]);
    console.log(JSON.stringify({ same: one === other, url: one.httpUrl, caFile: one.caFile }));`;
  const { status, stdout, stderr } = run({ "program.mjs": program }, process.execPath, ["program.mjs"]);
  assert.equal(status, 0, stderr);
  const { same, url, caFile } = JSON.parse(stdout);
  assert.equal(same, true);
  await gone(url);
  assert.equal(existsSync(caFile), false);
});

test("a worker that is terminated takes its emulator along", async () => {
  const program = `import { Emulator } from "pim-emulator-testing";
    const { httpUrl } = await Emulator.get();
    console.log(httpUrl);
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => {}, 60_000);`;
  const { status, stdout, stderr } = run({ "program.mjs": program }, process.execPath, ["program.mjs"]);
  assert.equal(status, 143, stderr);
  await gone(stdout.trim());
});

/** Waits until nobody answers there any more. */
async function gone(address) {
  for (let patience = 500; patience > 0; patience--) {
    const answers = await fetch(`${address}/_emulator/health`).then(() => true, () => false);
    if (!answers) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.fail(`${address} still answers`);
}

test("an emulator is started and stopped, and leaves nothing", async () => {
  const started = await Emulator.start();
  assert.notEqual(started.url, emulator.url);
  const tenant = await started.createTenant();
  await assert.rejects(emulator.control.call("GET", `/tenants/${tenant.id}`), { name: "Refused", status: 404 });
  await started.stop();
  await started.stop();
  assert.equal(existsSync(started.caFile), false);
  await assert.rejects(started.createTenant(), { name: "TypeError", message: "fetch failed" });
});

test("what is not there does not start", async () => {
  await assert.rejects(Emulator.start({ binary: "/nowhere/pim-emulator" }), /did not get ready: spawn \/nowhere\/pim-emulator ENOENT/);
  await assert.rejects(Emulator.start({ binary: "false" }), /^Error: false did not get ready: it ended with 1/);
});

test("without a binary, it is looked for on the path", () => {
  const program = `import { Emulator } from "pim-emulator-testing"; await Emulator.get();`;
  const environment = { PIM_EMULATOR_BIN: "", PATH: "/nowhere" };
  const { status, stderr } = run({ "program.mjs": program }, process.execPath, ["program.mjs"], environment);
  assert.notEqual(status, 0);
  assert.match(stderr, /pim-emulator did not get ready: spawn pim-emulator ENOENT/);
});

test("two tenants at once share nothing", async () => {
  const [one, other] = await Promise.all([emulator.createTenant(WORLD), emulator.createTenant(WORLD)]);
  try {
    assert.notEqual(one.user("alice").id, other.user("alice").id);
    await one.clock.advance("P1D");
    assert.deepEqual([await one.clock.now(), await other.clock.now()], ["2026-01-06T08:00:00Z", "2026-01-05T08:00:00Z"]);
    const me = await fetch(`${emulator.httpUrl}/v1.0/me`, { headers: await one.headers({ user: "alice" }) });
    assert.equal((await me.json()).id, one.user("alice").id);
  } finally {
    await Promise.all([one.delete(), other.delete()]);
  }
  await assert.rejects(one.clock.now(), { name: "Refused", status: 404 });
});

test("the same seed gives the same ids", async () => {
  const ids = [];
  for (let round = 0; round < 2; round++) {
    const tenant = await emulator.createTenant(WORLD, { seed: 11 });
    ids.push([tenant.id, tenant.user("alice").id, tenant.application("ci-app").clientId]);
    await tenant.delete();
  }
  assert.deepEqual(ids[0], ids[1]);
});

test("a tenant tells who is in it, what happened, and what was wrong", async () => {
  const tenant = await emulator.createTenant(WORLD);
  assert.equal(tenant.user("alice").userPrincipalName, `alice@${tenant.domain}`);
  assert.equal(tenant.role("Groups Administrator"), "fdd7a751-b60b-444a-984c-02652fe8fa1c");
  assert.throws(() => tenant.user("zoe"), /no users named 'zoe' in this tenant; there are: alice, bob/);
  const last = (await tenant.events()).at(-1).sequence;
  assert.equal(await tenant.clock.advanceTo("2026-04-06T08:00:00Z"), "2026-04-06T08:00:00Z");
  const events = await tenant.events({ after: last });
  assert.equal(events.filter(({ type }) => type === "scheduleEnded").length, 1);
  assert.deepEqual(await tenant.mail({ to: "nobody@contoso.example" }), []);
  assert.deepEqual(await tenant.brokenInvariants(), []);
  await assert.rejects(tenant.setBehaviour({ nonsense: true }), Refused);
  await tenant.reset();
  assert.equal(await tenant.clock.now(), "2026-01-05T08:00:00Z");
  await tenant.delete();
});

test("a refusal says what was wrong", async () => {
  await assert.rejects(emulator.createTenant({ nonsense: true }), (error) => {
    assert.ok(error instanceof Refused);
    assert.equal(error.status, 400);
    assert.match(error.message, /^POST \/tenants: 400 .*nonsense/);
    assert.match(error.problem.detail, /nonsense/);
    return true;
  });
});

test("the environment leads programs to the tenant", async () => {
  const tenant = await emulator.createTenant(WORLD);
  const { caFile, url, proxyUrl } = emulator;
  const trust = { NODE_EXTRA_CA_CERTS: caFile, REQUESTS_CA_BUNDLE: caFile, SSL_CERT_FILE: caFile };
  assert.deepEqual(tenant.environment, { ...trust, AZURE_AUTHORITY_HOST: url, AZURE_TENANT_ID: tenant.id });
  assert.deepEqual(emulator.proxied, { ...trust, HTTPS_PROXY: proxyUrl, NO_PROXY: "localhost,127.0.0.1" });
  await tenant.delete();
});

test("a fault is met as often as it was ordered, and the journal tells", async () => {
  const tenant = await emulator.createTenant(WORLD);
  const headers = await tenant.headers({ user: "alice" });
  await tenant.setFaults({ match: { path: "/me" }, times: 1, respond: { status: 503, retryAfter: 1 } });
  const refused = await fetch(`${emulator.httpUrl}/v1.0/me`, { headers });
  assert.deepEqual([refused.status, refused.headers.get("retry-after")], [503, "1"]);
  assert.equal((await fetch(`${emulator.httpUrl}/v1.0/me`, { headers })).status, 200);
  const statuses = (await tenant.requests({ path: "/me", principal: "alice" })).map(({ status }) => status);
  assert.deepEqual(statuses, [503, 200]);
  await tenant.delete();
});
