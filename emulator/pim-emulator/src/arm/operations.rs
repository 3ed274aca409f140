//! Every type that is served: the table of contents.

use super::router::{Place, Resource};
use super::{
    batch, eligible_child_resources, metadata, providers, role_assignment_approvals,
    role_assignment_schedule_instances, role_assignment_schedule_requests, role_assignment_schedules,
    role_eligibility_schedule_instances, role_eligibility_schedule_requests, role_eligibility_schedules,
    role_management_policies, role_management_policy_assignments, tenants,
};
use serde::Serialize;

/// The types, one file each.
pub(crate) static RESOURCES: &[&Resource] = &[
    &tenants::RESOURCE,
    &providers::RESOURCE,
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
        };
        resource.operations.iter().map(move |operation| OperationRow {
            path: if operation.path.is_empty() { base.clone() } else { format!("{base}/{}", operation.path) },
            method: operation.method.name(),
            versions: operation.versions.unwrap_or(resource.kind.versions).to_vec(),
        })
    };
    RESOURCES.iter().flat_map(|resource| of(resource)).collect()
}
