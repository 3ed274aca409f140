//! Somebody together with the groups that it is in: what they have, it has (REQ-28).

use pim_core::{PrincipalId, View};
use std::collections::BTreeSet;

/// A principal and its groups, also by way of others.
#[derive(Clone, Debug)]
pub(in crate::arm) struct People {
    own: PrincipalId,
    all: BTreeSet<PrincipalId>,
}

impl People {
    /// Those of a principal.
    pub(in crate::arm) fn of(view: View<'_>, own: PrincipalId) -> Self {
        let groups = view.transitive_groups_of(own).into_iter().map(pim_core::model::Principal::id);
        Self { own, all: std::iter::once(own).chain(groups).collect() }
    }

    /// The principal itself.
    pub(super) const fn own(&self) -> PrincipalId {
        self.own
    }

    /// Whether somebody is among them.
    pub(in crate::arm) fn contains(&self, principal: PrincipalId) -> bool {
        self.all.contains(&principal)
    }
}
