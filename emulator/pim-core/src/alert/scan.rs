//! Scans: what is found now, what was found before, and what becomes of an alert for it.

use super::{Found, look};
use crate::event::{AlertEvent, AlertFinding, AlertScan, AlertTurn, Event};
use crate::model::{Alert, AlertOperation, AlertScope, Incident};
use crate::state::State;
use crate::time::Instant;
use uuid::Uuid;

crate::implements!["ALR-3", "ALR-4", "ALR-5", "ALR-21", "LAT-9"];

/// The scan that goes by itself: for every alert that is neither disabled (ALR-3) nor dismissed (ALR-5).
pub(crate) fn by_itself(state: &State, now: Instant) -> Vec<Event> {
    let alerts = super::scopes(state).flat_map(AlertScope::alerts);
    scan(state, now, alerts.filter(|alert| state.alerts.is_scanned(*alert)).collect(), None)
}

/// The scan that somebody asked for: for what was dismissed too, which shows again if there is something (ALR-4).
pub(crate) fn asked_for(state: &State, now: Instant, operation: AlertOperation) -> Vec<Event> {
    let alerts = operation.alert.map_or_else(|| operation.scope.alerts().collect(), |alert| vec![alert]);
    let enabled = alerts.into_iter().filter(|alert| state.alerts.configuration(*alert).is_enabled);
    scan(state, now, enabled.collect(), Some(operation))
}

/// What has changed, an event per alert, and then that the tenant was scanned.
fn scan(state: &State, now: Instant, alerts: Vec<Alert>, operation: Option<AlertOperation>) -> Vec<Event> {
    let mut again: Option<Instant> = None;
    let mut events = Vec::new();
    for alert in &alerts {
        let settings = state.alerts.configuration(*alert).settings;
        let Found { incidents, again: next } = look(state, now, *alert, settings);
        again = again.into_iter().chain(next).min();
        let finding = finding(state, *alert, incidents);
        events.extend(finding.map(|it| Event::from(AlertEvent::Found(Box::new(it)))));
    }
    events.push(AlertEvent::Scanned(Box::new(AlertScan { operation, alerts, again })).into());
    events
}

/// What is otherwise than before; `None` where nothing is.
fn finding(state: &State, alert: Alert, mut incidents: Vec<Incident>) -> Option<AlertFinding> {
    incidents.sort_unstable_by_key(Incident::id);
    let before = state.alerts.incidents(alert);
    let count = u32::try_from(incidents.len()).unwrap_or(u32::MAX);
    let turn = match (state.alerts.is_active(alert), count > 0) {
        (false, true) => AlertTurn::Raised,
        (true, false) => AlertTurn::Closed,
        (true, true) | (false, false) => AlertTurn::Stays,
    };
    let gone = gone(before, &incidents);
    let appeared = appeared(before, incidents);
    let is_same = appeared.is_empty() && gone.is_empty() && turn == AlertTurn::Stays;
    (!is_same).then_some(AlertFinding { alert, appeared, gone, count, turn })
}

/// What is in one sorted list and not in the other.
fn gone(before: &[Incident], now: &[Incident]) -> Vec<Uuid> {
    let mut rest = now.iter().map(Incident::id).peekable();
    let is_gone = |id: &Uuid| {
        while rest.next_if(|other| other < id).is_some() {}
        rest.peek() != Some(id)
    };
    before.iter().map(Incident::id).filter(is_gone).collect()
}

/// What is new, or otherwise than it was.
fn appeared(before: &[Incident], now: Vec<Incident>) -> Vec<Incident> {
    let mut rest = before.iter().peekable();
    let is_new = |incident: &Incident| {
        while rest.next_if(|other| other.id() < incident.id()).is_some() {}
        rest.peek() != Some(&incident)
    };
    now.into_iter().filter(is_new).collect()
}
