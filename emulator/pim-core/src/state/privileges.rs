//! Privileges by number: a role at a scope is named a million times and held once.

use super::slab::Slot;
use crate::id::RoleDefinitionId;
use crate::model::Privilege;
use std::collections::BTreeMap;

/// Every privilege that was ever asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Privileges {
    list: Vec<Privilege>,
    slots: BTreeMap<Privilege, Slot>,
    by_role: BTreeMap<RoleDefinitionId, Vec<Slot>>,
}

impl Privileges {
    /// The privilege of a number.
    pub(crate) fn get(&self, slot: Slot) -> Privilege {
        self.list[slot as usize]
    }

    /// The number of a privilege, if anybody has asked for it yet.
    pub(crate) fn find(&self, privilege: Privilege) -> Option<Slot> {
        self.slots.get(&privilege).copied()
    }

    /// The number of a privilege.
    pub(crate) fn intern(&mut self, privilege: Privilege) -> Slot {
        *self.slots.entry(privilege).or_insert_with(|| {
            let slot = Slot::try_from(self.list.len()).unwrap_or(Slot::MAX);
            self.list.push(privilege);
            self.by_role.entry(privilege.role()).or_default().push(slot);
            slot
        })
    }

    /// The privileges of one role, at all its scopes.
    pub(crate) fn of_role(&self, role: RoleDefinitionId) -> &[Slot] {
        self.by_role.get(&role).map_or(&[], Vec::as_slice)
    }
}
