//! Alerts in a property: scans, settings within their ranges and beyond, dismissals; and remedies for what was found.

use super::azure;
use crate::AlertCommand;
use crate::model::{Alert, AlertConfigurationChange, AlertScope};
use crate::time::Length;
use proptest::prelude::{Strategy, any, prop_oneof};
use proptest::sample::{Index, select};

/// Directory roles, and the one subscription.
pub(super) const SCOPES: [AlertScope; 2] = [AlertScope::DirectoryRoles, AlertScope::Subscription(azure::SUBSCRIPTION)];

fn alert() -> impl Strategy<Value = Alert> {
    let scope = prop_oneof![3 => select(vec![SCOPES[0]]), 1 => select(vec![SCOPES[1]])];
    (scope, any::<Index>()).prop_map(|(scope, which)| {
        let alerts: Vec<_> = scope.alerts().collect();
        *which.get(&alerts)
    })
}

fn change() -> impl Strategy<Value = AlertConfigurationChange> {
    let days = proptest::option::weighted(0.4, select(vec![0, 1, 30, 101]));
    let count = proptest::option::weighted(0.4, select(vec![1, 2, 3]));
    let minutes = proptest::option::weighted(0.2, select(vec![0, 5, 480]));
    let percentage = proptest::option::weighted(0.3, select(vec![0, 50, 101]));
    let is_enabled = proptest::option::weighted(0.4, any::<bool>());
    (is_enabled, days, count, minutes, percentage).prop_map(|(is_enabled, days, count, minutes, percentage)| {
        AlertConfigurationChange {
            is_enabled,
            duration: days.map(Length::days),
            count,
            interval: minutes.map(Length::minutes),
            percentage,
        }
    })
}

/// What may be asked without looking at what was found.
pub(super) fn command() -> impl Strategy<Value = AlertCommand> {
    prop_oneof![
        3 => select(SCOPES.to_vec()).prop_map(|scope| AlertCommand::Refresh { scope, alert: None }),
        2 => alert().prop_map(|alert| AlertCommand::Refresh { scope: alert.scope(), alert: Some(alert) }),
        3 => (alert(), change()).prop_map(|(alert, change)| AlertCommand::Configure { alert, change }),
        2 => alert().prop_map(AlertCommand::Dismiss),
        1 => alert().prop_map(AlertCommand::Reactivate),
    ]
}
