// What somebody writes in TypeScript; tsc alone reads it.

import { Emulator, Refused, type Fault, type Tenant } from "pim-emulator-testing";

export async function story(): Promise<string> {
  await using emulator = await Emulator.start({ args: ["--admin-key", "k"], patience: 5_000 });
  await using tenant: Tenant = await emulator.createTenant({ users: [{ name: "ada" }] }, { seed: 7 });
  const { id, userPrincipalName, password } = tenant.user("ada");
  const secret: string | undefined = tenant.application("ci-app").secret;
  const broken: Fault = { match: { method: "GET", path: "/v1.0/me" }, times: 2, respond: { status: 503, retryAfter: 1 } };
  await tenant.setFaults(broken, { delay: "PT1S" }, { drop: true });
  const { Authorization } = await tenant.headers({ user: "ada", audience: "arm" });
  const now: string = await tenant.clock.advance("PT8H");
  const seen: number = (await tenant.requests({ method: "POST", status: 201 })).length;
  // @ts-expect-error a token is somebody's
  await tenant.token({ audience: "graph" });
  try {
    await tenant.call("POST", "/clock/advance", { by: "P-1D" });
  } catch (error) {
    if (error instanceof Refused) return `${error.status} ${error.problem.detail}`;
    throw error;
  }
  return [id, userPrincipalName, password, secret, Authorization, now, seen, emulator.trust.SSL_CERT_FILE].join(" ");
}
