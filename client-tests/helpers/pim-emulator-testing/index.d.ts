/// <reference lib="esnext.disposable" />

/** The control API said no. */
export class Refused extends Error {
  readonly status: number;
  /** The problem details that it gave (RFC 9457). */
  readonly problem: { title?: string; detail?: string; [member: string]: unknown };
}

/** The control API under `/_emulator`. */
export interface Control {
  call<T = any>(method: string, path: string, body?: unknown, query?: Record<string, string | number | undefined>): Promise<T>;
}

export interface StartOptions {
  /** The binary; else `PIM_EMULATOR_BIN`, else `pim-emulator` on the path. */
  binary?: string;
  /** Further arguments of `serve`. */
  args?: string[];
  /** How long to wait for it, in milliseconds. */
  patience?: number;
}

/** A running emulator. */
export class Emulator {
  /** The address over TLS, without a slash at the end: base of Graph and Azure, and authority of sign-in. */
  readonly url: string;
  /** The same over plain HTTP. */
  readonly httpUrl: string;
  /** What `HTTPS_PROXY` must be for clients that know nothing but the cloud's own addresses. */
  readonly proxyUrl: string;
  /** The certificate that clients must trust. */
  readonly caFile: string;
  readonly control: Control;
  readonly trust: Record<"NODE_EXTRA_CA_CERTS" | "REQUESTS_CA_BUNDLE" | "SSL_CERT_FILE", string>;
  readonly proxied: Record<string, string>;
  /** The one that `PIM_EMULATOR_READY_FILE` describes, else one that is started here, once, and ends with this process. */
  static get(): Promise<Emulator>;
  static connect(readyFile: string): Emulator;
  static start(options?: StartOptions): Promise<Emulator>;
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
  createTenant(world?: object, more?: { seed?: number; [member: string]: unknown }): Promise<Tenant>;
  approveDeviceCode(userCode: string, user: string, mfa?: boolean): Promise<void>;
}

export interface User {
  id: string;
  userPrincipalName: string;
  password: string;
}

export interface Application {
  id: string;
  clientId: string;
  servicePrincipalId?: string;
  secret?: string;
}

export interface Clock {
  now(): Promise<string>;
  advance(by: string): Promise<string>;
  advanceTo(to: string): Promise<string>;
}

export interface Fault {
  match?: { method?: string; path?: string; principal?: string; surface?: string };
  /** How many matching requests pass first. */
  after?: number;
  /** How many it meets then; all of them when it is left out. */
  times?: number;
  respond?: { status: number; code?: string; message?: string; retryAfter?: number };
  /** An ISO 8601 duration. */
  delay?: string;
  drop?: true;
}

type Who = { user: string } | { application: string };

/** One tenant: who is in it, its clock, and what happened there. */
export class Tenant {
  readonly emulator: Emulator;
  readonly made: any;
  readonly id: string;
  readonly domain: string;
  readonly clock: Clock;
  readonly environment: Record<string, string>;
  user(name: string): User;
  application(name: string): Application;
  group(name: string): string;
  role(name: string): string;
  token(who: Who & { audience?: "graph" | "arm"; [member: string]: unknown }): Promise<string>;
  headers(who: Who & { audience?: "graph" | "arm"; [member: string]: unknown }): Promise<{ Authorization: string }>;
  events(range?: { after?: number; limit?: number }): Promise<any[]>;
  mail(matching?: { to?: string }): Promise<any[]>;
  requests(matching?: Record<string, string | number | undefined>): Promise<any[]>;
  setFaults(...faults: Fault[]): Promise<unknown>;
  beHostile(options?: { seed?: number; [member: string]: unknown }): Promise<unknown>;
  setBehaviour(switches: Record<string, unknown>): Promise<unknown>;
  brokenInvariants(): Promise<string[]>;
  reset(): Promise<void>;
  delete(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
  call<T = any>(method: string, path: string, body?: unknown, query?: Record<string, string | number | undefined>): Promise<T>;
}
