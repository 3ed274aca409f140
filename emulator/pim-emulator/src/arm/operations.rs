//! Every type that is served: the table of contents.

use super::router::{Place, Resource};
use super::{
    access_reviews, authorization_operations, batch, check_name_availability, classic_administrators, deny_assignments,
    elevate_access, eligible_child_resources, get_entities, locations, locks, management_groups, metadata,
    operation_results, other_resources, permissions, provider_operations, providers, resource_groups, resources,
    role_assignment_approvals, role_assignment_schedule_instances, role_assignment_schedule_requests,
    role_assignment_schedules, role_assignments, role_assignments_usage_metrics, role_definitions,
    role_eligibility_schedule_instances, role_eligibility_schedule_requests, role_eligibility_schedules,
    role_management_alert_configurations, role_management_alert_definitions, role_management_alert_operations,
    role_management_alerts, role_management_policies, role_management_policy_assignments, subscription_providers,
    subscriptions, tenant_backfill, tenants,
};
use serde::Serialize;

/// The types, one file each.
pub(crate) static RESOURCES: &[&Resource] = &[
    &tenants::RESOURCE,
    &providers::RESOURCE,
    &subscriptions::RESOURCE,
    &locations::RESOURCE,
    &subscription_providers::RESOURCE,
    &resource_groups::RESOURCE,
    &resources::RESOURCE,
    &resources::OF_GROUP,
    &other_resources::RESOURCE,
    &operation_results::RESOURCE,
    &management_groups::RESOURCE,
    &operation_results::OF_MANAGEMENT,
    &get_entities::RESOURCE,
    &check_name_availability::RESOURCE,
    &tenant_backfill::STATUS,
    &tenant_backfill::START,
    &role_assignments::RESOURCE,
    &role_definitions::RESOURCE,
    &permissions::RESOURCE,
    &deny_assignments::RESOURCE,
    &locks::RESOURCE,
    &elevate_access::RESOURCE,
    &classic_administrators::RESOURCE,
    &role_assignments_usage_metrics::RESOURCE,
    &provider_operations::RESOURCE,
    &authorization_operations::RESOURCE,
    &role_assignment_schedule_requests::RESOURCE,
    &role_eligibility_schedule_requests::RESOURCE,
    &role_assignment_schedules::RESOURCE,
    &role_assignment_schedule_instances::RESOURCE,
    &role_eligibility_schedules::RESOURCE,
    &role_eligibility_schedule_instances::RESOURCE,
    &eligible_child_resources::RESOURCE,
    &role_management_policies::RESOURCE,
    &role_management_policy_assignments::RESOURCE,
    &role_assignment_approvals::RESOURCE,
    &access_reviews::schedule_definitions::RESOURCE,
    &access_reviews::schedule_settings::RESOURCE,
    &access_reviews::history::RESOURCE,
    &role_management_alerts::RESOURCE,
    &role_management_alert_configurations::RESOURCE,
    &role_management_alert_definitions::RESOURCE,
    &role_management_alert_operations::RESOURCE,
    &batch::RESOURCE,
    &metadata::RESOURCE,
];

/// One line of the table of routes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OperationRow {
    /// The path; `{scope}` stands for any scope.
    pub path: String,
    /// The method.
    pub method: &'static str,
    /// The versions that have it.
    pub versions: Vec<&'static str>,
}

/// Every operation of Azure Resource Manager that is served.
#[must_use]
pub fn operations() -> Vec<OperationRow> {
    let of = |resource: &'static Resource| {
        let base = match resource.place {
            Place::At(path) => format!("/{path}"),
            Place::AnyScope => format!("{{scope}}/providers/{}/{}", resource.kind.namespace, resource.kind.name),
            Place::Scope => "{scope}/providers/{namespace}/{type}/{name}".to_owned(),
        };
        resource.operations.iter().map(move |operation| OperationRow {
            path: if operation.path.is_empty() { base.clone() } else { format!("{base}/{}", operation.path) },
            method: operation.method.name(),
            versions: operation.versions.unwrap_or(resource.kind.versions).to_vec(),
        })
    };
    RESOURCES.iter().flat_map(|resource| of(resource)).collect()
}
