//! Reading the log: between two instants in either direction, after an event, or one record by its id.

use super::drafts;
use super::record::{AuditRecord, Service};
use super::teller::Teller;
use crate::app::Tenant;
use crate::app::event_log::EventLog;
use crate::app::ids::derived;
use pim_core::time::{Instant, Length};
use pim_core::{TenantId, View};

/// How many records one event can have: more than any has.
const PLACES: u64 = 10;

/// How many events are looked at while the tenant is held.
const CHUNK: u64 = 64;

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

    /// A number that grows along a direction.
    #[must_use]
    pub const fn place(self, direction: Direction) -> u64 {
        match direction {
            Direction::NewestFirst => u64::MAX - self.0,
            Direction::OldestFirst => self.0,
        }
    }

    /// The record with that number.
    #[must_use]
    pub const fn at(place: u64, direction: Direction) -> Self {
        match direction {
            Direction::NewestFirst => Self(u64::MAX - place),
            Direction::OldestFirst => Self(place),
        }
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

/// Which way the log is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    /// From the newest record back.
    NewestFirst,
    /// From the oldest on.
    OldestFirst,
}

/// The records of a tenant between two instants, both included, and of those only what comes after `beyond` in that
/// direction. They are made as they are asked for, a few events at a time, and between these whoever wants to write does.
pub fn records(
    tenant: &Tenant,
    (from, until): (Instant, Instant),
    direction: Direction,
    beyond: Option<Key>,
) -> impl Iterator<Item = AuditRecord> {
    let log = tenant.log();
    let (mut first, mut last) = (log.last_until(from.minus(Length::from_milliseconds(1))) + 1, log.last_until(until));
    match (direction, beyond) {
        (Direction::NewestFirst, Some(beyond)) => last = last.min(beyond.event()),
        (Direction::OldestFirst, Some(beyond)) => first = first.max(beyond.event()),
        (Direction::NewestFirst | Direction::OldestFirst, None) => {}
    }
    let chunk = move |number: u64| match direction {
        Direction::NewestFirst => (first.max((last + 1).saturating_sub((number + 1) * CHUNK)), last - number * CHUNK),
        Direction::OldestFirst => (first + number * CHUNK, last.min(first + number * CHUNK + (CHUNK - 1))),
    };
    (0..(last + 1).saturating_sub(first).div_ceil(CHUNK))
        .flat_map(move |number| {
            let (from, to) = chunk(number);
            let mut records = tenant.audit(|audit| audit.of_all(from, to));
            if direction == Direction::NewestFirst {
                records.reverse();
            }
            records
        })
        .filter(move |record| beyond.is_none_or(|beyond| record.key.place(direction) > beyond.place(direction)))
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

    /// The records of the events from one to another, both included, in order.
    fn of_all(&self, first: u64, last: u64) -> Vec<AuditRecord> {
        (first..=last).flat_map(|event| self.of(event)).collect()
    }

    /// The records of the events after one, at most `limit` events on; and the number of the last of these events, which is
    /// `event` itself when there is nothing more.
    #[must_use]
    pub fn after(&self, event: u64, limit: u64) -> (Vec<AuditRecord>, u64) {
        let newest = self.teller.log.last();
        let first = event.max(self.made).min(newest);
        let last = newest.min(first.saturating_add(limit));
        (self.of_all(first + 1, last), last.max(event))
    }

    /// The record with an id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<AuditRecord> {
        let key = Key::parse(id)?;
        self.of(key.event()).into_iter().find(|record| record.id.eq_ignore_ascii_case(id))
    }
}
