//! `TooManyOwnersAssignedToResource`: there are many Owners, and they are many among all.

use super::{Found, holders};
use crate::id::AzureScopeId;
use crate::model::{AlertSettings, Privilege, Resource, azure_roles};
use crate::state::{ScheduleRecord, Slot, State};
use crate::time::Instant;
use std::collections::BTreeSet;

crate::implements!["ALR-30"];

/// The Owners of the subscription itself, eligible and active, where they are too many, also among those who hold any role there
/// (ALR-30).
pub(super) fn look(state: &State, now: Instant, (scope, settings): (AzureScopeId, AlertSettings)) -> Found {
    let owners: BTreeSet<Slot> = owners(state, now, scope).map(|record| record.principal).collect();
    let all: BTreeSet<Slot> = (state.privileges.of(Resource::AzureScope(scope)).iter())
        .flat_map(|privilege| holders_of(state, now, *privilege))
        .map(|record| record.principal)
        .collect();
    holders::too_many(state, &owners, all.len(), settings)
}

/// The schedules by which somebody is Owner of a scope, or eligible to be.
pub(super) fn owners(state: &State, now: Instant, scope: AzureScopeId) -> impl Iterator<Item = &ScheduleRecord> {
    let owner = state.privileges.find(Privilege::AzureRole { role: azure_roles::OWNER, scope });
    owner.into_iter().flat_map(move |privilege| holders_of(state, now, privilege))
}

fn holders_of(state: &State, now: Instant, privilege: Slot) -> impl Iterator<Item = &ScheduleRecord> {
    (state.schedules.of_privilege(privilege, 0))
        .filter_map(|slot| state.schedules.records.get(slot))
        .filter(move |record| record.is_open(now))
}
