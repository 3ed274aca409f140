//! `adminUpdate` and `adminExtend`: an administrator changes the window of an assignment.

use super::admin_assign::{settle_waiting, within_policy};
use super::grant::{Standing, mint, requested};
use super::{Context, Decision, guard, protection, window};
use crate::command::Ask;
use crate::event::Event;
use crate::family;
use crate::id::ScheduleId;
use crate::model::{Action, AskedExpiration, RequestStatus, ScheduleDetails, ScheduleKind, SchedulePhase, Window};
use crate::rejection::{Rejection, ScheduleFault};
use crate::state::{ScheduleRecord, Slot};

crate::implements!["ASG-13", "ASG-14", "ASG-21", "UNC-3", "EXT-3", "MOD-14", "AZR-4"];

/// What the change would do. A running assignment keeps its start unless a later one is asked for.
pub(super) fn decide(context: &mut Context<'_>, ask: &Ask) -> Result<Decision, Rejection> {
    let (mut asked, resolved) = window::resolve(context.now, ask.schedule, None)?;
    let principal = guard::present(context.state, ask.principal)?;
    if ask.action == Action::AdminUpdate {
        guard::none_pending(context.state, principal, ask)?;
    }
    let (slot, record) = guard::subject(context, principal, ask)?;
    match record.kind {
        // An activation is not an assignment that anybody could lengthen (ACT-13).
        ScheduleKind::Activated => return Err(Rejection::DoesNotExist),
        ScheduleKind::Eligibility | ScheduleKind::Assigned | ScheduleKind::AssignedOutside => {}
    }
    let runs_on = record.is_open(context.now) && resolved.start <= context.now;
    let window = if runs_on { Window { start: record.start, end: resolved.end } } else { resolved };
    if runs_on {
        // What is stored says the end that was meant: a duration counts from now, and not from the start that is kept.
        asked.expiration = window.end.map_or(AskedExpiration::NoExpiration, AskedExpiration::AfterDateTime);
    }
    asked.start = Some(window.start);
    let changes = moved(context, (slot, record), ask, window)?;
    let settled =
        if ask.action == Action::AdminExtend { settle_waiting(context, principal, ask, window) } else { Vec::new() };
    let id = mint(context, ask);
    // What is asked for is done, also where the window opens later: the request that made the schedule waits for that.
    // What still waits for its start keeps the id by which that request finds it.
    let changes_id =
        runs_on && ask.action == Action::AdminUpdate && family::updates_change_ids(context.state, ask.privilege);
    let target = if changes_id { ScheduleId::from(id) } else { record.id };
    let standing = Standing {
        status: RequestStatus::Provisioned,
        completed: Some(context.now),
        asked: Some(asked),
        target: Some(target),
    };
    let mut decision = requested(context, id, ask, standing);
    decision.events.extend(changes);
    decision.events.extend(other_condition(context, record, ask));
    decision.events.extend(changes_id.then_some(Event::ScheduleIdChanged { schedule: record.id, id: target }));
    decision.events.extend(settled);
    Ok(decision)
}

/// The condition that is asked for, where it is another than before (AZR-4).
fn other_condition(context: &Context<'_>, record: &ScheduleRecord, ask: &Ask) -> Option<Event> {
    let condition = ask.details.as_ref()?.condition.clone()?;
    let before = context.state.schedules.details.get(&record.id).map(|it| (**it).clone()).unwrap_or_default();
    if before.condition.as_ref() == Some(&condition) {
        return None;
    }
    let details = Box::new(ScheduleDetails { condition: Some(condition), ..before });
    Some(Event::ScheduleDetailsSet { schedule: record.id, details })
}

/// What giving an assignment another window brings about, if it may have it.
pub(super) fn moved(
    context: &Context<'_>,
    (slot, record): (Slot, &ScheduleRecord),
    ask: &Ask,
    window: Window,
) -> Result<Vec<Event>, Rejection> {
    let Context { state, now, .. } = *context;
    let extends = ask.action == Action::AdminExtend;
    if extends {
        later(record, window)?;
    }
    undisturbed(context, slot, ask, window)?;
    guard::long_enough(window)?;
    if record.is_open(now) && window.start > now {
        // To be put off is to be taken away until then.
        protection::may_go(context, record)?;
    }
    within_policy(context, ask, if extends { from_now(context, window) } else { window })?;
    let mut events = vec![Event::ScheduleChanged { schedule: record.id, window }];
    if record.phase == SchedulePhase::Scheduled && window.start <= now {
        // What is changed to run from now on has begun.
        events.extend(super::begun(state, record));
    }
    events.extend(shortened_activations(context, slot, window, state.behaviour.activation_capped_by_eligibility));
    Ok(events)
}

/// An extension ends later than what it extends; what never ends has nothing to extend (EXT-10).
pub(super) fn later(record: &ScheduleRecord, window: Window) -> Result<(), Rejection> {
    let is_later = match (record.window().end, window.end) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(old), Some(new)) => new > old,
    };
    if is_later { Ok(()) } else { Err(Rejection::InvalidSchedule(ScheduleFault::NotLater)) }
}

/// The time that an extension gives, which is what the maximum binds (EXT-14): what has passed is not given again.
fn from_now(context: &Context<'_>, window: Window) -> Window {
    Window { start: window.start.max(context.now), ..window }
}

/// No other window of the same may overlap the changed one (ASG-8).
fn undisturbed(context: &Context<'_>, slot: Slot, ask: &Ask, window: Window) -> Result<(), Rejection> {
    let principal = guard::present(context.state, ask.principal)?;
    let mut others = guard::on_side(context.state, context.now, principal, ask.privilege, ask.side);
    match others.find(|(other, it)| *other != slot && it.window().overlaps(window)) {
        Some((_, record)) => Err(Rejection::OverlapsScheduled { schedule: record.id }),
        None => Ok(()),
    }
}

/// The activations that would outlive a shortened eligibility end with it (ASG-21), if they are `capped`; where one has not
/// begun by then, it ends at once.
pub(super) fn shortened_activations(
    context: &Context<'_>,
    eligibility: Slot,
    window: Window,
    capped: bool,
) -> Vec<Event> {
    let Context { state, now, .. } = *context;
    (state.schedules.activations_of(eligibility))
        .filter_map(|slot| state.schedules.records.get(slot))
        .flat_map(|activation| {
            let begins_inside =
                window.start <= activation.start.max(now) && window.end.is_none_or(|end| activation.start < end);
            match window.end {
                _ if activation.phase == SchedulePhase::Scheduled && !begins_inside => {
                    super::ended(state, activation, crate::event::EndCause::EligibilityEnded)
                }
                Some(end) if capped && end < activation.end => {
                    let window = Window { start: activation.start, end: Some(end) };
                    vec![Event::ScheduleChanged { schedule: activation.id, window }]
                }
                Some(_) | None => Vec::new(),
            }
        })
        .collect()
}
