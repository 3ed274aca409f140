//! `AzureRolesAssignedOutsidePim`: a role of Azure was given outside PIM.

use super::Found;
use super::roles_assigned_outside_pim::outside;
use crate::id::AzureScopeId;
use crate::model::Resource;
use crate::state::State;
use crate::time::Instant;

crate::implements!["ALR-33"];

/// Every active assignment in the subscription that was made outside PIM (ALR-33).
pub(super) fn look(state: &State, now: Instant, subscription: AzureScopeId) -> Found {
    let scopes = state.azure.downwards(subscription);
    let assignments = (scopes.into_iter())
        .flat_map(|scope| state.privileges.of(Resource::AzureScope(scope.id)))
        .flat_map(|privilege| state.schedules.assignments_of(*privilege))
        .filter_map(|slot| state.schedules.records.get(slot))
        .filter(|record| record.is_open(now));
    Found::now(assignments.filter_map(|record| outside(state, record)).collect())
}
