//! Every operation that is served: the table of contents.

use super::router::{Operation, Router};
use super::{
    Version, administrative_units, groups, me, organization, role_management::directory, service_principals, users,
};
use serde::Serialize;
use std::sync::LazyLock;

/// The operations of each resource.
const RESOURCES: &[&[Operation]] = &[
    directory::role_definitions::OPERATIONS,
    directory::role_assignments::OPERATIONS,
    directory::role_eligibility_schedules::OPERATIONS,
    directory::role_eligibility_schedule_instances::OPERATIONS,
    directory::role_eligibility_schedule_requests::OPERATIONS,
    directory::role_assignment_schedules::OPERATIONS,
    directory::role_assignment_schedule_instances::OPERATIONS,
    directory::role_assignment_schedule_requests::OPERATIONS,
    me::OPERATIONS,
    users::OPERATIONS,
    groups::OPERATIONS,
    service_principals::OPERATIONS,
    administrative_units::OPERATIONS,
    organization::OPERATIONS,
];

/// First segments of real Graph, or sub-paths of what is served, that are not built yet: they answer `NotEmulated`.
pub(super) const NOT_EMULATED: &[&str] = &[
    "$batch",
    "$metadata",
    "applications",
    "auditLogs",
    "contacts",
    "devices",
    "directoryObjects",
    "directoryRoles",
    "directoryRoleTemplates",
    "domains",
    "identity",
    "identityGovernance",
    "identityProtection",
    "invitations",
    "oauth2PermissionGrants",
    "policies",
    "privilegedAccess",
    "reports",
    "security",
    "subscribedSkus",
    "subscriptions",
    "roleManagement/entitlementManagement",
    "roleManagement/directory/resourceNamespaces",
    "roleManagement/directory/roleAssignmentApprovals",
    "roleManagement/directory/roleScheduleInstances",
    "roleManagement/directory/roleSchedules",
    "roleManagement/directory/transitiveRoleAssignments",
    "directory/deletedItems",
];

/// The router over all of them.
pub(super) fn router() -> &'static Router {
    static ROUTER: LazyLock<Router> = LazyLock::new(|| Router::of(RESOURCES.iter().copied().flatten()));
    &ROUTER
}

/// One line of the table of routes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OperationRow {
    /// The path below the version.
    pub path: &'static str,
    /// The method.
    pub method: &'static str,
    /// The versions that have it.
    pub versions: Vec<&'static str>,
    /// Delegated permissions, any of which will do; the least first.
    pub delegated: &'static [&'static str],
    /// Application permissions, any of which will do.
    pub application: &'static [&'static str],
}

/// Every operation of Graph that is served.
#[must_use]
pub fn operations() -> Vec<OperationRow> {
    (RESOURCES.iter().copied().flatten())
        .map(|it| OperationRow {
            path: it.path,
            method: it.method.name(),
            versions: it.versions.iter().copied().map(Version::segment).collect(),
            delegated: it.permission.delegated,
            application: it.permission.application,
        })
        .collect()
}
