//! Guards: what must be there, and what must not be there yet.

use super::Context;
use crate::command::Ask;
use crate::id::PrincipalId;
use crate::model::{
    AssignmentKind, DirectoryScope, Principal, PrincipalKind, Privilege, RequestStatus, RoleDefinition, ScheduleKind,
    Window,
};
use crate::rejection::Rejection;
use crate::state::{ScheduleRecord, Slot, State};
use crate::time::{Instant, Length};

crate::implements![
    "SCO-1", "SCO-2", "SCO-3", "PRI-1", "PRI-2", "PRI-3", "PRI-6", "UNC-12", "ASG-1", "ASG-2", "ASG-6", "ASG-7",
    "ASG-8", "ASG-9", "ASG-10", "ASG-11", "ACT-6", "ACT-11", "ACT-12", "ACT-16", "ACT-17", "DEA-2", "LAT-10"
];

/// The shortest window there may be, and the shortest time after which one may be taken away (ASG-1, ASG-2).
pub(super) const SHORTEST: Length = Length::minutes(5);

/// The role must exist.
pub(super) fn role(state: &State, privilege: Privilege) -> Result<&RoleDefinition, Rejection> {
    state.role(privilege.role()).ok_or(Rejection::RoleNotFound(privilege.role()))
}

/// The role must exist and be one that can be held at that scope, and the scope must exist (SCO-1, SCO-2, SCO-3).
pub(super) fn role_at_scope(state: &State, privilege: Privilege) -> Result<(), Rejection> {
    let role = role(state, privilege)?;
    let supported = match privilege.scope() {
        DirectoryScope::Tenant => true,
        DirectoryScope::AdministrativeUnit(id) if state.directory.administrative_units.contains_key(&id) => {
            role.administrative_unit_scope
        }
        DirectoryScope::AdministrativeUnit(id) => return Err(Rejection::AdministrativeUnitNotFound(id)),
        DirectoryScope::Object(id) if object_exists(state, id) => role.object_scope,
        DirectoryScope::Object(id) => return Err(Rejection::ScopeObjectNotFound(id)),
    };
    if supported { Ok(()) } else { Err(Rejection::ScopeNotSupported(role.id)) }
}

/// Whether there is a principal or an application of that id.
fn object_exists(state: &State, id: PrincipalId) -> bool {
    state.present(id).is_some() || state.directory.applications.keys().any(|application| application.0 == id.0)
}

/// The principal must be there.
pub(super) fn present(state: &State, id: PrincipalId) -> Result<Slot, Rejection> {
    state.present(id).ok_or(Rejection::PrincipalNotFound(id))
}

/// A principal that was made a moment ago is not known everywhere yet (LAT-10).
pub(super) fn replicated(context: &Context<'_>, id: PrincipalId) -> Result<(), Rejection> {
    let known =
        context.state.directory.get(id).is_some_and(|it| context.state.has_replicated(context.now, it.created()));
    if known { Ok(()) } else { Err(Rejection::PrincipalNotFound(id)) }
}

/// Service principals are never eligible (PRI-1); groups hold directory roles only when made for it (PRI-6). Where the
/// switch says so, the latter are let through, to be accepted and never provisioned (ASG-22).
pub(super) fn may_hold(state: &State, principal: Slot, side: AssignmentKind) -> Result<(), Rejection> {
    let Some(object) = state.directory.at(principal) else { return Ok(()) };
    match (object, side) {
        (Principal::ServicePrincipal(it), AssignmentKind::Eligibility) => {
            Err(Rejection::PrincipalCannotBeEligible(it.id))
        }
        (Principal::Group(group), _) if !group.is_assignable_to_role && !state.behaviour.accept_and_never_provision => {
            Err(Rejection::GroupNotRoleAssignable(group.id))
        }
        _ => Ok(()),
    }
}

/// Whether the principal at a place is a group that can hold no directory role.
pub(super) fn is_plain_group(state: &State, principal: Slot) -> bool {
    state.directory.at(principal).map(Principal::kind) == Some(PrincipalKind::Group)
        && !state.is_role_assignable(principal)
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
