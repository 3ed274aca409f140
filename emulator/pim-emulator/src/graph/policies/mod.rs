//! `/policies`: what is demanded before a role is given or activated.
//!
//! A role has one policy, whatever the scope, and a group two: one for its members, one for its owners (POL-13). Each has the
//! same 17 rules. The rules that count are the rules that were set, because nothing above a role or group hands any down; so
//! `effectiveRules` reads like `rules`.
//!
//! Deliberately absent: making or deleting a policy, which the service does not know either (POL-18).

mod approval_body;
mod approval_settings;
mod changing;
mod members;
mod policy_id;
mod policy_row;
mod reading;
pub(crate) mod role_management_policies;
pub(crate) mod role_management_policy_assignments;
mod rule_body;
mod rule_row;
pub(crate) mod rules;
mod scope;
#[cfg(test)]
mod tests;

pub(in crate::graph) use members::Members;
pub(crate) use role_management_policies::PolicyResource;
pub(crate) use rules::RuleResource;
