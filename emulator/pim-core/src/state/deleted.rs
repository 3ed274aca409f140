//! Principals that were deleted and can be restored, with the edges that they had (ASG-28).

use crate::id::{AdministrativeUnitId, PrincipalId};
use crate::model::{Principal, PrincipalKind};
use crate::time::{Instant, Length};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How long a deleted principal can be restored (ASG-28).
pub(crate) const RESTORABLE_FOR: Length = Length::days(30);

/// A principal that was deleted. Where both ends of an edge are deleted, each end that was deleted first remembers it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DeletedPrincipal {
    pub(crate) principal: Principal,
    pub(crate) deleted: Instant,
    pub(crate) members: BTreeSet<PrincipalId>,
    pub(crate) member_of: BTreeSet<PrincipalId>,
    pub(crate) owners: BTreeSet<PrincipalId>,
    pub(crate) owner_of: BTreeSet<PrincipalId>,
    pub(crate) units: BTreeSet<AdministrativeUnitId>,
}

/// All of them, also in the order in which they were deleted.
#[derive(Clone, Debug, Default)]
pub(crate) struct DeletedPrincipals {
    by_id: BTreeMap<PrincipalId, DeletedPrincipal>,
    by_age: BTreeSet<(Instant, PrincipalId)>,
}

impl DeletedPrincipals {
    /// Adds one.
    pub(crate) fn insert(&mut self, deleted: DeletedPrincipal) {
        let id = deleted.principal.id();
        self.by_age.insert((deleted.deleted, id));
        self.by_id.insert(id, deleted);
    }

    /// Takes one out.
    pub(crate) fn remove(&mut self, id: PrincipalId) -> Option<DeletedPrincipal> {
        let deleted = self.by_id.remove(&id)?;
        self.by_age.remove(&(deleted.deleted, id));
        Some(deleted)
    }

    /// One of them.
    pub(crate) fn get(&self, id: PrincipalId) -> Option<&DeletedPrincipal> {
        self.by_id.get(&id)
    }

    /// Tells one of them of an edge to another that is back.
    pub(crate) fn tell(
        &mut self,
        id: PrincipalId,
        edges: impl FnOnce(&mut DeletedPrincipal) -> &mut BTreeSet<PrincipalId>,
        other: PrincipalId,
    ) {
        if let Some(deleted) = self.by_id.get_mut(&id) {
            edges(deleted).insert(other);
        }
    }

    /// All of them, in the order of ids.
    pub(crate) fn all(&self) -> impl Iterator<Item = &DeletedPrincipal> {
        self.by_id.values()
    }

    /// Those of a kind, in the order of ids.
    pub(crate) fn of_kind(&self, kind: PrincipalKind) -> impl Iterator<Item = &DeletedPrincipal> {
        self.all().filter(move |it| it.principal.kind() == kind)
    }

    /// When the first of them goes for good; [`Instant::LAST`] when there is none.
    pub(crate) fn first_due(&self) -> Instant {
        self.by_age.first().map_or(Instant::LAST, |(deleted, _)| deleted.plus(RESTORABLE_FOR))
    }

    /// Those that go for good at an instant, or should have gone by then.
    pub(crate) fn due(&self, at: Instant) -> impl Iterator<Item = PrincipalId> {
        (self.by_age.iter()).take_while(move |(deleted, _)| deleted.plus(RESTORABLE_FOR) <= at).map(|(_, id)| *id)
    }
}
