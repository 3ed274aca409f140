//! A Global Administrator takes access to everything of Azure (AUT-7).

use crate::command::{Actor, Outcome};
use crate::decide::{Context, Decision, authority, grant};
use crate::id::{AzureScopeId, IdKind, ScheduleId};
use crate::model::{AssignmentKind, Privilege, azure_roles, roles};
use crate::rejection::Rejection;

crate::implements!["AUT-7"];

/// What elevating would do: User Access Administrator at the root for whoever is an active Global Administrator, for good.
/// Whoever has it keeps it.
pub(in crate::decide) fn elevate(context: &mut Context<'_>) -> Result<Decision, Rejection> {
    let Actor::User { id, .. } = context.actor else { return Err(Rejection::NotPermitted) };
    if !authority::holds_any(context.state, context.now, id, &[roles::GLOBAL_ADMINISTRATOR]) {
        return Err(Rejection::NotPermitted);
    }
    let privilege = Privilege::AzureRole { role: azure_roles::USER_ACCESS_ADMINISTRATOR, scope: AzureScopeId::ROOT };
    let slot = crate::decide::guard::present(context.state, id)?;
    let held = (context.state.schedules_for(slot, privilege))
        .find(|(_, record)| record.side() == AssignmentKind::Assignment && record.is_open(context.now));
    if let Some((_, record)) = held {
        return Ok(Decision {
            events: Vec::new(),
            outcome: Outcome { schedule: Some(record.id), ..Outcome::default() },
        });
    }
    let schedule = ScheduleId(context.ids.mint(IdKind::OutsideAssignment));
    let events = vec![grant::made_outside(schedule, (id, privilege), context.now, None)];
    Ok(Decision { events, outcome: Outcome { schedule: Some(schedule), ..Outcome::default() } })
}
