// The client of Azure roles before a tenant with a subscription in it, and what its tests have in common.

import { randomUUID } from "node:crypto";

import { AuthorizationManagementClient } from "@azure/arm-authorization";

import { Tenant, contoso, url } from "../support/tenant.js";

export const CONTRIBUTOR = "b24988ac-6180-42a0-ab88-20f7382dd24c";
export const OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
export const READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

/** Owen owns `prod`, and so does the pipeline; `more` sets further keys of the world. */
export function production(more = {}) {
  return contoso({
    users: [...contoso().users, { name: "owen", displayName: "Owen Owner", mfa: true }],
    azure: {
      managementGroups: [{ name: "platform", subscriptions: ["prod"] }],
      subscriptions: [
        {
          name: "prod",
          displayName: "Production",
          resourceGroups: [
            { name: "web", resources: [{ name: "kv", type: "Microsoft.KeyVault/vaults" }] },
            { name: "data" },
          ],
        },
      ],
    },
    active: [
      { principal: "owen", azureRole: "Owner", scope: "prod", outsidePim: true },
      { principal: "ci-app", azureRole: "Owner", scope: "prod", outsidePim: true },
    ],
    ...more,
  });
}

/** Alice is eligible for Contributor in all of `prod`. */
export const ELIGIBLE = production({
  eligible: [{ principal: "alice", azureRole: "Contributor", scope: "prod", duration: "P90D" }],
});

/** A tenant as clients of Azure Resource Manager see it. */
export class AzureTenant extends Tenant {
  get subscription() {
    return this.made.subscriptions.prod.id;
  }

  get prod() {
    return this.made.subscriptions.prod.path;
  }

  get web() {
    return this.made.resourceGroups["prod/web"].path;
  }

  /** A role as the subscription names it. */
  azureRole(id) {
    return `${this.prod}/providers/Microsoft.Authorization/roleDefinitions/${id}`;
  }

  pipeline() {
    return this.#client(this.applicationCredential());
  }

  /** Somebody who signed in by device code. */
  signedIn(name) {
    return this.#client(this.deviceCodeCredential(name));
  }

  /** Somebody whose token comes out of the control API. */
  as(name) {
    const getToken = async () => {
      const { accessToken, expiresIn } = await this.call("POST", "/tokens", { user: name, audience: "arm" });
      return { token: accessToken, expiresOnTimestamp: Date.now() + expiresIn * 1000 };
    };
    return this.#client({ getToken });
  }

  #client(credential) {
    return new AuthorizationManagementClient(credential, this.subscription, {
      endpoint: url,
      credentialScopes: ["https://management.azure.com/.default"],
    });
  }

  /** A request of somebody for a role; `more` replaces its members. */
  request(requestType, name, more = {}) {
    return {
      requestType,
      principalId: this.user(name).id,
      roleDefinitionId: this.azureRole(CONTRIBUTOR),
      justification: "Ticket 4711: the site is down",
      scheduleInfo: {
        expiration: { type: "AfterDuration", duration: requestType === "AdminAssign" ? "P90D" : "PT2H" },
      },
      ...more,
    };
  }

  /** Alice activates what she is eligible for; answers the request. */
  activate(client, more) {
    return client.roleAssignmentScheduleRequests.create(
      this.web,
      randomUUID(),
      this.request("SelfActivate", "alice", more),
    );
  }
}

export const AS_TARGET = { filter: "asTarget()" };

/** All items of a list, page after page. */
export async function all(pages) {
  const items = [];
  for await (const item of pages) items.push(item);
  return items;
}

/** The last part of an id. */
export const nameIn = (id) => id.slice(id.lastIndexOf("/") + 1);

/** A refusal as the client gives it. */
export const refusal = (statusCode, code) => ({ name: "RestError", statusCode, code });
