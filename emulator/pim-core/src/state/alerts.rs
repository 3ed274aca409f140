//! Alerts as they are held: how each is set, what the last scan found, and when the next one may find something else.
//!
//! Scans go by themselves at a fixed interval. One that cannot find anything new is not carried out: a timer is set only when
//! something has happened since the last, or when time alone makes a difference. When a tenant was last scanned is counted.

use crate::model::{Alert, AlertConfiguration, AlertOperation, Incident};
use crate::time::{Instant, Length};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::iter::Peekable;
use uuid::Uuid;

/// How many of the scans that somebody asked for are remembered.
const OPERATIONS: usize = 100;

/// What is known of one alert. Of one that is as it always was, nothing is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AlertRecord {
    pub(crate) alert: Alert,
    pub(crate) configuration: AlertConfiguration,
    /// Whether somebody does not want to see it (ALR-5).
    pub(crate) is_dismissed: bool,
    /// What the last scan found, in the order of ids.
    pub(crate) incidents: Vec<Incident>,
    /// When something of it last changed.
    pub(crate) modified: Option<Instant>,
    /// When somebody last had the tenant scanned for it, or it stopped to be scanned for.
    pub(crate) scanned: Option<Instant>,
}

impl AlertRecord {
    const fn new(alert: Alert) -> Self {
        Self {
            alert,
            configuration: AlertConfiguration::default_of(alert),
            is_dismissed: false,
            incidents: Vec::new(),
            modified: None,
            scanned: None,
        }
    }

    /// Whether it is looked for (ALR-3, ALR-5).
    pub(crate) const fn is_scanned(&self) -> bool {
        self.configuration.is_enabled && !self.is_dismissed
    }

    /// Takes in what has changed of the incidents; both lists are in the order of ids.
    pub(crate) fn change(&mut self, appeared: &[Incident], gone: &[Uuid]) {
        let (mut gone, mut new) = (gone.iter().copied().peekable(), appeared.iter().map(Incident::id).peekable());
        self.incidents.retain(|it| !holds(&mut gone, it.id()) && !holds(&mut new, it.id()));
        self.incidents.extend(appeared.iter().cloned());
        self.incidents.sort_by_key(Incident::id);
    }
}

/// Whether what is left of an ascending list has an id; what is before it is passed over.
fn holds(rest: &mut Peekable<impl Iterator<Item = Uuid>>, id: Uuid) -> bool {
    while rest.next_if(|other| *other < id).is_some() {}
    rest.peek() == Some(&id)
}

/// All alerts of a tenant, also as a document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Alerts {
    #[serde(with = "as_list")]
    records: BTreeMap<Alert, AlertRecord>,
    /// The scans that somebody asked for, newest last.
    operations: Vec<AlertOperation>,
    /// From when on scans are counted; [`Instant::FIRST`] before the tenant was made.
    pub(crate) anchor: Instant,
    /// When the next scan is carried out; [`Instant::LAST`] while none is due.
    pub(crate) due: Instant,
}

impl Default for Alerts {
    fn default() -> Self {
        Self { records: BTreeMap::new(), operations: Vec::new(), anchor: Instant::FIRST, due: Instant::LAST }
    }
}

impl Alerts {
    /// What is known of an alert.
    pub(crate) fn get(&self, alert: Alert) -> Option<&AlertRecord> {
        self.records.get(&alert)
    }

    /// The same, to be changed.
    pub(crate) fn record(&mut self, alert: Alert) -> &mut AlertRecord {
        self.records.entry(alert).or_insert_with(|| AlertRecord::new(alert))
    }

    /// How an alert is set.
    pub(crate) fn configuration(&self, alert: Alert) -> AlertConfiguration {
        self.get(alert).map_or_else(|| AlertConfiguration::default_of(alert), |record| record.configuration)
    }

    /// Whether an alert is looked for.
    pub(crate) fn is_scanned(&self, alert: Alert) -> bool {
        self.get(alert).is_none_or(AlertRecord::is_scanned)
    }

    /// Whether an alert is up: there is something, and nobody has dismissed it (ALR-5).
    pub(crate) fn is_active(&self, alert: Alert) -> bool {
        self.get(alert).is_some_and(|record| !record.is_dismissed && !record.incidents.is_empty())
    }

    /// What an alert is about.
    pub(crate) fn incidents(&self, alert: Alert) -> &[Incident] {
        self.get(alert).map_or(&[], |record| &record.incidents)
    }

    /// Forgets the alerts that are so, with what was asked of them.
    pub(crate) fn forget(&mut self, is_gone: impl Fn(Alert) -> bool) {
        self.records.retain(|alert, _| !is_gone(*alert));
    }

    /// Notes a scan that somebody asked for.
    pub(crate) fn note(&mut self, operation: AlertOperation) {
        if self.operations.len() == OPERATIONS {
            self.operations.remove(0);
        }
        self.operations.push(operation);
    }

    /// The scans that somebody asked for, newest first.
    pub(crate) fn operations(&self) -> impl Iterator<Item = &AlertOperation> {
        self.operations.iter().rev()
    }

    /// The last instant up to `now` at which a scan went by itself.
    pub(crate) fn last_scan(&self, now: Instant, interval: Option<Length>) -> Instant {
        self.scans_until(now, interval).map_or(self.anchor, |(count, interval)| self.scan_number(count, interval))
    }

    /// The first one after `now`.
    pub(crate) fn next_scan(&self, now: Instant, interval: Option<Length>) -> Option<Instant> {
        self.scans_until(now, interval).map(|(count, interval)| self.scan_number(count + 1, interval))
    }

    /// How many scans have gone by themselves until `now`, each so long after the one before.
    fn scans_until(&self, now: Instant, interval: Option<Length>) -> Option<(i64, i64)> {
        let interval = interval?.milliseconds();
        Some((now.since(self.anchor).milliseconds().max(0) / interval, interval))
    }

    const fn scan_number(&self, count: i64, interval: i64) -> Instant {
        self.anchor.plus(Length::from_milliseconds(count.saturating_mul(interval)))
    }
}

mod as_list {
    //! Records as a list: their keys are no texts.

    use super::{Alert, AlertRecord};
    use serde::{Deserialize, Deserializer, Serializer};
    use std::collections::BTreeMap;

    pub(super) fn serialize<S: Serializer>(
        records: &BTreeMap<Alert, AlertRecord>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(records.values())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<Alert, AlertRecord>, D::Error> {
        let records = Vec::<AlertRecord>::deserialize(deserializer)?;
        Ok(records.into_iter().map(|record| (record.alert, record)).collect())
    }
}
