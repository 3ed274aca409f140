//! Complex types and enumerations: what lies inside properties, and which property is of which of them.
//!
//! A table of [`entity!`](crate::entity) says of a property with properties only that it is one, and of a word out of a list
//! only that it is text. Here is what it is. Tests hold this against the tables and against real answers.

use super::BETA;
use crate::graph::Version;

pub(super) const TEXT: &str = "Edm.String";
pub(super) const TEXTS: &str = "Collection(Edm.String)";
const TRUTH: &str = "Edm.Boolean";
const NUMBER: &str = "Edm.Int32";
const INSTANT: &str = "Edm.DateTimeOffset";
const DURATION: &str = "Edm.Duration";
const GUID: &str = "Edm.Guid";
const GUIDS: &str = "Collection(Edm.Guid)";
const BYTES: &str = "Edm.Binary";

/// A complex type.
#[derive(Clone, Copy, Debug)]
pub(super) struct ComplexType {
    pub(super) name: &'static str,
    /// The type that it is derived from.
    pub(super) base: Option<&'static str>,
    /// Whether there may be more in it: it is given back as somebody wrote it.
    pub(super) is_open: bool,
    /// Its members and their types.
    pub(super) members: &'static [(&'static str, &'static str)],
}

macro_rules! complex_types {
    ($($name:ident $(: $base:ident)? $([$open:ident])? { $($member:literal $kind:expr),* $(,)? })*) => {
        /// Every one, in alphabetical order.
        pub(super) const COMPLEX_TYPES: &[ComplexType] = &[$(ComplexType {
            name: stringify!($name),
            base: complex_types!(@base $($base)?),
            is_open: complex_types!(@open $($open)?),
            members: &[$(($member, $kind)),*],
        }),*];
    };
    (@base) => { None };
    (@base $base:ident) => { Some(concat!("graph.", stringify!($base))) };
    (@open) => { false };
    (@open open) => { true };
}

complex_types! {
    addIn [open] { "id" GUID, "type" TEXT }
    apiApplication {
        "acceptMappedClaims" TRUTH, "knownClientApplications" GUIDS, "requestedAccessTokenVersion" NUMBER,
        "oauth2PermissionScopes" "Collection(graph.permissionScope)",
        "preAuthorizedApplications" "Collection(graph.preAuthorizedApplication)",
    }
    appIdentity { "appId" TEXT, "displayName" TEXT, "servicePrincipalId" TEXT, "servicePrincipalName" TEXT }
    appRole {
        "allowedMemberTypes" TEXTS, "description" TEXT, "displayName" TEXT, "id" GUID, "isEnabled" TRUTH, "origin" TEXT,
        "value" TEXT,
    }
    appliedConditionalAccessPolicy {
        "id" TEXT, "displayName" TEXT, "enforcedGrantControls" TEXTS, "enforcedSessionControls" TEXTS, "result" TEXT,
    }
    approvalSettings {
        "isApprovalRequired" TRUTH, "isApprovalRequiredForExtension" TRUTH, "isRequestorJustificationRequired" TRUTH,
        "approvalMode" TEXT, "approvalStages" "Collection(graph.unifiedApprovalStage)",
    }
    assignedLabel { "displayName" TEXT, "labelId" TEXT }
    assignedLicense { "disabledPlans" GUIDS, "skuId" GUID }
    assignedPlan { "assignedDateTime" INSTANT, "capabilityStatus" TEXT, "service" TEXT, "servicePlanId" GUID }
    auditActivityInitiator { "app" "graph.appIdentity", "user" "graph.auditUserIdentity" }
    auditUserIdentity : userIdentity { "userType" TEXT, "homeTenantId" TEXT, "homeTenantName" TEXT }
    certification [open] { "isCertifiedByMicrosoft" TRUTH, "isPublisherAttested" TRUTH }
    conditionalAccessApplications {
        "includeApplications" TEXTS, "excludeApplications" TEXTS, "includeUserActions" TEXTS,
        "includeAuthenticationContextClassReferences" TEXTS, "applicationFilter" "graph.conditionalAccessFilter",
    }
    conditionalAccessAuthenticationFlows [open] { "transferMethods" TEXT }
    conditionalAccessClientApplications [open] { "includeServicePrincipals" TEXTS, "excludeServicePrincipals" TEXTS }
    conditionalAccessConditionSet {
        "clientAppTypes" TEXTS, "applications" "graph.conditionalAccessApplications",
        "users" "graph.conditionalAccessUsers", "locations" "graph.conditionalAccessLocations",
        "platforms" "graph.conditionalAccessPlatforms", "devices" "graph.conditionalAccessDevices",
        "clientApplications" "graph.conditionalAccessClientApplications",
        "authenticationFlows" "graph.conditionalAccessAuthenticationFlows", "userRiskLevels" TEXTS,
        "signInRiskLevels" TEXTS, "servicePrincipalRiskLevels" TEXTS, "insiderRiskLevels" TEXT,
    }
    conditionalAccessDevices [open] { "deviceFilter" "graph.conditionalAccessFilter" }
    conditionalAccessFilter [open] { "mode" TEXT, "rule" TEXT }
    conditionalAccessGrantControls {
        "operator" TEXT, "builtInControls" TEXTS, "customAuthenticationFactors" TEXTS, "termsOfUse" TEXTS,
        "authenticationStrength" "graph.conditionalAccessAuthenticationStrength",
    }
    conditionalAccessAuthenticationStrength [open] { "id" TEXT, "displayName" TEXT }
    conditionalAccessGuestsOrExternalUsers [open] { "guestOrExternalUserTypes" TEXT }
    conditionalAccessLocations [open] { "includeLocations" TEXTS, "excludeLocations" TEXTS }
    conditionalAccessPlatforms [open] { "includePlatforms" TEXTS, "excludePlatforms" TEXTS }
    conditionalAccessSessionControls [open] { "disableResilienceDefaults" TRUTH }
    conditionalAccessUsers {
        "includeUsers" TEXTS, "excludeUsers" TEXTS, "includeGroups" TEXTS, "excludeGroups" TEXTS, "includeRoles" TEXTS,
        "excludeRoles" TEXTS, "includeGuestsOrExternalUsers" "graph.conditionalAccessGuestsOrExternalUsers",
        "excludeGuestsOrExternalUsers" "graph.conditionalAccessGuestsOrExternalUsers",
    }
    deviceDetail {
        "deviceId" TEXT, "displayName" TEXT, "operatingSystem" TEXT, "browser" TEXT, "isCompliant" TRUTH, "isManaged" TRUTH,
        "trustType" TEXT,
    }
    domainState { "lastActionDateTime" INSTANT, "operation" TEXT, "status" TEXT }
    employeeOrgData { "costCenter" TEXT, "division" TEXT }
    expirationPattern { "type" "graph.expirationPatternType", "endDateTime" INSTANT, "duration" DURATION }
    geoCoordinates { "altitude" "Edm.Double", "latitude" "Edm.Double", "longitude" "Edm.Double" }
    governanceRoleAssignmentRequestStatus { "status" TEXT, "subStatus" TEXT, "statusDetails" "Collection(graph.keyValue)" }
    governanceRuleSetting { "ruleIdentifier" TEXT, "setting" TEXT }
    governanceSchedule { "type" TEXT, "startDateTime" INSTANT, "endDateTime" INSTANT, "duration" DURATION }
    groupMembers : subjectSet { "groupId" TEXT, "description" TEXT, "id" TEXT }
    identity { "displayName" TEXT, "id" TEXT }
    identitySet { "application" "graph.identity", "device" "graph.identity", "user" "graph.identity" }
    implicitGrantSettings [open] { "enableAccessTokenIssuance" TRUTH, "enableIdTokenIssuance" TRUTH }
    informationalUrl [open] {
        "logoUrl" TEXT, "marketingUrl" TEXT, "privacyStatementUrl" TEXT, "supportUrl" TEXT, "termsOfServiceUrl" TEXT,
    }
    keyCredential {
        "customKeyIdentifier" BYTES, "displayName" TEXT, "endDateTime" INSTANT, "key" BYTES, "keyId" GUID,
        "startDateTime" INSTANT, "type" TEXT, "usage" TEXT,
    }
    keyValue { "key" TEXT, "value" TEXT }
    licenseAssignmentState { "assignedByGroup" TEXT, "skuId" GUID, "state" TEXT }
    licenseProcessingState { "state" TEXT }
    licenseUnitsDetail { "enabled" NUMBER, "suspended" NUMBER, "warning" NUMBER, "lockedOut" NUMBER }
    modifiedProperty { "displayName" TEXT, "oldValue" TEXT, "newValue" TEXT }
    objectIdentity { "signInType" TEXT, "issuer" TEXT, "issuerAssignedId" TEXT }
    onPremisesExtensionAttributes {
        "extensionAttribute1" TEXT, "extensionAttribute2" TEXT, "extensionAttribute3" TEXT, "extensionAttribute4" TEXT,
        "extensionAttribute5" TEXT, "extensionAttribute6" TEXT, "extensionAttribute7" TEXT, "extensionAttribute8" TEXT,
        "extensionAttribute9" TEXT, "extensionAttribute10" TEXT, "extensionAttribute11" TEXT, "extensionAttribute12" TEXT,
        "extensionAttribute13" TEXT, "extensionAttribute14" TEXT, "extensionAttribute15" TEXT,
    }
    onPremisesProvisioningError { "category" TEXT, "occurredDateTime" INSTANT, "propertyCausingError" TEXT, "value" TEXT }
    optionalClaims [open] {}
    parentalControlSettings [open] { "countriesBlockedForMinors" TEXTS, "legalAgeGroupRule" TEXT }
    passwordCredential {
        "customKeyIdentifier" BYTES, "displayName" TEXT, "endDateTime" INSTANT, "hint" TEXT, "keyId" GUID,
        "secretText" TEXT, "startDateTime" INSTANT,
    }
    passwordProfile { "forceChangePasswordNextSignIn" TRUTH, "forceChangePasswordNextSignInWithMfa" TRUTH, "password" TEXT }
    patternedRecurrence [open] {}
    permissionScope {
        "adminConsentDescription" TEXT, "adminConsentDisplayName" TEXT, "id" GUID, "isEnabled" TRUTH, "type" TEXT,
        "userConsentDescription" TEXT, "userConsentDisplayName" TEXT, "value" TEXT,
    }
    preAuthorizedApplication [open] { "appId" TEXT, "delegatedPermissionIds" TEXTS }
    provisionedPlan { "capabilityStatus" TEXT, "provisioningStatus" TEXT, "service" TEXT }
    publicClientApplication { "redirectUris" TEXTS }
    requestSchedule {
        "startDateTime" INSTANT, "recurrence" "graph.patternedRecurrence", "expiration" "graph.expirationPattern",
    }
    requiredResourceAccess [open] { "resourceAppId" TEXT, "resourceAccess" "Collection(graph.resourceAccess)" }
    resourceAccess [open] { "id" GUID, "type" TEXT }
    resourceSpecificPermission { "description" TEXT, "displayName" TEXT, "id" GUID, "isEnabled" TRUTH, "value" TEXT }
    samlSingleSignOnSettings [open] { "relayState" TEXT }
    servicePlanInfo { "servicePlanId" GUID, "servicePlanName" TEXT, "provisioningStatus" TEXT, "appliesTo" TEXT }
    serviceProvisioningError { "createdDateTime" INSTANT, "isResolved" TRUTH, "serviceInstance" TEXT }
    signInActivity {
        "lastSignInDateTime" INSTANT, "lastSignInRequestId" TEXT, "lastNonInteractiveSignInDateTime" INSTANT,
        "lastNonInteractiveSignInRequestId" TEXT, "lastSuccessfulSignInDateTime" INSTANT,
        "lastSuccessfulSignInRequestId" TEXT,
    }
    signInLocation {
        "city" TEXT, "state" TEXT, "countryOrRegion" TEXT, "geoCoordinates" "graph.geoCoordinates",
    }
    signInStatus { "errorCode" NUMBER, "failureReason" TEXT, "additionalDetails" TEXT }
    singleUser : subjectSet { "userId" TEXT, "description" TEXT, "id" TEXT }
    spaApplication { "redirectUris" TEXTS }
    subjectSet { "isBackup" TRUTH }
    targetResource {
        "id" TEXT, "displayName" TEXT, "type" TEXT, "userPrincipalName" TEXT, "groupType" TEXT,
        "modifiedProperties" "Collection(graph.modifiedProperty)",
    }
    ticketInfo { "ticketNumber" TEXT, "ticketSystem" TEXT }
    unifiedApprovalStage {
        "approvalStageTimeOutInDays" NUMBER, "isApproverJustificationRequired" TRUTH, "escalationTimeInMinutes" NUMBER,
        "isEscalationEnabled" TRUTH, "primaryApprovers" "Collection(graph.subjectSet)",
        "escalationApprovers" "Collection(graph.subjectSet)",
    }
    unifiedRoleManagementPolicyRuleTarget {
        "caller" TEXT, "operations" TEXTS, "level" TEXT, "inheritableSettings" TEXTS, "enforcedSettings" TEXTS,
        "targetObjects" "Collection(graph.directoryObject)",
    }
    unifiedRolePermission { "allowedResourceActions" TEXTS, "condition" TEXT }
    userIdentity : identity { "userPrincipalName" TEXT, "ipAddress" TEXT }
    verifiedDomain { "capabilities" TEXT, "isDefault" TRUTH, "isInitial" TRUTH, "name" TEXT, "type" TEXT }
    verifiedPublisher [open] { "displayName" TEXT, "verifiedPublisherId" TEXT, "addedDateTime" INSTANT }
    webApplication {
        "homePageUrl" TEXT, "logoutUrl" TEXT, "redirectUris" TEXTS,
        "implicitGrantSettings" "graph.implicitGrantSettings",
    }
}

/// The words of each enumeration, with their numbers.
pub(super) const ENUM_TYPES: &[(&str, &[(&str, u8)])] = &[
    (
        "conditionalAccessPolicyState",
        &[("enabled", 0), ("disabled", 1), ("enabledForReportingButNotEnforced", 2), ("unknownFutureValue", 3)],
    ),
    ("expirationPatternType", &[("notSpecified", 0), ("noExpiration", 1), ("afterDateTime", 2), ("afterDuration", 3)]),
    ("operationResult", &[("success", 0), ("failure", 1), ("timeout", 2), ("unknownFutureValue", 3)]),
    ("privilegedAccessGroupAssignmentType", &[("assigned", 1), ("activated", 2), ("unknownFutureValue", 3)]),
    ("privilegedAccessGroupMemberType", &[("direct", 1), ("group", 2), ("unknownFutureValue", 3)]),
    ("privilegedAccessGroupRelationships", &[("owner", 1), ("member", 2), ("unknownFutureValue", 3)]),
    ("scheduleRequestActions", ACTIONS),
    ("unifiedRoleScheduleRequestActions", ACTIONS),
];

const ACTIONS: &[(&str, u8)] = &[
    ("adminAssign", 1),
    ("adminUpdate", 2),
    ("adminRemove", 3),
    ("selfActivate", 4),
    ("selfDeactivate", 5),
    ("adminExtend", 6),
    ("adminRenew", 7),
    ("selfExtend", 8),
    ("selfRenew", 9),
    ("unknownFutureValue", 10),
];

/// The type of a property that its table does not say, wherever a property of that name has none of its own in [`TYPES_OF`].
const TYPES: &[(&str, &str)] = &[
    ("addIns", "Collection(graph.addIn)"),
    ("additionalDetails", "Collection(graph.keyValue)"),
    ("adminEligibleSettings", "Collection(graph.governanceRuleSetting)"),
    ("adminMemberSettings", "Collection(graph.governanceRuleSetting)"),
    ("api", "graph.apiApplication"),
    ("appRoles", "Collection(graph.appRole)"),
    ("appliedConditionalAccessPolicies", "Collection(graph.appliedConditionalAccessPolicy)"),
    ("assignedLabels", "Collection(graph.assignedLabel)"),
    ("assignedPlans", "Collection(graph.assignedPlan)"),
    ("certification", "graph.certification"),
    ("conditions", "graph.conditionalAccessConditionSet"),
    ("createdBy", "graph.identitySet"),
    ("deviceDetail", "graph.deviceDetail"),
    ("employeeOrgData", "graph.employeeOrgData"),
    ("grantControls", "graph.conditionalAccessGrantControls"),
    ("info", "graph.informationalUrl"),
    ("initiatedBy", "graph.auditActivityInitiator"),
    ("keyCredentials", "Collection(graph.keyCredential)"),
    ("lastModifiedBy", "graph.identity"),
    ("licenseAssignmentStates", "Collection(graph.licenseAssignmentState)"),
    ("licenseProcessingState", "graph.licenseProcessingState"),
    ("location", "graph.signInLocation"),
    ("oauth2PermissionScopes", "Collection(graph.permissionScope)"),
    ("onPremisesExtensionAttributes", "graph.onPremisesExtensionAttributes"),
    ("onPremisesProvisioningErrors", "Collection(graph.onPremisesProvisioningError)"),
    ("optionalClaims", "graph.optionalClaims"),
    ("parentalControlSettings", "graph.parentalControlSettings"),
    ("passwordCredentials", "Collection(graph.passwordCredential)"),
    ("passwordProfile", "graph.passwordProfile"),
    ("prepaidUnits", "graph.licenseUnitsDetail"),
    ("provisionedPlans", "Collection(graph.provisionedPlan)"),
    ("publicClient", "graph.publicClientApplication"),
    ("requiredResourceAccess", "Collection(graph.requiredResourceAccess)"),
    ("resourceSpecificApplicationPermissions", "Collection(graph.resourceSpecificPermission)"),
    ("reviewedBy", "graph.identity"),
    ("roleMemberInfo", "graph.userIdentity"),
    ("rolePermissions", "Collection(graph.unifiedRolePermission)"),
    ("samlSingleSignOnSettings", "graph.samlSingleSignOnSettings"),
    ("schedule", "graph.governanceSchedule"),
    ("scheduleInfo", "graph.requestSchedule"),
    ("servicePlans", "Collection(graph.servicePlanInfo)"),
    ("serviceProvisioningErrors", "Collection(graph.serviceProvisioningError)"),
    ("sessionControls", "graph.conditionalAccessSessionControls"),
    ("setting", "graph.approvalSettings"),
    ("signInActivity", "graph.signInActivity"),
    ("spa", "graph.spaApplication"),
    ("target", "graph.unifiedRoleManagementPolicyRuleTarget"),
    ("ticketInfo", "graph.ticketInfo"),
    ("userEligibleSettings", "Collection(graph.governanceRuleSetting)"),
    ("userMemberSettings", "Collection(graph.governanceRuleSetting)"),
    ("verifiedDomains", "Collection(graph.verifiedDomain)"),
    ("verifiedPublisher", "graph.verifiedPublisher"),
    ("web", "graph.webApplication"),
];

/// The type of a property of one entity.
const TYPES_OF: &[(&str, &str, &str)] = &[
    ("appRoleAssignment", "appRoleId", GUID),
    ("appRoleAssignment", "principalId", GUID),
    ("appRoleAssignment", "resourceId", GUID),
    ("application", "tokenEncryptionKeyId", GUID),
    ("conditionalAccessPolicy", "state", "graph.conditionalAccessPolicyState"),
    ("directoryAudit", "result", "graph.operationResult"),
    ("domain", "state", "graph.domainState"),
    ("governanceRoleAssignmentRequest", "status", "graph.governanceRoleAssignmentRequestStatus"),
    ("servicePrincipal", "appOwnerOrganizationId", GUID),
    ("servicePrincipal", "tokenEncryptionKeyId", GUID),
    ("signIn", "status", "graph.signInStatus"),
    ("subscribedSku", "skuId", GUID),
];

/// The type of a property that its table does not say.
pub(super) fn type_of(entity: &str, property: &str, version: Version) -> Option<&'static str> {
    let own = TYPES_OF.iter().find(|(of, name, _)| *of == entity && *name == property);
    let own = own.map(|(_, _, kind)| *kind).or_else(|| word_of(entity, property, version));
    own.or_else(|| TYPES.iter().find(|(name, _)| *name == property).map(|(_, kind)| *kind))
}

/// The enumeration that a property of PIM is a word of. In beta the action of directory roles is text.
fn word_of(entity: &str, property: &str, version: Version) -> Option<&'static str> {
    let is_of_groups = entity.starts_with("privilegedAccessGroup");
    match property {
        "action" if is_of_groups => Some("graph.scheduleRequestActions"),
        "action" if BETA.contains(&version) => None,
        "action" => Some("graph.unifiedRoleScheduleRequestActions"),
        "accessId" if is_of_groups => Some("graph.privilegedAccessGroupRelationships"),
        "assignmentType" if is_of_groups => Some("graph.privilegedAccessGroupAssignmentType"),
        "memberType" if is_of_groups => Some("graph.privilegedAccessGroupMemberType"),
        _ => None,
    }
}
