//! Events of alerts as this API writes them. Incidents are told by their ids; Graph and Azure tell the rest of them.

use super::Places;
use pim_core::AlertEvent;
use pim_core::model::{Alert, AlertScope, Incident};
use serde_json::{Value, json};

pub(super) fn about(places: Places<'_>, event: &AlertEvent) -> Value {
    match event {
        AlertEvent::Found(it) => of(
            places,
            it.alert,
            json!({
                "appeared": it.appeared.iter().map(Incident::id).collect::<Vec<_>>(),
                "gone": it.gone,
                "incidentCount": it.count,
                "turn": it.turn,
            }),
        ),
        AlertEvent::Scanned(it) => json!({
            "operationId": it.operation.map(|operation| operation.id),
            "alerts": it.alerts.len(),
        }),
        AlertEvent::Configured { alert, configuration } => {
            of(places, *alert, json!({"was": configuration.was, "now": configuration.now}))
        }
        AlertEvent::Dismissed(alert) | AlertEvent::Reactivated(alert) => of(places, *alert, json!({})),
        AlertEvent::Remediated { alert, incident, count } => {
            of(places, *alert, json!({"incidentId": incident, "incidentCount": count}))
        }
    }
}

/// The same with which alert it is, and of which subscription.
fn of(places: Places<'_>, alert: Alert, mut about: Value) -> Value {
    about["alert"] = json!(alert.definition().name);
    if let AlertScope::Subscription(scope) = alert.scope() {
        about["azureScope"] = json!(places.path(scope));
    }
    about
}
