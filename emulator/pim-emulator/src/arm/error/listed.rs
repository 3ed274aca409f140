//! The list of all refusals as Azure puts them: those of the front door, and those of the machine in the words of PIM and, where
//! they differ, in those of roles assigned outside PIM.

use super::{Answer, ArmError, Context};
use crate::app::token::TokenFault;
use crate::arm::front_door::{ScopePath, types};
use pim_core::model::access_review::AccessReviewStatus;
use pim_core::model::conditional_access::AuthenticationContextId;
use pim_core::model::{Action, Alert, AlertScope, AssignmentKind, AzureAlert, Family, PolicySubject, RequestStatus};
use pim_core::{
    AccessReviewDefinitionId, AccessReviewFault, AccessReviewFlaw, AzureFault, AzureRoleDefinitionId, AzureScopeId,
    PolicyFault, PolicyRule, PrincipalId, Rejection, RequestId, RoleDefinitionId, ScheduleFault, ScheduleId, TenantId,
};
use uuid::Uuid;

/// One refusal in Azure's words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ErrorRow {
    /// Which part of Azure answers so: `arm/front-door`, `arm` for PIM, `arm/classic` for roles where they have other words.
    pub surface: &'static str,
    /// Our name for it.
    pub refusal: String,
    /// The HTTP status.
    pub status: u16,
    /// The code; what is told without a code has our name for it.
    pub code: &'static str,
    /// The message, with made-up values in it.
    pub message: String,
    /// The rule that it rests on.
    pub rule: Option<&'static str>,
    /// Whether code and text were seen in an answer of the real service.
    pub verified: bool,
}

/// Every refusal, as it is put.
#[must_use]
pub fn errors() -> Vec<ErrorRow> {
    let context = Context {
        caller: "ada@contoso.onmicrosoft.com".to_owned(),
        object_id: PrincipalId(Uuid::nil()),
        tenant: TenantId(Uuid::nil()),
        action: "Microsoft.Authorization/roleAssignments/write".to_owned(),
        over: format!("/subscriptions/{}", Uuid::nil()),
    };
    let at_the_door = at_the_door().into_iter().map(|(error, verified)| {
        let answer = error.answer(&context);
        row("arm/front-door", name(&error), answer, None, verified)
    });
    let samples = samples();
    let as_pim = samples
        .iter()
        .map(|it| row("arm", name(&it.rejection), super::pim::refused(&it.rejection, &context), it.rule, it.verified));
    let as_classic = samples.iter().map(|it| &it.rejection).filter_map(|it| {
        let answer = super::classic::refused(it, &context);
        let differs = answer != super::pim::refused(it, &context);
        differs.then(|| row("arm/classic", name(it), answer, None, is_seen_outside_pim(it)))
    });
    at_the_door.chain(as_pim).chain(as_classic).collect()
}

fn name(error: &impl std::fmt::Debug) -> String {
    let name = format!("{error:?}");
    // What wraps another fact is known by that.
    let wraps = ["Token(", "Azure(", "AccessReview("];
    let name = wraps.into_iter().find_map(|around| name.strip_prefix(around)).unwrap_or(&name);
    let end = name.find([' ', '(', '{', ')']).unwrap_or(name.len());
    name[..end].to_owned()
}

fn row(surface: &'static str, refusal: String, answer: Answer, rule: Option<&'static str>, verified: bool) -> ErrorRow {
    let Answer { status, code, message, .. } = answer;
    ErrorRow { surface, refusal, status: status.as_u16(), code, message: message.into_owned(), rule, verified }
}

/// What is refused before or beside the machine, in the order in which it is checked; and whether it was seen so.
fn at_the_door() -> Vec<(ArmError, bool)> {
    let text = str::to_owned;
    vec![
        (ArmError::BodyTooLarge, false),
        (ArmError::UnsupportedEncoding, false),
        (ArmError::NoAuthorization, true),
        (ArmError::InvalidAuthorization, false),
        (ArmError::Token(TokenFault::Malformed), false),
        (ArmError::Token(TokenFault::BadSignature), false),
        (ArmError::Token(TokenFault::NotYetValid), false),
        (ArmError::Token(TokenFault::Expired), false),
        (ArmError::Token(TokenFault::WrongAudience), false),
        (ArmError::Token(TokenFault::WrongIssuer), false),
        (ArmError::Token(TokenFault::UnknownTenant), false),
        (ArmError::MissingApiVersion, true),
        (ArmError::UnreadablePath, false),
        (ArmError::InvalidSubscriptionId(text("lab")), false),
        (ArmError::ScopeNotFound(ScopePath::Subscription { id: Uuid::nil() }), true),
        (ArmError::InvalidNamespace(text("Contoso.Lab")), false),
        (
            ArmError::InvalidResourceType {
                name: text("roleAssignmentScheduleRequests"),
                namespace: text("Microsoft.Authorization"),
                version: text("2024-02-01-preview"),
                supported: types::ROLE_ASSIGNMENT_SCHEDULE_REQUESTS.versions,
            },
            true,
        ),
        (ArmError::InvalidApiVersion { version: text("2018-01-02"), supported: types::BATCH.versions }, true),
        (ArmError::NotFound, false),
        (ArmError::MethodNotAllowed(text("DELETE")), true),
        (ArmError::NotEmulated(text("Microsoft.Authorization/roleManagementAlerts")), false),
        (ArmError::NotImplementedException, true),
        (ArmError::MissingBody, false),
        (ArmError::UnreadableBody(String::new()), false),
        (ArmError::InvalidBatch(text("'requests' is missing")), false),
        (ArmError::InvalidFilter(String::new()), false),
        (ArmError::InvalidRequest(String::new()), false),
        (ArmError::InvalidPolicy(String::new()), true),
        (ArmError::InvalidPolicyRule(String::new()), false),
        (ArmError::RoleOfAnotherScope(String::new()), false),
        (ArmError::InvalidRoleAssignmentId(text("lab")), true),
        (
            ArmError::UnmatchedPrincipalType { principal: PrincipalId(Uuid::nil()), said: text("Group"), is: "User" },
            false,
        ),
        (ArmError::InvalidProperty(String::new()), false),
        (ArmError::LocationRequired, false),
        (ArmError::InvalidResourceGroupLocation { asked: text("northeurope"), is: text("westeurope") }, false),
        (ArmError::AuthorizationFailed, true),
        (ArmError::InsufficientPermissions, false),
    ]
}

/// Whether the other words were seen in an answer of the service.
fn is_seen_outside_pim(rejection: &Rejection) -> bool {
    matches!(
        rejection,
        Rejection::AlreadyExists { .. }
            | Rejection::PrincipalNotFound(_)
            | Rejection::Azure(AzureFault::RoleNotFound(_))
    )
}

/// A refusal with the rule that PIM's answer rests on, and whether code and text were seen in an answer of the service.
struct Sample {
    rejection: Rejection,
    rule: Option<&'static str>,
    verified: bool,
}

fn seen(rule: &'static str, rejection: Rejection) -> Sample {
    Sample { rejection, rule: Some(rule), verified: true }
}

fn likely(rule: &'static str, rejection: Rejection) -> Sample {
    Sample { rejection, rule: Some(rule), verified: false }
}

fn unruled(rejection: Rejection) -> Sample {
    Sample { rejection, rule: None, verified: false }
}

/// One of each that a request for an Azure role can meet.
fn samples() -> Vec<Sample> {
    let id = Uuid::nil();
    let Some(context) = AuthenticationContextId::parse("c1") else { return Vec::new() };
    vec![
        seen("ERR-17", Rejection::NotPermitted),
        likely("ACT-3", Rejection::NotForOthers),
        seen("ERR-10", Rejection::LicenseRequired),
        likely(
            "REQ-4",
            Rejection::ActionNotForSide { action: Action::SelfActivate, side: AssignmentKind::Eligibility },
        ),
        likely("ERR-9", Rejection::InvalidSchedule(ScheduleFault::Missing)),
        likely("ERR-14", Rejection::PrincipalNotFound(PrincipalId(id))),
        likely("ERR-15", Rejection::RequestNotFound(RequestId(id))),
        unruled(Rejection::ScheduleNotFound(ScheduleId(id))),
        likely("APR-24", Rejection::ApprovalNotFound(RequestId(id))),
        unruled(Rejection::PolicyNotFound(PolicySubject::DirectoryRole(RoleDefinitionId(id)))),
        likely("APR-24", Rejection::NotAnApprover),
        likely("ERR-19", Rejection::AlreadyDecided(RequestId(id))),
        likely("APR-10", Rejection::ApproverJustificationRequired),
        unruled(Rejection::NotAwaitingDecision(RequestStatus::Provisioned)),
        likely("PRI-1", Rejection::PrincipalCannotBeEligible(PrincipalId(id))),
        seen("ERR-1", Rejection::AlreadyExists { schedule: ScheduleId(id) }),
        likely("ERR-2", Rejection::PendingRequest { request: RequestId(id) }),
        likely("ERR-3", Rejection::OverlapsScheduled { schedule: ScheduleId(id) }),
        likely("ERR-7", Rejection::DoesNotExist),
        likely("ERR-13", Rejection::NotCancellable(RequestStatus::Provisioned)),
        seen("ERR-6", Rejection::DurationTooShort),
        likely("UNC-17", Rejection::ScopeNotCovered),
        seen("ERR-5", Rejection::AuthenticationContextRequired { context, words_of: Family::DirectoryRoles }),
        seen("ERR-4", Rejection::PolicyRules(vec![PolicyRule::Eligibility, PolicyRule::Expiration])),
        likely("ERR-11", Rejection::MfaAndContextConflict),
        seen("ERR-12", Rejection::InvalidPolicy(PolicyFault::ContextMissing)),
        likely("APR-13", Rejection::InvalidPolicy(PolicyFault::ApproverMissing)),
        likely("REQ-3", Rejection::Azure(AzureFault::RequestIdTaken(RequestId(id)))),
        unruled(Rejection::Azure(AzureFault::AssignmentIdTaken(ScheduleId(id)))),
        unruled(Rejection::Azure(AzureFault::ScopeNotFound(AzureScopeId(id)))),
        likely("SCO-14", Rejection::Azure(AzureFault::RoleNotFound(AzureRoleDefinitionId(id)))),
        likely("SCO-14", Rejection::Azure(AzureFault::ScopeDoesNotMatchRole(AzureRoleDefinitionId(id)))),
        likely("AZR-10", Rejection::Azure(AzureFault::ResourceIsLocked(AzureScopeId(id)))),
        likely("GA-14", Rejection::Azure(AzureFault::LastSubscriptionOwner(AzureScopeId(id)))),
        unruled(Rejection::Azure(AzureFault::RoleIsBuiltIn(AzureRoleDefinitionId(id)))),
        unruled(Rejection::Azure(AzureFault::RoleIsAssigned(AzureRoleDefinitionId(id)))),
        unruled(Rejection::Azure(AzureFault::ScopeInUse(AzureScopeId(id)))),
        likely("REV-9", AccessReviewFault::NotAReviewer.into()),
        likely("LIC-11", AccessReviewFault::GovernanceLicenseRequired.into()),
        unruled(AccessReviewFault::IdTaken(AccessReviewDefinitionId(id)).into()),
        likely("REV-30", AccessReviewFault::NotInStatus { status: AccessReviewStatus::Completed }.into()),
        likely("REV-21", AccessReviewFault::JustificationRequired.into()),
        likely("REV-20", AccessReviewFault::NotADecision.into()),
        likely("REV-4", AccessReviewFault::InvalidAccessReview(AccessReviewFlaw::Name).into()),
        likely("ALR-34", Rejection::NoAlerts(AlertScope::Subscription(AzureScopeId(id)))),
        likely("ALR-2", Rejection::IncidentNotFound(id)),
        likely(
            "ALR-2",
            Rejection::AlertNotRemediable(Alert::AzureRoles(AzureScopeId(id), AzureAlert::DuplicateRoleCreated)),
        ),
        likely("UNC-15", Rejection::InvalidAlertSetting { property: "count" }),
        unruled(Rejection::TooManyAssignments),
        unruled(Rejection::TooManyCustomRoles),
        unruled(Rejection::RoleIsBuiltIn(RoleDefinitionId(id))),
        unruled(Rejection::RoleIsAssigned(RoleDefinitionId(id))),
        unruled(Rejection::NameTaken { property: "roleName", value: "Help".to_owned(), holder: None }),
        unruled(Rejection::InvalidProperty { property: "roleName" }),
    ]
}
