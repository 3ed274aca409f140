// The client before a tenant, and what its tests have in common.

import { Client } from "@microsoft/microsoft-graph-client";
import { TokenCredentialAuthenticationProvider } from "@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js";

import { Tenant, url } from "../support/tenant.js";

export { contoso, url } from "../support/tenant.js";

export const GROUPS_ADMINISTRATOR = "fdd7a751-b60b-444a-984c-02652fe8fa1c";

/** A tenant as Graph shows it. */
export class GraphTenant extends Tenant {
  asApplication(secret) {
    return client(this.applicationCredential(secret));
  }

  asUserByDeviceCode(name) {
    return client(this.deviceCodeCredential(name));
  }

  asUserByPassword(name, password) {
    return client(this.passwordCredential(name, password));
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
