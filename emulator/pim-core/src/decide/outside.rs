//! Assignments made and taken away outside PIM: first-class, permanent, with no request behind them.

use super::directory::edges;
use super::{Context, Decision, authority, grant, guard, protection};
use crate::command::{Actor, Outcome};
use crate::event::EndCause;
use crate::family;
use crate::id::{IdKind, PrincipalId, ScheduleId};
use crate::model::{AssignmentKind, Privilege, roles};
use crate::rejection::Rejection;

crate::implements!["MOD-8", "MOD-11", "ASG-29", "GA-8"];

/// What giving a privilege directly would do: a group takes somebody in, a role is assigned.
pub(super) fn create(
    context: &mut Context<'_>,
    principal: PrincipalId,
    privilege: Privilege,
) -> Result<Decision, Rejection> {
    match privilege {
        Privilege::Group { group, access } => edges::add(context, (group, access), principal),
        Privilege::DirectoryRole { .. } => assign(context, principal, privilege),
    }
}

fn assign(context: &mut Context<'_>, principal: PrincipalId, privilege: Privilege) -> Result<Decision, Rejection> {
    authority::require_role_manager(context)?;
    family::exists(context.state, privilege)?;
    let slot = guard::present(context.state, principal)?;
    family::can_be_held(context.state, privilege)?;
    if family::is_never_provisioned(context.state, slot, privilege) {
        return Err(Rejection::GroupNotRoleAssignable(principal));
    }
    let mut held = guard::on_side(context.state, context.now, slot, privilege, AssignmentKind::Assignment);
    if let Some((_, record)) = held.find(|(_, record)| record.is_open(context.now)) {
        return Err(Rejection::AlreadyExists { schedule: record.id });
    }
    family::within_limits(context.state, context.now, slot, privilege, AssignmentKind::Assignment)?;
    let id = ScheduleId(context.ids.mint(IdKind::OutsideAssignment));
    Ok(Decision {
        events: vec![grant::made_outside(id, (principal, privilege), context.now)],
        outcome: Outcome { schedule: Some(id), ..Outcome::default() },
    })
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
    authority::require_role_manager(context)?;
    let record = (state.schedule_slot(id))
        .and_then(|slot| state.schedules.records.get(slot))
        .filter(|record| record.side() == AssignmentKind::Assignment && record.is_open(context.now))
        .ok_or(Rejection::ScheduleNotFound(id))?;
    let is_self = match context.actor {
        Actor::User { id, .. } => state.directory.id(record.principal) == id,
        Actor::Application { .. } | Actor::SetUp => false,
    };
    if is_self && state.privileges.get(record.privilege).role() == Some(roles::GLOBAL_ADMINISTRATOR) {
        return Err(Rejection::SelfRemovalOfGlobalAdministrator);
    }
    protection::may_go(state, context.now, record)?;
    let mut events = grant::ended(state, record, EndCause::RemovedOutside);
    events.extend(grant::pointless_requests(state, record));
    Ok(Decision { events, ..Decision::default() })
}
