//! The machine's refusals in Graph's words, for PIM and for the directory.

use super::access_reviews;
use super::directory::read_only;
use super::{Answer, Conflict, INVALID_POLICY, INVALID_REQUEST, object_not_found, unauthorized};
use axum::http::StatusCode;
use pim_core::model::{Family, PrincipalKind};
use pim_core::{Holder, PolicyFault, Rejection, ScheduleFault};

/// A refusal of PIM.
pub(super) fn pim(rejection: &Rejection) -> Answer {
    let bad = |code, message: &'static str| Answer::new(StatusCode::BAD_REQUEST, code, message);
    let invalid = || bad("InvalidRoleAssignmentRequest", INVALID_REQUEST);
    let absent = |code, message: &'static str| Answer::new(StatusCode::NOT_FOUND, code, message);
    match rejection {
        Rejection::NotPermitted => unauthorized(),
        Rejection::NotForOthers => {
            unauthorized().detailed("self-service actions are for the signed-in user only (ACT-3)")
        }
        Rejection::LicenseRequired => bad(
            "AadPremiumLicenseRequired",
            "The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license.",
        ),
        Rejection::ActionNotForSide { action, .. } => {
            invalid().detailed(format!("{} does not go to this collection (REQ-4)", action.name()))
        }
        Rejection::ActionNotForFamily { action, .. } => {
            invalid().detailed(format!("{} is not for groups (REQ-2)", action.name()))
        }
        Rejection::GroupNotFound(id) => {
            absent("ResourceNotFound", "The resource is not found.").detailed(format!("group {id}"))
        }
        Rejection::GroupNotManageable(_) => bad("ResourceTypeNotSupported", "The resource type is not supported.")
            .detailed("PIM manages no dynamic, synchronised or restricted group (GRP-4, GRP-5, GRP-6)"),
        Rejection::GroupCannotOwn(_) => invalid().detailed("a group cannot own a group (PRI-8)"),
        Rejection::GroupInItself(_) => invalid().detailed("a group cannot be in itself"),
        Rejection::GroupInRoleAssignableGroup(_) => {
            invalid().detailed("no group is an active member of a role-assignable group (GRP-16)")
        }
        Rejection::GroupInMicrosoft365Group(_) => {
            invalid().detailed("no group is an active member of a Microsoft 365 group")
        }
        Rejection::TooManyOwners(_) => invalid().detailed("a group has at most 100 owners (GRP-23)"),
        Rejection::LastOwner(group) => {
            bad("CannotDeleteLastAdminAssignment", "Cannot delete the last admin assignment.")
                .detailed(group.to_string())
        }
        // Nothing of Azure is asked of Graph.
        Rejection::Azure(_) => invalid(),
        Rejection::AccessReview(fault) => access_reviews::refused(*fault),
        Rejection::InvalidSchedule(fault) => invalid().detailed(schedule_text(*fault)),
        Rejection::RoleNotFound(id) => absent("RoleNotFound", "The role is not found.").detailed(id.to_string()),
        Rejection::PrincipalNotFound(id) => {
            absent("SubjectNotFound", "The subject is not found.").detailed(id.to_string())
        }
        Rejection::AdministrativeUnitNotFound(id) => {
            absent("ResourceNotFound", "The resource is not found.").detailed(format!("administrative unit {id}"))
        }
        Rejection::ScopeObjectNotFound(id) => {
            absent("ResourceNotFound", "The resource is not found.").detailed(format!("scope object {id}"))
        }
        Rejection::RequestNotFound(id) => {
            absent("ResourceNotFound", "The resource is not found.").detailed(format!("request {id}"))
        }
        Rejection::ScheduleNotFound(id) => {
            absent("ResourceNotFound", "The resource is not found.").detailed(format!("schedule {id}"))
        }
        Rejection::ScopeNotSupported(_) => bad(
            "Request_BadRequest",
            "The given built-in role is not supported to be assigned to a single resource scope.",
        ),
        Rejection::PrincipalCannotBeEligible(_) => invalid().detailed("a service principal cannot be eligible (PRI-1)"),
        Rejection::GroupNotRoleAssignable(_) => invalid().detailed("the group is not role-assignable (PRI-6, UNC-18)"),
        Rejection::AlreadyExists { schedule } => bad("RoleAssignmentExists", "The Role assignment already exists.")
            .detailed(format!("by schedule {schedule}")),
        Rejection::PendingRequest { request } => {
            bad("PendingRoleAssignmentRequest", "There is already an existing pending Role assignment request.")
                .detailed(format!("request {request}"))
        }
        Rejection::OverlapsScheduled { schedule } => bad(
            "OverlapsPendingRoleAssignmentRequests",
            "The Role assignment request overlaps with an existing pending Role assignment request.",
        )
        .detailed(format!("with schedule {schedule}")),
        Rejection::DoesNotExist => bad("RoleAssignmentDoesNotExist", "The Role assignment does not exist."),
        Rejection::NotCancellable(status) => {
            bad("RequestCannotBeCancelled", "Request is not in cancellable state.").detailed(status.name())
        }
        // The misspelling is the service's own.
        Rejection::DurationTooShort => {
            bad("ActiveDurationTooShort", "The Active duration is too short. Miniumum Required is 5 minutes.")
        }
        Rejection::LastAdministrator(role) => {
            bad("CannotDeleteLastAdminAssignment", "Cannot delete the last admin assignment.")
                .detailed(role.to_string())
        }
        Rejection::SelfRemovalOfGlobalAdministrator => {
            bad("Request_BadRequest", "Removing self from Global Administrator built-in role is not allowed.")
        }
        Rejection::ScopeNotCovered => {
            bad("InvalidScope", "The scope is invalid.").detailed("the eligibility does not cover it (UNC-17)")
        }
        Rejection::ApprovalNotFound(id) => {
            absent("ResourceNotFound", "The resource is not found.").detailed(format!("approval {id}"))
        }
        Rejection::PolicyNotFound(_) => absent("ResourceNotFound", "The resource is not found."),
        Rejection::NotAnApprover => {
            unauthorized().detailed("only an approver other than the requestor decides (APR-8, APR-24)")
        }
        Rejection::AlreadyDecided(id) => {
            Answer::new(StatusCode::CONFLICT, "Conflict", "The approval has been decided already.")
                .detailed(format!("request {id} (APR-24)"))
        }
        Rejection::ApproverJustificationRequired => {
            bad("BadRequest", "A justification is required.").detailed("isApproverJustificationRequired (APR-10)")
        }
        Rejection::NotAwaitingDecision(status) => invalid().detailed(format!("the request is {}", status.name())),
        Rejection::AuthenticationContextRequired { context, words_of } => Answer::new(
            StatusCode::BAD_REQUEST,
            match words_of {
                Family::DirectoryRoles | Family::AzureRoles => "RoleAssignmentRequestAcrsValidationFailed",
                Family::Groups => "GroupAssignmentRequestAcrsValidationFailed",
            },
            format!(
                "&claims=%7B%22access_token%22%3A%7B%22acrs%22%3A%7B%22essential%22%3Atrue%2C%20%22value%22%3A%22{context}\
                 %22%7D%7D%7D"
            ),
        ),
        Rejection::MfaAndContextConflict => {
            bad("MfaAndAcrsConflict", "The Mfa and Acrs policy settings cannot be enabled simultaneously.")
        }
        Rejection::InvalidPolicy(fault) => bad("InvalidPolicy", INVALID_POLICY).detailed(policy_text(*fault)),
        Rejection::PolicyRules(rules) => {
            let names: Vec<_> = rules.iter().map(|rule| format!("\"{}\"", rule.name())).collect();
            Answer::new(
                StatusCode::BAD_REQUEST,
                "RoleAssignmentRequestPolicyValidationFailed",
                format!("The following policy rules failed: [{}]", names.join(",")),
            )
        }
        Rejection::NoAlerts(_) => absent("ResourceNotFound", "The resource is not found.").detailed("alerts"),
        Rejection::IncidentNotFound(id) => {
            absent("ResourceNotFound", "The resource is not found.").detailed(format!("incident {id}"))
        }
        Rejection::AlertNotRemediable(alert) => {
            bad("BadRequest", "The alert cannot be remediated.").detailed(alert.definition().name)
        }
        Rejection::InvalidAlertSetting { property } => {
            bad("BadRequest", "The alert configuration is invalid.").detailed(format!("{property} (ALR-12 to ALR-18)"))
        }
        Rejection::TooManyAssignments
        | Rejection::TooManyCustomRoles
        | Rejection::RoleIsBuiltIn(_)
        | Rejection::RoleIsAssigned(_)
        | Rejection::NameTaken { .. }
        | Rejection::ReadOnlyProperty { .. }
        | Rejection::DomainNotVerified
        | Rejection::PasswordTooSimple
        | Rejection::TooManyRoleAssignableGroups
        | Rejection::InvalidProperty { .. }
        | Rejection::ConditionalAccessPolicyNotFound(_)
        | Rejection::AuthenticationContextNotFound(_)
        | Rejection::AuthenticationContextInUse(_)
        | Rejection::ObjectNotFound(_)
        | Rejection::ConflictingObject { .. }
        | Rejection::ApplicationNotFound(_)
        | Rejection::ServicePrincipalExists { .. }
        | Rejection::PermissionAlreadyAssigned
        | Rejection::PermissionIsEnabled
        | Rejection::MembershipNotWritable(_)
        | Rejection::OwnerRequired(_)
        | Rejection::ReferenceExists { .. }
        | Rejection::ReferenceMissing { .. } => directory(rejection),
    }
}

/// A refusal of the directory: role definitions, role assignments made outside PIM, and the objects themselves.
pub(super) fn directory(rejection: &Rejection) -> Answer {
    let bad = |message: String| Answer::new(StatusCode::BAD_REQUEST, "Request_BadRequest", message);
    match rejection {
        // Nothing of Azure is asked of Graph.
        Rejection::Azure(_) => bad(INVALID_REQUEST.to_owned()),
        Rejection::NotPermitted | Rejection::NotForOthers => Answer::new(
            StatusCode::FORBIDDEN,
            "Authorization_RequestDenied",
            "Insufficient privileges to complete the operation.",
        ),
        Rejection::RoleNotFound(id) => object_not_found(&id.to_string()),
        Rejection::PrincipalNotFound(id) | Rejection::ScopeObjectNotFound(id) => object_not_found(&id.to_string()),
        Rejection::AdministrativeUnitNotFound(id) => object_not_found(&id.to_string()),
        Rejection::ScheduleNotFound(id) => object_not_found(&id.to_string()),
        Rejection::GroupNotRoleAssignable(id) => {
            bad(format!("Group '{id}' cannot be assigned to a role: isAssignableToRole is not set."))
        }
        Rejection::AlreadyExists { .. } | Rejection::ConflictingObject { .. } => {
            bad("A conflicting object with one or more of the specified property values is present in the directory."
                .to_owned())
            .conflicting([Conflict::Object(None)])
        }
        Rejection::ObjectNotFound(id) => object_not_found(&id.to_string()),
        Rejection::ApplicationNotFound(id) => {
            bad(format!("The appId '{id}' of the service principal does not reference a valid application object."))
        }
        Rejection::ServicePrincipalExists { app_id, holder } => Answer::new(
            StatusCode::CONFLICT,
            "Request_MultipleObjectsWithSameKeyValue",
            format!(
                "The service principal cannot be created, updated, or restored because the service principal name {app_id} is \
                 already in use."
            ),
        )
        .conflicting([
            Conflict::Property("servicePrincipalNames"),
            Conflict::by(Holder::Principal(PrincipalKind::ServicePrincipal, *holder)),
        ]),
        Rejection::PermissionAlreadyAssigned => {
            bad("Permission being assigned already exists on the object".to_owned())
        }
        Rejection::PermissionIsEnabled => Answer::new(
            StatusCode::BAD_REQUEST,
            "CannotDeleteOrUpdateEnabledEntitlement",
            "Permission (scope or role) cannot be deleted or updated unless disabled first.",
        ),
        Rejection::TooManyAssignments => quota("Principal"),
        Rejection::TooManyCustomRoles => quota("Tenant"),
        Rejection::RoleIsBuiltIn(_) => bad("Built-in role definitions cannot be modified or deleted.".to_owned()),
        Rejection::RoleIsAssigned(_) => bad("The role definition cannot be deleted while it is assigned.".to_owned()),
        Rejection::NameTaken { property, holder, .. } => {
            let conflicts = holder.iter().flat_map(|holder| [Conflict::Property(property), Conflict::by(*holder)]);
            bad(format!("Another object with the same value for property {property} already exists."))
                .conflicting(conflicts)
        }
        Rejection::ReadOnlyProperty { property } => read_only(property),
        Rejection::DomainNotVerified => bad(
            "The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain \
                 names in your organization."
                .to_owned(),
        ),
        Rejection::PasswordTooSimple => bad(
            "The specified password does not comply with password complexity requirements. Please provide a different \
                 password."
                .to_owned(),
        ),
        Rejection::TooManyRoleAssignableGroups => quota("Tenant").detailed("500 groups for directory roles (GRP-11)"),
        Rejection::InvalidProperty { property } => bad(format!("Invalid value specified for property '{property}'.")),
        Rejection::ReferenceExists { access } => bad(format!(
            "One or more added object references already exist for the following modified properties: '{}s'.",
            access.name()
        )),
        Rejection::ReferenceMissing { access } => bad(format!(
            "One or more removed object references do not exist for the following modified properties: '{}s'.",
            access.name()
        )),
        Rejection::GroupNotFound(id) => object_not_found(&id.to_string()),
        Rejection::OwnerRequired(_) => {
            bad("The group must have at least one owner, hence this owner cannot be removed.".to_owned())
        }
        Rejection::MembershipNotWritable(_) => {
            bad("Cannot Update a mail-enabled security groups and or distribution list.".to_owned())
        }
        Rejection::GroupCannotOwn(_) => invalid_reference("a group cannot own a group (PRI-8)"),
        Rejection::GroupInItself(_) => invalid_reference("a group cannot be in itself"),
        Rejection::GroupInRoleAssignableGroup(_) => {
            invalid_reference("no group is in a role-assignable group (GRP-16)")
        }
        Rejection::GroupInMicrosoft365Group(_) => invalid_reference("no group is in a Microsoft 365 group"),
        Rejection::TooManyOwners(_) => quota("Group"),
        Rejection::ConditionalAccessPolicyNotFound(id) => object_not_found(&id.to_string()),
        Rejection::AuthenticationContextNotFound(id) => object_not_found(&id.to_string()),
        Rejection::AuthenticationContextInUse(id) => {
            bad(format!("The authentication context '{id}' cannot be deleted while a policy uses it."))
        }
        Rejection::LicenseRequired
        | Rejection::AccessReview(_)
        | Rejection::ActionNotForFamily { .. }
        | Rejection::GroupNotManageable(_)
        | Rejection::LastOwner(_)
        | Rejection::ApprovalNotFound(_)
        | Rejection::PolicyNotFound(_)
        | Rejection::NotAnApprover
        | Rejection::AlreadyDecided(_)
        | Rejection::ApproverJustificationRequired
        | Rejection::NotAwaitingDecision(_)
        | Rejection::AuthenticationContextRequired { .. }
        | Rejection::MfaAndContextConflict
        | Rejection::InvalidPolicy(_)
        | Rejection::ActionNotForSide { .. }
        | Rejection::InvalidSchedule(_)
        | Rejection::RequestNotFound(_)
        | Rejection::ScopeNotSupported(_)
        | Rejection::PrincipalCannotBeEligible(_)
        | Rejection::PendingRequest { .. }
        | Rejection::OverlapsScheduled { .. }
        | Rejection::DoesNotExist
        | Rejection::NotCancellable(_)
        | Rejection::DurationTooShort
        | Rejection::LastAdministrator(_)
        | Rejection::SelfRemovalOfGlobalAdministrator
        | Rejection::ScopeNotCovered
        | Rejection::NoAlerts(_)
        | Rejection::IncidentNotFound(_)
        | Rejection::AlertNotRemediable(_)
        | Rejection::InvalidAlertSetting { .. }
        | Rejection::PolicyRules(_) => pim(rejection),
    }
}

fn policy_text(fault: PolicyFault) -> String {
    match fault {
        PolicyFault::ApproverMissing => "a group has no default approvers: name at least one (APR-13)".to_owned(),
        PolicyFault::ApproverNotFound(id) => format!("approver {id} is not there"),
        PolicyFault::ApproverIsServicePrincipal(id) => format!("approver {id} is a service principal (APR-17)"),
        PolicyFault::ActivationLength(length) => format!("{length} is not between PT30M and PT24H (ACT-7)"),
        PolicyFault::Length => "a maximumDuration is negative or missing".to_owned(),
        PolicyFault::IdleLength => "maximumDuration goes with isExpirationRequired (POL-43)".to_owned(),
        PolicyFault::RequirementNotAllowed(it) => format!("{} is not for this rule (POL-6)", it.name()),
        PolicyFault::ContextMissing => "isEnabled needs a claimValue from c1 to c99 (POL-9)".to_owned(),
        PolicyFault::ContextUnknown(id) => format!("there is no authentication context {id} (POL-9)"),
        PolicyFault::TimeOut(days) => format!("approvalStageTimeOutInDays is 1, not {days} (APR-4)"),
    }
}

/// A reference that cannot be.
fn invalid_reference(why: &'static str) -> Answer {
    Answer::new(StatusCode::BAD_REQUEST, "Request_BadRequest", "Invalid object reference for the given property.")
        .detailed(why)
}

fn quota(whose: &str) -> Answer {
    Answer::new(
        StatusCode::FORBIDDEN,
        "Directory_QuotaExceeded",
        format!(
            "The directory object quota limit for the {whose} has been exceeded. Please ask your administrator to \
             increase the quota limit or delete objects to reduce the used quota."
        ),
    )
}

fn schedule_text(fault: ScheduleFault) -> String {
    match fault {
        ScheduleFault::Missing => "scheduleInfo is required for this action (REQ-5)".to_owned(),
        ScheduleFault::EndNotAfterStart { start, end } => format!("the end {end} is not after the start {start}"),
        ScheduleFault::DurationNotPositive => "the duration is not positive".to_owned(),
        ScheduleFault::NotLater => "an extension must end later than what it extends (EXT-3)".to_owned(),
    }
}
