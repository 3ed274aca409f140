//! Every operation that is served: the table of contents.

use super::identity::conditional_access;
use super::identity_governance::{access_reviews, privileged_access::group, role_management_alerts};
use super::privileged_access;
use super::router::{BOTH, Method, Operation, Router};
use super::{
    Version, administrative_units, applications, audit_logs, batch, deleted_items, delta, directory_objects,
    directory_role_templates, directory_roles, domains, groups, me, memberships, metadata, oauth2_permission_grants,
    organization, ownership, policies, relations, role_management::directory, service_principals, subscribed_skus,
    users,
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
    directory::role_assignment_approvals::OPERATIONS,
    group::OPERATIONS,
    group::eligibility_schedules::OPERATIONS,
    group::eligibility_schedule_instances::OPERATIONS,
    group::eligibility_schedule_requests::OPERATIONS,
    group::assignment_schedules::OPERATIONS,
    group::assignment_schedule_instances::OPERATIONS,
    group::assignment_schedule_requests::OPERATIONS,
    group::assignment_approvals::OPERATIONS,
    group::resources::OPERATIONS,
    access_reviews::definitions::OPERATIONS,
    access_reviews::instances::OPERATIONS,
    access_reviews::instances::ACTIONS,
    access_reviews::contacted_reviewers::OPERATIONS,
    access_reviews::decisions::OPERATIONS,
    access_reviews::stages::OPERATIONS,
    access_reviews::decisions::STAGE_OPERATIONS,
    access_reviews::decisions::BETA_OPERATIONS,
    access_reviews::history_definitions::OPERATIONS,
    role_management_alerts::alerts::OPERATIONS,
    role_management_alerts::alert_definitions::OPERATIONS,
    role_management_alerts::alert_configurations::OPERATIONS,
    role_management_alerts::alert_incidents::OPERATIONS,
    role_management_alerts::operations::OPERATIONS,
    privileged_access::resources::OPERATIONS,
    privileged_access::role_definitions::OPERATIONS,
    privileged_access::role_assignments::OPERATIONS,
    privileged_access::role_assignment_requests::OPERATIONS,
    privileged_access::role_assignment_requests::ROLE_OPERATIONS,
    privileged_access::role_assignment_requests::AZURE_OPERATIONS,
    privileged_access::role_settings::OPERATIONS,
    privileged_access::role_settings::V2_OPERATIONS,
    privileged_access::role_settings::ROLE_V2_OPERATIONS,
    privileged_access::role_settings::AZURE_V2_OPERATIONS,
    policies::role_management_policies::OPERATIONS,
    policies::rules::OPERATIONS,
    policies::role_management_policy_assignments::OPERATIONS,
    me::OPERATIONS,
    users::OPERATIONS,
    users::MANAGER_OPERATIONS,
    groups::OPERATIONS,
    groups::REFERENCE_OPERATIONS,
    relations::OPERATIONS,
    memberships::OPERATIONS,
    directory_objects::OPERATIONS,
    deleted_items::OPERATIONS,
    delta::OPERATIONS,
    service_principals::OPERATIONS,
    service_principals::APP_ROLE_OPERATIONS,
    applications::OPERATIONS,
    applications::CREDENTIAL_OPERATIONS,
    ownership::OPERATIONS,
    oauth2_permission_grants::OPERATIONS,
    administrative_units::OPERATIONS,
    administrative_units::BETA_OPERATIONS,
    directory_roles::OPERATIONS,
    directory_role_templates::OPERATIONS,
    organization::OPERATIONS,
    domains::OPERATIONS,
    subscribed_skus::OPERATIONS,
    conditional_access::policies::OPERATIONS,
    conditional_access::policies::OLD_OPERATIONS,
    conditional_access::authentication_context_class_references::OPERATIONS,
    audit_logs::directory_audits::OPERATIONS,
    audit_logs::sign_ins::OPERATIONS,
    batch::OPERATIONS,
];

/// Roots of real Graph, and paths below what is served, that are not built yet: they answer `NotEmulated`.
pub(super) const NOT_EMULATED: &[&str] = &[
    "admin",
    "agreements",
    "appCatalogs",
    "applicationTemplates",
    "auditLogs/customSecurityAttributeAudits",
    "auditLogs/directoryProvisioning",
    "auditLogs/provisioning",
    "auditLogs/signUps",
    "authenticationMethodsPolicy",
    "communications",
    "compliance",
    "contacts",
    "contracts",
    "deviceAppManagement",
    "deviceManagement",
    "devices",
    "drives",
    "education",
    "external",
    "groupLifecyclePolicies",
    "groupSettings",
    "identity/apiConnectors",
    "identity/authenticationEventListeners",
    "identity/authenticationEventsFlows",
    "identity/b2xUserFlows",
    "identity/conditionalAccess/authenticationStrength",
    "identity/conditionalAccess/deletedItems",
    "identity/conditionalAccess/evaluate",
    "identity/conditionalAccess/namedLocations",
    "identity/conditionalAccess/templates",
    "identity/customAuthenticationExtensions",
    "identity/identityProviders",
    "identity/riskPrevention",
    "identity/userFlowAttributes",
    "identity/userFlows",
    "identityGovernance/appConsent",
    "identityGovernance/entitlementManagement",
    "identityGovernance/lifecycleWorkflows",
    "identityGovernance/termsOfUse",
    "identityProtection",
    "informationProtection",
    "invitations",
    "planner",
    "policies/accessReviewPolicy",
    "policies/activityBasedTimeoutPolicies",
    "policies/adminConsentRequestPolicy",
    "policies/appManagementPolicies",
    "policies/authenticationFlowsPolicy",
    "policies/authenticationMethodsPolicy",
    "policies/authenticationStrengthPolicies",
    "policies/authorizationPolicy",
    "policies/b2cAuthenticationMethodsPolicy",
    "policies/claimsMappingPolicies",
    "policies/conditionalAccessPolicies",
    "policies/crossTenantAccessPolicy",
    "policies/defaultAppManagementPolicy",
    "policies/deviceRegistrationPolicy",
    "policies/directoryRoleAccessReviewPolicy",
    "policies/externalIdentitiesPolicy",
    "policies/featureRolloutPolicies",
    "policies/federatedTokenValidationPolicy",
    "policies/homeRealmDiscoveryPolicies",
    "policies/identitySecurityDefaultsEnforcementPolicy",
    "policies/mobileAppManagementPolicies",
    "policies/mobileDeviceManagementPolicies",
    "policies/permissionGrantPolicies",
    "policies/servicePrincipalCreationPolicies",
    "policies/tokenIssuancePolicies",
    "policies/tokenLifetimePolicies",
    "privilegedAccess/aadGroups/roleAssignments/export",
    "privilegedAccess/azureResources",
    "reports",
    "roleManagement/directory/resourceNamespaces",
    "roleManagement/directory/roleScheduleInstances",
    "roleManagement/directory/roleSchedules",
    "roleManagement/directory/transitiveRoleAssignments",
    "roleManagement/entitlementManagement",
    "schemaExtensions",
    "search",
    "security",
    "sites",
    "subscriptions",
    "teams",
    "tenantRelationships",
];

/// What Graph's beta has, and refuses to every tenant that has moved its directory roles to other routes: to each.
pub(super) const MOVED: &str = "privilegedAccess/aadRoles";

/// What real Graph has behind users, groups, service principals and units and this build has not.
pub(super) const NOT_EMULATED_BELOW: &[&str] = &[
    "$ref",
    "$count",
    "appRoleAssignments",
    "authentication",
    "calendar",
    "delta",
    "drive",
    "events",
    "licenseDetails",
    "messages",
    "ownedDevices",
    "photo",
    "registeredDevices",
    "scopedRoleMemberOf",
];

/// Each of them.
pub(super) fn all_operations() -> impl Iterator<Item = &'static Operation> {
    RESOURCES.iter().copied().flatten()
}

/// The router over all of them.
pub(super) fn router() -> &'static Router {
    static ROUTER: LazyLock<Router> = LazyLock::new(|| Router::of(all_operations()));
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
    let signed = all_operations().map(|it| OperationRow {
        path: it.path,
        method: it.method.name(),
        versions: it.versions.iter().copied().map(Version::segment).collect(),
        delegated: it.permission.delegated,
        application: it.permission.application,
    });
    let open = metadata::OPEN_PATHS.iter().map(|path| OperationRow {
        path,
        method: Method::Get.name(),
        versions: BOTH.iter().copied().map(Version::segment).collect(),
        delegated: &[],
        application: &[],
    });
    signed.chain(open).collect()
}
