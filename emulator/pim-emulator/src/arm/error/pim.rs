//! The machine's refusals in the words of PIM for Azure roles.

use super::{Answer, Context, access_reviews, authorization_failed, azure};
use axum::http::StatusCode;
use pim_core::{PolicyFault, Rejection, ScheduleFault};

const RESOURCE_NOT_FOUND: &str = "The resource is not found.";

pub(super) fn invalid() -> Answer {
    Answer::bad("InvalidRoleAssignmentRequest", "The role assignment request is invalid.")
}

/// A refusal of PIM.
pub(super) fn refused(rejection: &Rejection, context: &Context) -> Answer {
    match rejection {
        Rejection::NotPermitted => authorization_failed(context),
        Rejection::NotForOthers => {
            authorization_failed(context).detailed("self-service actions are for the signed-in user only (ACT-3)")
        }
        Rejection::NotAnApprover => {
            authorization_failed(context).detailed("only an approver other than the requestor decides (APR-8, APR-24)")
        }
        Rejection::LicenseRequired => {
            Answer::bad("AadPremiumLicenseRequired", "The tenant needs an AAD Premium 2 license.")
        }
        Rejection::ActionNotForSide { action, .. } | Rejection::ActionNotForFamily { action, .. } => {
            invalid().detailed(format!("{} does not go to this collection (REQ-4)", action.name()))
        }
        Rejection::InvalidSchedule(fault) => {
            Answer::bad("InvalidRoleAssignmentRequestSchedule", "The role assignment request schedule is invalid.")
                .detailed(schedule_text(*fault))
        }
        Rejection::RoleNotFound(id) => Answer::bad("RoleNotFound", "The role is not found.").detailed(id.to_string()),
        Rejection::PrincipalNotFound(id) | Rejection::GroupNotFound(id) => {
            Answer::bad("SubjectNotFound", "The subject is not found.").detailed(id.to_string())
        }
        Rejection::RequestNotFound(id) => {
            Answer::absent("ResourceNotFound", RESOURCE_NOT_FOUND).detailed(format!("request {id}"))
        }
        Rejection::ScheduleNotFound(id) => {
            Answer::absent("ResourceNotFound", RESOURCE_NOT_FOUND).detailed(format!("schedule {id}"))
        }
        Rejection::ApprovalNotFound(id) => {
            Answer::absent("ResourceNotFound", RESOURCE_NOT_FOUND).detailed(format!("approval {id}"))
        }
        Rejection::NoAlerts(_) => Answer::absent("ResourceNotFound", RESOURCE_NOT_FOUND)
            .detailed("there are alerts of subscriptions in which PIM is in use (ALR-34)"),
        Rejection::IncidentNotFound(id) => {
            Answer::absent("ResourceNotFound", RESOURCE_NOT_FOUND).detailed(format!("incident {id}"))
        }
        Rejection::AlertNotRemediable(alert) => {
            Answer::bad("BadRequest", "The alert cannot be remediated.").detailed(alert.definition().name)
        }
        Rejection::InvalidAlertSetting { property } => {
            Answer::bad("BadRequest", "The alert configuration is invalid.").detailed(format!("{property} (UNC-15)"))
        }
        Rejection::PolicyNotFound(_) => Answer::absent("InputPolicyNotFound", "The policy is not found."),
        Rejection::AlreadyDecided(id) => {
            Answer::new(StatusCode::CONFLICT, "Conflict", "The approval has been decided already.")
                .detailed(format!("request {id} (APR-24)"))
        }
        Rejection::ApproverJustificationRequired => Answer::bad("BadRequest", "A justification is required.")
            .detailed("isApproverJustificationRequired (APR-10)"),
        Rejection::NotAwaitingDecision(status) => invalid().detailed(format!("the request is {}", status.name())),
        Rejection::PrincipalCannotBeEligible(_) => invalid().detailed("a service principal cannot be eligible (PRI-1)"),
        Rejection::AlreadyExists { schedule } => {
            Answer::bad("RoleAssignmentExists", "The Role assignment already exists.")
                .detailed(format!("by schedule {schedule}"))
        }
        Rejection::PendingRequest { request } => {
            Answer::bad("PendingRoleAssignmentRequest", "There is already an existing pending Role assignment request.")
                .detailed(format!("request {request}"))
        }
        Rejection::OverlapsScheduled { schedule } => Answer::bad(
            "OverlapsPendingRoleAssignmentRequests",
            "The Role assignment request overlaps with an existing pending Role assignment request.",
        )
        .detailed(format!("with schedule {schedule}")),
        Rejection::DoesNotExist => Answer::bad("RoleAssignmentDoesNotExist", "The Role assignment does not exist."),
        Rejection::NotCancellable(status) => {
            Answer::bad("RequestCannotBeCancelled", "Request is not in cancellable state.").detailed(status.name())
        }
        // The misspelling is the service's own.
        Rejection::DurationTooShort => {
            Answer::bad("ActiveDurationTooShort", "The Active duration is too short. Miniumum Required is 5 minutes.")
        }
        Rejection::ScopeNotCovered => {
            Answer::bad("InvalidScope", "The scope is invalid.").detailed("the eligibility does not cover it (UNC-17)")
        }
        Rejection::AuthenticationContextRequired { context, .. } => Answer::bad(
            "RoleAssignmentRequestAcrsValidationFailed",
            format!(
                "&claims=%7B%22access_token%22%3A%7B%22acrs%22%3A%7B%22essential%22%3Atrue%2C%20%22value%22%3A%22{context}\
                 %22%7D%7D%7D"
            ),
        ),
        Rejection::PolicyRules(rules) => {
            let names: Vec<_> = rules.iter().map(|rule| format!("\"{}\"", rule.name())).collect();
            Answer::bad(
                "RoleAssignmentRequestPolicyValidationFailed",
                format!("The following policy rules failed: [{}]", names.join(",")),
            )
        }
        Rejection::Azure(fault) => azure::as_pim(*fault),
        Rejection::AccessReview(fault) => access_reviews::refused(*fault, context),
        Rejection::MfaAndContextConflict => {
            Answer::bad("MfaAndAcrsConflict", "The Mfa and Acrs policy settings cannot be enabled simultaneously.")
        }
        Rejection::InvalidPolicy(fault) => policy_fault(*fault),
        elsewhere @ (Rejection::AdministrativeUnitNotFound(_)
        | Rejection::ScopeObjectNotFound(_)
        | Rejection::ConditionalAccessPolicyNotFound(_)
        | Rejection::AuthenticationContextNotFound(_)
        | Rejection::AuthenticationContextInUse(_)
        | Rejection::ScopeNotSupported(_)
        | Rejection::GroupNotManageable(_)
        | Rejection::GroupCannotOwn(_)
        | Rejection::GroupInItself(_)
        | Rejection::GroupInRoleAssignableGroup(_)
        | Rejection::GroupInMicrosoft365Group(_)
        | Rejection::GroupNotRoleAssignable(_)
        | Rejection::LastAdministrator(_)
        | Rejection::LastOwner(_)
        | Rejection::SelfRemovalOfGlobalAdministrator
        | Rejection::TooManyAssignments
        | Rejection::TooManyOwners(_)
        | Rejection::TooManyCustomRoles
        | Rejection::RoleIsBuiltIn(_)
        | Rejection::RoleIsAssigned(_)
        | Rejection::NameTaken { .. }
        | Rejection::InvalidProperty { .. }
        | Rejection::ReadOnlyProperty { .. }
        | Rejection::DomainNotVerified
        | Rejection::PasswordTooSimple
        | Rejection::TooManyRoleAssignableGroups
        | Rejection::ObjectNotFound(_)
        | Rejection::ConflictingObject { .. }
        | Rejection::ApplicationNotFound(_)
        | Rejection::ServicePrincipalExists { .. }
        | Rejection::PermissionAlreadyAssigned
        | Rejection::PermissionIsEnabled
        | Rejection::MembershipNotWritable(_)
        | Rejection::OwnerRequired(_)
        | Rejection::ReferenceExists { .. }
        | Rejection::ReferenceMissing { .. }) => of_the_directory(elsewhere),
    }
}

/// What no request for an Azure role brings about: it is told all the same, in general words, should it ever come here.
pub(super) fn of_the_directory(rejection: &Rejection) -> Answer {
    invalid().detailed(format!("{rejection:?}"))
}

pub(super) fn invalid_policy() -> Answer {
    Answer::bad("InvalidPolicy", "The policy is invalid.")
}

pub(super) fn invalid_policy_rule() -> Answer {
    Answer::bad("InvalidPolicyRule", "The policy rule is invalid.")
}

/// Where the members of a rule contradict each other, the rule is said to be invalid, else the policy.
fn policy_fault(fault: PolicyFault) -> Answer {
    let rule = |detail: String| invalid_policy_rule().detailed(detail);
    let policy = |detail: String| invalid_policy().detailed(detail);
    match fault {
        PolicyFault::ApproverMissing => {
            rule("Azure roles have no default approvers: name at least one (APR-13)".to_owned())
        }
        PolicyFault::ApproverNotFound(id) => policy(format!("approver {id} is not there")),
        PolicyFault::ApproverIsServicePrincipal(id) => policy(format!("approver {id} is a service principal (APR-17)")),
        PolicyFault::ActivationLength(length) => policy(format!("{length} is not between PT30M and PT24H (ACT-7)")),
        PolicyFault::Length => policy("a maximumDuration is negative or missing".to_owned()),
        PolicyFault::IdleLength => rule("maximumDuration goes with isExpirationRequired (POL-43)".to_owned()),
        PolicyFault::RequirementNotAllowed(it) => policy(format!("{} is not for this rule (POL-6)", it.name())),
        PolicyFault::ContextMissing => policy("isEnabled needs a claimValue from c1 to c99 (POL-9)".to_owned()),
        PolicyFault::ContextUnknown(id) => policy(format!("there is no authentication context {id} (POL-9)")),
        PolicyFault::TimeOut(days) => policy(format!("approvalStageTimeOutInDays is 1, not {days} (APR-4)")),
    }
}

fn schedule_text(fault: ScheduleFault) -> String {
    match fault {
        ScheduleFault::Missing => "scheduleInfo is required for this request type (REQ-5)".to_owned(),
        ScheduleFault::EndNotAfterStart { start, end } => format!("the end {end} is not after the start {start}"),
        ScheduleFault::DurationNotPositive => "the duration is not positive".to_owned(),
        ScheduleFault::NotLater => "an extension must end later than what it extends (EXT-3)".to_owned(),
    }
}
