//! `TooManyPermanentOwnersAssignedToResource`: there are many Owners for good, and they are many among the Owners.

use super::too_many_owners_assigned_to_resource::owners;
use super::{Found, holders};
use crate::id::AzureScopeId;
use crate::model::{AlertSettings, ScheduleKind};
use crate::state::{Slot, State};
use crate::time::Instant;
use std::collections::BTreeSet;

crate::implements!["ALR-31"];

/// Those who are Owner of the subscription for good, where they are too many, also among all its Owners (ALR-31).
pub(super) fn look(state: &State, now: Instant, (scope, settings): (AzureScopeId, AlertSettings)) -> Found {
    let (mut all, mut permanent) = (BTreeSet::<Slot>::new(), BTreeSet::new());
    for record in owners(state, now, scope) {
        all.insert(record.principal);
        if record.kind != ScheduleKind::Eligibility && record.end == Instant::LAST {
            permanent.insert(record.principal);
        }
    }
    holders::too_many(state, &permanent, all.len(), settings)
}
