//! The alerts of a world: how they are set, and what they find in what the world is made of.

use super::error::{Fault, fault, steps};
use super::load::Loader;
use super::nearest::did_you_mean;
use super::text::length;
use pim_core::model::{Alert, AlertConfigurationChange, AlertScope, AzureScopeKind};
use pim_core::time::Length;
use pim_core::{AlertCommand, Command};
use serde::Deserialize;
use utoipa::ToSchema;

/// How an alert is set. What is left out keeps the service's default.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AlertEntry {
    /// Which, by the service's name for it, such as `StaleSignInAlert`.
    pub alert: String,
    /// The name of the subscription, for one about roles of Azure.
    pub subscription: Option<String>,
    /// Whether the tenant is scanned for it.
    pub enabled: Option<bool>,
    /// Whether somebody has dismissed it.
    #[serde(default)]
    pub dismissed: bool,
    /// How long nobody has signed in or activated, as an ISO 8601 duration such as `P30D`.
    #[serde(default, deserialize_with = "length")]
    #[schema(value_type = Option<String>, example = "P30D")]
    pub duration: Option<Length>,
    /// How often somebody has activated, or how many administrators or Owners there are.
    pub count: Option<u32>,
    /// How long after each other the activations began, at most.
    #[serde(default, deserialize_with = "length")]
    #[schema(value_type = Option<String>, example = "PT5H")]
    pub interval: Option<Length>,
    /// How many of each hundred are administrators or Owners.
    pub percentage: Option<u32>,
}

/// Sets the alerts, has the tenant scanned so that they show what is so from the beginning, and dismisses those that nobody wants
/// to see.
pub(super) fn make(loader: &mut Loader<'_>) -> Result<(), Fault> {
    let world = loader.world;
    let mut dismissed = Vec::new();
    for (place, entry) in world.alerts.iter().enumerate() {
        let alert = named(loader, place, entry)?;
        let change = AlertConfigurationChange {
            is_enabled: entry.enabled,
            duration: entry.duration,
            count: entry.count,
            interval: entry.interval,
            percentage: entry.percentage,
        };
        let command = Command::Alert(AlertCommand::Configure { alert, change });
        loader.issue(loader.now, &command, || steps!["alerts", place])?;
        if entry.dismissed {
            dismissed.push((place, alert));
        }
    }
    for scope in scopes(loader) {
        let command = Command::Alert(AlertCommand::Refresh { scope, alert: None });
        loader.issue(loader.now, &command, || steps!["alerts"])?;
    }
    for (place, alert) in dismissed {
        let command = Command::Alert(AlertCommand::Dismiss(alert));
        loader.issue(loader.now, &command, || steps!["alerts", place, "dismissed"])?;
    }
    Ok(())
}

fn named(loader: &Loader<'_>, place: usize, entry: &AlertEntry) -> Result<Alert, Fault> {
    let scope = match &entry.subscription {
        None => AlertScope::DirectoryRoles,
        Some(name) => AlertScope::Subscription(
            loader
                .azure_scope(name)
                .map_err(|message| Fault { path: steps!["alerts", place, "subscription"], message })?,
        ),
    };
    scope.named(&entry.alert).ok_or_else(|| {
        let near = did_you_mean(&entry.alert, scope.alerts().map(|alert| alert.definition().name));
        fault!(["alerts", place, "alert"], "there is no alert '{}'{near}", entry.alert)
    })
}

/// What there are alerts of.
fn scopes(loader: &Loader<'_>) -> Vec<AlertScope> {
    let view = loader.view_now();
    let subscriptions = view.azure_scopes().filter(|scope| scope.kind == AzureScopeKind::Subscription);
    let all =
        std::iter::once(AlertScope::DirectoryRoles).chain(subscriptions.map(|it| AlertScope::Subscription(it.id)));
    all.filter(|scope| view.alerts(*scope).next().is_some()).collect()
}
