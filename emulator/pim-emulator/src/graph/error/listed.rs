//! The list of all refusals as Graph puts them: for people who look one up, and for the test that provokes each.
//!
//! Codes that circulate in client code and were never seen in an answer (ERR-30, ERR-31) stand nowhere in it.

use super::refusal::{directory, pim};
use pim_core::model::Family;
use pim_core::{AccessReviewFault, AccessReviewFlaw, PolicyFault, Rejection, ScheduleFault};

/// One refusal in Graph's words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ErrorRow {
    /// Which part of Graph answers so: `graph` for PIM, `graph/directory` for the directory where it has other words.
    pub surface: &'static str,
    /// The machine's name for it.
    pub rejection: String,
    /// The HTTP status.
    pub status: u16,
    /// The code.
    pub code: &'static str,
    /// The message, with made-up values in it.
    pub message: String,
    /// The rule that it rests on.
    pub rule: Option<&'static str>,
    /// Whether code and text were seen in an answer of the real service.
    pub verified: bool,
}

/// Every refusal of the machine, as PIM puts it and, where that differs, as the directory does.
#[must_use]
pub fn errors() -> Vec<ErrorRow> {
    let samples = samples();
    let as_pim = samples.iter().map(|it| (it, "graph", pim(it)));
    let as_directory = samples.iter().map(|it| (it, "graph/directory", directory(it)));
    (as_pim.chain(as_directory.filter(|(it, _, answer)| *answer != pim(it))))
        .map(|(rejection, surface, answer)| {
            let name = format!("{rejection:?}");
            // What wraps another fact is known by that.
            let name = name.strip_prefix("AccessReview(").unwrap_or(&name);
            let end = name.find([' ', '(', '{', ')']).unwrap_or(name.len());
            let (rule, verified) = evidence(rejection);
            ErrorRow {
                surface,
                rejection: name[..end].to_owned(),
                status: answer.status.as_u16(),
                code: answer.code,
                message: answer.message.into_owned(),
                rule,
                verified,
            }
        })
        .collect()
}

/// The rule that an answer rests on, and whether code and text stand in a published answer of the service.
const fn evidence(rejection: &Rejection) -> (Option<&'static str>, bool) {
    match rejection {
        Rejection::NotPermitted => (Some("ERR-16"), true),
        Rejection::LicenseRequired => (Some("ERR-10"), true),
        Rejection::InvalidSchedule(_) => (Some("ERR-9"), true),
        Rejection::PrincipalNotFound(_) => (Some("ERR-14"), true),
        Rejection::ScopeNotSupported(_) | Rejection::SelfRemovalOfGlobalAdministrator => (Some("ERR-18"), true),
        Rejection::AlreadyExists { .. } => (Some("ERR-1"), true),
        Rejection::PendingRequest { .. } => (Some("ERR-2"), true),
        Rejection::DoesNotExist => (Some("ERR-7"), true),
        Rejection::NotCancellable(_) => (Some("ERR-13"), true),
        Rejection::DurationTooShort => (Some("ERR-6"), true),
        Rejection::LastAdministrator(_) => (Some("ERR-8"), true),
        Rejection::PolicyRules(_) => (Some("ERR-4"), true),
        Rejection::AuthenticationContextRequired { words_of: Family::DirectoryRoles | Family::AzureRoles, .. } => {
            (Some("ERR-5"), true)
        }
        Rejection::AuthenticationContextRequired { words_of: Family::Groups, .. } => (Some("UNC-11"), false),
        Rejection::MfaAndContextConflict => (Some("ERR-11"), true),
        Rejection::InvalidPolicy(_) => (Some("ERR-12"), true),
        Rejection::TooManyAssignments => (Some("LIM-3"), true),
        Rejection::TooManyCustomRoles => (Some("LIM-2"), true),
        Rejection::DomainNotVerified | Rejection::PasswordTooSimple => (None, true),
        Rejection::TooManyRoleAssignableGroups => (Some("GRP-13"), true),
        Rejection::ReadOnlyProperty { .. } => (Some("GRP-10"), false),
        Rejection::RoleNotFound(_) => (Some("ERR-14"), false),
        Rejection::OverlapsScheduled { .. } => (Some("ERR-3"), false),
        Rejection::RequestNotFound(_) => (Some("ERR-15"), false),
        Rejection::AlreadyDecided(_) => (Some("ERR-19"), false),
        Rejection::ApprovalNotFound(_) | Rejection::NotAnApprover => (Some("APR-24"), false),
        Rejection::ApproverJustificationRequired => (Some("APR-10"), false),
        Rejection::NotForOthers => (Some("ACT-3"), false),
        Rejection::ActionNotForSide { .. } => (Some("REQ-4"), false),
        Rejection::PrincipalCannotBeEligible(_) => (Some("PRI-2"), false),
        Rejection::GroupNotRoleAssignable(_) => (Some("UNC-18"), false),
        Rejection::ScopeNotCovered => (Some("UNC-17"), false),
        Rejection::PolicyNotFound(_)
        | Rejection::ConditionalAccessPolicyNotFound(_)
        | Rejection::AuthenticationContextNotFound(_)
        | Rejection::AuthenticationContextInUse(_)
        | Rejection::NotAwaitingDecision(_)
        | Rejection::AdministrativeUnitNotFound(_)
        | Rejection::ScopeObjectNotFound(_)
        | Rejection::ScheduleNotFound(_)
        | Rejection::RoleIsBuiltIn(_)
        | Rejection::RoleIsAssigned(_)
        | Rejection::NameTaken { .. }
        | Rejection::InvalidProperty { .. }
        | Rejection::GroupInMicrosoft365Group(_)
        | Rejection::GroupInItself(_)
        | Rejection::MembershipNotWritable(_)
        | Rejection::Azure(_) => (None, false),
        Rejection::AccessReview(fault) => (access_review_rule(*fault), false),
        Rejection::ObjectNotFound(_)
        | Rejection::ConflictingObject { .. }
        | Rejection::ApplicationNotFound(_)
        | Rejection::ServicePrincipalExists { .. }
        | Rejection::PermissionAlreadyAssigned
        | Rejection::PermissionIsEnabled => (None, true),
        Rejection::ReferenceExists { .. } | Rejection::ReferenceMissing { .. } | Rejection::OwnerRequired(_) => {
            (None, true)
        }
        Rejection::NoAlerts(_) => (Some("ALR-34"), false),
        Rejection::IncidentNotFound(_) | Rejection::AlertNotRemediable(_) => (Some("ALR-2"), false),
        Rejection::InvalidAlertSetting { .. } => (Some("UNC-15"), false),
        Rejection::ActionNotForFamily { .. } => (Some("REQ-2"), false),
        Rejection::GroupNotFound(_) => (Some("GRP-34"), false),
        Rejection::GroupNotManageable(_) => (Some("GRP-7"), false),
        Rejection::GroupCannotOwn(_) => (Some("PRI-8"), false),
        Rejection::GroupInRoleAssignableGroup(_) => (Some("GRP-16"), false),
        Rejection::LastOwner(_) => (Some("DEA-11"), true),
        Rejection::TooManyOwners(_) => (Some("GRP-23"), false),
    }
}

/// The rule that a refusal of access reviews rests on.
const fn access_review_rule(fault: AccessReviewFault) -> Option<&'static str> {
    match fault {
        AccessReviewFault::NotAReviewer => Some("REV-9"),
        AccessReviewFault::GovernanceLicenseRequired => Some("LIC-11"),
        AccessReviewFault::NotInStatus { .. } => Some("REV-30"),
        AccessReviewFault::JustificationRequired => Some("REV-21"),
        AccessReviewFault::NotADecision => Some("REV-20"),
        AccessReviewFault::InvalidAccessReview(_) => Some("REV-4"),
        AccessReviewFault::ReviewNotFound(_)
        | AccessReviewFault::InstanceNotFound(_)
        | AccessReviewFault::StageNotFound(_)
        | AccessReviewFault::DecisionNotFound(_)
        | AccessReviewFault::HistoryNotFound(_)
        | AccessReviewFault::IdTaken(_) => None,
    }
}

/// One of each.
fn samples() -> Vec<Rejection> {
    use pim_core::model::access_review::AccessReviewStatus;
    use pim_core::model::conditional_access::AuthenticationContextId;
    use pim_core::model::{Action, Alert, AssignmentKind, DirectoryAlert, GroupAccess, PolicySubject, RequestStatus};
    use pim_core::{
        AdministrativeUnitId, ConditionalAccessPolicyId, PolicyRule, PrincipalId, RequestId, RoleDefinitionId,
        ScheduleId,
    };
    let id = uuid::Uuid::nil();
    let Some(context) = AuthenticationContextId::parse("c1") else { return Vec::new() };
    vec![
        Rejection::NotPermitted,
        Rejection::NotForOthers,
        Rejection::LicenseRequired,
        Rejection::ActionNotForSide { action: Action::SelfActivate, side: AssignmentKind::Eligibility },
        Rejection::InvalidSchedule(ScheduleFault::Missing),
        Rejection::RoleNotFound(RoleDefinitionId(id)),
        Rejection::PrincipalNotFound(PrincipalId(id)),
        Rejection::AdministrativeUnitNotFound(AdministrativeUnitId(id)),
        Rejection::ScopeObjectNotFound(PrincipalId(id)),
        Rejection::RequestNotFound(RequestId(id)),
        Rejection::ScheduleNotFound(ScheduleId(id)),
        Rejection::ApprovalNotFound(RequestId(id)),
        Rejection::PolicyNotFound(PolicySubject::DirectoryRole(RoleDefinitionId(id))),
        Rejection::ConditionalAccessPolicyNotFound(ConditionalAccessPolicyId(id)),
        Rejection::AuthenticationContextNotFound(context),
        Rejection::NotAnApprover,
        Rejection::AlreadyDecided(RequestId(id)),
        Rejection::ApproverJustificationRequired,
        Rejection::NotAwaitingDecision(RequestStatus::Provisioned),
        Rejection::ScopeNotSupported(RoleDefinitionId(id)),
        Rejection::PrincipalCannotBeEligible(PrincipalId(id)),
        Rejection::GroupNotRoleAssignable(PrincipalId(id)),
        Rejection::AlreadyExists { schedule: ScheduleId(id) },
        Rejection::PendingRequest { request: RequestId(id) },
        Rejection::OverlapsScheduled { schedule: ScheduleId(id) },
        Rejection::DoesNotExist,
        Rejection::NotCancellable(RequestStatus::Provisioned),
        Rejection::DurationTooShort,
        Rejection::LastAdministrator(RoleDefinitionId(id)),
        Rejection::SelfRemovalOfGlobalAdministrator,
        Rejection::ScopeNotCovered,
        Rejection::AuthenticationContextRequired { context, words_of: Family::DirectoryRoles },
        Rejection::PolicyRules(vec![PolicyRule::Eligibility, PolicyRule::Expiration]),
        Rejection::MfaAndContextConflict,
        Rejection::InvalidPolicy(PolicyFault::ContextMissing),
        Rejection::AuthenticationContextInUse(context),
        Rejection::TooManyAssignments,
        Rejection::TooManyCustomRoles,
        Rejection::RoleIsBuiltIn(RoleDefinitionId(id)),
        Rejection::RoleIsAssigned(RoleDefinitionId(id)),
        Rejection::NameTaken { property: "displayName", value: "Help".to_owned(), holder: None },
        Rejection::InvalidProperty { property: "displayName" },
        Rejection::ReadOnlyProperty { property: "isAssignableToRole" },
        Rejection::DomainNotVerified,
        Rejection::PasswordTooSimple,
        Rejection::TooManyRoleAssignableGroups,
        AccessReviewFault::NotAReviewer.into(),
        AccessReviewFault::GovernanceLicenseRequired.into(),
        AccessReviewFault::NotInStatus { status: AccessReviewStatus::Completed }.into(),
        AccessReviewFault::JustificationRequired.into(),
        AccessReviewFault::NotADecision.into(),
        AccessReviewFault::InvalidAccessReview(AccessReviewFlaw::Name).into(),
        Rejection::ObjectNotFound(id),
        Rejection::ConflictingObject { of: "members" },
        Rejection::ApplicationNotFound(pim_core::ClientId(id)),
        Rejection::ServicePrincipalExists { app_id: pim_core::ClientId(id), holder: PrincipalId(id) },
        Rejection::PermissionAlreadyAssigned,
        Rejection::PermissionIsEnabled,
        Rejection::ActionNotForFamily { action: Action::SelfExtend, family: Family::Groups },
        Rejection::GroupNotFound(PrincipalId(id)),
        Rejection::GroupNotManageable(PrincipalId(id)),
        Rejection::GroupCannotOwn(PrincipalId(id)),
        Rejection::GroupInItself(PrincipalId(id)),
        Rejection::GroupInRoleAssignableGroup(PrincipalId(id)),
        Rejection::GroupInMicrosoft365Group(PrincipalId(id)),
        Rejection::LastOwner(PrincipalId(id)),
        Rejection::TooManyOwners(PrincipalId(id)),
        Rejection::MembershipNotWritable(PrincipalId(id)),
        Rejection::OwnerRequired(PrincipalId(id)),
        Rejection::ReferenceExists { access: GroupAccess::Member },
        Rejection::ReferenceMissing { access: GroupAccess::Member },
        Rejection::IncidentNotFound(id),
        Rejection::AlertNotRemediable(Alert::DirectoryRoles(DirectoryAlert::InvalidLicense)),
        Rejection::InvalidAlertSetting { property: "count" },
    ]
}
