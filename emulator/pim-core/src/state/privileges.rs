//! Privileges by number: a role at a scope is named a million times and held once.

use super::slab::Slot;
use crate::model::{Privilege, Resource};
use std::collections::BTreeMap;

/// Every privilege that was ever asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Privileges {
    list: Vec<Privilege>,
    slots: BTreeMap<Privilege, Slot>,
    by_resource: BTreeMap<Resource, Vec<Slot>>,
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
            let of_resource = self.by_resource.entry(privilege.resource()).or_default();
            // In the order of privileges, not of who came first: the same in every machine of the same state.
            let place = of_resource.partition_point(|other| self.list[*other as usize] < privilege);
            of_resource.insert(place, slot);
            slot
        })
    }

    /// The numbers of all of them that are so.
    pub(crate) fn such(&self, is_so: impl Fn(Privilege) -> bool) -> impl Iterator<Item = Slot> {
        (0..).zip(&self.list).filter(move |(_, privilege)| is_so(**privilege)).map(|(slot, _)| slot)
    }

    /// The privileges of one role, at all its scopes; of one group, both relations.
    pub(crate) fn of(&self, resource: Resource) -> &[Slot] {
        self.by_resource.get(&resource).map_or(&[], Vec::as_slice)
    }
}
