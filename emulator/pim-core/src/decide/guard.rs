//! Guards: what must be there, and what must not be there yet.

use super::{Context, onboarding};
use crate::command::Ask;
use crate::family;
use crate::id::{PrincipalId, RequestId, ScheduleId};
use crate::model::{Action, AssignmentKind, Privilege, RequestStatus, Resource, ScheduleKind, Window};
use crate::rejection::{AzureFault, Rejection};
use crate::state::{ScheduleRecord, Slot, State, Target};
use crate::time::{Instant, Length};

crate::implements![
    "PRI-3", "REQ-3", "ASG-1", "ASG-2", "ASG-6", "ASG-7", "ASG-8", "ASG-9", "ASG-10", "ASG-11", "ACT-6", "ACT-11",
    "ACT-12", "ACT-16", "ACT-17", "DEA-2", "DEA-8", "LAT-10", "GRP-34", "AZR-14"
];

/// The shortest window there may be, and the shortest time after which one may be taken away (ASG-1, ASG-2).
pub(super) const SHORTEST: Length = Length::minutes(5);

/// An id that the caller chose must be in use neither for a request nor for a schedule: they share it (MOD-12, REQ-3).
pub(super) fn id_is_free(state: &State, id: ScheduleId) -> Result<(), Rejection> {
    if state.request_record(RequestId(id.0)).is_some() {
        return Err(Rejection::Azure(AzureFault::RequestIdTaken(RequestId(id.0))));
    }
    if state.schedule_slot(id).is_some() { Err(Rejection::Azure(AzureFault::AssignmentIdTaken(id))) } else { Ok(()) }
}

/// The principal must be there.
pub(super) fn present(state: &State, id: PrincipalId) -> Result<Slot, Rejection> {
    state.present(id).ok_or(Rejection::PrincipalNotFound(id))
}

/// A principal that was made a moment ago is not known everywhere yet (LAT-10, AZR-14).
pub(super) fn replicated(context: &Context<'_>, id: PrincipalId) -> Result<(), Rejection> {
    let has_replicated =
        context.state.directory.get(id).is_some_and(|it| context.state.has_replicated(context.now, it.created()));
    if has_replicated && context.replica.is_none_or(|it| it.finds(id.0)) {
        Ok(())
    } else {
        Err(Rejection::PrincipalNotFound(id))
    }
}

/// Nor is a group (GRP-34).
pub(super) fn resource_replicated(context: &Context<'_>, resource: Resource) -> Result<(), Rejection> {
    match resource {
        Resource::DirectoryRole(_) | Resource::AzureScope(_) => Ok(()),
        Resource::Group(id) => replicated(context, id).map_err(|_| Rejection::GroupNotFound(id)),
    }
}

/// The schedules of a principal for a privilege on one side, expired ones left out.
pub(super) fn on_side(
    state: &State,
    now: Instant,
    principal: Slot,
    privilege: Privilege,
    side: AssignmentKind,
) -> impl Iterator<Item = (Slot, &ScheduleRecord)> {
    state.schedules_for(principal, privilege).filter(move |(_, record)| record.side() == side && record.is_live(now))
}

/// Nothing may stand in the way of a new window: nothing held now, no request that waits (ASG-7), nothing scheduled for the
/// same time.
pub(super) fn free(context: &Context<'_>, principal: Slot, ask: &Ask, window: Window) -> Result<(), Rejection> {
    not_held(context, principal, ask)?;
    none_pending(context.state, principal, ask)?;
    not_scheduled(context, principal, ask, window)
}

/// No schedule for the same may be open now (ASG-6, ACT-11), also when the new one starts later (ACT-12).
pub(super) fn not_held(context: &Context<'_>, principal: Slot, ask: &Ask) -> Result<(), Rejection> {
    let mut schedules = on_side(context.state, context.now, principal, ask.privilege, ask.side);
    match schedules.find(|(_, record)| record.is_open(context.now)) {
        Some((_, record)) => Err(Rejection::AlreadyExists { schedule: record.id }),
        None => not_held_outside(context.state, principal, ask),
    }
}

/// What was deactivated a moment ago may still be remembered as there (DEA-8): the activation is named by the request that made
/// it.
pub(super) fn not_remembered(context: &Context<'_>, principal: Slot, ask: &Ask) -> Result<(), Rejection> {
    let Context { state, now, .. } = *context;
    let delay = family::reactivation_delay(state, ask.privilege);
    let Some(privilege) = state.privileges.find(ask.privilege).filter(|_| delay > Length::ZERO) else { return Ok(()) };
    let requests = || {
        let all = state.requests.of_principal(principal).iter().filter_map(|slot| state.requests.records.get(*slot));
        all.filter(|it| it.privilege == privilege)
    };
    let remembered = requests().any(|it| it.action == Action::SelfDeactivate && it.created.plus(delay) > now);
    let made = requests().filter(|it| it.action == Action::SelfActivate && it.target == Target::Own);
    match made.max_by_key(|it| it.created).filter(|_| remembered) {
        Some(request) => Err(Rejection::AlreadyExists { schedule: request.id.into() }),
        None => Ok(()),
    }
}

/// Whoever belongs to a group that PIM does not manage yet holds what PIM will find there (GRP-30).
fn not_held_outside(state: &State, principal: Slot, ask: &Ask) -> Result<(), Rejection> {
    let held = onboarding::found(state, ask.privilege).filter(|_| ask.side == AssignmentKind::Assignment);
    match held.into_iter().flatten().find(|found| found.principal == principal) {
        Some(found) => Err(Rejection::AlreadyExists { schedule: found.id }),
        None => Ok(()),
    }
}

/// A future window overlaps no other future one (ASG-8). An immediate one may be had although a later one is scheduled
/// (ACT-16).
pub(super) fn not_scheduled(
    context: &Context<'_>,
    principal: Slot,
    ask: &Ask,
    window: Window,
) -> Result<(), Rejection> {
    let mut schedules = on_side(context.state, context.now, principal, ask.privilege, ask.side);
    match schedules.find(|(_, record)| window.start > context.now && record.window().overlaps(window)) {
        Some((_, record)) => Err(Rejection::OverlapsScheduled { schedule: record.id }),
        None => Ok(()),
    }
}

/// No earlier request for the same may be pending (ASG-7).
pub(super) fn none_pending(state: &State, principal: Slot, ask: &Ask) -> Result<(), Rejection> {
    let Some(privilege) = state.privileges.find(ask.privilege) else { return Ok(()) };
    match state.requests.pending(principal).find(|(_, it)| it.privilege == privilege && it.side == ask.side) {
        Some((_, request)) => Err(Rejection::PendingRequest { request: request.id }),
        None => Ok(()),
    }
}

/// The same, where a request that waits for a manager is what the manager is settling.
pub(super) fn none_pending_but_for_a_manager(state: &State, principal: Slot, ask: &Ask) -> Result<(), Rejection> {
    let Some(privilege) = state.privileges.find(ask.privilege) else { return Ok(()) };
    let mut pending = state.requests.pending(principal).filter(|(_, it)| {
        it.privilege == privilege && it.side == ask.side && it.status != RequestStatus::PendingAdminDecision
    });
    pending.next().map_or(Ok(()), |(_, request)| Err(Rejection::PendingRequest { request: request.id }))
}

/// No window may be shorter than five minutes (ASG-1, ACT-6).
pub(super) fn long_enough(window: Window) -> Result<(), Rejection> {
    if window.length().is_some_and(|length| length < SHORTEST) { Err(Rejection::DurationTooShort) } else { Ok(()) }
}

/// An active assignment may be taken away five minutes after it was made, an activation five minutes after it began
/// (ASG-2, DEA-2). What has not begun may be taken away at any time.
pub(super) fn old_enough(record: &ScheduleRecord, now: Instant) -> Result<(), Rejection> {
    let since = match record.kind {
        ScheduleKind::Eligibility => return Ok(()),
        ScheduleKind::Assigned | ScheduleKind::AssignedOutside => record.created,
        ScheduleKind::Activated => record.start,
    };
    if record.is_open(now) && now.since(since) < SHORTEST { Err(Rejection::DurationTooShort) } else { Ok(()) }
}

/// The schedule that an update or a removal is about: the one it names, else the open one, else the next.
pub(super) fn subject<'a>(
    context: &Context<'a>,
    principal: Slot,
    ask: &Ask,
) -> Result<(Slot, &'a ScheduleRecord), Rejection> {
    let Context { state, now, .. } = *context;
    let mut candidates: Vec<_> = on_side(state, now, principal, ask.privilege, ask.side).collect();
    if let Some(named) = ask.target_schedule
        && candidates.iter().any(|(_, record)| record.id == named)
    {
        candidates.retain(|(_, record)| record.id == named);
    }
    candidates.sort_by_key(|(_, record)| (!record.is_open(now), record.start));
    candidates.first().copied().ok_or(Rejection::DoesNotExist)
}
