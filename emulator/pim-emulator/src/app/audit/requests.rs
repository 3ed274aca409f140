//! Records of requests: asked for, done, withdrawn, failed (AUD-4).

use super::activity::{self, Lasting, Stage};
use super::approvals;
use super::record::{Draft, OperationType};
use super::refusals::code;
use super::teller::{About, Doer, Teller};
use pim_core::model::{Action, AskedExpiration, Refusal, RequestStatus, ScheduleRequest, Window};
use pim_core::{EndCause, Event, RequestId, ScheduleId, StatusCause};

/// A request was made: that it was, and where it took effect at once, that too.
pub(super) fn made(teller: &Teller<'_>, number: u64, by: Option<Doer>, request: &ScheduleRequest) -> Vec<Draft> {
    let Some(by) = by else { return Vec::new() };
    match request.action {
        Action::AdminRemove | Action::SelfDeactivate => taken_away(teller, number, &by, request),
        Action::AdminAssign
        | Action::AdminUpdate
        | Action::AdminRenew
        | Action::AdminExtend
        | Action::SelfActivate
        | Action::SelfExtend
        | Action::SelfRenew => {
            // Of what waits it is not known yet, although somebody may decide at the very same instant.
            let waits = matches!(request.status, RequestStatus::PendingApproval | RequestStatus::PendingAdminDecision);
            let window = if waits { None } else { window_given(teller, number, request) };
            let about = teller.about(request, window);
            let is_done = request.status == RequestStatus::Provisioned;
            let requested = told(teller, &by, request, Stage::Requested, &about);
            let completed = is_done.then(|| told(teller, &by, request, Stage::Completed, &about));
            [Some(requested), completed].into_iter().flatten().collect()
        }
    }
}

/// Something is taken away: what it was stands in the event that follows.
fn taken_away(teller: &Teller<'_>, number: u64, by: &Doer, request: &ScheduleRequest) -> Vec<Draft> {
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

/// The window of the schedule that a request made or changed at once.
fn window_given(teller: &Teller<'_>, number: u64, request: &ScheduleRequest) -> Option<Window> {
    // Its id, where the change gave it another one after that (MOD-14).
    let id_before = teller.following(number).find_map(|event| {
        let Event::ScheduleIdChanged { schedule, id } = event else { return None };
        (Some(id) == request.target_schedule).then_some(schedule)
    });
    let changed = id_before.or(request.target_schedule);
    teller.following(number).find_map(|event| {
        if let Event::ScheduleCreated(made) = event {
            (made.id == ScheduleId::from(request.id)).then_some(made.window)
        } else if let Event::ScheduleChanged { schedule, window } = event {
            (Some(schedule) == changed).then_some(window)
        } else {
            None
        }
    })
}

/// A stage of a request that gives something. What is done lasts as long as was given, whatever was asked for.
fn told(teller: &Teller<'_>, by: &Doer, request: &ScheduleRequest, stage: Stage, about: &About) -> Draft {
    let side = request.side;
    let expiration = request.asked.map_or(AskedExpiration::NotSpecified, |asked| asked.expiration);
    let lasting = match (stage, about.window) {
        (Stage::Completed, Some(given)) => Lasting::of(given),
        (Stage::Completed | Stage::Requested | Stage::Canceled, _) => Lasting::asked(expiration),
    };
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
    by: Option<Doer>,
    id: RequestId,
    (status, cause): (RequestStatus, StatusCause),
) -> Vec<Draft> {
    let Some(request) = teller.request(id) else { return Vec::new() };
    let about = teller.about(&request, None);
    let decided = |name: &str, about: &About| Some(teller.pim(by.as_ref()?, name, OperationType::Update, about));
    let draft = match (status, cause) {
        (RequestStatus::AdminApproved, StatusCause::Approved(given)) => {
            decided(activity::APPROVED_BY_ADMIN, &teller.about(&request, Some(given)))
        }
        (RequestStatus::AdminApproved, _) => decided(activity::APPROVED_BY_ADMIN, &about),
        (RequestStatus::AdminDenied, _) => decided(activity::DENIED_BY_ADMIN, &about),
        (RequestStatus::Canceled, _) => by.map(|by| told(teller, &by, &request, Stage::Canceled, &about)),
        (
            RequestStatus::TimedOut
            | RequestStatus::Denied
            | RequestStatus::Failed
            | RequestStatus::FailedAsResourceIsLocked,
            StatusCause::TimedOut,
        ) => {
            return approvals::timed_out(teller, &about);
        }
        (
            RequestStatus::TimedOut
            | RequestStatus::Denied
            | RequestStatus::Failed
            | RequestStatus::FailedAsResourceIsLocked,
            cause,
        ) => reason(cause).map(|reason| not_given(teller, &request, &about, reason)),
        (
            RequestStatus::Granted
            | RequestStatus::PendingProvisioning
            | RequestStatus::Provisioned
            | RequestStatus::Revoked
            | RequestStatus::PendingApproval
            | RequestStatus::PendingAdminDecision,
            _,
        ) => None,
    };
    draft.into_iter().collect()
}

/// What was asked for is not given.
fn not_given(teller: &Teller<'_>, request: &ScheduleRequest, about: &About, reason: &str) -> Draft {
    let by = teller.asker(request).unwrap_or_else(|| teller.service());
    let stage = if request.action == Action::SelfExtend { Stage::Canceled } else { Stage::Completed };
    told(teller, &by, request, stage, about).failed(reason)
}

/// The service's code for why something is not given (AUD-21); none where another record has told of it, or where nothing
/// has failed.
const fn reason(cause: StatusCause) -> Option<&'static str> {
    let refusal = match cause {
        // An approver's no has its own record, and so has a time-out.
        StatusCause::Denied
        | StatusCause::TimedOut
        | StatusCause::InEffect
        | StatusCause::Approved(_)
        | StatusCause::Canceled => return None,
        StatusCause::AlreadyHeld => Refusal::AlreadyExists,
        StatusCause::Overlaps => Refusal::Overlaps,
        StatusCause::TooShort => Refusal::DurationTooShort,
        StatusCause::PrincipalDeleted => Refusal::PrincipalNotFound,
        StatusCause::LicenseLapsed => Refusal::LicenseRequired,
        StatusCause::ScopeDeleted => Refusal::NotFound,
        StatusCause::ResourceLocked => Refusal::Invalid,
        StatusCause::Removed | StatusCause::Expired | StatusCause::EligibilityEnded => Refusal::DoesNotExist,
    };
    Some(code(&refusal))
}

/// A request that waited was granted; it is done where its window is open.
pub(super) fn granted(teller: &Teller<'_>, number: u64, id: RequestId, status: RequestStatus) -> Vec<Draft> {
    if status != RequestStatus::Provisioned {
        return Vec::new();
    }
    done(teller, id, |request| window_given(teller, number, request))
}

/// The start of a schedule came: now its request is done.
pub(super) fn started(teller: &Teller<'_>, schedule: ScheduleId, window: Window) -> Vec<Draft> {
    done(teller, RequestId(schedule.0), |_| Some(window))
}

fn done(teller: &Teller<'_>, id: RequestId, given: impl FnOnce(&ScheduleRequest) -> Option<Window>) -> Vec<Draft> {
    let Some(request) = teller.request(id) else { return Vec::new() };
    let Some(by) = teller.asker(&request) else { return Vec::new() };
    let about = teller.about(&request, given(&request));
    vec![told(teller, &by, &request, Stage::Completed, &about)]
}
