//! The machine's refusals where roles and assignments outside PIM have other words for them.

use super::{Answer, Context, azure, pim};
use axum::http::StatusCode;
use pim_core::{PrincipalId, Rejection};

/// A role assignment has a GUID for a name.
pub(super) fn invalid_id(name: &str) -> Answer {
    Answer::bad(
        "InvalidRoleAssignmentId",
        format!("The role assignment ID '{name}' is not valid. The role assignment ID must be a GUID."),
    )
}

/// A principal is not what it is said to be.
pub(super) fn unmatched_type(principal: PrincipalId, said: &str, is: &str) -> Answer {
    Answer::bad(
        "UnmatchedPrincipalType",
        format!(
            "The PrincipalId '{}' has type '{is}' , which is different from specified PrinciaplType '{said}'.",
            principal.0.simple()
        ),
    )
}

/// A refusal outside PIM.
pub(super) fn refused(rejection: &Rejection, context: &Context) -> Answer {
    let conflict = |code, message: String| Answer::new(StatusCode::CONFLICT, code, message);
    match rejection {
        // The same code as PIM's, with another status and a small letter.
        Rejection::AlreadyExists { .. } => {
            conflict("RoleAssignmentExists", "The role assignment already exists.".to_owned())
        }
        Rejection::PrincipalNotFound(id) | Rejection::GroupNotFound(id) => Answer::bad(
            "PrincipalNotFound",
            format!(
                "Principal {} does not exist in the directory {}. Check that you have the correct principal ID. If you are \
                 creating this principal and then immediately assigning a role, this error might be related to a replication \
                 delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, \
                 User, or Group.  See https://aka.ms/docs-principaltype",
                id.0.simple(),
                context.tenant
            ),
        ),
        Rejection::RoleNotFound(id) => Answer::absent(
            "RoleDefinitionDoesNotExist",
            format!("The specified role definition with ID '{id}' does not exist."),
        ),
        Rejection::ScheduleNotFound(id) => {
            Answer::absent("RoleAssignmentNotFound", format!("The role assignment '{id}' is not found."))
        }
        Rejection::TooManyAssignments => {
            Answer::bad("RoleAssignmentLimitExceeded", "No more role assignments can be created.")
        }
        Rejection::TooManyCustomRoles => Answer::bad("RoleDefinitionLimitExceeded", "Role definition limit exceeded."),
        Rejection::NameTaken { value, .. } => conflict(
            "RoleDefinitionWithSameNameExists",
            format!(
                "A custom role with the same name already exists in this directory. Use a different name: '{value}'."
            ),
        ),
        Rejection::RoleIsAssigned(id) => Answer::bad(
            "RoleDefinitionHasAssignments",
            format!("There are existing role assignments referencing role {id}."),
        ),
        Rejection::RoleIsBuiltIn(id) => Answer::bad("BadRequestFormat", "The request was incorrectly formatted.")
            .detailed(format!("{id} is built in")),
        Rejection::InvalidProperty { property } | Rejection::ReadOnlyProperty { property } => {
            Answer::bad("BadRequestFormat", "The request was incorrectly formatted.").detailed(*property)
        }
        Rejection::Azure(fault) => azure::outside_pim(*fault),
        Rejection::NotPermitted
        | Rejection::AccessReview(_)
        | Rejection::NotForOthers
        | Rejection::LicenseRequired
        | Rejection::ActionNotForFamily { .. }
        | Rejection::ActionNotForSide { .. }
        | Rejection::InvalidSchedule(_)
        | Rejection::RequestNotFound(_)
        | Rejection::ApprovalNotFound(_)
        | Rejection::PolicyNotFound(_)
        | Rejection::NotAnApprover
        | Rejection::AlreadyDecided(_)
        | Rejection::ApproverJustificationRequired
        | Rejection::NotAwaitingDecision(_)
        | Rejection::PrincipalCannotBeEligible(_)
        | Rejection::PendingRequest { .. }
        | Rejection::OverlapsScheduled { .. }
        | Rejection::DoesNotExist
        | Rejection::NotCancellable(_)
        | Rejection::DurationTooShort
        | Rejection::ScopeNotCovered
        | Rejection::AuthenticationContextRequired { .. }
        | Rejection::PolicyRules(_)
        | Rejection::MfaAndContextConflict
        | Rejection::InvalidPolicy(_)
        | Rejection::AdministrativeUnitNotFound(_)
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
        | Rejection::TooManyOwners(_)
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
        | Rejection::NoAlerts(_)
        | Rejection::IncidentNotFound(_)
        | Rejection::AlertNotRemediable(_)
        | Rejection::InvalidAlertSetting { .. }
        | Rejection::ReferenceExists { .. }
        | Rejection::ReferenceMissing { .. } => pim::refused(rejection, context),
    }
}
