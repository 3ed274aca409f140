//! What is due when, on the tenant's own clock.

use super::slab::Slot;
use crate::id::ApplicationId;
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
    /// When an application that was deleted can be brought back no longer.
    PurgeApplication(ApplicationId),
}

/// All timers, in due order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Timers {
    due: BTreeSet<(Instant, Timer)>,
}

impl Timers {
    /// Sets a timer.
    pub(crate) fn set(&mut self, at: Instant, timer: Timer) {
        self.due.insert((at, timer));
    }

    /// Takes a timer back.
    pub(crate) fn clear(&mut self, at: Instant, timer: Timer) {
        self.due.remove(&(at, timer));
    }

    /// The next one.
    pub(crate) fn first(&self) -> Option<(Instant, Timer)> {
        self.due.first().copied()
    }

    /// Every timer.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Instant, Timer)> {
        self.due.iter().copied()
    }
}
