//! Reading the log: newest first, in order, or one record by its id.

use super::drafts;
use super::record::{AuditRecord, Service};
use super::teller::Teller;
use crate::app::event_log::EventLog;
use crate::app::ids::derived;
use pim_core::time::Instant;
use pim_core::{TenantId, View};

/// How many records one event can have: more than any has.
const PLACES: u64 = 10;

/// A stream of ids that are made of others.
const RECORD: u64 = 3;

/// Where a record stands in the log: by event, and among those of one event.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Key(u64);

impl Key {
    const fn new(event: u64, place: u64) -> Self {
        Self(event * PLACES + place)
    }

    /// The number of the event.
    #[must_use]
    pub const fn event(self) -> u64 {
        self.0 / PLACES
    }

    /// A number that is the lower the newer the record is, for those who count from the newest.
    #[must_use]
    pub const fn age(self) -> u64 {
        u64::MAX - self.0
    }

    /// The record of that age.
    #[must_use]
    pub const fn of_age(age: u64) -> Self {
        Self(u64::MAX - age)
    }

    /// The id of the record that stands here: the same whenever it is asked for, and another in every tenant.
    pub(super) fn id(self, tenant: TenantId, service: Service) -> String {
        format!("{}_{}_{}", service.prefix(), derived(tenant.0, RECORD, self.0), self.0)
    }

    /// Where the record of that id would stand.
    fn parse(id: &str) -> Option<Self> {
        id.rsplit_once('_')?.1.parse().ok().map(Self)
    }
}

/// A tenant's audit log at an instant.
#[derive(Clone, Copy, Debug)]
pub struct Audit<'a> {
    teller: Teller<'a>,
    /// The number of the last event that belongs to the making of the tenant.
    made: u64,
}

impl<'a> Audit<'a> {
    /// The log of a tenant whose making ended with the event numbered `made`.
    #[must_use]
    pub const fn new(view: View<'a>, log: &'a EventLog, tenant: TenantId, made: u64) -> Self {
        Self { teller: Teller { view, log, tenant }, made }
    }

    /// The instant from which on the log can still be read (AUD-3).
    #[must_use]
    pub const fn kept_since(&self) -> Instant {
        self.teller.view.now().minus(super::RETENTION)
    }

    /// The records of an event, in the order in which they were written.
    fn of(&self, event: u64) -> Vec<AuditRecord> {
        let Some(recorded) = self.teller.log.get(event).filter(|_| event > self.made) else { return Vec::new() };
        let record = |(draft, place): (super::record::Draft, u64)| {
            draft.record(self.teller.tenant, Key::new(event, place), recorded.at)
        };
        drafts(&self.teller, event, &recorded).into_iter().zip(0..).map(record).collect()
    }

    /// The records between two instants, both included, the newest first, and of those only what is older than `before`.
    pub fn newest_first(
        self,
        (from, until): (Instant, Instant),
        before: Option<Key>,
    ) -> impl Iterator<Item = AuditRecord> + 'a {
        let log = self.teller.log;
        let last = log.last_until(until).min(before.map_or(u64::MAX, Key::event));
        ((self.made + 1)..=last)
            .rev()
            .take_while(move |event| log.get(*event).is_some_and(|it| it.at >= from))
            .flat_map(move |event| self.of(event).into_iter().rev())
            .filter(move |record| before.is_none_or(|before| record.key < before))
    }

    /// The records of the events after one, at most `limit` events on; and the number of the last of these events, which is
    /// `event` itself when there is nothing more.
    #[must_use]
    pub fn after(&self, event: u64, limit: u64) -> (Vec<AuditRecord>, u64) {
        let newest = self.teller.log.last();
        let first = event.max(self.made).min(newest);
        let last = newest.min(first.saturating_add(limit));
        let records = (first + 1..=last).flat_map(|event| self.of(event)).collect();
        (records, last.max(event))
    }

    /// The record with an id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<AuditRecord> {
        let key = Key::parse(id)?;
        self.of(key.event()).into_iter().find(|record| record.id.eq_ignore_ascii_case(id))
    }
}
