//! What one reader is not shown yet, although it is so.
//!
//! The service is many machines, and what one has written another knows a while later. The delays of [`Behaviour`] say so of
//! everybody and in the tenant's time. A replica says it of one reader, and names what it is about.
//!
//! [`Behaviour`]: crate::Behaviour

use std::sync::atomic::{AtomicBool, Ordering};
use uuid::Uuid;

/// A part of the service that lags behind, as one reader meets it. It remembers whether the reader noticed.
#[derive(Debug, Default)]
pub struct Replica {
    unknown: Vec<Uuid>,
    unlisted: Vec<Uuid>,
    pending: Vec<Uuid>,
    has_hidden: AtomicBool,
    has_left_out: AtomicBool,
    has_delayed: AtomicBool,
}

impl Replica {
    /// One that does not find these by their ids (LAT-10), leaves those out of lists (LAT-6), and has not provisioned others
    /// (LAT-1).
    #[must_use]
    pub fn new(unknown: Vec<Uuid>, unlisted: Vec<Uuid>, pending: Vec<Uuid>) -> Self {
        Self { unknown, unlisted, pending, ..Self::default() }
    }

    /// Whether it finds something by its id.
    #[must_use]
    pub fn finds(&self, id: Uuid) -> bool {
        told(&self.unknown, id, &self.has_hidden)
    }

    /// Whether its lists show something.
    #[must_use]
    pub fn lists(&self, id: Uuid) -> bool {
        told(&self.unlisted, id, &self.has_left_out)
    }

    /// Whether what was asked for is in effect there.
    #[must_use]
    pub fn has_provisioned(&self, id: Uuid) -> bool {
        told(&self.pending, id, &self.has_delayed)
    }

    /// Whether the reader looked for something by its id that was not found.
    #[must_use]
    pub fn has_hidden(&self) -> bool {
        self.has_hidden.load(Ordering::Relaxed)
    }

    /// Whether the reader saw a list that something was left out of.
    #[must_use]
    pub fn has_left_out(&self) -> bool {
        self.has_left_out.load(Ordering::Relaxed)
    }

    /// Whether the reader saw, or did not see, what is not in effect yet.
    #[must_use]
    pub fn has_delayed(&self) -> bool {
        self.has_delayed.load(Ordering::Relaxed)
    }
}

fn told(withheld: &[Uuid], id: Uuid, noticed: &AtomicBool) -> bool {
    let is_withheld = withheld.contains(&id);
    if is_withheld {
        noticed.store(true, Ordering::Relaxed);
    }
    !is_withheld
}
