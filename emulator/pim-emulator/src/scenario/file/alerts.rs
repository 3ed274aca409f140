//! What is done about alerts, and looked at of them, key by key.

use serde::Deserialize;
use utoipa::ToSchema;

/// Which alerts; all that there are of the roles of the directory, or of a subscription, where none is named.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AlertScanEntry {
    /// The alert, by the service's name for it, such as `StaleSignInAlert`.
    pub alert: Option<String>,
    /// The subscription, by name, for alerts about roles of Azure.
    pub subscription: Option<String>,
}

/// Something that an alert has found: the first that fits.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AlertRemedyEntry {
    /// The alert, by the service's name for it.
    pub alert: String,
    /// The subscription, by name, for an alert about roles of Azure.
    pub subscription: Option<String>,
    /// Whom it names.
    pub principal: Option<String>,
    /// The role that it names.
    pub role: Option<String>,
}

/// How an alert stands.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AlertCheck {
    /// The alert, by the service's name for it.
    pub alert: String,
    /// The subscription, by name, for an alert about roles of Azure.
    pub subscription: Option<String>,
    /// Whether it is shown: something was found, and nobody has dismissed it.
    pub up: Option<bool>,
    /// How much it has found.
    pub incidents: Option<usize>,
    /// Who is named by what it has found, by name: each of them, and perhaps others.
    #[serde(default)]
    pub names: Vec<String>,
}
