//! Records of alerts (AUD-17).

use super::activity;
use super::record::{AuditResult, Category, Detail, Draft, OperationType, Service, TargetResource};
use super::teller::{Doer, Teller};
use pim_core::model::{Alert, AlertConfiguration, AlertScope};
use pim_core::{AlertEvent, AlertTurn, Updated};

/// What happened to alerts. What a scan finds is the service's doing, whoever asked for the scan.
pub(super) fn told(teller: &Teller<'_>, number: u64, by: Option<Doer>, event: &AlertEvent) -> Vec<Draft> {
    let Some(by) = by else { return Vec::new() };
    let of = |alert: Alert, by: &Doer, activity| draft(teller, number, by, (alert.scope(), Some(alert)), activity);
    match event {
        AlertEvent::Found(found) => match found.turn {
            AlertTurn::Raised => vec![of(found.alert, &teller.service(), activity::ALERT_TRIGGERED)],
            AlertTurn::Closed => vec![of(found.alert, &teller.service(), activity::ALERT_RESOLVED)],
            AlertTurn::Stays => Vec::new(),
        },
        AlertEvent::Scanned(scan) => {
            let asked =
                scan.operation.map(|it| draft(teller, number, &by, (it.scope, it.alert), activity::ALERT_REFRESHED));
            asked.into_iter().collect()
        }
        AlertEvent::Configured { alert, configuration } => {
            changes(configuration).map(|activity| of(*alert, &by, activity)).collect()
        }
        AlertEvent::Dismissed(alert) => vec![of(*alert, &by, activity::ALERT_DEACTIVATED)],
        AlertEvent::Reactivated(alert) => vec![of(*alert, &by, activity::ALERT_ENABLED)],
        AlertEvent::Remediated { alert, .. } => vec![of(*alert, &by, activity::ALERT_RESOLVED)],
    }
}

/// What of a configuration is otherwise: whether the alert is looked for, and for what.
fn changes(configuration: &Updated<AlertConfiguration>) -> impl Iterator<Item = &'static str> {
    let Updated { was, now } = configuration;
    let enabling = (was.is_enabled != now.is_enabled).then_some(if now.is_enabled {
        activity::ALERT_ENABLED
    } else {
        activity::ALERT_DISABLED
    });
    enabling.into_iter().chain((was.settings != now.settings).then_some(activity::ALERT_SETTING_UPDATED))
}

fn draft(
    teller: &Teller<'_>,
    number: u64,
    by: &Doer,
    (scope, alert): (AlertScope, Option<Alert>),
    activity: &'static str,
) -> Draft {
    let (category, place) = match scope {
        AlertScope::DirectoryRoles => (Category::RoleManagement, teller.directory()),
        AlertScope::Subscription(id) => (Category::ResourceManagement, teller.resource(id)),
    };
    let definition = alert.map(Alert::definition);
    let what = definition.map(|it| TargetResource {
        display_name: Some(it.display_name.to_owned()),
        ..TargetResource::of("Other", None)
    });
    let name = definition.map(|it| Detail { key: "AlertId", value: it.name.to_owned() });
    Draft {
        service: Service::Pim,
        category,
        activity: activity.to_owned(),
        operation: OperationType::Update,
        result: AuditResult::Success,
        reason: None,
        by: by.who.clone(),
        targets: std::iter::once(place).chain(what).collect(),
        details: name.into_iter().chain(teller.caller(by)).collect(),
        correlation: teller.correlation_of(number),
    }
}
