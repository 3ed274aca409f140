//! Administrative units, and the way back from whoever is in one.

use crate::id::{AdministrativeUnitId, PrincipalId};
use crate::model::AdministrativeUnit;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// All of them. What a principal is in is found without a look at the others.
#[derive(Clone, Debug, Default)]
pub(crate) struct AdministrativeUnits {
    by_id: BTreeMap<AdministrativeUnitId, AdministrativeUnit>,
    by_member: BTreeSet<(PrincipalId, AdministrativeUnitId)>,
}

impl AdministrativeUnits {
    /// One of them.
    pub(crate) fn get(&self, id: AdministrativeUnitId) -> Option<&AdministrativeUnit> {
        self.by_id.get(&id)
    }

    /// All of them, in the order of ids.
    pub(crate) fn all(&self) -> impl Iterator<Item = &AdministrativeUnit> {
        self.by_id.values()
    }

    /// Those that a principal is in, in the order of ids.
    pub(crate) fn of(&self, member: PrincipalId) -> impl Iterator<Item = &AdministrativeUnit> {
        let (first, last) = (AdministrativeUnitId(Uuid::nil()), AdministrativeUnitId(Uuid::max()));
        self.by_member.range((member, first)..=(member, last)).filter_map(|(_, id)| self.by_id.get(id))
    }

    /// Adds one with its members, or puts it in the place of the one with its id.
    pub(crate) fn insert(&mut self, unit: AdministrativeUnit) {
        self.remove(unit.id);
        self.by_member.extend(unit.members.iter().map(|member| (*member, unit.id)));
        self.by_id.insert(unit.id, unit);
    }

    /// Makes one what it is now, but for its members.
    pub(crate) fn update(&mut self, unit: &AdministrativeUnit) {
        if let Some(held) = self.by_id.get_mut(&unit.id) {
            let members = std::mem::take(&mut held.members);
            *held = AdministrativeUnit { members, ..unit.clone() };
        }
    }

    /// Takes one away.
    pub(crate) fn remove(&mut self, id: AdministrativeUnitId) {
        for member in self.by_id.remove(&id).into_iter().flat_map(|unit| unit.members) {
            self.by_member.remove(&(member, id));
        }
    }

    /// Makes a principal a member of one, or no longer.
    pub(crate) fn set_member(&mut self, id: AdministrativeUnitId, member: PrincipalId, is_member: bool) {
        let Some(unit) = self.by_id.get_mut(&id) else { return };
        if is_member && self.by_member.insert((member, id)) {
            unit.members.push(member);
        } else if !is_member && self.by_member.remove(&(member, id)) {
            unit.members.retain(|it| *it != member);
        }
    }

    /// Whether a principal is a member of one.
    pub(crate) fn is_member(&self, id: AdministrativeUnitId, member: PrincipalId) -> bool {
        self.by_member.contains(&(member, id))
    }

    /// Whether the way back leads where the units say.
    pub(crate) fn indices_agree(&self) -> bool {
        let found = self.all().flat_map(|unit| unit.members.iter().map(|member| (*member, unit.id)));
        found.collect::<BTreeSet<_>>() == self.by_member
    }
}
