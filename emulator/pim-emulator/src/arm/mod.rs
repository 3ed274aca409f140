//! Azure Resource Manager, as far as roles and PIM for Azure need it.
//!
//! A request comes through the front door: its path is made plain and taken apart into a scope and a type, its token is
//! verified, its api-version is checked. Then a handler asks the machine and writes the answer. One file per type; each declares
//! a [`Resource`](router::Resource) that serves the router, the table of routes and the tests alike.
//!
//! Deliberately absent: other providers. A resource of theirs is a scope with a region and tags, and no more.

mod access_reviews;
mod alerts;
mod authorization_operations;
mod batch;
mod body;
mod call;
mod catalogue;
mod check_name_availability;
mod classic_administrators;
mod deny_assignments;
mod elevate_access;
mod eligible_child_resources;
mod error;
mod filter;
mod front_door;
mod get_entities;
mod json;
mod locations;
mod locks;
mod management_groups;
mod metadata;
mod operation_results;
mod operations;
mod other_resources;
mod pages;
mod permissions;
mod pim;
mod policies;
mod provider_operations;
mod providers;
mod quotas;
mod reply;
mod resource_groups;
mod resources;
mod role_assignment_approvals;
mod role_assignment_schedule_instances;
mod role_assignment_schedule_requests;
mod role_assignment_schedules;
mod role_assignments;
mod role_assignments_usage_metrics;
mod role_definitions;
mod role_eligibility_schedule_instances;
mod role_eligibility_schedule_requests;
mod role_eligibility_schedules;
mod role_management_alert_configurations;
mod role_management_alert_definitions;
mod role_management_alert_operations;
mod role_management_alerts;
mod role_management_policies;
mod role_management_policy_assignments;
mod router;
mod scopes;
mod service;
mod staged;
mod subscription_providers;
mod subscriptions;
mod tenant_backfill;
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
