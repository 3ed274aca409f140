//! The only code that changes the state. Every event can be applied: what would not fit was refused before.

use crate::event::{EndCause, Event};
use crate::id::{RequestId, ScheduleId};
use crate::model::{
    AskedExpiration, CreatedBy, Principal, RequestStatus, Schedule, ScheduleKind, SchedulePhase, ScheduleRequest,
    Window,
};
use crate::state::{Creator, NOWHERE, RequestRecord, RequestText, ScheduleRecord, Slot, State, Target, Timer};
use crate::time::{Instant, Length};

crate::implements!["MOD-15", "MOD-16", "ASG-15", "ASG-18", "ASG-22", "REQ-58", "UNC-16"];

/// How long an expired assignment can be renewed (ASG-18).
pub(crate) const RENEWABLE_FOR: Length = Length::days(30);

/// Makes `state` what it is after `event` happened at `at`.
pub(crate) fn apply(state: &mut State, at: Instant, event: &Event) {
    match event {
        Event::TenantCreated(tenant) => state.tenant = Some((**tenant).clone()),
        Event::BehaviourChanged(behaviour) => state.behaviour = (**behaviour).clone(),
        Event::RequestCreated(request) => {
            let purge = never_provisioned_until(request).unwrap_or_else(|| purge_time(state, at, request.status));
            insert_request(state, request, purge);
        }
        Event::RequestStatusChanged { request, status } => change_status(state, at, *request, *status),
        Event::RequestPurged(request) => purge_request(state, *request),
        Event::ScheduleCreated(schedule) => {
            insert_schedule(state, schedule, schedule.window.end.unwrap_or(Instant::LAST));
        }
        Event::ScheduleChanged { schedule, window } => change_window(state, at, *schedule, *window),
        Event::ScheduleStarted(schedule) => {
            if let Some(slot) = state.schedule_slot(*schedule) {
                start(state, slot);
            }
        }
        Event::EndHeldBack { schedule, again } => {
            if let Some(slot) = state.schedule_slot(*schedule) {
                set_phase(state, slot, SchedulePhase::Held, *again);
            }
        }
        Event::ScheduleEnded { schedule, cause } => end(state, at, *schedule, *cause),
        Event::ScheduleForgotten(schedule) => {
            if let Some(slot) = state.schedule_slot(*schedule) {
                remove_schedule(state, slot);
            }
        }
        Event::UserCreated(_)
        | Event::GroupCreated(_)
        | Event::ServicePrincipalCreated(_)
        | Event::ApplicationCreated(_)
        | Event::AdministrativeUnitCreated(_)
        | Event::MemberAdded { .. }
        | Event::MemberRemoved { .. }
        | Event::OwnerAdded { .. }
        | Event::PrincipalDeleted(_)
        | Event::ApplicationDeleted(_)
        | Event::RoleDefinitionCreated(_)
        | Event::RoleDefinitionUpdated(_)
        | Event::RoleDefinitionDeleted(_) => apply_to_directory(state, event),
    }
}

/// The events of the directory.
fn apply_to_directory(state: &mut State, event: &Event) {
    let directory = &mut state.directory;
    match event {
        Event::UserCreated(user) => directory.insert(Principal::User((**user).clone())),
        Event::GroupCreated(group) => directory.insert(Principal::Group((**group).clone())),
        Event::ServicePrincipalCreated(it) => directory.insert(Principal::ServicePrincipal((**it).clone())),
        Event::ApplicationCreated(application) => {
            directory.applications.insert(application.id, (**application).clone());
        }
        Event::AdministrativeUnitCreated(unit) => {
            directory.administrative_units.insert(unit.id, (**unit).clone());
        }
        Event::MemberAdded { group, member } | Event::MemberRemoved { group, member } => {
            let is_member = matches!(event, Event::MemberAdded { .. });
            if let (Some(group), Some(member)) = (directory.slot(*group), directory.slot(*member)) {
                directory.set_member(group, member, is_member);
            }
        }
        Event::OwnerAdded { group, owner } => {
            if let (Some(group), Some(owner)) = (directory.slot(*group), directory.slot(*owner)) {
                directory.set_owner(group, owner, true);
            }
        }
        Event::PrincipalDeleted(id) => directory.remove(*id),
        Event::ApplicationDeleted(id) => {
            directory.applications.remove(id);
        }
        Event::RoleDefinitionCreated(role) | Event::RoleDefinitionUpdated(role) => {
            directory.custom_roles.insert(role.id, (**role).clone());
        }
        Event::RoleDefinitionDeleted(id) => {
            directory.custom_roles.remove(id);
        }
        Event::TenantCreated(_)
        | Event::BehaviourChanged(_)
        | Event::RequestCreated(_)
        | Event::RequestStatusChanged { .. }
        | Event::RequestPurged(_)
        | Event::ScheduleCreated(_)
        | Event::ScheduleChanged { .. }
        | Event::ScheduleStarted(_)
        | Event::EndHeldBack { .. }
        | Event::ScheduleEnded { .. }
        | Event::ScheduleForgotten(_) => {}
    }
}

/// When a request of that status, come to it at `at`, is to be purged; one that waits is not (MOD-15, MOD-16).
fn purge_time(state: &State, at: Instant, status: RequestStatus) -> Instant {
    match status {
        RequestStatus::Granted | RequestStatus::PendingAdminDecision => Instant::LAST,
        RequestStatus::Canceled => at.plus(state.behaviour.cancelled_request_retention()),
        RequestStatus::Provisioned | RequestStatus::Revoked | RequestStatus::Failed => {
            at.plus(state.behaviour.request_retention())
        }
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

/// Adds a request that is to be purged at `purge`.
pub(crate) fn insert_request(state: &mut State, request: &ScheduleRequest, purge: Instant) {
    let Some(principal) = state.directory.slot(request.principal) else { return };
    let place = |id| state.directory.slot(id).unwrap_or(NOWHERE);
    let creator = match request.created_by {
        CreatedBy::User(id) => Creator::User(place(id)),
        CreatedBy::Application(id) => Creator::Application(place(id)),
        CreatedBy::SetUp => Creator::SetUp,
    };
    let text = RequestText { justification: request.justification.clone(), ticket: request.ticket.clone() };
    let record = RequestRecord {
        id: request.id,
        created: request.created,
        completed: request.completed.unwrap_or(Instant::FIRST),
        purge,
        asked: request.asked,
        text: (text != RequestText::default()).then(|| Box::new(text)),
        target: match request.target_schedule {
            None => Target::Nothing,
            Some(schedule) if schedule == ScheduleId::from(request.id) => Target::Own,
            Some(schedule) => Target::Other(schedule),
        },
        creator,
        principal,
        privilege: state.privileges.intern(request.privilege),
        side: request.side,
        action: request.action,
        status: request.status,
    };
    let slot = state.requests.insert(record);
    if purge != Instant::LAST {
        state.timers.set(purge, Timer::Purge(slot));
    }
}

fn change_status(state: &mut State, at: Instant, request: RequestId, status: RequestStatus) {
    let Some(slot) = state.requests.records.find(request.0) else { return };
    let purge = purge_time(state, at, status);
    state.requests.set_status(slot, status);
    if let Some(record) = state.requests.records.get_mut(slot) {
        let before = std::mem::replace(&mut record.purge, purge);
        state.timers.clear(before, Timer::Purge(slot));
    }
    if purge != Instant::LAST {
        state.timers.set(purge, Timer::Purge(slot));
    }
}

fn purge_request(state: &mut State, request: RequestId) {
    let Some(slot) = state.requests.records.find(request.0) else { return };
    if let Some(record) = state.requests.remove(slot) {
        state.timers.clear(record.purge, Timer::Purge(slot));
    }
}

/// Adds a schedule whose end, or whose forgetting, is due at `due`.
pub(crate) fn insert_schedule(state: &mut State, schedule: &Schedule, due: Instant) {
    let Some(principal) = state.directory.slot(schedule.principal) else { return };
    let record = ScheduleRecord {
        id: schedule.id,
        start: schedule.window.start,
        end: schedule.window.end.unwrap_or(Instant::LAST),
        created: schedule.created,
        modified: schedule.modified.unwrap_or(Instant::FIRST),
        due,
        principal,
        privilege: state.privileges.intern(schedule.privilege),
        eligibility: schedule.activated_using.and_then(|id| state.schedule_slot(id)).unwrap_or(NOWHERE),
        kind: schedule.kind,
        phase: schedule.phase,
    };
    let (start, phase) = (record.start, record.phase);
    let slot = state.schedules.insert(record);
    if phase == SchedulePhase::Scheduled {
        state.timers.set(start, Timer::Start(slot));
    }
    if due != Instant::LAST {
        state.timers.set(due, State::due_timer(phase, slot));
    }
}

/// Moves a schedule to another phase, with its end or forgetting due at `due`.
fn set_phase(state: &mut State, slot: Slot, phase: SchedulePhase, due: Instant) {
    let Some(record) = state.schedules.records.get_mut(slot) else { return };
    let (before, due_before) = (record.phase, record.due);
    record.phase = phase;
    record.due = due;
    if before == SchedulePhase::Scheduled {
        state.timers.clear(record.start, Timer::Start(slot));
    }
    state.timers.clear(due_before, State::due_timer(before, slot));
    if phase == SchedulePhase::Scheduled {
        state.timers.set(record.start, Timer::Start(slot));
    }
    if due != Instant::LAST {
        state.timers.set(due, State::due_timer(phase, slot));
    }
}

fn start(state: &mut State, slot: Slot) {
    if let Some(record) = state.schedules.records.get(slot) {
        let due = record.due;
        set_phase(state, slot, SchedulePhase::Open, due);
    }
}

fn change_window(state: &mut State, at: Instant, schedule: ScheduleId, window: Window) {
    let Some(slot) = state.schedule_slot(schedule) else { return };
    let Some(record) = state.schedules.records.get_mut(slot) else { return };
    let old_start = record.start;
    state.timers.clear(old_start, Timer::Start(slot));
    record.start = window.start;
    record.end = window.end.unwrap_or(Instant::LAST);
    record.modified = at;
    let due = record.end;
    let phase = if window.start > at { SchedulePhase::Scheduled } else { SchedulePhase::Open };
    set_phase(state, slot, phase, due);
}

fn end(state: &mut State, at: Instant, schedule: ScheduleId, cause: EndCause) {
    let Some(slot) = state.schedule_slot(schedule) else { return };
    let renewable = cause == EndCause::Expired
        && state.schedules.records.get(slot).is_some_and(|record| match record.kind {
            ScheduleKind::Eligibility | ScheduleKind::Assigned | ScheduleKind::AssignedOutside => true,
            ScheduleKind::Activated => false,
        });
    if renewable {
        state.schedules.release_activations(slot);
        set_phase(state, slot, SchedulePhase::Expired, at.plus(RENEWABLE_FOR));
    } else {
        remove_schedule(state, slot);
    }
}

fn remove_schedule(state: &mut State, slot: Slot) {
    if let Some(record) = state.schedules.remove(slot) {
        state.timers.clear(record.start, Timer::Start(slot));
        state.timers.clear(record.due, State::due_timer(record.phase, slot));
    }
}
