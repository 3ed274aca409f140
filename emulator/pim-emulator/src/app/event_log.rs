//! What happened in a tenant, in order, packed small.
//!
//! A record is kept as bytes: a million of them fit where a hundred thousand structs would.

use parking_lot::RwLock;
use pim_core::Recorded;
use tokio::sync::watch;

/// How many records share one run of bytes.
const RUN: usize = 1024;

/// The log. Numbers count from 1, or from where the log of an earlier tenant with the same id ended; a number is never given
/// twice.
#[derive(Debug)]
pub struct EventLog {
    /// The number before that of the first record.
    before: u64,
    runs: RwLock<Vec<Run>>,
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
        Self { before, runs: RwLock::default(), last: watch::Sender::new(before) }
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
