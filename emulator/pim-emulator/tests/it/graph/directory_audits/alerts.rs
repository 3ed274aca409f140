//! What alerts leave in the log.

use super::kit::{detail, does, gina, names, target, told, told_in_words};
use crate::graph::lab::{GINA, Lab};
use pim_core::model::{Alert, AlertConfigurationChange, AlertScope, DirectoryAlert};
use pim_core::time::Length;
use pim_core::{AlertCommand, Command};
use serde_json::json;

const OUTSIDE: Alert = Alert::DirectoryRoles(DirectoryAlert::RolesAssignedOutsidePim);

fn do_with_alerts(lab: &Lab, command: AlertCommand) {
    does(lab, gina(), &Command::Alert(command));
}

/// AUD-17: every line that there is of alerts, with who brought it about.
#[tokio::test]
async fn alerts_are_told_when_they_come_up_and_when_something_is_done_with_them() {
    let lab = Lab::new();
    do_with_alerts(&lab, AlertCommand::Refresh { scope: AlertScope::DirectoryRoles, alert: Some(OUTSIDE) });
    do_with_alerts(&lab, AlertCommand::Dismiss(OUTSIDE));
    do_with_alerts(&lab, AlertCommand::Reactivate(OUTSIDE));
    let enabled = |is_enabled| AlertCommand::Configure {
        alert: OUTSIDE,
        change: AlertConfigurationChange { is_enabled: Some(is_enabled), ..AlertConfigurationChange::default() },
    };
    do_with_alerts(&lab, enabled(false));
    do_with_alerts(&lab, enabled(true));
    let change = AlertConfigurationChange { duration: Some(Length::days(60)), ..AlertConfigurationChange::default() };
    do_with_alerts(&lab, AlertCommand::Configure { alert: Alert::DirectoryRoles(DirectoryAlert::StaleSignIn), change });
    let records = told(&lab).await;
    assert_eq!(
        names(&records),
        [
            "Triggered PIM alert",
            "Refresh PIM alert",
            "Deactivate PIM alert",
            "Enable PIM alert",
            "Disable PIM alert",
            "Enable PIM alert",
            "Update PIM alert setting",
        ]
    );
    let [triggered, refreshed, ..] = records.as_slice() else { panic!("{records:?}") };
    assert_eq!(triggered["initiatedBy"]["user"]["displayName"], "Azure AD PIM");
    assert_eq!(refreshed["initiatedBy"]["user"]["id"], json!(GINA));
    assert_eq!((&triggered["category"], &triggered["loggedByService"]), (&json!("RoleManagement"), &json!("PIM")));
    assert_eq!(detail(triggered, "AlertId"), Some("RolesAssignedOutsidePimAlert"));
    assert_eq!(
        target(triggered, "Other")["displayName"],
        "Roles are being assigned outside of Privileged Identity Management"
    );
}

/// AUD-17: what goes by itself is the service's doing, and a remedy is told as one.
#[tokio::test]
async fn an_alert_that_is_put_right_is_resolved() {
    let lab = Lab::new();
    lab.advance(Length::days(1));
    assert_eq!(told_in_words(&lab).await, ["Triggered PIM alert"]);
    let incident = lab.tenant().read(|view| {
        let alert = view.alert(OUTSIDE).unwrap();
        let of_rita = alert.incidents.iter().find(|it| it.assignment().unwrap().0.0 != GINA).unwrap();
        of_rita.id()
    });
    do_with_alerts(&lab, AlertCommand::Remediate { alert: OUTSIDE, incident });
    let records = lab.with_scopes(GINA, "AuditLog.Read.All").get(super::kit::AUDITS).await.expect(200);
    assert!(names(records.items()).contains(&"Resolve PIM alert"), "{records:?}");
}
