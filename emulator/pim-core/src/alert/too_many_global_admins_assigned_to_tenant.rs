//! `TooManyGlobalAdminsAssignedToTenantAlert`: there are many Global Administrators, and they are many among all.

use super::{Found, holders, of_directory_roles};
use crate::model::{AlertSettings, roles};
use crate::state::{Slot, State};
use crate::time::Instant;
use std::collections::BTreeSet;

crate::implements!["ALR-18", "ALR-19", "ALR-20"];

/// Everybody who is eligible for Global Administrator or has it, where they are too many (ALR-18), also among those who hold any
/// directory role (ALR-20). A group is one of them, whoever is in it.
pub(super) fn look(state: &State, now: Instant, settings: AlertSettings) -> Found {
    let (mut all, mut admins) = (BTreeSet::<Slot>::new(), BTreeSet::new());
    for record in of_directory_roles(state, now) {
        all.insert(record.principal);
        if state.privileges.get(record.privilege).tenant_wide_role() == Some(roles::GLOBAL_ADMINISTRATOR) {
            admins.insert(record.principal);
        }
    }
    holders::too_many(state, &admins, all.len(), settings)
}
