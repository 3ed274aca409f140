//! What was made a moment ago, and from which request on it is seen where.

use super::chance::Chance;
use super::profile::Profile;
use crate::app::traffic::fate::Hardship;
use pim_core::Replica;
use uuid::Uuid;

/// More things than this are not held back at once.
const MOST: usize = 1024;

/// Everything that is not seen everywhere yet.
#[derive(Debug, Default)]
pub(super) struct Lags {
    held: Vec<Held>,
}

/// Something that was made, and the numbers of the first requests that see it.
#[derive(Clone, Copy, Debug)]
struct Held {
    id: Uuid,
    /// Found by its id.
    found: u64,
    /// In lists.
    listed: u64,
    /// In effect.
    provisioned: u64,
}

impl Lags {
    /// Holds back what a request made; answers whether what it asked for is not provisioned yet.
    pub(super) fn hold_back(&mut self, profile: &Profile, number: u64, made: &[Uuid]) -> bool {
        let chance = Chance::of(profile.seed, number);
        let length = |hardship, share| match chance.takes(hardship, share) {
            true => chance.length(hardship, profile.longest_lag),
            false => 0,
        };
        let (not_found, pending) =
            (length(Hardship::NotFound, profile.not_found), length(Hardship::Pending, profile.pending));
        let unlisted = length(Hardship::StaleList, profile.stale_lists).max(not_found);
        if not_found.max(unlisted).max(pending) == 0 || self.held.len() + made.len() > MOST {
            return false;
        }
        let first = number + 1;
        self.held.extend(made.iter().map(|id| Held {
            id: *id,
            found: first + not_found,
            listed: first + unlisted,
            provisioned: first + pending,
        }));
        pending > 0
    }

    /// What a request does not see; nothing when it sees everything.
    pub(super) fn replica(&mut self, number: u64) -> Option<Replica> {
        self.held.retain(|it| it.found.max(it.listed).max(it.provisioned) > number);
        if self.held.is_empty() {
            return None;
        }
        let later = |first: fn(&Held) -> u64| {
            self.held.iter().filter(move |it| first(it) > number).map(|it| it.id).collect::<Vec<_>>()
        };
        Some(Replica::new(later(|it| it.found), later(|it| it.listed), later(|it| it.provisioned)))
    }
}
