//! Azure Resource Manager, as far as roles and PIM for Azure need it.
//!
//! A request comes through the front door: its path is made plain and taken apart into a scope and a type, its token is
//! verified, its api-version is checked. Then a handler asks the machine and writes the answer. One file per type; each declares
//! a [`Resource`](router::Resource) that serves the router, the table of routes and the tests alike.
//!
//! Deliberately absent: resources of other providers. A scope may name them, and nothing manages them.

mod batch;
mod body;
mod call;
mod eligible_child_resources;
mod error;
mod filter;
mod front_door;
mod json;
mod metadata;
mod operations;
mod pim;
mod policies;
mod providers;
mod quotas;
mod reply;
mod role_assignment_approvals;
mod role_assignment_schedule_instances;
mod role_assignment_schedule_requests;
mod role_assignment_schedules;
mod role_eligibility_schedule_instances;
mod role_eligibility_schedule_requests;
mod role_eligibility_schedules;
mod role_management_policies;
mod role_management_policy_assignments;
mod router;
mod scopes;
mod service;
mod tenants;

pub use error::{ErrorRow, errors};
pub use operations::{OperationRow, operations};
pub(crate) use service::ResourceManager;

/// Whether a path is one that Azure Resource Manager has.
pub(crate) fn serves(path: &str) -> bool {
    const FIRST: [&str; 5] = ["subscriptions", "providers", "tenants", "batch", "metadata"];
    let segments = front_door::segments(path).unwrap_or_default();
    segments.first().is_some_and(|first| FIRST.iter().any(|known| known.eq_ignore_ascii_case(first)))
}
