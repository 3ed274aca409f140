//! Assignments made and taken away outside PIM: first-class, permanent, with no request behind them.

use super::{Context, Decision, authority, grant, guard, last_administrator, limits};
use crate::command::{Actor, Outcome};
use crate::event::{EndCause, Event};
use crate::id::{IdKind, PrincipalId, ScheduleId};
use crate::model::{AssignmentKind, Privilege, Schedule, ScheduleKind, SchedulePhase, Window, roles};
use crate::rejection::Rejection;

crate::implements!["MOD-8", "MOD-11", "ASG-29", "GA-8"];

/// What giving a role directly would do.
pub(super) fn create(
    context: &mut Context<'_>,
    principal: PrincipalId,
    privilege: Privilege,
) -> Result<Decision, Rejection> {
    authority::require_manager(context)?;
    guard::role(context.state, privilege)?;
    let slot = guard::present(context.state, principal)?;
    guard::role_at_scope(context.state, privilege)?;
    if guard::is_plain_group(context.state, slot) {
        return Err(Rejection::GroupNotRoleAssignable(principal));
    }
    let mut held = guard::on_side(context.state, context.now, slot, privilege, AssignmentKind::Assignment);
    if let Some((_, record)) = held.find(|(_, record)| record.is_open(context.now)) {
        return Err(Rejection::AlreadyExists { schedule: record.id });
    }
    limits::assignments(context.state, context.now, slot, privilege)?;
    let id = ScheduleId(context.ids.mint(IdKind::OutsideAssignment));
    let schedule = Schedule {
        id,
        principal,
        privilege,
        kind: ScheduleKind::AssignedOutside,
        phase: SchedulePhase::Open,
        window: Window { start: context.now, end: None },
        created: context.now,
        modified: None,
        activated_using: None,
    };
    Ok(Decision {
        events: vec![Event::ScheduleCreated(Box::new(schedule))],
        outcome: Outcome { schedule: Some(id), ..Outcome::default() },
    })
}

/// What taking away an active assignment directly would do. Nobody takes Global Administrator from oneself (GA-8).
pub(super) fn delete(context: &mut Context<'_>, id: ScheduleId) -> Result<Decision, Rejection> {
    authority::require_manager(context)?;
    let state = context.state;
    let record = (state.schedule_slot(id))
        .and_then(|slot| state.schedules.records.get(slot))
        .filter(|record| record.side() == AssignmentKind::Assignment && record.is_open(context.now))
        .ok_or(Rejection::ScheduleNotFound(id))?;
    let is_self = match context.actor {
        Actor::User { id, .. } => state.directory.id(record.principal) == id,
        Actor::Application { .. } | Actor::SetUp => false,
    };
    if is_self && state.privileges.get(record.privilege).role() == roles::GLOBAL_ADMINISTRATOR {
        return Err(Rejection::SelfRemovalOfGlobalAdministrator);
    }
    last_administrator::may_go(state, context.now, record)?;
    let mut events = grant::ended(state, record, EndCause::RemovedOutside);
    events.extend(grant::pointless_requests(state, record));
    Ok(Decision { events, ..Decision::default() })
}
