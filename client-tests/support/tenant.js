// A tenant for one test, and the ways to sign in to it with @azure/identity.

import { ClientSecretCredential, DeviceCodeCredential, UsernamePasswordCredential } from "@azure/identity";
import { Emulator, Tenant as EmulatorTenant } from "pim-emulator-testing";

export const emulator = await Emulator.get();

/** The emulator's address, without a slash at its end. */
export const { url } = emulator;

/** "Microsoft Graph Command Line Tools": a public client that every tenant knows. */
export const COMMAND_LINE_CLIENT = "14d82eec-204b-4c2f-b7e8-296a70dab67e";

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
export class Tenant extends EmulatorTenant {
  static async make(test, world) {
    const tenant = new this(emulator, (await emulator.createTenant(world)).made);
    test.after(() => tenant.delete());
    return tenant;
  }

  applicationCredential(secret = this.application("ci-app").secret) {
    return new ClientSecretCredential(this.id, this.application("ci-app").clientId, secret, this.#options);
  }

  deviceCodeCredential(name) {
    return new DeviceCodeCredential({
      ...this.#options,
      tenantId: this.id,
      clientId: COMMAND_LINE_CLIENT,
      userPromptCallback: ({ userCode }) => emulator.approveDeviceCode(userCode, name),
    });
  }

  passwordCredential(name, password = this.user(name).password) {
    const { userPrincipalName } = this.user(name);
    return new UsernamePasswordCredential(this.id, COMMAND_LINE_CLIENT, userPrincipalName, password, this.#options);
  }

  get #options() {
    return { authorityHost: url, disableInstanceDiscovery: true };
  }
}
