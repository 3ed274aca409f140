//! Records of requests: asked for, done, withdrawn, failed (AUD-4).

use super::activity::{self, Lasting, Stage};
use super::approvals;
use super::record::{Draft, Initiator, OperationType};
use super::refusals::code;
use super::teller::{About, Teller};
use pim_core::model::{
    Action, AskedExpiration, CreatedBy, Refusal, RequestStatus, ReviewResult, ScheduleRequest, Window,
};
use pim_core::time::Instant;
use pim_core::{EndCause, Event, RequestId, ScheduleId};

/// A request was made: that it was, and where it took effect at once, that too.
pub(super) fn made(teller: &Teller<'_>, number: u64, request: &ScheduleRequest) -> Vec<Draft> {
    let Some(by) = teller.initiator(request.created_by) else { return Vec::new() };
    match request.action {
        Action::AdminRemove | Action::SelfDeactivate => taken_away(teller, number, &by, request),
        Action::AdminAssign
        | Action::AdminUpdate
        | Action::AdminRenew
        | Action::AdminExtend
        | Action::SelfActivate
        | Action::SelfExtend
        | Action::SelfRenew => {
            let window = window_made(teller, number, request.id);
            let about = teller.about(request, window);
            let is_done = request.status == RequestStatus::Provisioned;
            let requested = told(teller, &by, request, Stage::Requested, &about);
            let completed = is_done.then(|| told(teller, &by, request, Stage::Completed, &about));
            [Some(requested), completed].into_iter().flatten().collect()
        }
    }
}

/// Something is taken away: what it was stands in the event that follows.
fn taken_away(teller: &Teller<'_>, number: u64, by: &Initiator, request: &ScheduleRequest) -> Vec<Draft> {
    let ended = teller.following(number).find_map(|event| {
        let Event::ScheduleEnded { cause, principal, privilege, window, .. } = event else { return None };
        let is_asked_for = matches!(cause, EndCause::Removed | EndCause::Deactivated);
        (is_asked_for && principal == request.principal && privilege == request.privilege).then_some(window)
    });
    let about = teller.about(request, ended);
    let lasting = ended.map_or(Lasting::TimeBound, Lasting::of);
    let name = |stage| match request.action {
        Action::SelfDeactivate => activity::deactivated(stage),
        Action::AdminRemove
        | Action::AdminAssign
        | Action::AdminUpdate
        | Action::AdminRenew
        | Action::AdminExtend
        | Action::SelfActivate
        | Action::SelfExtend
        | Action::SelfRenew => activity::removed(request.side, stage, lasting),
    };
    let draft = |stage| teller.pim(by, name(stage), OperationType::Delete, &about);
    vec![draft(Stage::Requested), draft(Stage::Completed)]
}

/// The window of the schedule that a request made at once.
fn window_made(teller: &Teller<'_>, number: u64, request: RequestId) -> Option<Window> {
    teller.following(number).find_map(|event| {
        let Event::ScheduleCreated(schedule) = event else { return None };
        (schedule.id == ScheduleId::from(request)).then_some(schedule.window)
    })
}

/// A stage of a request that gives something.
fn told(teller: &Teller<'_>, by: &Initiator, request: &ScheduleRequest, stage: Stage, about: &About) -> Draft {
    let side = request.side;
    let expiration = request.asked.map_or(AskedExpiration::NotSpecified, |asked| asked.expiration);
    let lasting = Lasting::asked(expiration);
    let (name, operation) = match (request.action, stage) {
        (Action::SelfActivate | Action::SelfDeactivate, _) => (activity::activated(stage), OperationType::Assign),
        (Action::AdminRemove, _) => (activity::removed(side, stage, lasting), OperationType::Delete),
        // The service has no word for a renewal that is done: that is an assignment like any other.
        (Action::AdminRenew | Action::SelfRenew, Stage::Requested | Stage::Canceled) => {
            (activity::added(side, stage, Lasting::Renewed), OperationType::Assign)
        }
        (Action::AdminAssign | Action::AdminUpdate | Action::AdminRenew | Action::SelfRenew, _) => {
            (activity::added(side, stage, lasting), OperationType::Assign)
        }
        // Nor for an extension that is done: an administrator made it, and so has approved of it.
        (Action::AdminExtend | Action::SelfExtend, Stage::Completed) => {
            (activity::APPROVED_BY_ADMIN.to_owned(), OperationType::Update)
        }
        (Action::AdminExtend | Action::SelfExtend, Stage::Requested | Stage::Canceled) => {
            (activity::extended(side, stage), OperationType::Update)
        }
    };
    teller.pim(by, name, operation, about)
}

/// A request has come to another status.
pub(super) fn changed(
    teller: &Teller<'_>,
    (number, at): (u64, Instant),
    by: CreatedBy,
    id: RequestId,
    status: RequestStatus,
) -> Vec<Draft> {
    let Some(request) = teller.request(id) else { return Vec::new() };
    let about = teller.about(&request, None);
    let decided = |name: &str| {
        let by = teller.initiator(by)?;
        Some(teller.pim(&by, name, OperationType::Update, &about))
    };
    let draft = match status {
        RequestStatus::Canceled => teller.initiator(by).map(|by| told(teller, &by, &request, Stage::Canceled, &about)),
        RequestStatus::AdminApproved => decided(activity::APPROVED_BY_ADMIN),
        RequestStatus::AdminDenied => decided(activity::DENIED_BY_ADMIN),
        RequestStatus::TimedOut | RequestStatus::Denied | RequestStatus::Failed => {
            return not_given(teller, (number, at), by, &request, &about);
        }
        RequestStatus::Granted
        | RequestStatus::PendingProvisioning
        | RequestStatus::Provisioned
        | RequestStatus::Revoked
        | RequestStatus::PendingApproval
        | RequestStatus::PendingAdminDecision => None,
    };
    draft.into_iter().collect()
}

/// What was asked for is not given: what happened right before says why.
fn not_given(
    teller: &Teller<'_>,
    (number, at): (u64, Instant),
    by: CreatedBy,
    request: &ScheduleRequest,
    about: &About,
) -> Vec<Draft> {
    let reason = match teller.before(number).filter(|it| it.at == at).map(|it| it.event) {
        // The denial itself has its own record.
        Some(Event::ApprovalReviewed { review, .. }) if review.result == ReviewResult::Deny => return Vec::new(),
        Some(Event::ApprovalReviewed { .. }) => code(&Refusal::DoesNotExist),
        Some(Event::ScheduleEnded { schedule, cause, .. }) if schedule == ScheduleId::from(request.id) => {
            because(cause)
        }
        _ if by == CreatedBy::Service && teller.has_timed_out(request) => {
            return approvals::timed_out(teller, about);
        }
        _ => "Failed",
    };
    let by = teller.initiator(request.created_by).unwrap_or_else(|| teller.service());
    let stage = if request.action == Action::SelfExtend { Stage::Canceled } else { Stage::Completed };
    vec![told(teller, &by, request, stage, about).failed(reason)]
}

/// Why a schedule that had not begun went.
const fn because(cause: EndCause) -> &'static str {
    match cause {
        EndCause::CouldNotStart => "RoleAssignmentExists",
        EndCause::PrincipalDeleted => "SubjectNotFound",
        EndCause::ScopeDeleted => "ResourceNotFound",
        EndCause::LicenseLapsed => "AadPremiumLicenseRequired",
        EndCause::Expired
        | EndCause::Removed
        | EndCause::Deactivated
        | EndCause::Canceled
        | EndCause::EligibilityEnded
        | EndCause::RemovedOutside => "RoleAssignmentDoesNotExist",
    }
}

/// A request that waited was granted; it is done where its window is open.
pub(super) fn granted(teller: &Teller<'_>, number: u64, id: RequestId, status: RequestStatus) -> Vec<Draft> {
    if status != RequestStatus::Provisioned {
        return Vec::new();
    }
    done(teller, id, window_made(teller, number, id))
}

/// The start of a schedule came: now its request is done.
pub(super) fn started(teller: &Teller<'_>, schedule: ScheduleId) -> Vec<Draft> {
    done(teller, RequestId(schedule.0), None)
}

fn done(teller: &Teller<'_>, id: RequestId, window: Option<Window>) -> Vec<Draft> {
    let Some(request) = teller.request(id) else { return Vec::new() };
    let Some(by) = teller.initiator(request.created_by) else { return Vec::new() };
    let about = teller.about(&request, window);
    vec![told(teller, &by, &request, Stage::Completed, &about)]
}
