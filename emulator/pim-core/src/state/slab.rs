//! Numbered places for records, and look-up of a record by its id.

use hashbrown::{DefaultHashBuilder, HashTable};
use std::collections::BTreeSet;
use std::hash::BuildHasher;
use uuid::Uuid;

/// The number of a record's place. Places of records that are gone are used again.
pub(crate) type Slot = u32;

/// A record with an id.
pub(crate) trait Identified {
    /// The id it is found by.
    fn uuid(&self) -> Uuid;
}

/// Records in numbered places, found by place in no time and by id through a table that holds places only.
#[derive(Clone, Debug)]
pub(crate) struct Slab<T> {
    places: Vec<Option<T>>,
    free: Vec<Slot>,
    by_id: HashTable<Slot>,
    hasher: DefaultHashBuilder,
    /// A place that is looked at before the table, for being likely.
    at_hand: Slot,
}

impl<T> Default for Slab<T> {
    fn default() -> Self {
        Self {
            places: Vec::new(),
            free: Vec::new(),
            by_id: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
            at_hand: 0,
        }
    }
}

impl<T: Identified> Slab<T> {
    /// How many records there are.
    pub(crate) fn len(&self) -> usize {
        self.places.len() - self.free.len()
    }

    /// One past the highest place in use.
    pub(crate) fn places(&self) -> Slot {
        Slot::try_from(self.places.len()).unwrap_or(Slot::MAX)
    }

    /// The record at a place.
    pub(crate) fn get(&self, slot: Slot) -> Option<&T> {
        self.places.get(slot as usize)?.as_ref()
    }

    /// The record at a place, to be changed. Its id must stay.
    pub(crate) fn get_mut(&mut self, slot: Slot) -> Option<&mut T> {
        self.places.get_mut(slot as usize)?.as_mut()
    }

    /// The place of the record with an id.
    pub(crate) fn find(&self, id: Uuid) -> Option<Slot> {
        let same = |slot: &Slot| self.get(*slot).is_some_and(|record| record.uuid() == id);
        if same(&self.at_hand) {
            return Some(self.at_hand);
        }
        self.by_id.find(self.hasher.hash_one(id), same).copied()
    }

    /// Has a place at hand, because its record is about to be asked for by id.
    pub(crate) const fn have_at_hand(&mut self, slot: Slot) {
        self.at_hand = slot;
    }

    /// Puts a record into a free place.
    pub(crate) fn insert(&mut self, record: T) -> Slot {
        let slot = if let Some(slot) = self.free.pop() {
            self.places[slot as usize] = Some(record);
            slot
        } else {
            let slot = self.places();
            self.places.push(Some(record));
            slot
        };
        self.list(slot);
        slot
    }

    /// Changes the id of the record at a place: `change` writes the new one into it.
    pub(crate) fn change_id(&mut self, slot: Slot, change: impl FnOnce(&mut T)) {
        let Some(before) = self.get(slot).map(Identified::uuid) else { return };
        if let Ok(entry) = self.by_id.find_entry(self.hasher.hash_one(before), |other| *other == slot) {
            entry.remove();
        }
        if let Some(record) = self.get_mut(slot) {
            change(record);
        }
        self.list(slot);
    }

    /// Lets the record at a place be found by its id.
    fn list(&mut self, slot: Slot) {
        let (places, hasher) = (&self.places, &self.hasher);
        let hash = |slot: &Slot| places[*slot as usize].as_ref().map_or(0, |record| hasher.hash_one(record.uuid()));
        self.by_id.insert_unique(hash(&slot), slot, hash);
    }

    /// Takes the record out of a place.
    pub(crate) fn remove(&mut self, slot: Slot) -> Option<T> {
        let id = self.get(slot)?.uuid();
        if let Ok(entry) = self.by_id.find_entry(self.hasher.hash_one(id), |other| *other == slot) {
            entry.remove();
        }
        if self.by_id.is_empty() {
            // A table from which a million was taken remembers each: to find nothing in it would take time.
            self.by_id = HashTable::new();
        }
        self.free.push(slot);
        self.places[slot as usize].take()
    }

    /// The free places; the last is used next.
    pub(crate) fn free(&self) -> &[Slot] {
        &self.free
    }

    /// Lays out an empty slab, so that this many records come to stand in order beside the places that stay free.
    pub(crate) fn lay_out(&mut self, records: usize, free: &[Slot]) {
        let total = records + free.len();
        let gaps: BTreeSet<Slot> = free.iter().copied().filter(|slot| (*slot as usize) < total).collect();
        if gaps.len() == free.len() {
            self.places.resize_with(total, || None);
            self.free = (0..self.places()).rev().filter(|slot| !gaps.contains(slot)).collect();
        }
    }

    /// Ends what [`Self::lay_out`] began: from now on the free places are used.
    pub(crate) fn settle(&mut self, free: Vec<Slot>) {
        if free.iter().all(|slot| self.places.get(*slot as usize).is_some_and(Option::is_none)) {
            self.free.extend(free);
        }
    }

    /// The records from a place on, in the order of places.
    pub(crate) fn from(&self, first: Slot) -> impl Iterator<Item = (Slot, &T)> {
        let start = (first as usize).min(self.places.len());
        self.places[start..].iter().zip(first..).filter_map(|(place, slot)| place.as_ref().map(|record| (slot, record)))
    }
}
