//! Events of schedules.

use super::{RENEWABLE_FOR, due_timer, requests};
use crate::event::EndCause;
use crate::id::ScheduleId;
use crate::model::{AssignmentKind, Privilege, Schedule, ScheduleDetails, ScheduleKind, SchedulePhase, Window};
use crate::state::{NOWHERE, ScheduleRecord, Slot, State, Timer};
use crate::time::{Instant, Length};

/// How long before its end the holder of an assignment is told, twice (NOT-16).
pub(crate) const REMINDERS: [Length; 2] = [Length::days(14), Length::days(1)];

pub(super) fn create(state: &mut State, at: Instant, schedule: &Schedule) {
    let due = next_due(schedule.kind, (schedule.window.start, schedule.window.end.unwrap_or(Instant::LAST)), at);
    insert(state, schedule, due);
    if schedule.phase == SchedulePhase::Open {
        activated(state, schedule.id);
    }
}

/// Remembers of an eligibility that it is used, and since when (ALR-12).
fn activated(state: &mut State, activation: ScheduleId) {
    let Some(record) = state.schedule_slot(activation).and_then(|slot| state.schedules.records.get(slot)) else {
        return;
    };
    let (start, eligibility) = (record.start, record.eligibility);
    if let Some(eligibility) = state.schedules.records.get_mut(eligibility) {
        eligibility.last_activation = eligibility.last_activation.max(start);
    }
}

pub(super) fn hold_back(state: &mut State, schedule: ScheduleId, again: Instant) {
    if let Some(slot) = state.schedule_slot(schedule) {
        set_phase(state, slot, SchedulePhase::Held, again);
    }
}

pub(super) fn reminded(state: &mut State, at: Instant, schedule: ScheduleId) {
    let Some(slot) = state.schedule_slot(schedule) else { return };
    if let Some(record) = state.schedules.records.get(slot) {
        let (phase, due) = (record.phase, next_due(record.kind, (record.start, record.end), at));
        set_phase(state, slot, phase, due);
    }
}

pub(super) fn set_details(state: &mut State, schedule: ScheduleId, details: &ScheduleDetails) {
    if state.schedule_slot(schedule).is_some() {
        state.schedules.details.insert(schedule, Box::new(details.clone()));
    }
}

pub(super) fn forget(state: &mut State, schedule: ScheduleId) {
    if let Some(slot) = state.schedule_slot(schedule) {
        remove(state, slot);
    }
}

/// What comes next after `at` for a schedule from `start` to `end`: a reminder of its end, or the end. Activations are too
/// short to be reminded of, and nobody is reminded of what has not begun.
fn next_due(kind: ScheduleKind, (start, end): (Instant, Instant), at: Instant) -> Instant {
    let mut reminders = REMINDERS.iter().map(|before| end.minus(*before));
    match kind {
        ScheduleKind::Eligibility | ScheduleKind::Assigned | ScheduleKind::AssignedOutside if end != Instant::LAST => {
            reminders.find(|reminder| *reminder > at && *reminder >= start).unwrap_or(end)
        }
        ScheduleKind::Eligibility
        | ScheduleKind::Assigned
        | ScheduleKind::AssignedOutside
        | ScheduleKind::Activated => end,
    }
}

/// Adds a schedule of which the next thing is due at `due`.
pub(crate) fn insert(state: &mut State, schedule: &Schedule, due: Instant) {
    let Some(principal) = state.directory.slot(schedule.principal) else { return };
    let record = ScheduleRecord {
        id: schedule.id,
        start: schedule.window.start,
        end: schedule.window.end.unwrap_or(Instant::LAST),
        created: schedule.created,
        modified: schedule.modified.unwrap_or(Instant::FIRST),
        due,
        last_activation: Instant::FIRST,
        principal,
        privilege: state.privileges.intern(schedule.privilege),
        eligibility: schedule.activated_using.and_then(|id| state.schedule_slot(id)).unwrap_or(NOWHERE),
        kind: schedule.kind,
        phase: schedule.phase,
    };
    let (start, end, phase) = (record.start, record.end, record.phase);
    if let Some(details) = &schedule.details {
        state.schedules.details.insert(schedule.id, details.clone());
    }
    let counted = counted(&record);
    let slot = state.schedules.insert(record);
    if let Some(privilege) = counted {
        count(state, privilege, true);
    }
    if phase == SchedulePhase::Scheduled {
        state.timers.set(start, Timer::Start(slot));
    }
    if due != Instant::LAST {
        state.timers.set(due, due_timer(phase, due, end, slot));
    }
}

/// The privilege of a schedule that counts as an active assignment: what has expired does not.
fn counted(record: &ScheduleRecord) -> Option<Slot> {
    (record.side() == AssignmentKind::Assignment && record.phase != SchedulePhase::Expired).then_some(record.privilege)
}

/// Azure counts active assignments (AZR-13).
fn count(state: &mut State, privilege: Slot, is_there: bool) {
    match state.privileges.get(privilege) {
        Privilege::AzureRole { scope, .. } => state.azure.count_assignment(scope, is_there),
        Privilege::DirectoryRole { .. } | Privilege::Group { .. } => {}
    }
}

/// Moves a schedule to another phase, with the next thing due at `due`.
fn set_phase(state: &mut State, slot: Slot, phase: SchedulePhase, due: Instant) {
    let changed = state.schedules.change(slot, |record| {
        let before = (record.phase, record.due);
        let counted_before = counted(record);
        (record.phase, record.due) = (phase, due);
        (before, record.start, record.end, counted_before.filter(|_| counted(record).is_none()))
    });
    let Some(((before, due_before), start, end, ceased)) = changed else { return };
    if let Some(privilege) = ceased {
        count(state, privilege, false);
    }
    if before == SchedulePhase::Scheduled {
        state.timers.clear(start, Timer::Start(slot));
    }
    state.timers.clear(due_before, due_timer(before, due_before, end, slot));
    if phase == SchedulePhase::Scheduled {
        state.timers.set(start, Timer::Start(slot));
    }
    if due != Instant::LAST {
        state.timers.set(due, due_timer(phase, due, end, slot));
    }
}

pub(super) fn start(state: &mut State, at: Instant, schedule: ScheduleId) {
    let Some(slot) = state.schedule_slot(schedule) else { return };
    if let Some(record) = state.schedules.records.get(slot) {
        let due = record.due;
        set_phase(state, slot, SchedulePhase::Open, due);
        activated(state, schedule);
        requests::begun(state, at, schedule);
    }
}

pub(super) fn change_window(state: &mut State, at: Instant, schedule: ScheduleId, window: Window) {
    let Some(slot) = state.schedule_slot(schedule) else { return };
    let Some(record) = state.schedules.records.get(slot) else { return };
    let (before, kind) = (record.phase, record.kind);
    state.timers.clear(record.start, Timer::Start(slot));
    state.timers.clear(record.due, due_timer(before, record.due, record.end, slot));
    let (start, end) = (window.start, window.end.unwrap_or(Instant::LAST));
    let phase = if start > at { SchedulePhase::Scheduled } else { SchedulePhase::Open };
    state.schedules.change(slot, |record| {
        (record.start, record.end, record.modified) = (start, end, at);
        record.phase = phase;
    });
    set_phase(state, slot, phase, next_due(kind, (start, end), at));
    if before == SchedulePhase::Scheduled && phase == SchedulePhase::Open {
        requests::begun(state, at, schedule);
    }
}

pub(super) fn change_id(state: &mut State, schedule: ScheduleId, id: ScheduleId) {
    if let Some(slot) = state.schedule_slot(schedule) {
        state.schedules.records.change_id(slot, |record| record.id = id);
        if let Some(details) = state.schedules.details.remove(&schedule) {
            state.schedules.details.insert(id, details);
        }
    }
}

pub(super) fn end(state: &mut State, at: Instant, schedule: ScheduleId, cause: EndCause) {
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
        remove(state, slot);
    }
}

fn remove(state: &mut State, slot: Slot) {
    if let Some(record) = state.schedules.remove(slot) {
        if let Some(privilege) = counted(&record) {
            count(state, privilege, false);
        }
        state.timers.clear(record.start, Timer::Start(slot));
        state.timers.clear(record.due, due_timer(record.phase, record.due, record.end, slot));
    }
}
