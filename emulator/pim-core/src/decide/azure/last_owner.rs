//! The last Owner of a subscription stays, unless somebody who has access to everything says so (GA-14).

use super::asks;
use crate::decide::Context;
use crate::id::AzureScopeId;
use crate::model::{AssignmentKind, AzureScopeKind, Privilege, azure_roles};
use crate::rejection::{AzureFault, Rejection};
use crate::state::{ScheduleRecord, State};
use crate::time::Instant;

crate::implements!["GA-14"];

/// Whether an assignment may be taken away by whoever asks.
pub(in crate::decide) fn may_go(context: &Context<'_>, record: &ScheduleRecord) -> Result<(), Rejection> {
    let Context { state, now, actor, .. } = *context;
    let elevated = || asks(actor).is_none_or(|id| has_access_to_everything(state, now, id));
    stays_owned(state, now, record).or_else(|fault| if elevated() { Ok(()) } else { Err(fault) })
}

/// Whether a subscription has another Owner without an assignment.
pub(in crate::decide) fn stays_owned(state: &State, now: Instant, record: &ScheduleRecord) -> Result<(), Rejection> {
    let Privilege::AzureRole { role: azure_roles::OWNER, scope } = state.privileges.get(record.privilege) else {
        return Ok(());
    };
    let is_subscription = state.azure.scope(scope).is_some_and(|it| it.kind == AzureScopeKind::Subscription);
    let counts = record.side() == AssignmentKind::Assignment && record.is_open(now);
    if is_subscription && counts && !another_owner(state, now, record) {
        return Err(Rejection::Azure(AzureFault::LastSubscriptionOwner(scope)));
    }
    Ok(())
}

fn another_owner(state: &State, now: Instant, record: &ScheduleRecord) -> bool {
    (state.schedules.assignments_of(record.privilege))
        .filter_map(|slot| state.schedules.records.get(slot))
        .any(|it| it.id != record.id && it.is_open(now))
}

/// Whether somebody is User Access Administrator at the root itself.
fn has_access_to_everything(state: &State, now: Instant, id: crate::id::PrincipalId) -> bool {
    let privilege = Privilege::AzureRole { role: azure_roles::USER_ACCESS_ADMINISTRATOR, scope: AzureScopeId::ROOT };
    state.present(id).is_some_and(|slot| {
        (state.schedules_for(slot, privilege))
            .any(|(_, record)| record.side() == AssignmentKind::Assignment && record.is_open(now))
    })
}
