//! Events of requests and their approvals.

use crate::id::{RequestId, ScheduleId};
use crate::model::{Approval, ApprovalStatus, AskedExpiration, CreatedBy, RequestStatus, Review, ScheduleRequest};
use crate::state::{ApprovalRecord, Creator, NOWHERE, RequestRecord, RequestText, Slot, State, Target, Timer};
use crate::time::Instant;

pub(super) fn create(state: &mut State, at: Instant, request: &ScheduleRequest) {
    let due = never_provisioned_until(request).unwrap_or_else(|| purge_time(state, at, request.status));
    insert(state, request, due);
}

pub(super) fn told(state: &mut State, request: RequestId) {
    if let Some((slot, _)) = state.request_record(request) {
        forget_mail(state, slot);
    }
}

/// When a request of that status, come to it at `at`, is to be purged; one that waits is not (MOD-15, MOD-16).
fn purge_time(state: &State, at: Instant, status: RequestStatus) -> Instant {
    if !status.is_final() {
        return Instant::LAST;
    }
    if status == RequestStatus::Canceled {
        at.plus(state.behaviour.cancelled_request_retention())
    } else {
        at.plus(state.behaviour.request_retention())
    }
}

/// When a request that was granted and makes nothing vanishes: at the end it asked for (ASG-22).
fn never_provisioned_until(request: &ScheduleRequest) -> Option<Instant> {
    let makes_nothing = request.status == RequestStatus::Granted && request.target_schedule.is_none();
    let asked = request.asked.filter(|_| makes_nothing)?;
    match asked.expiration {
        AskedExpiration::NotSpecified | AskedExpiration::NoExpiration => None,
        AskedExpiration::AfterDateTime(end) => Some(end),
        AskedExpiration::AfterDuration(length) => Some(asked.start?.plus(length)),
    }
}

/// The timer that is due for a request at its `due`.
pub(crate) const fn due_timer(status: RequestStatus, slot: Slot) -> Timer {
    match status {
        RequestStatus::PendingApproval => Timer::TimeOut(slot),
        RequestStatus::Granted
        | RequestStatus::PendingProvisioning
        | RequestStatus::Provisioned
        | RequestStatus::Revoked
        | RequestStatus::Canceled
        | RequestStatus::Denied
        | RequestStatus::TimedOut
        | RequestStatus::PendingAdminDecision
        | RequestStatus::AdminApproved
        | RequestStatus::AdminDenied
        | RequestStatus::Failed
        | RequestStatus::FailedAsResourceIsLocked => Timer::Purge(slot),
    }
}

/// Adds a request that times out or is to be purged at `due`.
pub(crate) fn insert(state: &mut State, request: &ScheduleRequest, due: Instant) {
    let Some(principal) = state.directory.slot(request.principal) else { return };
    let place = |id| state.directory.slot(id).unwrap_or(NOWHERE);
    let creator = match request.created_by {
        CreatedBy::User(id) => Creator::User(place(id)),
        CreatedBy::Application(id) => Creator::Application(place(id)),
        CreatedBy::SetUp => Creator::SetUp,
        CreatedBy::Service => Creator::Service,
    };
    let text = RequestText {
        justification: request.justification.clone(),
        ticket: request.ticket.clone(),
        details: request.details.clone(),
    };
    let has_text = text != RequestText::default();
    let record = RequestRecord {
        id: request.id,
        created: request.created,
        completed: request.completed.unwrap_or(Instant::FIRST),
        due,
        asked: request.asked,
        text: has_text.then(|| Box::new(text)),
        target: target(request.id, request.target_schedule),
        creator,
        principal,
        privilege: state.privileges.intern(request.privilege),
        side: request.side,
        action: request.action,
        status: request.status,
    };
    let slot = state.requests.insert(record);
    if due != Instant::LAST {
        state.timers.set(due, due_timer(request.status, slot));
    }
}

fn target(request: RequestId, schedule: Option<ScheduleId>) -> Target {
    match schedule {
        None => Target::Nothing,
        Some(schedule) if schedule == ScheduleId::from(request) => Target::Own,
        Some(schedule) => Target::Other(schedule),
    }
}

/// A decision also completes the request; what was granted for later keeps the start that it was told.
pub(super) fn change_status(state: &mut State, at: Instant, request: RequestId, status: RequestStatus) {
    let Some(slot) = state.requests.records.find(request.0) else { return };
    let due = purge_time(state, at, status);
    set_due(state, slot, status, due);
    let is_open = state.requests.records.get(slot).is_some_and(|it| it.completed == Instant::FIRST);
    if is_open && is_decision(status) {
        state.requests.complete(slot, at);
    }
    close_approval(state, at, slot, status);
}

/// Where a request goes on reading `Granted` after its start has come (REQ-52), it is history from then on and purged like one
/// that is called `Provisioned` (MOD-15).
pub(super) fn begun(state: &mut State, at: Instant, schedule: ScheduleId) {
    if state.behaviour.granted_becomes_provisioned {
        return;
    }
    let granted = state.request_record(RequestId(schedule.0)).filter(|(_, it)| it.status == RequestStatus::Granted);
    if let Some((slot, _)) = granted {
        let due = at.plus(state.behaviour.request_retention());
        set_due(state, slot, RequestStatus::Granted, due);
    }
}

/// Whether a status is somebody's or something's decision on what waited.
const fn is_decision(status: RequestStatus) -> bool {
    match status {
        RequestStatus::Denied
        | RequestStatus::TimedOut
        | RequestStatus::AdminApproved
        | RequestStatus::AdminDenied
        | RequestStatus::Failed
        | RequestStatus::FailedAsResourceIsLocked => true,
        RequestStatus::Granted
        | RequestStatus::PendingProvisioning
        | RequestStatus::Provisioned
        | RequestStatus::Revoked
        | RequestStatus::Canceled
        | RequestStatus::PendingApproval
        | RequestStatus::PendingAdminDecision => false,
    }
}

/// Moves a request to another status, with its time-out or purge due at `due`.
fn set_due(state: &mut State, slot: Slot, status: RequestStatus, due: Instant) {
    let Some(record) = state.requests.records.get_mut(slot) else { return };
    let (before, due_before) = (record.status, record.due);
    record.due = due;
    state.timers.clear(due_before, due_timer(before, slot));
    state.requests.set_status(slot, status);
    if due != Instant::LAST {
        state.timers.set(due, due_timer(status, slot));
    }
}

pub(super) fn grant(
    state: &mut State,
    at: Instant,
    request: RequestId,
    (status, start, schedule): (RequestStatus, Instant, ScheduleId),
) {
    let Some(slot) = state.requests.records.find(request.0) else { return };
    let due = purge_time(state, at, status);
    set_due(state, slot, status, due);
    state.requests.complete(slot, start);
    if let Some(record) = state.requests.records.get_mut(slot) {
        record.target = target(request, Some(schedule));
        if let Some(asked) = &mut record.asked {
            asked.start = Some(start);
        }
    }
    close_approval(state, at, slot, status);
}

pub(super) fn purge(state: &mut State, request: RequestId) {
    let Some(slot) = state.requests.records.find(request.0) else { return };
    forget_mail(state, slot);
    state.approvals.remove(slot);
    if let Some(record) = state.requests.remove(slot) {
        state.timers.clear(record.due, due_timer(record.status, slot));
    }
}

/// Adds the approval of a request. One that is over waits for nothing.
pub(crate) fn open_approval(state: &mut State, approval: &Approval) {
    let Some(slot) = state.requests.records.find(approval.request.0) else { return };
    let is_open = approval.status == ApprovalStatus::InProgress;
    let mail_due = approval.mail_due.filter(|_| is_open).unwrap_or(Instant::LAST);
    let record = ApprovalRecord {
        places: approval.approvers.iter().filter_map(|it| state.directory.slot(it.id)).collect(),
        approvers: approval.approvers.clone(),
        is_justification_required: approval.is_justification_required,
        expires: approval.expires,
        mail_due,
        status: approval.status,
        review: approval.review.clone(),
    };
    state.approvals.insert(slot, record);
    if mail_due != Instant::LAST {
        state.timers.set(mail_due, Timer::TellApprovers(slot));
    }
    if is_open {
        set_due(state, slot, RequestStatus::PendingApproval, approval.expires);
    }
}

pub(super) fn review_approval(state: &mut State, request: RequestId, review: &Review) {
    let Some(slot) = state.requests.records.find(request.0) else { return };
    if let Some(record) = state.approvals.get_mut(slot) {
        record.review = Some(review.clone());
        record.status = ApprovalStatus::Completed;
    }
    forget_mail(state, slot);
}

/// Once its request does not wait any more, an approval is over: expired where time is out, whatever the request is called
/// then (APR-7).
fn close_approval(state: &mut State, at: Instant, slot: Slot, status: RequestStatus) {
    let Some(record) = state.approvals.get_mut(slot).filter(|it| it.status == ApprovalStatus::InProgress) else {
        return;
    };
    if status == RequestStatus::PendingApproval {
        return;
    }
    record.status = if at < record.expires { ApprovalStatus::Completed } else { ApprovalStatus::Expired };
    forget_mail(state, slot);
}

/// The mail about a request that waits will not be sent any more (NOT-20).
fn forget_mail(state: &mut State, slot: Slot) {
    if let Some(record) = state.approvals.get_mut(slot) {
        let before = std::mem::replace(&mut record.mail_due, Instant::LAST);
        state.timers.clear(before, Timer::TellApprovers(slot));
    }
}
