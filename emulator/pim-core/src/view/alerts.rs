//! Reading alerts: what they are set to, and what the last scan found.

use super::View;
use crate::alert;
use crate::decide::authority;
use crate::id::PrincipalId;
use crate::model::{Alert, AlertConfiguration, AlertOperation, AlertScope, Incident};
use crate::time::Instant;
use uuid::Uuid;

crate::implements!["ALR-2", "AUT-16"];

/// An alert as it stands.
#[derive(Clone, Copy, Debug)]
pub struct AlertView<'a> {
    /// Which.
    pub alert: Alert,
    /// How it is set.
    pub configuration: AlertConfiguration,
    /// Whether it is up.
    pub is_active: bool,
    /// What the last scan found.
    pub incidents: &'a [Incident],
    /// When something of it last changed; never, as long as nothing was found.
    pub modified: Option<Instant>,
    /// When the tenant was last scanned for it.
    pub scanned: Instant,
}

impl<'a> AlertView<'a> {
    /// One of its incidents.
    #[must_use]
    pub fn incident(self, id: Uuid) -> Option<&'a Incident> {
        self.incidents.binary_search_by_key(&id, Incident::id).ok().map(|place| &self.incidents[place])
    }
}

impl<'a> View<'a> {
    /// The alerts that there are of something, in the service's order; none for a subscription in which PIM is not in use
    /// (ALR-34).
    pub fn alerts(self, scope: AlertScope) -> impl Iterator<Item = AlertView<'a>> {
        let is_there = alert::is_there(self.state, scope);
        scope.alerts().filter(move |_| is_there).map(move |alert| self.read_alert(alert))
    }

    /// An alert, if there is one.
    #[must_use]
    pub fn alert(self, alert: Alert) -> Option<AlertView<'a>> {
        alert::is_there(self.state, alert.scope()).then(|| self.read_alert(alert))
    }

    fn read_alert(self, alert: Alert) -> AlertView<'a> {
        let alerts = &self.state.alerts;
        let record = alerts.get(alert);
        let asked_for = record.and_then(|it| it.scanned);
        let by_itself = alerts.last_scan(self.now, self.behaviour().alert_scan_interval());
        AlertView {
            alert,
            configuration: alerts.configuration(alert),
            is_active: alerts.is_active(alert),
            incidents: alerts.incidents(alert),
            modified: record.and_then(|it| it.modified),
            scanned: match asked_for {
                Some(last) if !alerts.is_scanned(alert) => last,
                Some(last) => last.max(by_itself),
                None => by_itself,
            },
        }
    }

    /// A scan that somebody asked for, as long as it is remembered (ALR-4).
    #[must_use]
    pub fn alert_operation(self, id: Uuid) -> Option<AlertOperation> {
        self.state.alerts.operations().find(|operation| operation.id == id).copied()
    }

    /// The last scan that somebody asked for of one alert alone.
    #[must_use]
    pub fn last_operation_of(self, alert: Alert) -> Option<AlertOperation> {
        self.state.alerts.operations().find(|operation| operation.alert == Some(alert)).copied()
    }

    /// Whether a user may read the alerts about directory roles (AUT-16).
    #[must_use]
    pub fn may_read_alerts(self, user: PrincipalId) -> bool {
        !self.behaviour().permission_enforcement
            || authority::holds_any(self.state, self.now, user, &authority::READERS)
    }
}
