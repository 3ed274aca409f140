// The policy of a role at a scope: found by its assignment, changed rule by rule.

import assert from "node:assert/strict";

import { CONTRIBUTOR, all, nameIn } from "./azure.js";

/** The policy of a role at a scope. */
export async function policyOf(client, scope, role = CONTRIBUTOR) {
  const assignments = await all(client.roleManagementPolicyAssignments.listForScope(scope));
  const found = assignments.filter(({ roleDefinitionId }) => nameIn(roleDefinitionId) === role);
  assert.equal(found.length, 1);
  return client.roleManagementPolicies.get(scope, nameIn(found[0].policyId));
}

/** Changes rules of a policy; answers the policy as it is then. */
export const change = (client, scope, policy, ...rules) =>
  client.roleManagementPolicies.update(scope, policy.name, { rules });

/** A rule of a policy. */
export const ruleOf = (policy, id) => policy.rules.find((rule) => rule.id === id);
