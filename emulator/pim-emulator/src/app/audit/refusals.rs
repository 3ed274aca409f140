//! Records of requests that were refused (GA-7, UNC-14).

use super::activity;
use super::record::{Draft, OperationType, TargetResource};
use super::schedules::removal;
use super::teller::{About, Doer, Teller};
use pim_core::model::{Action, Refusal, RefusedRequest};

/// A request was refused. The removal of the last administrator reads like a removal that failed (GA-7), anything else like
/// a request that the engine could not process (AUD-19).
pub(super) fn refused(teller: &Teller<'_>, number: u64, by: Option<Doer>, refused: &RefusedRequest) -> Vec<Draft> {
    let Some(by) = by else { return Vec::new() };
    let about = About {
        principal: refused.principal,
        privilege: refused.privilege,
        request: None,
        correlation: teller.correlation_of(number),
        window: refused.held,
        justification: refused.justification.clone(),
        ticket: refused.ticket.clone(),
        other: TargetResource::of("Other", None),
    };
    let (name, operation) = match refused.action {
        Action::AdminRemove if refused.refusal == Refusal::LastAdministrator => {
            (removal(refused.side, refused.held), OperationType::Delete)
        }
        Action::AdminRemove | Action::SelfDeactivate => (activity::PROCESS_REMOVAL.to_owned(), OperationType::Delete),
        Action::AdminUpdate | Action::AdminExtend | Action::SelfExtend => {
            (activity::PROCESS_UPDATE.to_owned(), OperationType::Update)
        }
        Action::AdminAssign | Action::AdminRenew | Action::SelfActivate | Action::SelfRenew => {
            (activity::PROCESS_REQUEST.to_owned(), OperationType::Assign)
        }
    };
    vec![teller.pim(&by, name, operation, &about).failed(reason(&refused.refusal))]
}

/// The code, and where rules of policy failed, which (AUD-21).
fn reason(refusal: &Refusal) -> String {
    let names = |rules: &[pim_core::PolicyRule]| rules.iter().map(|rule| rule.name()).collect::<Vec<_>>().join(", ");
    match refusal {
        Refusal::PolicyRules(rules) => format!("{}: {}", code(refusal), names(rules)),
        Refusal::NotPermitted
        | Refusal::LicenseRequired
        | Refusal::Invalid
        | Refusal::RoleNotFound
        | Refusal::PrincipalNotFound
        | Refusal::NotFound
        | Refusal::AlreadyExists
        | Refusal::Pending
        | Refusal::Overlaps
        | Refusal::DoesNotExist
        | Refusal::DurationTooShort
        | Refusal::LastAdministrator
        | Refusal::ScopeNotCovered
        | Refusal::AuthenticationContextRequired => code(refusal).to_owned(),
    }
}

/// The service's code for a refusal.
pub(super) const fn code(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::NotPermitted => "UnauthorizedAccessException",
        Refusal::LicenseRequired => "AadPremiumLicenseRequired",
        Refusal::Invalid => "InvalidRoleAssignmentRequest",
        Refusal::RoleNotFound => "RoleNotFound",
        Refusal::PrincipalNotFound => "SubjectNotFound",
        Refusal::NotFound => "ResourceNotFound",
        Refusal::AlreadyExists => "RoleAssignmentExists",
        Refusal::Pending => "PendingRoleAssignmentRequest",
        Refusal::Overlaps => "OverlapsPendingRoleAssignmentRequests",
        Refusal::DoesNotExist => "RoleAssignmentDoesNotExist",
        Refusal::DurationTooShort => "ActiveDurationTooShort",
        Refusal::LastAdministrator => "CannotDeleteLastAdminAssignment",
        Refusal::ScopeNotCovered => "InvalidScope",
        Refusal::AuthenticationContextRequired => "RoleAssignmentRequestAcrsValidationFailed",
        Refusal::PolicyRules(_) => "RoleAssignmentRequestPolicyValidationFailed",
    }
}
