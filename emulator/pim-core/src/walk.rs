//! Walks along memberships of memberships (GRP-19). A walk takes time for what it finds and no more, and ends where groups are
//! in each other.

use crate::id::PrincipalId;
use crate::model::{Principal, PrincipalKind};
use crate::view::View;
use std::collections::BTreeMap;

crate::implements!["GRP-19"];

impl<'a> View<'a> {
    /// Whoever is in a group, directly or by groups in it, in the order of keys.
    #[must_use]
    pub fn transitive_members(self, group: PrincipalId) -> Vec<&'a Principal> {
        self.reached(group, Self::members)
    }

    /// The groups that a principal is in, directly or by groups in them, in the order of keys.
    #[must_use]
    pub fn transitive_groups_of(self, member: PrincipalId) -> Vec<&'a Principal> {
        self.reached(member, Self::groups_of)
    }

    /// Everything that steps lead to. A group that is in itself by way of others is not among its own.
    fn reached(self, from: PrincipalId, step: impl Fn(Self, PrincipalId) -> Vec<&'a Principal>) -> Vec<&'a Principal> {
        let mut reached = BTreeMap::new();
        let mut open = vec![from];
        while let Some(id) = open.pop() {
            for principal in step(self, id) {
                let Some(key) = self.key(principal.id()) else { continue };
                if principal.id() != from && reached.insert(key, principal).is_none() {
                    // Only groups have members; everybody may be in one.
                    open.extend((principal.kind() == PrincipalKind::Group).then(|| principal.id()));
                }
            }
        }
        reached.into_values().collect()
    }
}
