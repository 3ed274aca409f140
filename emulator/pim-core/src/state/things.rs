//! From somebody to the applications, service principals and groups that are somebody's: by owner, or by who made them.

use super::slab::Slot;
use crate::id::{ApplicationId, PrincipalId};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Something that can be somebody's.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Thing {
    /// A principal, by its place.
    Principal(Slot),
    /// An application registration.
    Application(ApplicationId),
}

/// Whose each thing is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Things {
    pairs: BTreeSet<(PrincipalId, Thing)>,
}

impl Things {
    /// Notes that a thing is theirs.
    pub(crate) fn insert(&mut self, whose: impl IntoIterator<Item = PrincipalId>, thing: Thing) {
        self.pairs.extend(whose.into_iter().map(|somebody| (somebody, thing)));
    }

    /// Notes that it is theirs no longer.
    pub(crate) fn remove(&mut self, whose: impl IntoIterator<Item = PrincipalId>, thing: Thing) {
        for somebody in whose {
            self.pairs.remove(&(somebody, thing));
        }
    }

    /// What is somebody's: principals in the order of places, then applications in that of ids.
    pub(crate) fn of(&self, somebody: PrincipalId) -> impl Iterator<Item = Thing> {
        let (first, last) = (Thing::Principal(0), Thing::Application(ApplicationId(Uuid::max())));
        self.pairs.range((somebody, first)..=(somebody, last)).map(|(_, thing)| *thing)
    }
}
