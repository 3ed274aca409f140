//! The tables of all types that Graph serves, without the types of Rust behind them.

use crate::graph::Version;
use crate::graph::administrative_units::{AdministrativeUnitResource, ScopedRoleMembership};
use crate::graph::applications::{ApplicationResource, FederatedIdentityCredentialResource};
use crate::graph::audit_logs::directory_audits::DirectoryAuditResource;
use crate::graph::audit_logs::sign_ins::SignInResource;
use crate::graph::directory_role_templates::DirectoryRoleTemplateResource;
use crate::graph::domains::DomainResource;
use crate::graph::groups::GroupResource;
use crate::graph::identity::conditional_access::authentication_context_class_references::AuthenticationContextClassReference;
use crate::graph::identity::conditional_access::policies::ConditionalAccessPolicyResource;
use crate::graph::identity_governance::access_reviews;
use crate::graph::identity_governance::privileged_access::group;
use crate::graph::identity_governance::role_management_alerts::operations::LongRunningOperation;
use crate::graph::identity_governance::role_management_alerts::{
    AlertConfigurationResource, AlertDefinitionResource, AlertIncidentResource, AlertResource,
};
use crate::graph::json::Resource;
use crate::graph::oauth2_permission_grants::PermissionGrantResource;
use crate::graph::objects::directory_role::DirectoryRoleResource;
use crate::graph::organization::OrganizationResource;
use crate::graph::pim::approvals::{ApprovalResource, ApprovalStep};
use crate::graph::policies::role_management_policy_assignments::PolicyAssignmentResource;
use crate::graph::policies::{PolicyResource, RuleResource};
use crate::graph::privileged_access::GovernanceSubject;
use crate::graph::privileged_access::resources::GovernanceResource;
use crate::graph::privileged_access::role_assignment_requests::GovernanceRoleAssignmentRequest;
use crate::graph::privileged_access::role_assignments::GovernanceRoleAssignment;
use crate::graph::privileged_access::role_definitions::GovernanceRoleDefinition;
use crate::graph::privileged_access::role_settings::GovernanceRoleSetting;
use crate::graph::role_management::directory;
use crate::graph::service_principals::{AppRoleAssignmentResource, ServicePrincipalResource};
use crate::graph::subscribed_skus::SubscribedSkuResource;
use crate::graph::users::UserResource;
use pim_odata::Kind;

/// A type and what its objects have.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// Its name, without the namespace.
    pub(super) name: &'static str,
    /// Its properties.
    pub(super) properties: Vec<Property>,
    /// What `$expand` may name.
    #[cfg(test)]
    pub(super) navigations: &'static [&'static str],
}

/// A property of a type.
#[derive(Clone, Copy, Debug)]
pub(super) struct Property {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
}

/// The table of a type in a version.
fn table<E: Resource>(version: Version) -> Table {
    let hidden = match version {
        Version::V1 => E::BETA_ONLY | E::SERVICE_ONLY,
        Version::Beta => E::V1_ONLY | E::SERVICE_ONLY,
        Version::Service => E::V1_ONLY,
    };
    let shown = (0..64).zip(E::FIELDS).filter(|(place, field)| field.select && hidden >> place & 1 == 0);
    Table {
        name: E::TYPE.trim_start_matches("microsoft.graph."),
        properties: shown.map(|(_, field)| Property { name: field.name, kind: field.kind }).collect(),
        #[cfg(test)]
        navigations: E::NAVIGATIONS,
    }
}

macro_rules! tables {
    ($($entity:ty),* $(,)?) => {
        /// Every table of a version.
        pub(super) fn tables(version: Version) -> Vec<Table> {
            // The one step of an approval goes by two names.
            let stage = Table { name: "approvalStage", ..table::<ApprovalStep>(version) };
            vec![stage, $(table::<$entity>(version)),*]
        }
    };
}

tables![
    UserResource,
    GroupResource,
    ServicePrincipalResource,
    ApplicationResource,
    FederatedIdentityCredentialResource,
    AppRoleAssignmentResource,
    PermissionGrantResource,
    AdministrativeUnitResource,
    ScopedRoleMembership,
    DirectoryRoleResource,
    DirectoryRoleTemplateResource,
    OrganizationResource,
    DomainResource,
    SubscribedSkuResource,
    DirectoryAuditResource,
    SignInResource,
    ConditionalAccessPolicyResource,
    AuthenticationContextClassReference,
    directory::RoleDefinitionResource,
    directory::role_assignments::RoleAssignment,
    directory::role_assignment_schedules::RoleAssignmentSchedule,
    directory::role_assignment_schedule_instances::RoleAssignmentScheduleInstance,
    directory::role_assignment_schedule_requests::RoleAssignmentScheduleRequest,
    directory::role_eligibility_schedules::RoleEligibilitySchedule,
    directory::role_eligibility_schedule_instances::RoleEligibilityScheduleInstance,
    directory::role_eligibility_schedule_requests::RoleEligibilityScheduleRequest,
    group::assignment_schedules::GroupAssignmentSchedule,
    group::assignment_schedule_instances::GroupAssignmentScheduleInstance,
    group::assignment_schedule_requests::GroupAssignmentScheduleRequest,
    group::eligibility_schedules::GroupEligibilitySchedule,
    group::eligibility_schedule_instances::GroupEligibilityScheduleInstance,
    group::eligibility_schedule_requests::GroupEligibilityScheduleRequest,
    access_reviews::SignInInsight,
    access_reviews::contacted_reviewers::AccessReviewReviewerResource,
    access_reviews::decisions::AccessReviewDecisionResource,
    access_reviews::definitions::AccessReviewDefinitionResource,
    access_reviews::history_definitions::AccessReviewHistoryDefinitionResource,
    access_reviews::history_definitions::AccessReviewHistoryInstanceResource,
    access_reviews::instances::AccessReviewInstanceResource,
    access_reviews::stages::AccessReviewStageResource,
    ApprovalResource,
    ApprovalStep,
    PolicyResource,
    PolicyAssignmentResource,
    RuleResource,
    AlertResource,
    AlertDefinitionResource,
    AlertConfigurationResource,
    AlertIncidentResource,
    LongRunningOperation,
    GovernanceResource,
    GovernanceRoleAssignment,
    GovernanceRoleAssignmentRequest,
    GovernanceRoleDefinition,
    GovernanceRoleSetting,
    GovernanceSubject,
];
