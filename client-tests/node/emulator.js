// What a test says to the emulator itself: make a tenant, move its clock, approve a sign-in.
// Everything else goes through the real clients.

import { readFileSync } from "node:fs";

import { ClientSecretCredential, DeviceCodeCredential, UsernamePasswordCredential } from "@azure/identity";
import { Client } from "@microsoft/microsoft-graph-client";
import { TokenCredentialAuthenticationProvider } from "@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js";

const ready = JSON.parse(readFileSync(process.env.PIM_EMULATOR_READY_FILE, "utf8"));

/** The emulator's address, without a slash at its end. */
export const url = ready.url.replace(/\/$/, "");

/** "Microsoft Graph Command Line Tools": a public client that every tenant knows. */
export const COMMAND_LINE_CLIENT = "14d82eec-204b-4c2f-b7e8-296a70dab67e";

export const GROUPS_ADMINISTRATOR = "fdd7a751-b60b-444a-984c-02652fe8fa1c";

/** Speaks to the control API. */
export async function control(method, path, body) {
  const answer = await fetch(`${url}/_emulator${path}`, {
    method,
    headers: { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

/** A small company; `more` sets further keys of the world. */
export function contoso(more = {}) {
  return {
    tenant: { displayName: "Contoso", now: "2026-01-05T08:00:00Z" },
    users: [
      { name: "alice", displayName: "Alice Archer", mfa: true },
      { name: "bob", displayName: "Bob Baker", mfa: true },
    ],
    applications: [
      {
        name: "ci-app",
        secret: "local-only",
        appRoles: ["RoleManagement.ReadWrite.Directory", "User.Read.All"],
      },
    ],
    ...more,
  };
}

/** One tenant, made for one test and taken away after it. */
export class Tenant {
  static async make(test, world) {
    const tenant = new this(await control("POST", "/tenants", { world }));
    test.after(() => control("DELETE", `/tenants/${tenant.id}`));
    return tenant;
  }

  constructor(made) {
    this.made = made;
    this.id = made.tenantId;
  }

  user(name) {
    return this.made.users[name].id;
  }

  advance(by) {
    return control("POST", `/tenants/${this.id}/clock/advance`, { by });
  }

  applicationCredential(secret = this.made.applications["ci-app"].secret) {
    const { clientId } = this.made.applications["ci-app"];
    return new ClientSecretCredential(this.id, clientId, secret, this.#options);
  }

  deviceCodeCredential(name) {
    return new DeviceCodeCredential({
      ...this.#options,
      tenantId: this.id,
      clientId: COMMAND_LINE_CLIENT,
      userPromptCallback: ({ userCode }) =>
        control("POST", `/device-codes/${userCode}/approve`, { user: name, mfa: true }),
    });
  }

  asApplication(secret) {
    return client(this.applicationCredential(secret));
  }

  asUserByDeviceCode(name) {
    return client(this.deviceCodeCredential(name));
  }

  asUserByPassword(name, password = this.made.users[name].password) {
    const { userPrincipalName } = this.made.users[name];
    return client(
      new UsernamePasswordCredential(this.id, COMMAND_LINE_CLIENT, userPrincipalName, password, this.#options),
    );
  }

  get #options() {
    return { authorityHost: url, disableInstanceDiscovery: true };
  }
}

function client(credential) {
  return Client.initWithMiddleware({
    authProvider: new TokenCredentialAuthenticationProvider(credential, {
      scopes: ["https://graph.microsoft.com/.default"],
    }),
    baseUrl: url,
    // Without the port: with it, no token would be sent.
    customHosts: new Set([new URL(url).hostname]),
  });
}

const DIRECTORY = "/roleManagement/directory";

export const ELIGIBILITY_REQUESTS = `${DIRECTORY}/roleEligibilityScheduleRequests`;
export const ASSIGNMENT_REQUESTS = `${DIRECTORY}/roleAssignmentScheduleRequests`;
export const MY_ELIGIBILITIES = `${DIRECTORY}/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')`;
export const MY_ACTIVE = `${DIRECTORY}/roleAssignmentScheduleInstances/filterByCurrentUser(on='principal')`;

/** The body of a request; `more` replaces its members. */
export function request(action, principalId, more = {}) {
  return {
    action,
    principalId,
    roleDefinitionId: GROUPS_ADMINISTRATOR,
    directoryScopeId: "/",
    justification: "Ticket 4711: rename a group",
    scheduleInfo: { expiration: { type: "afterDuration", duration: action === "adminAssign" ? "P90D" : "PT2H" } },
    ...more,
  };
}
