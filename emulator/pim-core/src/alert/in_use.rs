//! In which subscriptions PIM is in use.

use crate::id::AzureScopeId;
use crate::model::{AzureScopeKind, PolicySubject, Resource, ScheduleKind, SchedulePhase};
use crate::state::{ScheduleRecord, Slot, State};
use std::collections::BTreeSet;

crate::implements!["ALR-34"];

/// The subscriptions for which there are alerts: those in which PIM gave something, or something is demanded otherwise than by
/// default (ALR-34).
pub(crate) fn subscriptions(state: &State) -> impl Iterator<Item = AzureScopeId> {
    let used = used_scopes(state);
    (state.azure.scopes())
        .filter(|scope| scope.kind == AzureScopeKind::Subscription)
        .filter(move |scope| used.contains(&scope.id))
        .map(|scope| scope.id)
}

/// Whether there are alerts for a scope.
pub(crate) fn is_in_use(state: &State, scope: AzureScopeId) -> bool {
    subscriptions(state).any(|it| it == scope)
}

/// Every scope at which PIM is in use, and those above it.
fn used_scopes(state: &State) -> BTreeSet<AzureScopeId> {
    let changed = state.policies.all_changed().filter_map(|changed| match changed.subject {
        PolicySubject::AzureRole(_, scope) => Some(scope),
        PolicySubject::DirectoryRole(_) | PolicySubject::Group(..) => None,
    });
    let given = (state.azure.scopes()).map(|scope| scope.id).filter(|scope| {
        (state.privileges.of(Resource::AzureScope(*scope)).iter()).any(|privilege| was_given(state, *privilege))
    });
    changed.chain(given).flat_map(|scope| state.azure.upwards(scope)).map(|scope| scope.id).collect()
}

fn was_given(state: &State, privilege: Slot) -> bool {
    let held = state.schedules.of_privilege(privilege, 0).filter_map(|slot| state.schedules.records.get(slot));
    held.into_iter().any(is_of_pim)
}

const fn is_of_pim(record: &ScheduleRecord) -> bool {
    let is_there = !matches!(record.phase, SchedulePhase::Expired);
    is_there
        && match record.kind {
            ScheduleKind::Eligibility | ScheduleKind::Assigned | ScheduleKind::Activated => true,
            ScheduleKind::AssignedOutside => false,
        }
}
