//! What is due when, on the tenant's own clock.

use super::slab::Slot;
use crate::time::Instant;
use std::collections::BTreeSet;

/// Something that happens by itself. At one instant the order of the variants decides: what ends makes room for what
/// starts, and what times out comes after both (REQ-60).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Timer {
    /// When the end of a schedule comes.
    End(Slot),
    /// When the start of a schedule comes.
    Start(Slot),
    /// When a request has waited for a decision long enough (APR-4).
    TimeOut(Slot),
    /// When approvers are told (APR-29).
    TellApprovers(Slot),
    /// When something is due of access reviews. Of which is not said, for the same reason as with applications.
    AccessReviews,
    /// When the holder of a schedule is told that its end is near (NOT-16).
    Remind(Slot),
    /// When a week ends (NOT-15).
    Week,
    /// When an expired schedule can be renewed no longer (ASG-18).
    Forget(Slot),
    /// When a request has been kept long enough (MOD-15, MOD-16).
    Purge(Slot),
    /// When the first of the deleted principals can be restored no longer (ASG-28).
    PurgeDeleted,
    /// When deleted applications can be brought back no longer. Which these are is not said: with their ids among them, all
    /// timers would take twice the room.
    PurgeApplications,
    /// When the tenant is scanned for alerts: for what is so after everything else of that instant (LAT-9).
    Scan,
}

/// All timers, in due order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Timers {
    due: BTreeSet<(Instant, Timer)>,
    /// The one that is being fired: out of the set already, and still to be cleared by what happens.
    firing: Option<(Instant, Timer)>,
}

impl Timers {
    /// Sets a timer.
    pub(crate) fn set(&mut self, at: Instant, timer: Timer) {
        if self.firing != Some((at, timer)) {
            self.due.insert((at, timer));
        }
    }

    /// Takes a timer back.
    pub(crate) fn clear(&mut self, at: Instant, timer: Timer) {
        if self.firing == Some((at, timer)) {
            self.firing = None;
        } else {
            self.due.remove(&(at, timer));
        }
    }

    /// The next one.
    pub(crate) fn first(&self) -> Option<(Instant, Timer)> {
        self.firing.or_else(|| self.due.first().copied())
    }

    /// The next one if it is due by `now`. It is there until what happens clears it.
    pub(crate) fn fire(&mut self, now: Instant) -> Option<(Instant, Timer)> {
        let next = self.first().filter(|(due, _)| *due <= now)?;
        if self.firing.is_none() {
            self.firing = self.due.pop_first();
        }
        Some(next)
    }

    /// Every timer.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Instant, Timer)> {
        self.firing.into_iter().chain(self.due.iter().copied())
    }
}
