//! The resource types that there are, with their versions: one table (AZR-12).
//!
//! Which of them are served is said by [`RESOURCES`](crate::arm::operations::RESOURCES); the others are known by name, so that a
//! client is told what is missing here and what is missing everywhere.

use std::fmt;

/// A type of resource.
#[derive(Debug)]
pub(crate) struct ResourceType {
    /// The namespace of its provider.
    pub(crate) namespace: &'static str,
    /// Its name below that; types inside types after a slash.
    pub(crate) name: &'static str,
    /// The versions that it has, in the order in which the service lists them.
    pub(crate) versions: &'static [&'static str],
    /// Whether PIM serves it, as a header of its answers says.
    pub(crate) is_pim: bool,
}

impl PartialEq for ResourceType {
    fn eq(&self, other: &Self) -> bool {
        (self.namespace, self.name) == (other.namespace, other.name)
    }
}

impl Eq for ResourceType {}

/// The namespace of roles and of PIM.
pub(crate) const AUTHORIZATION: &str = "Microsoft.Authorization";
const RESOURCE_MANAGER: &str = "Microsoft.Resources";
const MANAGEMENT: &str = "Microsoft.Management";

impl ResourceType {
    /// Whether the front door serves it itself and sends it to no provider.
    pub(crate) fn is_front_door(&self) -> bool {
        self.namespace == RESOURCE_MANAGER
    }

    /// How it is written in `type` and in ids, after its namespace: one type stands in the singular there.
    pub(crate) fn in_ids(&self) -> &'static str {
        if *self == types::ROLE_MANAGEMENT_POLICY_ASSIGNMENTS { "roleManagementPolicyAssignment" } else { self.name }
    }

    /// Whether it is about scopes themselves, and not about something at one.
    pub(crate) fn is_of_scopes(&self) -> bool {
        self.is_front_door() || self.namespace == MANAGEMENT
    }

    fn is_named(&self, namespace: &str, name: &str) -> bool {
        self.namespace.eq_ignore_ascii_case(namespace)
            && (self.name.eq_ignore_ascii_case(name) || self.in_ids().eq_ignore_ascii_case(name))
    }
}

impl fmt::Display for ResourceType {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.namespace, self.in_ids())
    }
}

/// The type of that name in a namespace, in any case.
pub(crate) fn find(namespace: &str, name: &str) -> Option<&'static ResourceType> {
    RESOURCE_TYPES.iter().copied().find(|it| it.is_named(namespace, name))
}

/// The namespaces that there are, in their usual spelling.
pub(crate) const NAMESPACES: [&str; 3] = [AUTHORIZATION, MANAGEMENT, RESOURCE_MANAGER];

/// Each by its name.
pub(crate) mod types {
    use super::{AUTHORIZATION, MANAGEMENT, RESOURCE_MANAGER, ResourceType};

    const REQUEST_VERSIONS: &[&str] = &["2020-10-01-preview", "2020-10-01", "2022-04-01-preview"];
    const SCHEDULE_VERSIONS: &[&str] = &["2020-10-01-preview", "2020-10-01"];
    const POLICY_VERSIONS: &[&str] = &["2020-10-01-preview", "2020-10-01", "2024-09-01-preview"];
    const ALERT_VERSIONS: &[&str] = &["2022-08-01-preview"];
    const ASSIGNMENT_VERSIONS: &[&str] = &[
        "2015-07-01",
        "2018-01-01-preview",
        "2018-09-01-preview",
        "2020-04-01-preview",
        "2020-10-01-preview",
        "2022-04-01",
    ];
    const DEFINITION_VERSIONS: &[&str] = &["2015-07-01", "2018-01-01-preview", "2022-04-01", "2022-05-01-preview"];
    const ACCESS_REVIEW_VERSIONS: &[&str] =
        &["2018-05-01-preview", "2021-03-01-preview", "2021-07-01-preview", "2021-12-01-preview"];
    const SUBSCRIPTION_VERSIONS: &[&str] = &[
        "2014-04-01-preview",
        "2014-04-01",
        "2015-01-01",
        "2015-11-01",
        "2016-02-01",
        "2016-06-01",
        "2016-09-01",
        "2017-05-10",
        "2018-01-01",
        "2018-02-01",
        "2018-05-01",
        "2018-06-01",
        "2018-07-01",
        "2018-08-01",
        "2018-09-01",
        "2018-11-01",
        "2019-03-01",
        "2019-05-01",
        "2019-05-10",
        "2019-06-01",
        "2019-07-01",
        "2019-08-01",
        "2019-09-01",
        "2019-10-01",
        "2019-11-01",
        "2020-01-01",
        "2020-05-01",
        "2020-06-01",
        "2020-08-01",
        "2020-09-01",
        "2020-10-01",
        "2021-01-01",
        "2021-04-01",
        "2022-09-01",
        "2022-12-01",
    ];
    const GROUP_VERSIONS: &[&str] = &[
        "2014-04-01-preview",
        "2014-04-01",
        "2015-01-01",
        "2015-11-01",
        "2016-02-01",
        "2016-06-01",
        "2016-07-01",
        "2016-09-01",
        "2017-05-10",
        "2018-02-01",
        "2018-05-01",
        "2019-05-01",
        "2019-05-10",
        "2019-07-01",
        "2019-08-01",
        "2019-10-01",
        "2020-06-01",
        "2020-08-01",
        "2020-10-01",
        "2021-01-01",
        "2021-04-01",
        "2022-09-01",
        "2023-07-01",
        "2024-03-01",
        "2024-07-01",
        "2024-11-01",
        "2025-04-01",
    ];
    const MANAGEMENT_VERSIONS: &[&str] =
        &["2018-03-01-preview", "2019-11-01", "2020-02-01", "2020-05-01", "2021-04-01", "2023-04-01"];
    const BATCH_VERSIONS: &[&str] = &["2015-11-01", "2020-06-01", "2021-04-01"];

    /// Any resource of a provider that is not served. It stands in no table, and has no versions of its own.
    pub(crate) static OTHERS: ResourceType =
        ResourceType { namespace: RESOURCE_MANAGER, name: "", versions: &[], is_pim: false };

    macro_rules! table {
        ($($name:ident = $namespace:ident / $type:literal $versions:expr, $is_pim:literal;)*) => {
            $(
                #[doc = concat!("`", $type, "`.")]
                pub(crate) static $name: ResourceType =
                    ResourceType { namespace: $namespace, name: $type, versions: $versions, is_pim: $is_pim };
            )*
            /// All of them, provider by provider.
            pub(crate) static ALL: &[&ResourceType] = &[$(&$name),*];
        };
    }

    table! {
        ROLE_ASSIGNMENT_SCHEDULE_REQUESTS = AUTHORIZATION / "roleAssignmentScheduleRequests" REQUEST_VERSIONS, true;
        ROLE_ELIGIBILITY_SCHEDULE_REQUESTS = AUTHORIZATION / "roleEligibilityScheduleRequests" REQUEST_VERSIONS, true;
        ROLE_ASSIGNMENT_SCHEDULES = AUTHORIZATION / "roleAssignmentSchedules" SCHEDULE_VERSIONS, true;
        ROLE_ASSIGNMENT_SCHEDULE_INSTANCES = AUTHORIZATION / "roleAssignmentScheduleInstances" SCHEDULE_VERSIONS, true;
        ROLE_ELIGIBILITY_SCHEDULES = AUTHORIZATION / "roleEligibilitySchedules" SCHEDULE_VERSIONS, true;
        ROLE_ELIGIBILITY_SCHEDULE_INSTANCES = AUTHORIZATION / "roleEligibilityScheduleInstances" SCHEDULE_VERSIONS, true;
        ELIGIBLE_CHILD_RESOURCES = AUTHORIZATION / "eligibleChildResources" SCHEDULE_VERSIONS, true;
        ROLE_MANAGEMENT_POLICIES = AUTHORIZATION / "roleManagementPolicies" POLICY_VERSIONS, true;
        ROLE_MANAGEMENT_POLICY_ASSIGNMENTS = AUTHORIZATION / "roleManagementPolicyAssignments" POLICY_VERSIONS, true;
        ROLE_ASSIGNMENT_APPROVALS = AUTHORIZATION / "roleAssignmentApprovals" &["2021-01-01-preview"], true;
        ROLE_MANAGEMENT_ALERTS = AUTHORIZATION / "roleManagementAlerts" ALERT_VERSIONS, true;
        ROLE_MANAGEMENT_ALERT_CONFIGURATIONS = AUTHORIZATION / "roleManagementAlertConfigurations" ALERT_VERSIONS, true;
        ROLE_MANAGEMENT_ALERT_DEFINITIONS = AUTHORIZATION / "roleManagementAlertDefinitions" ALERT_VERSIONS, true;
        ROLE_MANAGEMENT_ALERT_OPERATIONS = AUTHORIZATION / "roleManagementAlertOperations" ALERT_VERSIONS, true;
        ROLE_ASSIGNMENTS = AUTHORIZATION / "roleAssignments" ASSIGNMENT_VERSIONS, false;
        ROLE_DEFINITIONS = AUTHORIZATION / "roleDefinitions" DEFINITION_VERSIONS, false;
        PERMISSIONS = AUTHORIZATION / "permissions" DEFINITION_VERSIONS, false;
        DENY_ASSIGNMENTS = AUTHORIZATION / "denyAssignments" &["2018-07-01-preview", "2022-04-01"], false;
        PROVIDER_OPERATIONS = AUTHORIZATION / "providerOperations" &["2015-07-01", "2018-01-01-preview", "2022-04-01"], false;
        OPERATIONS = AUTHORIZATION / "operations" &["2015-07-01", "2018-01-01-preview", "2022-04-01"], false;
        CLASSIC_ADMINISTRATORS = AUTHORIZATION / "classicAdministrators" &["2015-06-01", "2015-07-01"], false;
        ELEVATE_ACCESS = AUTHORIZATION / "elevateAccess" &["2015-07-01", "2016-07-01", "2017-05-01"], false;
        ROLE_ASSIGNMENTS_USAGE_METRICS = AUTHORIZATION / "roleAssignmentsUsageMetrics" &["2019-08-01-preview"], false;
        LOCKS = AUTHORIZATION / "locks" &["2015-01-01", "2016-09-01", "2017-04-01", "2020-05-01"], false;
        ACCESS_REVIEW_SCHEDULE_DEFINITIONS = AUTHORIZATION / "accessReviewScheduleDefinitions" ACCESS_REVIEW_VERSIONS, false;
        ACCESS_REVIEW_SCHEDULE_SETTINGS = AUTHORIZATION / "accessReviewScheduleSettings" ACCESS_REVIEW_VERSIONS, false;
        ACCESS_REVIEW_HISTORY_DEFINITIONS = AUTHORIZATION / "accessReviewHistoryDefinitions" ACCESS_REVIEW_VERSIONS, false;
        MANAGEMENT_GROUPS = MANAGEMENT / "managementGroups" MANAGEMENT_VERSIONS, false;
        GET_ENTITIES = MANAGEMENT / "getEntities" MANAGEMENT_VERSIONS, false;
        CHECK_NAME_AVAILABILITY = MANAGEMENT / "checkNameAvailability" MANAGEMENT_VERSIONS, false;
        TENANT_BACKFILL_STATUS = MANAGEMENT / "tenantBackfillStatus" MANAGEMENT_VERSIONS, false;
        START_TENANT_BACKFILL = MANAGEMENT / "startTenantBackfill" MANAGEMENT_VERSIONS, false;
        MANAGEMENT_OPERATION_RESULTS = MANAGEMENT / "operationResults" MANAGEMENT_VERSIONS, false;
        TENANTS = RESOURCE_MANAGER / "tenants" SUBSCRIPTION_VERSIONS, false;
        SUBSCRIPTIONS = RESOURCE_MANAGER / "subscriptions" SUBSCRIPTION_VERSIONS, false;
        LOCATIONS = RESOURCE_MANAGER / "subscriptions/locations" SUBSCRIPTION_VERSIONS, false;
        PROVIDERS = RESOURCE_MANAGER / "providers" GROUP_VERSIONS, false;
        SUBSCRIPTION_PROVIDERS = RESOURCE_MANAGER / "subscriptions/providers" GROUP_VERSIONS, false;
        RESOURCE_GROUPS = RESOURCE_MANAGER / "subscriptions/resourceGroups" GROUP_VERSIONS, false;
        RESOURCES = RESOURCE_MANAGER / "subscriptions/resources" GROUP_VERSIONS, false;
        OPERATION_RESULTS = RESOURCE_MANAGER / "subscriptions/operationresults" GROUP_VERSIONS, false;
        GROUP_RESOURCES = RESOURCE_MANAGER / "subscriptions/resourceGroups/resources" GROUP_VERSIONS, false;
        BATCH = RESOURCE_MANAGER / "batch" BATCH_VERSIONS, false;
        ENDPOINTS = RESOURCE_MANAGER / "endpoints" &["2019-05-01", "2022-09-01"], false;
    }
}

pub(crate) use types::ALL as RESOURCE_TYPES;
