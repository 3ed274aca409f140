//! What may happen to alerts.

use super::{Event, Updated};
use crate::model::{Alert, AlertConfiguration, AlertOperation, Incident};
use crate::time::Instant;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What becomes of an alert.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AlertTurn {
    /// It comes up.
    Raised,
    /// Nothing is left of what it was about (ALR-5).
    Closed,
    /// It is up, or not, as it was.
    Stays,
}

/// What a scan has found of one alert otherwise than the one before.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AlertFinding {
    /// The alert.
    pub alert: Alert,
    /// Incidents that are new, or of which something is different.
    pub appeared: Vec<Incident>,
    /// Those that are gone.
    pub gone: Vec<Uuid>,
    /// How many there are now.
    pub count: u32,
    /// What becomes of the alert.
    pub turn: AlertTurn,
}

/// A scan of the tenant, after what it has found.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AlertScan {
    /// Who asked for it; nobody for those that go by themselves.
    pub operation: Option<AlertOperation>,
    /// The alerts that were looked for.
    pub alerts: Vec<Alert>,
    /// When time alone may change the result.
    pub again: Option<Instant>,
}

/// Something happened to an alert.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum AlertEvent {
    /// A scan has found something otherwise than the one before.
    Found(Box<AlertFinding>),
    /// The tenant was scanned. What was found stands before it.
    Scanned(Box<AlertScan>),
    /// An alert was set otherwise.
    Configured {
        /// The alert.
        alert: Alert,
        /// How.
        configuration: Updated<AlertConfiguration>,
    },
    /// Somebody does not want to see it any more (ALR-5).
    Dismissed(Alert),
    /// Somebody wants to see it again.
    Reactivated(Alert),
    /// What an incident was about was put right.
    Remediated {
        /// The alert.
        alert: Alert,
        /// The incident.
        incident: Uuid,
        /// How many are left.
        count: u32,
    },
}

impl AlertEvent {
    /// What happened, in one word.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Found(_) => "alertFound",
            Self::Scanned(_) => "alertsScanned",
            Self::Configured { .. } => "alertConfigured",
            Self::Dismissed(_) => "alertDismissed",
            Self::Reactivated(_) => "alertReactivated",
            Self::Remediated { .. } => "alertIncidentRemediated",
        }
    }
}

impl From<AlertEvent> for Event {
    fn from(event: AlertEvent) -> Self {
        Self::Alert(event)
    }
}
