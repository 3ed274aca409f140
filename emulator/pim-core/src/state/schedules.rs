//! Schedules as they are held: compact records and their indices.

use super::index::{Index, ShortLists};
use super::slab::{Identified, Slab, Slot};
use crate::id::ScheduleId;
use crate::model::{AssignmentKind, ScheduleDetails, ScheduleKind, SchedulePhase, Window};
use crate::time::Instant;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// One schedule, in 80 bytes. A permanent one ends at [`Instant::LAST`]; one never changed was modified at
/// [`Instant::FIRST`], one never activated was so then.
#[derive(Clone, Debug)]
pub(crate) struct ScheduleRecord {
    pub(crate) id: ScheduleId,
    pub(crate) start: Instant,
    pub(crate) end: Instant,
    pub(crate) created: Instant,
    pub(crate) modified: Instant,
    /// When a reminder of its end, the end itself or its forgetting is due; [`Instant::LAST`] for never.
    pub(crate) due: Instant,
    /// When an eligibility was last activated (ALR-12).
    pub(crate) last_activation: Instant,
    pub(crate) principal: Slot,
    pub(crate) privilege: Slot,
    /// The place of the eligibility it was activated from, or [`NOWHERE`].
    pub(crate) eligibility: Slot,
    pub(crate) kind: ScheduleKind,
    pub(crate) phase: SchedulePhase,
}

/// No place at all.
pub(crate) const NOWHERE: Slot = Slot::MAX;

impl Identified for ScheduleRecord {
    fn uuid(&self) -> Uuid {
        self.id.0
    }
}

impl ScheduleRecord {
    /// From when until when.
    pub(crate) fn window(&self) -> Window {
        Window { start: self.start, end: (self.end != Instant::LAST).then_some(self.end) }
    }

    /// Whether there is an instance at `now`: readers ask the clock themselves, so that a jump shows at once.
    pub(crate) fn is_open(&self, now: Instant) -> bool {
        match self.phase {
            SchedulePhase::Held => true,
            SchedulePhase::Expired => false,
            SchedulePhase::Scheduled | SchedulePhase::Open => self.start <= now && now < self.end,
        }
    }

    /// Whether the schedule lies in the present or the future at `now`.
    pub(crate) fn is_live(&self, now: Instant) -> bool {
        match self.phase {
            SchedulePhase::Held => true,
            SchedulePhase::Expired => false,
            SchedulePhase::Scheduled | SchedulePhase::Open => now < self.end,
        }
    }

    /// Which side it is on.
    pub(crate) const fn side(&self) -> AssignmentKind {
        self.kind.side()
    }

    /// Whether it counts among those of its role in the digest of a week (NOT-15): eligible ones and permanent ones.
    fn is_counted(&self) -> bool {
        let is_permanent = self.end == Instant::LAST;
        self.phase != SchedulePhase::Expired
            && match self.kind {
                ScheduleKind::Eligibility => true,
                ScheduleKind::Assigned | ScheduleKind::AssignedOutside => is_permanent,
                ScheduleKind::Activated => false,
            }
    }
}

/// All schedules of a tenant.
#[derive(Clone, Debug, Default)]
pub(crate) struct Schedules {
    pub(crate) records: Slab<ScheduleRecord>,
    /// What few have, beside the records.
    pub(crate) details: BTreeMap<ScheduleId, Box<ScheduleDetails>>,
    by_principal: ShortLists,
    by_privilege: Index,
    /// Only those on the side of assignments: few hold a role, however many are eligible.
    assignments: Index,
    activations: Index,
    /// How many of each privilege count in a digest. Kept, because counting a million of them holds everybody up.
    counted: Vec<u32>,
    /// Whatever was made since the beginning of the week that ended last, for the same reason.
    lately: BTreeSet<Slot>,
}

impl Schedules {
    /// Adds a schedule.
    pub(crate) fn insert(&mut self, record: ScheduleRecord) -> Slot {
        let (principal, privilege, eligibility) = (record.principal, record.privilege, record.eligibility);
        let (side, is_counted) = (record.side(), record.is_counted());
        let slot = self.records.insert(record);
        self.lately.insert(slot);
        if is_counted {
            *self.count(privilege) += 1;
        }
        self.by_principal.insert(principal, slot);
        self.by_privilege.insert(privilege, slot);
        if side == AssignmentKind::Assignment {
            self.assignments.insert(privilege, slot);
        }
        if eligibility != NOWHERE {
            self.activations.insert(eligibility, slot);
        }
        slot
    }

    /// Removes a schedule; its activations lose sight of it.
    pub(crate) fn remove(&mut self, slot: Slot) -> Option<ScheduleRecord> {
        self.release_activations(slot);
        let record = self.records.remove(slot)?;
        self.details.remove(&record.id);
        self.lately.remove(&slot);
        self.by_principal.remove(record.principal, slot);
        self.by_privilege.remove(record.privilege, slot);
        if record.side() == AssignmentKind::Assignment {
            self.assignments.remove(record.privilege, slot);
        }
        if record.eligibility != NOWHERE {
            self.activations.remove(record.eligibility, slot);
        }
        if record.is_counted() {
            *self.count(record.privilege) -= 1;
        }
        Some(record)
    }

    /// Changes the times and the phase of a schedule; who holds what must stay.
    pub(crate) fn change<R>(&mut self, slot: Slot, change: impl FnOnce(&mut ScheduleRecord) -> R) -> Option<R> {
        let record = self.records.get_mut(slot)?;
        let was_counted = record.is_counted();
        let answer = change(record);
        let (privilege, is_counted) = (record.privilege, record.is_counted());
        match (was_counted, is_counted) {
            (false, true) => *self.count(privilege) += 1,
            (true, false) => *self.count(privilege) -= 1,
            (true, true) | (false, false) => {}
        }
        Some(answer)
    }

    fn count(&mut self, privilege: Slot) -> &mut u32 {
        let place = privilege as usize;
        if self.counted.len() <= place {
            self.counted.resize(place + 1, 0);
        }
        &mut self.counted[place]
    }

    /// How many of each privilege count in a digest; privileges that nobody holds may be left out.
    pub(crate) fn counted(&self) -> impl Iterator<Item = (Slot, u32)> {
        (0..).zip(self.counted.iter().copied())
    }

    /// Looks back no further than to an instant from now on.
    pub(crate) fn look_back_to(&mut self, since: Instant) {
        self.lately.retain(|slot| self.records.get(*slot).is_some_and(|record| record.created >= since));
    }

    /// What was made lately, as far as one looks back.
    pub(crate) fn lately(&self) -> impl Iterator<Item = &ScheduleRecord> {
        self.lately.iter().filter_map(|slot| self.records.get(*slot))
    }

    /// Lets the activations of an eligibility lose sight of it.
    pub(crate) fn release_activations(&mut self, eligibility: Slot) {
        let activations: Vec<Slot> = self.activations.of(eligibility, 0).collect();
        for activation in activations {
            self.activations.remove(eligibility, activation);
            if let Some(record) = self.records.get_mut(activation) {
                record.eligibility = NOWHERE;
            }
        }
    }

    /// Notes from which eligibility a schedule was activated.
    pub(crate) fn link_activation(&mut self, eligibility: Slot, activation: Slot) {
        if let Some(record) = self.records.get_mut(activation) {
            record.eligibility = eligibility;
            self.activations.insert(eligibility, activation);
        }
    }

    /// The schedules of a principal.
    pub(crate) fn of_principal(&self, principal: Slot) -> &[Slot] {
        self.by_principal.of(principal)
    }

    /// The schedules of a privilege, from a place on.
    pub(crate) fn of_privilege(&self, privilege: Slot, first: Slot) -> impl Iterator<Item = Slot> {
        self.by_privilege.of(privilege, first)
    }

    /// The schedules of a privilege on the side of assignments.
    pub(crate) fn assignments_of(&self, privilege: Slot) -> impl Iterator<Item = Slot> {
        self.assignments.of(privilege, 0)
    }

    /// The activations of an eligibility.
    pub(crate) fn activations_of(&self, eligibility: Slot) -> impl Iterator<Item = Slot> {
        self.activations.of(eligibility, 0)
    }

    /// The record at a place that an index names.
    pub(crate) fn at(&self, slots: &[Slot]) -> impl Iterator<Item = (Slot, &ScheduleRecord)> {
        slots.iter().filter_map(|slot| self.records.get(*slot).map(|record| (*slot, record)))
    }

    /// Whether every index names a record under the right thing and every record is in its indices.
    pub(crate) fn indices_agree(&self) -> bool {
        self.records.from(0).all(|(slot, record)| {
            self.by_principal.of(record.principal).contains(&slot)
                && self.by_privilege.contains(record.privilege, slot)
                && self.assignments.contains(record.privilege, slot) == (record.side() == AssignmentKind::Assignment)
                && (record.eligibility == NOWHERE || self.activations.contains(record.eligibility, slot))
        }) && self.by_privilege.pairs().count() == self.records.len()
            && self.assignments.pairs().all(|(_, slot)| self.records.get(slot).is_some())
            && self.counted().all(|(privilege, count)| {
                let of_it = self.of_privilege(privilege, 0).filter_map(|slot| self.records.get(slot));
                of_it.filter(|record| record.is_counted()).count() == count as usize
            })
            && self.activations.pairs().all(|(eligibility, activation)| {
                self.records.get(activation).is_some_and(|record| record.eligibility == eligibility)
            })
    }
}
