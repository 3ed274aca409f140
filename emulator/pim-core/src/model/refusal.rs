//! Refused requests, as far as the past remembers them: who was denied what, and why.

use super::policy::PolicyRule;
use super::privilege::Privilege;
use super::request::{Action, TicketInfo};
use super::schedule::{AssignmentKind, Window};
use crate::id::PrincipalId;
use crate::rejection::{AzureFault, Rejection};
use serde::{Deserialize, Serialize};

/// Why a request was refused, in the classes that the service has codes for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Refusal {
    /// The caller may not ask for it (AUT-1, ACT-3).
    NotPermitted,
    /// There is no licence for it (LIC-9).
    LicenseRequired,
    /// It makes no sense (REQ-41).
    Invalid,
    /// There is no such role (REQ-42).
    RoleNotFound,
    /// There is no such principal (REQ-42).
    PrincipalNotFound,
    /// Something else that it names is not there.
    NotFound,
    /// The principal has it already (ASG-6).
    AlreadyExists,
    /// An earlier request waits (ASG-7).
    Pending,
    /// It overlaps what is scheduled (ASG-8).
    Overlaps,
    /// There is nothing to act on (ASG-14).
    DoesNotExist,
    /// Less than five minutes (ASG-1).
    DurationTooShort,
    /// The last administrator stays (GA-3).
    LastAdministrator,
    /// The eligibility does not cover the scope (UNC-17).
    ScopeNotCovered,
    /// An authentication context is missing (MFA-8).
    AuthenticationContextRequired,
    /// These rules of policy fail (REQ-45).
    PolicyRules(Vec<PolicyRule>),
}

impl From<&Rejection> for Refusal {
    fn from(rejection: &Rejection) -> Self {
        match rejection {
            Rejection::NotPermitted | Rejection::NotForOthers | Rejection::NotAnApprover => Self::NotPermitted,
            Rejection::LicenseRequired => Self::LicenseRequired,
            Rejection::RoleNotFound(_) | Rejection::Azure(AzureFault::RoleNotFound(_)) => Self::RoleNotFound,
            Rejection::PrincipalNotFound(_) => Self::PrincipalNotFound,
            Rejection::AdministrativeUnitNotFound(_)
            | Rejection::GroupNotFound(_)
            | Rejection::ScopeObjectNotFound(_)
            | Rejection::Azure(AzureFault::ScopeNotFound(_))
            | Rejection::RequestNotFound(_)
            | Rejection::ScheduleNotFound(_)
            | Rejection::ApprovalNotFound(_)
            | Rejection::PolicyNotFound(_)
            | Rejection::ConditionalAccessPolicyNotFound(_)
            | Rejection::AuthenticationContextNotFound(_)
            | Rejection::ObjectNotFound(_)
            | Rejection::ApplicationNotFound(_)
            | Rejection::NoAlerts(_)
            | Rejection::IncidentNotFound(_) => Self::NotFound,
            Rejection::AlreadyExists { .. } => Self::AlreadyExists,
            Rejection::PendingRequest { .. } => Self::Pending,
            Rejection::OverlapsScheduled { .. } => Self::Overlaps,
            Rejection::DoesNotExist => Self::DoesNotExist,
            Rejection::DurationTooShort => Self::DurationTooShort,
            Rejection::LastAdministrator(_)
            | Rejection::LastOwner(_)
            | Rejection::Azure(AzureFault::LastSubscriptionOwner(_)) => Self::LastAdministrator,
            Rejection::ScopeNotCovered => Self::ScopeNotCovered,
            Rejection::AuthenticationContextRequired { .. } => Self::AuthenticationContextRequired,
            Rejection::PolicyRules(rules) => Self::PolicyRules(rules.clone()),
            Rejection::ActionNotForSide { .. }
            | Rejection::ActionNotForFamily { .. }
            | Rejection::InvalidSchedule(_)
            | Rejection::AlreadyDecided(_)
            | Rejection::ApproverJustificationRequired
            | Rejection::NotAwaitingDecision(_)
            | Rejection::ScopeNotSupported(_)
            | Rejection::PrincipalCannotBeEligible(_)
            | Rejection::GroupNotRoleAssignable(_)
            | Rejection::NotCancellable(_)
            | Rejection::SelfRemovalOfGlobalAdministrator
            | Rejection::MfaAndContextConflict
            | Rejection::InvalidPolicy(_)
            | Rejection::AuthenticationContextInUse(_)
            | Rejection::TooManyAssignments
            | Rejection::TooManyCustomRoles
            | Rejection::RoleIsBuiltIn(_)
            | Rejection::RoleIsAssigned(_)
            | Rejection::NameTaken { .. }
            | Rejection::ReadOnlyProperty { .. }
            | Rejection::DomainNotVerified
            | Rejection::PasswordTooSimple
            | Rejection::TooManyRoleAssignableGroups
            | Rejection::InvalidProperty { .. }
            | Rejection::ConflictingObject { .. }
            | Rejection::ServicePrincipalExists { .. }
            | Rejection::PermissionAlreadyAssigned
            | Rejection::PermissionIsEnabled
            | Rejection::GroupNotManageable(_)
            | Rejection::GroupCannotOwn(_)
            | Rejection::GroupInItself(_)
            | Rejection::GroupInRoleAssignableGroup(_)
            | Rejection::GroupInMicrosoft365Group(_)
            | Rejection::TooManyOwners(_)
            | Rejection::MembershipNotWritable(_)
            | Rejection::OwnerRequired(_)
            | Rejection::ReferenceExists { .. }
            | Rejection::ReferenceMissing { .. }
            | Rejection::AccessReview(_)
            | Rejection::AlertNotRemediable(_)
            | Rejection::InvalidAlertSetting { .. }
            | Rejection::Azure(
                AzureFault::RequestIdTaken(_)
                | AzureFault::AssignmentIdTaken(_)
                | AzureFault::ScopeDoesNotMatchRole(_)
                | AzureFault::ResourceIsLocked(_)
                | AzureFault::RoleIsBuiltIn(_)
                | AzureFault::RoleIsAssigned(_)
                | AzureFault::ScopeInUse(_),
            ) => Self::Invalid,
        }
    }
}

/// A request that was refused. It has no id: none was used up.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RefusedRequest {
    /// Which side of PIM it was sent to.
    pub side: AssignmentKind,
    /// What it asked for.
    pub action: Action,
    /// For whom.
    pub principal: PrincipalId,
    /// For what.
    pub privilege: Privilege,
    /// The window of what the principal holds of it, where it holds something.
    pub held: Option<Window>,
    /// The reason given.
    pub justification: Option<String>,
    /// The ticket given.
    pub ticket: TicketInfo,
    /// Why it was refused.
    pub refusal: Refusal,
}
