//! Assignments made and taken away outside PIM: first-class, permanent, with no request behind them.

use super::directory::edges;
use super::{Context, Decision, authority, grant, guard, protection};
use crate::command::{Actor, Outcome};
use crate::event::{EndCause, Event};
use crate::family;
use crate::id::{IdKind, PrincipalId, ScheduleId};
use crate::model::{AssignmentKind, Privilege, ScheduleDetails, roles};
use crate::rejection::Rejection;
use crate::state::ScheduleRecord;

crate::implements!["MOD-8", "MOD-11", "ASG-29", "GA-8"];

/// What an assignment made directly is to be: its id where the caller chose one, and what few have.
pub(super) struct Wanted<'a> {
    pub(super) id: Option<ScheduleId>,
    pub(super) details: Option<&'a ScheduleDetails>,
}

/// What giving a privilege directly would do: a group takes somebody in, a role is assigned.
pub(super) fn create(
    context: &mut Context<'_>,
    principal: PrincipalId,
    privilege: Privilege,
    wanted: &Wanted<'_>,
) -> Result<Decision, Rejection> {
    match privilege {
        Privilege::Group { group, access } => edges::add(context, (group, access), principal),
        Privilege::DirectoryRole { .. } | Privilege::AzureRole { .. } => assign(context, principal, privilege, wanted),
    }
}

fn assign(
    context: &mut Context<'_>,
    principal: PrincipalId,
    privilege: Privilege,
    wanted: &Wanted<'_>,
) -> Result<Decision, Rejection> {
    authority::require_manager(context, privilege)?;
    if let Some(id) = wanted.id {
        guard::id_is_free(context.state, id)?;
    }
    family::exists(context.state, privilege)?;
    let slot = guard::present(context.state, principal)?;
    guard::replicated(context, principal)?;
    family::can_be_held(context.state, privilege)?;
    family::not_locked(context.state, privilege, AssignmentKind::Assignment, true)?;
    if family::is_never_provisioned(context.state, slot, privilege) {
        return Err(Rejection::GroupNotRoleAssignable(principal));
    }
    let mut held = guard::on_side(context.state, context.now, slot, privilege, AssignmentKind::Assignment);
    if let Some((_, record)) = held.find(|(_, record)| record.is_open(context.now)) {
        return Err(Rejection::AlreadyExists { schedule: record.id });
    }
    family::within_limits(context.state, context.now, slot, privilege, AssignmentKind::Assignment)?;
    let id = wanted.id.unwrap_or_else(|| ScheduleId(context.ids.mint(IdKind::OutsideAssignment)));
    let details = wanted.details.map(|it| Box::new(by_whoever_asks(context, it)));
    Ok(Decision {
        events: vec![grant::made_outside(id, (principal, privilege), context.now, details)],
        outcome: Outcome { schedule: Some(id), ..Outcome::default() },
    })
}

fn by_whoever_asks(context: &Context<'_>, details: &ScheduleDetails) -> ScheduleDetails {
    ScheduleDetails { made_by: Some(context.actor.created_by()), ..details.clone() }
}

/// What saying something else about such an assignment would do. Who made it stays.
pub(super) fn describe(
    context: &Context<'_>,
    id: ScheduleId,
    details: &ScheduleDetails,
) -> Result<Decision, Rejection> {
    let state = context.state;
    let record = open_assignment(context, id)?;
    let privilege = state.privileges.get(record.privilege);
    authority::require_manager(context, privilege)?;
    family::not_locked(state, privilege, AssignmentKind::Assignment, true)?;
    let made_by = state.schedules.details.get(&id).and_then(|it| it.made_by);
    let details = Box::new(ScheduleDetails { made_by, ..details.clone() });
    Ok(Decision::event(Event::ScheduleDetailsSet { schedule: id, details }))
}

/// The active assignment of an id.
fn open_assignment<'a>(context: &Context<'a>, id: ScheduleId) -> Result<&'a ScheduleRecord, Rejection> {
    (context.state.schedule_slot(id))
        .and_then(|slot| context.state.schedules.records.get(slot))
        .filter(|record| record.side() == AssignmentKind::Assignment && record.is_open(context.now))
        .ok_or(Rejection::ScheduleNotFound(id))
}

/// What taking away an active assignment directly would do. Nobody takes Global Administrator from oneself (GA-8).
pub(super) fn delete(context: &mut Context<'_>, id: ScheduleId) -> Result<Decision, Rejection> {
    let state = context.state;
    let held = state.schedule_slot(id).and_then(|slot| state.schedules.records.get(slot));
    if let Some(record) = held
        && let Privilege::Group { group, access } = state.privileges.get(record.privilege)
    {
        return edges::remove(context, (group, access), state.directory.id(record.principal));
    }
    let Some(privilege) = held.map(|record| state.privileges.get(record.privilege)) else {
        authority::require_role_manager(context)?;
        return Err(Rejection::ScheduleNotFound(id));
    };
    authority::require_manager(context, privilege)?;
    let record = open_assignment(context, id)?;
    family::not_locked(state, privilege, AssignmentKind::Assignment, false)?;
    let is_self = match context.actor {
        Actor::User { id, .. } => state.directory.id(record.principal) == id,
        Actor::Application { .. } | Actor::SetUp => false,
    };
    if is_self && state.privileges.get(record.privilege).role() == Some(roles::GLOBAL_ADMINISTRATOR) {
        return Err(Rejection::SelfRemovalOfGlobalAdministrator);
    }
    protection::may_go(context, record)?;
    let mut events = grant::ended(state, record, EndCause::RemovedOutside);
    events.extend(grant::pointless_requests(state, record));
    Ok(Decision { events, ..Decision::default() })
}
