//! Shares: how many of those who hold something are of one sort.

use super::Found;
use crate::model::{AlertSettings, Incident};
use crate::state::{Slot, State};
use std::collections::BTreeSet;

/// An incident for each of `some`, where they are as many as the alert is set to, and such a share of all (ALR-18). Both
/// values are reached by as many as they say.
pub(super) fn too_many(state: &State, some: &BTreeSet<Slot>, all: usize, settings: AlertSettings) -> Found {
    let AlertSettings::Share { count, percentage } = settings else { return Found::default() };
    let reaches_count = some.len() >= count as usize;
    let reaches_percentage = some.len() * 100 >= percentage as usize * all;
    if !reaches_count || !reaches_percentage {
        return Found::default();
    }
    Found::now(some.iter().map(|slot| Incident::OneOfMany(state.directory.id(*slot))).collect())
}
