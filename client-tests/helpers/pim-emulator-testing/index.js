// Tests against a PIM Emulator: it is started once, and every test gets a tenant that shares nothing with any other.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { Control, Refused } from "./control.js";

export { Refused };

/** A running emulator: one that is started here, or one that is there already. */
export class Emulator {
  static #shared;
  #stop;

  constructor(ready, stop = () => {}) {
    this.url = ready.url.replace(/\/$/, "");
    this.httpUrl = ready.httpUrl.replace(/\/$/, "");
    this.proxyUrl = ready.proxyUrl.replace(/\/$/, "");
    this.caFile = ready.caFile;
    this.control = new Control(this.httpUrl, process.env.PIM_EMULATOR_ADMIN_KEY);
    this.#stop = stop;
  }

  /** The one that `PIM_EMULATOR_READY_FILE` describes, else one that is started here, once, and ends with this process. */
  static async get() {
    const readyFile = process.env.PIM_EMULATOR_READY_FILE;
    if (readyFile) return Emulator.connect(readyFile);
    Emulator.#shared ??= Emulator.start();
    try {
      return await Emulator.#shared;
    } catch (error) {
      Emulator.#shared = undefined;
      throw error;
    }
  }

  /** One that is running already, and wrote that file (`serve --ready-file`). */
  static connect(readyFile) {
    return new Emulator(JSON.parse(readFileSync(readyFile, "utf8")));
  }

  /**
   * Starts one on a free port, with a state directory of its own.
   * The binary is the one given, else that of `PIM_EMULATOR_BIN`, else `pim-emulator` on the path.
   */
  static async start({ binary, args = [], patience = 30_000 } = {}) {
    const directory = mkdtempSync(join(tmpdir(), "pim-emulator-"));
    const readyFile = join(directory, "ready.json");
    const program = binary ?? (process.env.PIM_EMULATOR_BIN || "pim-emulator");
    const serve = ["serve", "--listen", "127.0.0.1:0", "--state-dir", join(directory, "state")];
    const child = spawn(program, [...serve, "--ready-file", readyFile, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    let ended;
    child.stdout.on("data", (text) => (said += text));
    child.stderr.on("data", (text) => (said += text));
    const exit = new Promise((resolve) => {
      child.once("error", (error) => resolve((ended = error.message)));
      child.once("exit", (code) => resolve((ended ??= `it ended with ${code}`)));
    });
    const clean = () => {
      child.kill();
      rmSync(directory, { recursive: true, force: true });
    };
    // Whoever forgets to stop it leaves nothing behind; runners end their workers by SIGTERM.
    const terminate = () => {
      clean();
      if (process.listenerCount("SIGTERM") === 0) process.exit(128 + 15);
    };
    process.once("exit", clean);
    process.once("SIGTERM", terminate);
    const stop = async () => {
      process.off("exit", clean);
      process.off("SIGTERM", terminate);
      child.ref();
      child.kill();
      await exit;
      clean();
    };
    const end = Date.now() + patience;
    // It is renamed into its place, so what can be seen is whole.
    while (!existsSync(readyFile)) {
      if (ended !== undefined || Date.now() > end) {
        await stop();
        throw new Error(`${program} did not get ready: ${ended ?? "it takes too long"}\n${said}`);
      }
      await sleep(20);
    }
    // It must not keep a test run from ending.
    child.unref();
    child.stdout.unref();
    child.stderr.unref();
    return new Emulator(JSON.parse(readFileSync(readyFile, "utf8")), stop);
  }

  /** Stops the process, if it was started here. */
  async stop() {
    if ((await Emulator.#shared) === this) Emulator.#shared = undefined;
    await this.#stop();
    this.#stop = () => {};
  }

  async [Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose")]() {
    await this.stop();
  }

  /** A tenant of its own, made of a world (see `scenarios/contoso.yaml`). With a `seed` its ids are always the same. */
  async createTenant(world = {}, more = {}) {
    return new Tenant(this, await this.control.call("POST", "/tenants", { world, ...more }));
  }

  /** Finishes a device-code sign-in as that user would with a browser. */
  approveDeviceCode(userCode, user, mfa = true) {
    return this.control.call("POST", `/device-codes/${userCode}/approve`, { user, mfa });
  }

  /** The variables that make programs trust the emulator: Node, requests and azure-core, httpx and Go. */
  get trust() {
    const names = ["NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"];
    return Object.fromEntries(names.map((name) => [name, this.caFile]));
  }

  /** The variables for programs that know nothing but the cloud's own addresses: trust, and the proxy. */
  get proxied() {
    return { ...this.trust, HTTPS_PROXY: this.proxyUrl, NO_PROXY: "localhost,127.0.0.1" };
  }
}

/** One tenant: who is in it, its clock, and what happened there. `made` is the answer that named everything in it. */
export class Tenant {
  constructor(emulator, made) {
    this.emulator = emulator;
    this.made = made;
    this.id = made.tenantId;
    this.domain = made.domain;
    this.clock = new Clock(this);
  }

  /** The user of that name in the world: `id`, `userPrincipalName`, `password`. */
  user(name) {
    return this.#named("users", name);
  }

  /** The application of that name in the world: `id`, `clientId`, `servicePrincipalId`, `secret`. */
  application(name) {
    return this.#named("applications", name);
  }

  /** The id of the group of that name in the world. */
  group(name) {
    return this.#named("groups", name).id;
  }

  /** The id of the directory role of that name. */
  role(name) {
    return this.#named("roles", name).id;
  }

  #named(kind, name) {
    const there = this.made[kind] ?? {};
    if (!Object.hasOwn(there, name)) {
      throw new Error(`no ${kind} named '${name}' in this tenant; there are: ${Object.keys(there).join(", ") || "none"}`);
    }
    return there[name];
  }

  /** An access token without a sign-in: `{ user: "alice" }` or `{ application: "ci-app" }`, and `audience: "arm"` for Azure. */
  async token(who) {
    return (await this.call("POST", "/tokens", { audience: "graph", ...who })).accessToken;
  }

  /** The header that carries such a token. */
  async headers(who) {
    return { Authorization: `Bearer ${await this.token(who)}` };
  }

  /** What happened, in order, from behind that number on. */
  async events({ after = 0, limit = 1000 } = {}) {
    return (await this.call("GET", "/events", undefined, { after, limit })).value;
  }

  /** Who was mailed what. */
  async mail({ to } = {}) {
    return (await this.call("GET", "/mail", undefined, { to })).value;
  }

  /** The HTTP requests that reached this tenant: `{ method: "POST", path: "/**\/roleAssignmentScheduleRequests" }`. */
  async requests(matching = {}) {
    return (await this.call("GET", "/requests", undefined, matching)).value;
  }

  /** What goes wrong from now on: `{ match: { path: "/v1.0/me" }, times: 2, respond: { status: 503 } }`. */
  setFaults(...faults) {
    return this.call("PUT", "/faults", faults);
  }

  /** Behaves from now on as badly as the service ever does, the same way for the same seed. */
  beHostile(options = {}) {
    return this.call("PUT", "/hostile", { seed: 1, ...options });
  }

  /** Sets switches of behaviour by the names that `pim-emulator behaviour` lists. */
  setBehaviour(switches) {
    return this.call("PATCH", "/behaviour", switches);
  }

  /** The names of what should always hold and does not; empty unless the emulator has a bug. */
  async brokenInvariants() {
    const { value } = await this.call("GET", "/invariants");
    // The others warn of a tenant in which somebody may be locked out; that is its author's business.
    return value.filter(({ severity, holds }) => severity === "error" && !holds).map(({ name }) => name);
  }

  /** Back to the world that the tenant was made from. */
  reset() {
    return this.call("POST", "/reset");
  }

  /** The tenant is gone. */
  delete() {
    return this.call("DELETE", "");
  }

  async [Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose")]() {
    await this.delete();
  }

  /** One call of the control API below this tenant, for whatever has no method of its own here. */
  call(method, path, body, query) {
    return this.emulator.control.call(method, `/tenants/${this.id}${path}`, body, query);
  }

  /** The variables that lead @azure/identity and programs like it into this tenant. */
  get environment() {
    return { ...this.emulator.trust, AZURE_AUTHORITY_HOST: this.emulator.url, AZURE_TENANT_ID: this.id };
  }
}

/** The time that everything of PIM goes by. Tokens do not: nobody is signed out by a jump. */
class Clock {
  #tenant;

  constructor(tenant) {
    this.#tenant = tenant;
  }

  /** The tenant's time, as `2026-01-05T08:00:00Z`. */
  async now() {
    return (await this.#tenant.call("GET", "/clock")).now;
  }

  /** Moves on by an ISO 8601 duration such as `PT8H`; everything due on the way happens. Gives the new time. */
  async advance(by) {
    return (await this.#tenant.call("POST", "/clock/advance", { by })).now;
  }

  /** Moves on to an instant such as `2026-03-01T00:00:00Z`; everything due on the way happens. Gives the new time. */
  async advanceTo(to) {
    return (await this.#tenant.call("POST", "/clock/advance", { to })).now;
  }
}
