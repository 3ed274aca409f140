//! What may be asked of alerts.

use crate::model::{Alert, AlertConfigurationChange, AlertScope};
use uuid::Uuid;

/// Something to be done with alerts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AlertCommand {
    /// Scan the tenant now (ALR-4).
    Refresh {
        /// For which alerts.
        scope: AlertScope,
        /// For which of them; `None` for all.
        alert: Option<Alert>,
    },
    /// Set an alert otherwise.
    Configure {
        /// Which.
        alert: Alert,
        /// How.
        change: AlertConfigurationChange,
    },
    /// Stop showing an alert, and scanning for it (ALR-5).
    Dismiss(Alert),
    /// Show it again.
    Reactivate(Alert),
    /// Put right what an incident is about.
    Remediate {
        /// The alert.
        alert: Alert,
        /// The incident.
        incident: Uuid,
    },
}
