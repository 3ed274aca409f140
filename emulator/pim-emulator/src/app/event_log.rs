//! What happened in a tenant, in order, packed small.
//!
//! A record is kept as bytes: a million of them fit where a hundred thousand structs would.

use hashbrown::HashMap;
use parking_lot::RwLock;
use pim_core::time::Instant;
use pim_core::{Event, Recorded};
use tokio::sync::watch;
use uuid::Uuid;

/// How many records share one run of bytes.
const RUN: usize = 1024;

/// The log. Numbers count from 1, or from where the log of an earlier tenant with the same id ended; a number is never given
/// twice.
#[derive(Debug)]
pub struct EventLog {
    /// The number before that of the first record.
    before: u64,
    runs: RwLock<Vec<Run>>,
    /// The places of the events that made what later events only name.
    made: RwLock<HashMap<Uuid, u32>>,
    last: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Run {
    bytes: Vec<u8>,
    /// Where each record ends.
    ends: Vec<u32>,
}

impl Default for EventLog {
    fn default() -> Self {
        Self::starting_after(0)
    }
}

impl EventLog {
    /// An empty log whose first record will have the next number.
    #[must_use]
    pub fn starting_after(before: u64) -> Self {
        let last = watch::Sender::new(before);
        Self { before, runs: RwLock::default(), made: RwLock::default(), last }
    }

    /// The number of the first record, whether it is there yet or not.
    #[must_use]
    pub const fn first(&self) -> u64 {
        self.before + 1
    }

    /// Appends what happened.
    pub fn append(&self, happened: &[Recorded]) {
        if happened.is_empty() {
            return;
        }
        let mut runs = self.runs.write();
        for recorded in happened {
            if runs.last().is_none_or(|run| run.ends.len() == RUN) {
                runs.last_mut().into_iter().for_each(|run| run.bytes.shrink_to_fit());
                runs.push(Run { bytes: Vec::new(), ends: Vec::with_capacity(RUN) });
            }
            let place = runs.len().saturating_sub(1) * RUN + runs.last().map_or(0, |run| run.ends.len());
            if let (Some(id), Ok(place)) = (named_later(&recorded.event), u32::try_from(place)) {
                self.made.write().insert(id, place);
            }
            if let Some(run) = runs.last_mut() {
                run.push(recorded);
            }
        }
        drop(runs);
        self.last.send_modify(|last| *last += happened.len() as u64);
    }

    /// The records after a number, at most `limit`, each with its number.
    #[must_use]
    pub fn after(&self, number: u64, limit: usize) -> Vec<(u64, Recorded)> {
        let runs = self.runs.read();
        let start = usize::try_from(number.saturating_sub(self.before)).unwrap_or(usize::MAX);
        let count = runs.iter().map(|run| run.ends.len()).sum::<usize>();
        (start..count.min(start.saturating_add(limit)))
            .filter_map(|place| Some((self.first() + place as u64, runs.get(place / RUN)?.get(place % RUN)?)))
            .collect()
    }

    /// The record with a number.
    #[must_use]
    pub fn get(&self, number: u64) -> Option<Recorded> {
        let place = usize::try_from(number.checked_sub(self.first())?).ok()?;
        self.runs.read().get(place / RUN)?.get(place % RUN)
    }

    /// The record that made a request which was not settled at once, or made or last changed a custom role.
    #[must_use]
    pub fn made(&self, id: Uuid) -> Option<Recorded> {
        let place = *self.made.read().get(&id)?;
        self.get(self.first() + u64::from(place))
    }

    /// The number of the last record up to and at an instant; the one before the first when there is none. Records are in
    /// the order of time.
    #[must_use]
    pub fn last_until(&self, until: Instant) -> u64 {
        let (mut low, mut high) = (self.before, self.last());
        while low < high {
            let middle = high - (high - low) / 2;
            if self.get(middle).is_none_or(|it| it.at > until) {
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        low
    }

    /// The number of the last record; the one before the first when there is none.
    #[must_use]
    pub fn last(&self) -> u64 {
        *self.last.borrow()
    }

    /// Tells of every change of [`Self::last`].
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.last.subscribe()
    }
}

/// What an event makes that later events only name: a request with more to come, a custom role. Most requests are done when
/// they are made, and nothing ever speaks of them again.
fn named_later(event: &Event) -> Option<Uuid> {
    if let Event::RequestCreated(request) = event {
        (!request.status.is_final()).then_some(request.id.0)
    } else if let Event::RoleDefinitionCreated(role) | Event::RoleDefinitionUpdated(role) = event {
        Some(role.id.0)
    } else {
        None
    }
}

impl Run {
    fn push(&mut self, recorded: &Recorded) {
        let bytes = std::mem::take(&mut self.bytes);
        // Writing to memory cannot fail; should it ever, the record is empty and reading skips it.
        self.bytes = postcard::to_extend(recorded, bytes).unwrap_or_default();
        self.ends.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
    }

    fn get(&self, place: usize) -> Option<Recorded> {
        let start = if place == 0 { 0 } else { *self.ends.get(place - 1)? };
        let end = *self.ends.get(place)?;
        postcard::from_bytes(self.bytes.get(start as usize..end as usize)?).ok()
    }
}
