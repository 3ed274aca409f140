//! What happens by itself when a timer is due.

pub(crate) mod access_reviews;

pub(crate) use access_reviews::{later, next_stage};

use crate::alert::scan;
use crate::apply::WEEK;
use crate::decide::{begun, ended, extended_no_more, protection, renewed_no_more};
use crate::event::{DirectoryEvent, EndCause, Event, StatusCause};
use crate::family;
use crate::id::RequestId;
use crate::model::{ScheduleKind, SchedulePhase};
use crate::state::{ScheduleRecord, Slot, State, Timer};
use crate::time::{Instant, Length};

crate::implements![
    "ASG-17", "ACT-16", "ACT-21", "REQ-52", "REQ-56", "REQ-60", "GA-5", "GA-10", "MOD-15", "MOD-16", "ASG-18", "UNC-2",
    "APR-4", "APR-5", "APR-7", "UNC-6", "LAT-7", "NOT-15", "NOT-16", "ASG-28"
];

/// How many of what is due at one instant is done at once; the rest is due yet, and whoever holds the machine may pause before.
const AT_ONCE: usize = 100;

/// Adds the events of a timer that is due at `at`. Applying them takes the timer away.
pub(crate) fn fire(state: &State, at: Instant, timer: Timer, events: &mut Vec<Event>) {
    let (schedules, requests) = (&state.schedules.records, &state.requests.records);
    match timer {
        Timer::End(slot) => schedules.get(slot).into_iter().for_each(|it| end(state, at, (slot, it), events)),
        Timer::Start(slot) => events.extend(schedules.get(slot).into_iter().flat_map(|it| start(state, at, slot, it))),
        Timer::Forget(slot) => events.extend(schedules.get(slot).into_iter().flat_map(|it| forgotten(state, it))),
        Timer::Purge(slot) => events.extend(requests.get(slot).map(|it| Event::RequestPurged(it.id))),
        Timer::PurgeApplications => {
            let due = state.directory.deleted_applications.iter().filter(|(_, it)| it.purged <= at).take(AT_ONCE);
            events.extend(due.map(|(id, _)| DirectoryEvent::ApplicationPurged(*id).into()));
        }
        Timer::TimeOut(slot) => events.extend(requests.get(slot).map(|it| timed_out(state, it.id))),
        Timer::TellApprovers(slot) => events.extend(requests.get(slot).map(|it| Event::ApproversTold(it.id))),
        Timer::Remind(slot) => events.extend(schedules.get(slot).map(|it| nears(at, it))),
        Timer::PurgeDeleted => {
            let due = state.directory.deleted.due(at).take(AT_ONCE);
            events.extend(due.map(|id| DirectoryEvent::PrincipalPurged(id).into()));
        }
        Timer::AccessReviews => access_reviews::fire(state, at, events),
        Timer::Week => events.push(Event::WeekEnded { next: at.plus(WEEK) }),
        Timer::Scan => events.extend(scan::by_itself(state, at)),
    }
}

/// Nobody decided in time: silence never grants (APR-4, APR-5, APR-7).
const fn timed_out(state: &State, request: RequestId) -> Event {
    let status = state.behaviour.approval_time_out_status.status();
    Event::RequestStatusChanged { request, status, cause: StatusCause::TimedOut }
}

/// An expired assignment can be renewed no longer (ASG-18), and with the last one goes what waits for it.
fn forgotten(state: &State, record: &ScheduleRecord) -> Vec<Event> {
    std::iter::once(Event::ScheduleForgotten(record.id)).chain(renewed_no_more(state, record)).collect()
}

/// The end of an assignment is 14 days or one day away (NOT-16).
fn nears(at: Instant, record: &ScheduleRecord) -> Event {
    let days = record.end.since(at).milliseconds() / Length::days(1).milliseconds();
    Event::EndNears { schedule: record.id, days: u8::try_from(days).unwrap_or(u8::MAX) }
}

/// The end of a window: it goes (ASG-17), unless it is the last of its kind (GA-5, GA-10). With an eligibility goes what was
/// to begin out of it, and what was activated while its end was held back (UNC-2); with either what waited to be extended.
fn end(state: &State, at: Instant, (slot, record): (Slot, &ScheduleRecord), events: &mut Vec<Event>) {
    if let Some(again) = protection::held_back_until(state, at, record) {
        events.push(Event::EndHeldBack {
            schedule: record.id,
            again,
            principal: state.directory.id(record.principal),
            privilege: state.privileges.get(record.privilege),
            kind: record.kind,
            window: record.window(),
        });
        return;
    }
    if record.kind == ScheduleKind::Eligibility {
        let capped = state.behaviour.activation_capped_by_eligibility;
        let going = (state.schedules.activations_of(slot))
            .filter_map(|activation| state.schedules.records.get(activation))
            .filter(|activation| activation.phase == SchedulePhase::Scheduled || (capped && activation.end > at));
        events.extend(going.flat_map(|activation| ended(state, activation, EndCause::EligibilityEnded)));
    }
    events.extend(gone(state, record, EndCause::Expired));
}

/// A schedule ends by itself, and nobody can extend it any more.
fn gone(state: &State, record: &ScheduleRecord, cause: EndCause) -> impl Iterator<Item = Event> {
    ended(state, record, cause).into_iter().chain(extended_no_more(state, record))
}

/// The start of a window: its instance appears (REQ-51), or it fails because the principal holds the privilege already
/// (ACT-16), or a lock forbids changes there (AZR-10).
fn start(state: &State, at: Instant, slot: Slot, record: &ScheduleRecord) -> Vec<Event> {
    let taken = (state.schedules.at(state.schedules.of_principal(record.principal))).any(|(other, it)| {
        other != slot
            && it.privilege == record.privilege
            && it.side() == record.side()
            && it.phase != SchedulePhase::Scheduled
            && it.is_open(at)
    });
    if taken {
        return gone(state, record, EndCause::CouldNotStart).collect();
    }
    if family::not_locked(state, state.privileges.get(record.privilege), record.side(), true).is_err() {
        return gone(state, record, EndCause::ResourceLocked).collect();
    }
    let started = Event::ScheduleStarted { schedule: record.id, window: record.window() };
    std::iter::once(started).chain(begun(state, record)).collect()
}
