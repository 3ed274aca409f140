//! From a thing to the places of the records about it.

use super::slab::Slot;
use std::collections::BTreeSet;

/// For things that may have any number of records: a privilege, a creator. Kept in the order of places, so that a page can
/// start anywhere.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    pairs: BTreeSet<(Slot, Slot)>,
}

impl Index {
    /// Notes that a record is about a thing.
    pub(crate) fn insert(&mut self, thing: Slot, record: Slot) {
        self.pairs.insert((thing, record));
    }

    /// Forgets it.
    pub(crate) fn remove(&mut self, thing: Slot, record: Slot) {
        self.pairs.remove(&(thing, record));
    }

    /// Whether a record is noted under a thing.
    pub(crate) fn contains(&self, thing: Slot, record: Slot) -> bool {
        self.pairs.contains(&(thing, record))
    }

    /// The records about a thing, from a place on.
    pub(crate) fn of(&self, thing: Slot, first: Slot) -> impl Iterator<Item = Slot> {
        self.pairs.range((thing, first)..=(thing, Slot::MAX)).map(|(_, record)| *record)
    }

    /// Every pair.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (Slot, Slot)> {
        self.pairs.iter().copied()
    }
}

/// For things that have a handful of records each and come in the hundreds of thousands: the principals.
#[derive(Clone, Debug, Default)]
pub(crate) struct ShortLists {
    lists: Vec<Vec<Slot>>,
}

impl ShortLists {
    /// Notes that a record is about a thing.
    pub(crate) fn insert(&mut self, thing: Slot, record: Slot) {
        if self.lists.len() <= thing as usize {
            self.lists.resize(thing as usize + 1, Vec::new());
        }
        let list = &mut self.lists[thing as usize];
        let place = list.partition_point(|other| *other < record);
        list.insert(place, record);
    }

    /// Forgets it.
    pub(crate) fn remove(&mut self, thing: Slot, record: Slot) {
        if let Some(list) = self.lists.get_mut(thing as usize)
            && let Ok(place) = list.binary_search(&record)
        {
            list.remove(place);
        }
    }

    /// The records about a thing, in the order of places.
    pub(crate) fn of(&self, thing: Slot) -> &[Slot] {
        self.lists.get(thing as usize).map_or(&[], Vec::as_slice)
    }
}
