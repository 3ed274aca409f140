//! What stands where: the sets and singletons that paths begin with, what leads from one type to the next, the types that
//! only hold others, and what functions and actions take and give.
//!
//! Tests walk every operation's path through it, and find nothing here that no operation has.

use super::BETA;
use super::complex_types::{TEXT, TEXTS};
use crate::graph::Version;
use crate::graph::router::BOTH;

/// A place that paths begin with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Root {
    pub(super) name: &'static str,
    /// The type of what is there.
    pub(super) kind: &'static str,
    /// Whether there are many, or just the one.
    pub(super) is_set: bool,
    pub(super) versions: &'static [Version],
}

const fn set(name: &'static str, kind: &'static str) -> Root {
    Root { name, kind, is_set: true, versions: BOTH }
}

const fn singleton(name: &'static str, kind: &'static str) -> Root {
    Root { name, kind, is_set: false, versions: BOTH }
}

const fn in_beta(root: Root) -> Root {
    Root { versions: BETA, ..root }
}

/// Every one.
pub(super) const ROOTS: &[Root] = &[
    set("applications", "application"),
    set("directoryObjects", "directoryObject"),
    set("directoryRoleTemplates", "directoryRoleTemplate"),
    set("directoryRoles", "directoryRole"),
    set("domains", "domain"),
    set("groups", "group"),
    set("oauth2PermissionGrants", "oAuth2PermissionGrant"),
    set("organization", "organization"),
    set("servicePrincipals", "servicePrincipal"),
    set("subscribedSkus", "subscribedSku"),
    set("users", "user"),
    in_beta(set("administrativeUnits", "administrativeUnit")),
    in_beta(set("privilegedAccess", "privilegedAccess")),
    singleton("auditLogs", "auditLogRoot"),
    singleton("directory", "directory"),
    singleton("identity", "identityContainer"),
    singleton("identityGovernance", "identityGovernance"),
    singleton("me", "user"),
    singleton("policies", "policyRoot"),
    singleton("roleManagement", "roleManagement"),
    in_beta(singleton("conditionalAccess", "conditionalAccessRoot")),
];

/// A type that has nothing but a key, or what others have in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plain {
    pub(super) name: &'static str,
    pub(super) base: Option<&'static str>,
    pub(super) is_abstract: bool,
    pub(super) properties: &'static [(&'static str, &'static str)],
}

const fn holder(name: &'static str) -> Plain {
    Plain { name, base: Some("graph.entity"), is_abstract: false, properties: &[] }
}

/// Those types. What holds others is there for its navigations alone.
pub(super) const PLAIN: &[Plain] = &[
    Plain { name: "entity", base: None, is_abstract: true, properties: &[("id", TEXT)] },
    Plain {
        name: "directoryObject",
        base: Some("graph.entity"),
        is_abstract: false,
        properties: &[("deletedDateTime", "Edm.DateTimeOffset")],
    },
    holder("accessReviewSet"),
    Plain {
        name: "governanceInsight",
        base: Some("graph.entity"),
        is_abstract: true,
        properties: &[("insightCreatedDateTime", "Edm.DateTimeOffset")],
    },
    holder("auditLogRoot"),
    holder("conditionalAccessRoot"),
    holder("directory"),
    holder("identityContainer"),
    holder("identityGovernance"),
    holder("policyRoot"),
    holder("privilegedAccess"),
    holder("privilegedAccessGroup"),
    holder("privilegedAccessRoot"),
    holder("rbacApplication"),
    holder("roleManagement"),
    holder("roleManagementAlert"),
];

/// What is an object of the directory.
pub(super) const DIRECTORY_OBJECTS: [&str; 9] = [
    "administrativeUnit",
    "appRoleAssignment",
    "application",
    "directoryRole",
    "directoryRoleTemplate",
    "group",
    "organization",
    "servicePrincipal",
    "user",
];

/// The rules of a policy.
const RULE: &str = "unifiedRoleManagementPolicyRule";

/// A type with the properties that it adds to those of its base.
pub(super) type Derived = (&'static str, &'static [&'static str]);

/// The abstract types whose derived types share one table, with those.
pub(super) const BASES: &[(&str, &[Derived])] = &[
    ("graph.unifiedRoleManagementPolicyRule", RULES),
    ("graph.unifiedRoleManagementAlertConfiguration", ALERT_CONFIGURATIONS),
    ("graph.unifiedRoleManagementAlertIncident", ALERT_INCIDENTS),
];

/// How alerts are set, by their types.
const ALERT_CONFIGURATIONS: &[Derived] = &[
    ("invalidLicenseAlertConfiguration", &[]),
    ("noMfaOnRoleActivationAlertConfiguration", &[]),
    ("redundantAssignmentAlertConfiguration", &["duration"]),
    ("rolesAssignedOutsidePrivilegedIdentityManagementAlertConfiguration", &[]),
    (
        "sequentialActivationRenewalsAlertConfiguration",
        &["sequentialActivationCounterThreshold", "timeIntervalBetweenActivations"],
    ),
    ("staleSignInAlertConfiguration", &["duration"]),
    (
        "tooManyGlobalAdminsAssignedToTenantAlertConfiguration",
        &["globalAdminCountThreshold", "percentageOfGlobalAdminsOutOfRolesThreshold"],
    ),
];

/// What alerts find, by its types.
const ALERT_INCIDENTS: &[Derived] = &[
    ("invalidLicenseAlertIncident", &["tenantLicenseStatus"]),
    ("noMfaOnRoleActivationAlertIncident", &["roleDisplayName", "roleTemplateId"]),
    (
        "redundantAssignmentAlertIncident",
        &[
            "assigneeDisplayName",
            "assigneeId",
            "assigneeUserPrincipalName",
            "lastActivationDateTime",
            "roleDefinitionId",
            "roleDisplayName",
            "roleTemplateId",
        ],
    ),
    (
        "rolesAssignedOutsidePrivilegedIdentityManagementAlertIncident",
        &[
            "assigneeDisplayName",
            "assigneeId",
            "assigneeUserPrincipalName",
            "assignmentCreatedDateTime",
            "roleDefinitionId",
            "roleDisplayName",
            "roleTemplateId",
        ],
    ),
    (
        "sequentialActivationRenewalsAlertIncident",
        &[
            "activationCount",
            "assigneeDisplayName",
            "assigneeId",
            "assigneeUserPrincipalName",
            "roleDefinitionId",
            "roleDisplayName",
            "roleTemplateId",
            "sequenceEndDateTime",
            "sequenceStartDateTime",
        ],
    ),
    (
        "staleSignInAlertIncident",
        &[
            "assigneeDisplayName",
            "assigneeId",
            "assigneeUserPrincipalName",
            "assignmentCreatedDateTime",
            "lastSignInDateTime",
            "roleDefinitionId",
            "roleDisplayName",
            "roleTemplateId",
        ],
    ),
    (
        "tooManyGlobalAdminsAssignedToTenantAlertIncident",
        &["assigneeDisplayName", "assigneeId", "assigneeUserPrincipalName"],
    ),
];

/// The rules of a policy by their types.
const RULES: &[Derived] = &[
    ("unifiedRoleManagementPolicyApprovalRule", &["setting"]),
    ("unifiedRoleManagementPolicyAuthenticationContextRule", &["isEnabled", "claimValue"]),
    ("unifiedRoleManagementPolicyEnablementRule", &["enabledRules"]),
    ("unifiedRoleManagementPolicyExpirationRule", &["isExpirationRequired", "maximumDuration"]),
    (
        "unifiedRoleManagementPolicyNotificationRule",
        &[
            "notificationType",
            "recipientType",
            "notificationLevel",
            "isDefaultRecipientsEnabled",
            "notificationRecipients",
        ],
    ),
];

/// What leads from a type to others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    pub(super) name: &'static str,
    /// The type at its end.
    pub(super) to: &'static str,
    pub(super) is_many: bool,
    /// Whether what is there is nowhere else.
    pub(super) is_contained: bool,
    pub(super) versions: &'static [Version],
}

const fn one(name: &'static str, to: &'static str) -> Way {
    Way { name, to, is_many: false, is_contained: false, versions: BOTH }
}

const fn many(name: &'static str, to: &'static str) -> Way {
    Way { is_many: true, ..one(name, to) }
}

/// What is nowhere else.
const fn own(way: Way) -> Way {
    Way { is_contained: true, ..way }
}

const fn only(versions: &'static [Version], way: Way) -> Way {
    Way { versions, ..way }
}

/// The way out of some types.
pub(super) type Ways = (&'static [&'static str], &'static [Way]);

const OBJECT: &str = "directoryObject";
const ELIGIBILITIES: &[&str] = &["unifiedRoleEligibilitySchedule", "unifiedRoleEligibilityScheduleInstance"];
const ROLE_REQUESTS: &[&str] = &["unifiedRoleAssignmentScheduleRequest", "unifiedRoleEligibilityScheduleRequest"];
const ROLE_ASSIGNMENTS: &[&str] =
    &["unifiedRoleAssignment", "unifiedRoleAssignmentSchedule", "unifiedRoleAssignmentScheduleInstance"];
const GROUP_SIDES: &[&str] = &[
    "privilegedAccessGroupAssignmentSchedule",
    "privilegedAccessGroupAssignmentScheduleInstance",
    "privilegedAccessGroupAssignmentScheduleRequest",
    "privilegedAccessGroupEligibilitySchedule",
    "privilegedAccessGroupEligibilityScheduleInstance",
    "privilegedAccessGroupEligibilityScheduleRequest",
];
const ROLE_SIDE: &[Way] = &[
    one("principal", OBJECT),
    one("roleDefinition", "unifiedRoleDefinition"),
    one("directoryScope", OBJECT),
    one("appScope", "entity"),
];

/// Every way, by the types that it leads out of.
pub(super) const WAYS: &[Ways] = &[
    (&["auditLogRoot"], &[own(many("directoryAudits", "directoryAudit")), own(many("signIns", "signIn"))]),
    (&["identityContainer"], &[own(one("conditionalAccess", "conditionalAccessRoot"))]),
    (
        &["conditionalAccessRoot"],
        &[
            own(many("policies", "conditionalAccessPolicy")),
            own(many("authenticationContextClassReferences", "authenticationContextClassReference")),
        ],
    ),
    (&["directory"], &[own(many("administrativeUnits", "administrativeUnit")), own(many("deletedItems", OBJECT))]),
    (
        &["identityGovernance"],
        &[
            own(one("accessReviews", "accessReviewSet")),
            own(one("privilegedAccess", "privilegedAccessRoot")),
            only(BETA, own(one("roleManagementAlerts", "roleManagementAlert"))),
        ],
    ),
    (
        &["accessReviewSet"],
        &[
            own(many("definitions", "accessReviewScheduleDefinition")),
            own(many("historyDefinitions", "accessReviewHistoryDefinition")),
            only(BETA, own(many("decisions", "accessReviewInstanceDecisionItem"))),
        ],
    ),
    (&["accessReviewScheduleDefinition"], &[own(many("instances", "accessReviewInstance"))]),
    (
        &["accessReviewInstance"],
        &[
            own(many("contactedReviewers", "accessReviewReviewer")),
            own(many("decisions", "accessReviewInstanceDecisionItem")),
            own(many("stages", "accessReviewStage")),
            only(BETA, one("definition", "accessReviewScheduleDefinition")),
        ],
    ),
    (&["accessReviewStage"], &[own(many("decisions", "accessReviewInstanceDecisionItem"))]),
    (
        &["accessReviewInstanceDecisionItem"],
        &[own(many("insights", "governanceInsight")), only(BETA, one("instance", "accessReviewInstance"))],
    ),
    (&["accessReviewHistoryDefinition"], &[own(many("instances", "accessReviewHistoryInstance"))]),
    (
        &["roleManagementAlert"],
        &[
            own(many("alertConfigurations", "unifiedRoleManagementAlertConfiguration")),
            own(many("alertDefinitions", "unifiedRoleManagementAlertDefinition")),
            own(many("alerts", "unifiedRoleManagementAlert")),
            own(many("operations", "longRunningOperation")),
        ],
    ),
    (
        &["unifiedRoleManagementAlert"],
        &[
            one("alertConfiguration", "unifiedRoleManagementAlertConfiguration"),
            one("alertDefinition", "unifiedRoleManagementAlertDefinition"),
            own(many("alertIncidents", "unifiedRoleManagementAlertIncident")),
        ],
    ),
    (&["unifiedRoleManagementAlertConfiguration"], &[one("alertDefinition", "unifiedRoleManagementAlertDefinition")]),
    (&["privilegedAccessRoot"], &[own(one("group", "privilegedAccessGroup"))]),
    (
        &["privilegedAccessGroup"],
        &[
            own(many("assignmentApprovals", "approval")),
            own(many("assignmentScheduleInstances", "privilegedAccessGroupAssignmentScheduleInstance")),
            own(many("assignmentScheduleRequests", "privilegedAccessGroupAssignmentScheduleRequest")),
            own(many("assignmentSchedules", "privilegedAccessGroupAssignmentSchedule")),
            own(many("eligibilityScheduleInstances", "privilegedAccessGroupEligibilityScheduleInstance")),
            own(many("eligibilityScheduleRequests", "privilegedAccessGroupEligibilityScheduleRequest")),
            own(many("eligibilitySchedules", "privilegedAccessGroupEligibilitySchedule")),
            only(BETA, many("resources", "group")),
        ],
    ),
    (
        &["policyRoot"],
        &[
            own(many("roleManagementPolicies", "unifiedRoleManagementPolicy")),
            own(many("roleManagementPolicyAssignments", "unifiedRoleManagementPolicyAssignment")),
        ],
    ),
    (&["roleManagement"], &[own(one("directory", "rbacApplication"))]),
    (
        &["rbacApplication"],
        &[
            own(many("roleAssignments", "unifiedRoleAssignment")),
            own(many("roleDefinitions", "unifiedRoleDefinition")),
            own(many("roleAssignmentScheduleInstances", "unifiedRoleAssignmentScheduleInstance")),
            own(many("roleAssignmentScheduleRequests", "unifiedRoleAssignmentScheduleRequest")),
            own(many("roleAssignmentSchedules", "unifiedRoleAssignmentSchedule")),
            own(many("roleEligibilityScheduleInstances", "unifiedRoleEligibilityScheduleInstance")),
            own(many("roleEligibilityScheduleRequests", "unifiedRoleEligibilityScheduleRequest")),
            own(many("roleEligibilitySchedules", "unifiedRoleEligibilitySchedule")),
            only(BETA, own(many("roleAssignmentApprovals", "approval"))),
        ],
    ),
    (
        &["privilegedAccess"],
        &[
            own(many("resources", "governanceResource")),
            own(many("roleAssignmentRequests", "governanceRoleAssignmentRequest")),
            own(many("roleAssignments", "governanceRoleAssignment")),
            own(many("roleDefinitions", "governanceRoleDefinition")),
            own(many("roleSettings", "governanceRoleSetting")),
        ],
    ),
    (
        &["governanceResource"],
        &[
            one("parent", "governanceResource"),
            many("roleAssignmentRequests", "governanceRoleAssignmentRequest"),
            many("roleAssignments", "governanceRoleAssignment"),
            many("roleDefinitions", "governanceRoleDefinition"),
            many("roleSettings", "governanceRoleSetting"),
        ],
    ),
    (
        &["governanceRoleAssignment", "governanceRoleAssignmentRequest"],
        &[
            one("linkedEligibleRoleAssignment", "governanceRoleAssignment"),
            one("resource", "governanceResource"),
            one("roleDefinition", "governanceRoleDefinition"),
            one("scopedResource", "governanceResource"),
            one("subject", "governanceSubject"),
        ],
    ),
    (&["governanceRoleDefinition", "governanceRoleSetting"], &[one("resource", "governanceResource")]),
    (&["governanceRoleSetting"], &[one("roleDefinition", "governanceRoleDefinition")]),
    (
        &["user"],
        &[
            one("manager", OBJECT),
            many("directReports", OBJECT),
            many("memberOf", OBJECT),
            many("transitiveMemberOf", OBJECT),
            many("ownedObjects", OBJECT),
            many("createdObjects", OBJECT),
        ],
    ),
    (
        &["group"],
        &[
            many("members", OBJECT),
            many("transitiveMembers", OBJECT),
            many("owners", OBJECT),
            many("memberOf", OBJECT),
            many("transitiveMemberOf", OBJECT),
        ],
    ),
    (
        &["servicePrincipal"],
        &[
            many("owners", OBJECT),
            many("memberOf", OBJECT),
            many("transitiveMemberOf", OBJECT),
            many("ownedObjects", OBJECT),
            many("createdObjects", OBJECT),
            many("oauth2PermissionGrants", "oAuth2PermissionGrant"),
            own(many("appRoleAssignments", "appRoleAssignment")),
            own(many("appRoleAssignedTo", "appRoleAssignment")),
        ],
    ),
    (
        &["application"],
        &[many("owners", OBJECT), own(many("federatedIdentityCredentials", "federatedIdentityCredential"))],
    ),
    (&["administrativeUnit"], &[many("members", OBJECT), own(many("scopedRoleMembers", "scopedRoleMembership"))]),
    (&["directoryRole"], &[many("members", OBJECT), many("scopedMembers", "scopedRoleMembership")]),
    (ROLE_ASSIGNMENTS, ROLE_SIDE),
    (ELIGIBILITIES, ROLE_SIDE),
    (ROLE_REQUESTS, ROLE_SIDE),
    (ROLE_REQUESTS, &[one("targetSchedule", "entity")]),
    (
        &["unifiedRoleAssignmentSchedule", "unifiedRoleAssignmentScheduleRequest"],
        &[one("activatedUsing", "unifiedRoleEligibilitySchedule")],
    ),
    (&["unifiedRoleAssignmentScheduleInstance"], &[one("activatedUsing", "unifiedRoleEligibilityScheduleInstance")]),
    (&["unifiedRoleDefinition"], &[many("inheritsPermissionsFrom", "unifiedRoleDefinition")]),
    (GROUP_SIDES, &[one("group", "group"), one("principal", OBJECT)]),
    (
        &["privilegedAccessGroupAssignmentSchedule", "privilegedAccessGroupAssignmentScheduleRequest"],
        &[one("activatedUsing", "privilegedAccessGroupEligibilitySchedule")],
    ),
    (
        &["privilegedAccessGroupAssignmentScheduleInstance"],
        &[one("activatedUsing", "privilegedAccessGroupEligibilityScheduleInstance")],
    ),
    (
        &["privilegedAccessGroupAssignmentScheduleRequest"],
        &[one("targetSchedule", "privilegedAccessGroupAssignmentSchedule")],
    ),
    (
        &["privilegedAccessGroupEligibilityScheduleRequest"],
        &[one("targetSchedule", "privilegedAccessGroupEligibilitySchedule")],
    ),
    (
        &["approval"],
        &[own(many("stages", "approvalStage")), own(many("steps", "approvalStep")), one("request", "entity")],
    ),
    (&["unifiedRoleManagementPolicy"], &[own(many("rules", RULE)), own(many("effectiveRules", RULE))]),
    (&["unifiedRoleManagementPolicyAssignment"], &[one("policy", "unifiedRoleManagementPolicy")]),
];

/// What a function or action gives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Gives {
    Nothing,
    /// This.
    Type(&'static str),
    /// More of what it is called on.
    Same,
}

/// What a function or action takes and gives.
#[derive(Clone, Copy, Debug)]
pub(super) struct Signature {
    pub(super) name: &'static str,
    pub(super) takes: &'static [(&'static str, &'static str)],
    pub(super) gives: Gives,
}

const fn signature(name: &'static str, takes: &'static [(&'static str, &'static str)], gives: Gives) -> Signature {
    Signature { name, takes, gives }
}

const SCHEDULE: &str = "graph.governanceSchedule";

/// Every one. The parameter of `filterByCurrentUser` is of another enumeration for each collection.
pub(super) const SIGNATURES: &[Signature] = &[
    signature("acceptRecommendations", &[], Gives::Nothing),
    signature(
        "addPassword",
        &[("passwordCredential", "graph.passwordCredential")],
        Gives::Type("graph.passwordCredential"),
    ),
    signature("applyDecisions", &[], Gives::Nothing),
    signature(
        "batchRecordDecisions",
        &[("decision", TEXT), ("justification", TEXT), ("principalId", TEXT), ("resourceId", TEXT)],
        Gives::Nothing,
    ),
    signature("cancel", &[], Gives::Nothing),
    signature("checkMemberGroups", &[("groupIds", TEXTS)], Gives::Type(TEXTS)),
    signature("checkMemberObjects", &[("ids", TEXTS)], Gives::Type(TEXTS)),
    signature("delta", &[], Gives::Same),
    signature("filterByCurrentUser", &[], Gives::Same),
    signature("generateDownloadUri", &[], Gives::Type("graph.accessReviewHistoryInstance")),
    signature("getByIds", &[("ids", TEXTS), ("types", TEXTS)], Gives::Type("Collection(graph.directoryObject)")),
    signature("getMemberGroups", &[("securityEnabledOnly", "Edm.Boolean")], Gives::Type(TEXTS)),
    signature("getMemberObjects", &[("securityEnabledOnly", "Edm.Boolean")], Gives::Type(TEXTS)),
    signature("refresh", &[], Gives::Nothing),
    signature("register", &[("externalId", TEXT)], Gives::Nothing),
    signature("remediate", &[], Gives::Nothing),
    signature("removePassword", &[("keyId", "Edm.Guid")], Gives::Nothing),
    signature("resetDecisions", &[], Gives::Nothing),
    signature("restore", &[], Gives::Type("graph.directoryObject")),
    signature("revokeSignInSessions", &[], Gives::Type("Edm.Boolean")),
    signature("sendReminder", &[], Gives::Nothing),
    signature("stop", &[], Gives::Nothing),
    signature(
        "updateRequest",
        &[("decision", TEXT), ("assignmentState", TEXT), ("schedule", SCHEDULE), ("reason", TEXT)],
        Gives::Nothing,
    ),
];

/// The words that `filterByCurrentUser` takes, by what its enumeration is about.
pub(super) fn words_of_current_user(subject: &str) -> &'static [(&'static str, u8)] {
    if subject.starts_with("accessReview") {
        &[("reviewer", 1), ("unknownFutureValue", 2)]
    } else if subject == "approval" {
        &[("target", 0), ("createdBy", 1), ("approver", 2), ("unknownFutureValue", 3)]
    } else if subject.ends_with("Request") {
        &[("principal", 1), ("createdBy", 2), ("approver", 3), ("unknownFutureValue", 4)]
    } else {
        &[("principal", 1), ("unknownFutureValue", 2)]
    }
}
