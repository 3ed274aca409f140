//! Events of alerts, and when the next scan is due.

use crate::event::{AlertEvent, AlertFinding, AlertScan, Event, Updated};
use crate::model::{Alert, AlertConfiguration};
use crate::state::{State, Timer};
use crate::time::Instant;
use uuid::Uuid;

pub(super) fn apply(state: &mut State, at: Instant, event: &AlertEvent) {
    match event {
        AlertEvent::Found(finding) => take_in(state, at, finding),
        AlertEvent::Scanned(scan) => scanned(state, at, scan),
        AlertEvent::Configured { alert, configuration: Updated { now, .. } } => configure(state, at, *alert, *now),
        AlertEvent::Dismissed(alert) => dismiss(state, at, *alert),
        AlertEvent::Reactivated(alert) => {
            let record = state.alerts.record(*alert);
            (record.is_dismissed, record.modified) = (false, Some(at));
        }
        AlertEvent::Remediated { alert, incident, .. } => remediated(state, at, *alert, *incident),
    }
}

fn take_in(state: &mut State, at: Instant, finding: &AlertFinding) {
    let record = state.alerts.record(finding.alert);
    record.change(&finding.appeared, &finding.gone);
    record.modified = Some(at);
}

/// What was asked for also counts as a scan of each alert, and shows again what was dismissed.
fn scanned(state: &mut State, at: Instant, scan: &AlertScan) {
    if let Some(operation) = scan.operation {
        state.alerts.note(operation);
        for alert in &scan.alerts {
            let record = state.alerts.record(*alert);
            (record.is_dismissed, record.scanned) = (false, Some(at));
        }
    } else {
        let next = scan.again.and_then(|again| {
            // The scan at that instant, or the first after it.
            let before = Instant::from_milliseconds(again.milliseconds().saturating_sub(1));
            state.alerts.next_scan(before, state.behaviour.alert_scan_interval())
        });
        set_due(state, next.unwrap_or(Instant::LAST));
    }
}

fn configure(state: &mut State, at: Instant, alert: Alert, configuration: AlertConfiguration) {
    let last = last_scan(state, at);
    let record = state.alerts.record(alert);
    if record.is_scanned() && !configuration.is_enabled {
        record.scanned = record.scanned.max(Some(last));
    }
    record.configuration = configuration;
}

fn dismiss(state: &mut State, at: Instant, alert: Alert) {
    let last = last_scan(state, at);
    let record = state.alerts.record(alert);
    if record.is_scanned() {
        record.scanned = record.scanned.max(Some(last));
    }
    (record.is_dismissed, record.modified) = (true, Some(at));
}

fn last_scan(state: &State, at: Instant) -> Instant {
    state.alerts.last_scan(at, state.behaviour.alert_scan_interval())
}

fn remediated(state: &mut State, at: Instant, alert: Alert, incident: Uuid) {
    let record = state.alerts.record(alert);
    record.change(&[], &[incident]);
    record.modified = Some(at);
}

/// Begins to count scans.
pub(crate) fn begin(state: &mut State, at: Instant) {
    state.alerts.anchor = at;
}

/// Counts scans at another interval from `at` on.
pub(super) fn change_interval(state: &mut State, at: Instant) {
    state.alerts.anchor = match state.behaviour.alert_scan_interval() {
        Some(_) => last_scan(state, at),
        None => at,
    };
    set_due(state, Instant::LAST);
}

/// Lets the next scan take place: something has happened that it may find.
pub(crate) fn look_again(state: &mut State, at: Instant) {
    if state.alerts.anchor == Instant::FIRST || state.alerts.due <= at {
        return;
    }
    if let Some(next) = state.alerts.next_scan(at, state.behaviour.alert_scan_interval())
        && next < state.alerts.due
    {
        set_due(state, next);
    }
}

/// Sets the instant of the next scan.
pub(crate) fn set_due(state: &mut State, due: Instant) {
    state.timers.clear(state.alerts.due, Timer::Scan);
    if due != Instant::LAST {
        state.timers.set(due, Timer::Scan);
    }
    state.alerts.due = due;
}

/// Whether nothing that a scan may find follows from an event. What is not listed may.
pub(super) fn leaves_alone(event: &Event) -> bool {
    matches!(
        event,
        Event::MailSent(_)
            | Event::EndNears { .. }
            | Event::WeekEnded { .. }
            | Event::ScheduleForgotten(_)
            | Event::RequestCreated(_)
            | Event::RequestRefused(_)
            | Event::RequestPurged(_)
            | Event::ApprovalOpened(_)
            | Event::ApprovalReviewed { .. }
            | Event::ApproversTold(_)
            | Event::Alert(AlertEvent::Found(_))
    ) || matches!(event, Event::Alert(AlertEvent::Scanned(scan)) if scan.operation.is_none())
}
