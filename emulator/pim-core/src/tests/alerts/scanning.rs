//! When a tenant is scanned, and what becomes of alerts for it.

use super::super::dsl::{Lab, check, offset};
use crate::{AlertEvent, Event, Recorded};

/// The instants of the scans that went by themselves.
fn scans(lab: &Lab) -> Vec<String> {
    let is_scan = |event: &Event| matches!(event, Event::Alert(AlertEvent::Scanned(scan)) if scan.operation.is_none());
    lab.events.iter().filter(|it| is_scan(&it.event)).map(|Recorded { at, .. }| offset(*at)).collect()
}

/// LAT-9. ALR-23.
#[test]
fn alerts_are_what_the_last_scan_found() {
    check(
        r#"
        world alice users
        alert RolesAssignedOutsidePimAlert scanned +0h
        alert RolesAssignedOutsidePimAlert changed never
        at +23h59m59s
        alert RolesAssignedOutsidePimAlert is quiet
        at +1d
        alert RolesAssignedOutsidePimAlert names admin
        alert RolesAssignedOutsidePimAlert changed +1d
        at +1d2h admin assignOutside alice "Global Reader" -> ok
        alert RolesAssignedOutsidePimAlert names admin
        at +2d
        alert RolesAssignedOutsidePimAlert names admin alice
        admin removeOutside alice "Global Reader" -> ok
        alert RolesAssignedOutsidePimAlert names admin alice
        at +3d
        alert RolesAssignedOutsidePimAlert names admin
        at +10d
        alert RolesAssignedOutsidePimAlert scanned +10d
        alert RolesAssignedOutsidePimAlert changed +3d
        "#,
    );
}

/// LAT-9.
#[test]
fn a_scan_that_could_find_nothing_new_is_not_carried_out() {
    let mut lab = Lab::new();
    lab.tell(
        r#"
        world alice users
        admin setAlert StaleSignInAlert off -> ok
        at +5d
        alice eligible for "Global Reader" forever
        at +300d
        alert RedundantAssignmentAlert names alice
        alert RedundantAssignmentAlert changed +35d
        alert RedundantAssignmentAlert scanned +300d
        "#,
    );
    assert_eq!(scans(&lab), ["+1d", "+6d", "+35d"]);
    lab.finish();
}

/// LAT-9.
#[test]
fn the_interval_of_scans_is_a_switch() {
    let mut lab = Lab::after(
        r#"
        switch alertScanInterval 6h
        at +6h
        alert RolesAssignedOutsidePimAlert names admin
        switch alertScanInterval 1m
        world alice users
        admin assignOutside alice "Global Reader" -> ok
        at +6h59m
        alert RolesAssignedOutsidePimAlert names admin
        at +7h
        alert RolesAssignedOutsidePimAlert names admin alice
        switch alertScanInterval 0m
        admin removeOutside alice "Global Reader" -> ok
        at +20d
        alert RolesAssignedOutsidePimAlert names admin alice
        alert RolesAssignedOutsidePimAlert scanned +7h
        admin refreshAlerts -> ok
        alert RolesAssignedOutsidePimAlert names admin
        alert RolesAssignedOutsidePimAlert scanned +20d
        "#,
    );
    assert_eq!(scans(&lab), ["+6h", "+7h"]);
    lab.tell("tick 1d");
    lab.finish();
}

/// ALR-4. AUT-16.
#[test]
fn whoever_manages_roles_has_the_tenant_scanned_at_once() {
    let mut lab = Lab::after(
        r#"
        world alice reader users
        reader active in "Security Administrator" forever
        alice refreshAlerts -> NotPermitted
        reader refreshAlerts -> NotPermitted
        at +1h admin refreshAlerts RolesAssignedOutsidePimAlert -> ok
        happened +1h alertsScanned
        alert RolesAssignedOutsidePimAlert names admin
        alert RolesAssignedOutsidePimAlert scanned +1h
        alert StaleSignInAlert scanned +0h
        "#,
    );
    let view = lab.pim.view(lab.pim.now());
    let may_read: Vec<_> = ["admin", "reader", "alice"].map(|name| view.may_read_alerts(lab.id(name).unwrap())).into();
    assert_eq!(may_read, [true, true, false]);
    let asked_for = lab
        .events
        .iter()
        .find_map(|it| if let Event::Alert(AlertEvent::Scanned(scan)) = &it.event { scan.operation } else { None });
    assert_eq!(view.alert_operation(asked_for.unwrap().id), asked_for);
    assert_eq!(view.last_operation_of(asked_for.unwrap().alert.unwrap()), asked_for);
    lab.tell("switch permissionEnforcement false\nalice refreshAlerts -> ok");
    lab.finish();
}

/// ALR-5.
#[test]
fn an_alert_closes_by_itself_when_nothing_is_left_of_it() {
    let lab = Lab::after(
        r#"
        world alice users
        alice eligible for "Global Reader" for 5d
        at +1d
        alert NoMfaOnRoleActivationAlert is up
        at +6d
        alert NoMfaOnRoleActivationAlert is quiet
        alert NoMfaOnRoleActivationAlert changed +6d
        "#,
    );
    let turns: Vec<_> = (lab.events.iter())
        .filter_map(|it| if let Event::Alert(AlertEvent::Found(found)) = &it.event { Some(found) } else { None })
        .filter(|it| it.alert.definition().name == "NoMfaOnRoleActivationAlert")
        .map(|it| (it.turn, it.count))
        .collect();
    assert_eq!(turns, [(crate::AlertTurn::Raised, 1), (crate::AlertTurn::Closed, 0)]);
    lab.finish();
}

/// ALR-5. ALR-4.
#[test]
fn what_was_dismissed_is_looked_for_no_more_until_somebody_asks() {
    check(
        r#"
        world alice bob users
        alice dismissAlert RolesAssignedOutsidePimAlert -> NotPermitted
        admin refreshAlerts -> ok
        at +2h admin dismissAlert RolesAssignedOutsidePimAlert -> ok
        happened +2h alertDismissed
        alert RolesAssignedOutsidePimAlert is dismissed
        alert RolesAssignedOutsidePimAlert changed +2h
        admin dismissAlert RolesAssignedOutsidePimAlert -> ok
        nothing happened
        admin assignOutside alice "Global Reader" -> ok
        at +5d
        alert RolesAssignedOutsidePimAlert is dismissed
        alert RolesAssignedOutsidePimAlert names admin
        alert RolesAssignedOutsidePimAlert scanned +0h
        admin showAlert RolesAssignedOutsidePimAlert -> ok
        happened +5d alertReactivated
        alert RolesAssignedOutsidePimAlert is up
        alert RolesAssignedOutsidePimAlert names admin
        admin showAlert RolesAssignedOutsidePimAlert -> ok
        nothing happened
        at +6d
        alert RolesAssignedOutsidePimAlert names admin alice
        admin dismissAlert RolesAssignedOutsidePimAlert -> ok
        admin refreshAlerts -> ok
        alert RolesAssignedOutsidePimAlert is up
        "#,
    );
}

/// ALR-21.
#[test]
fn an_incident_keeps_its_id_and_tells_what_is_known_now() {
    let mut lab = Lab::after(
        r#"
        world alice users
        alice eligible for "Global Reader" forever
        admin setAlert RedundantAssignmentAlert duration 0d -> ok
        admin refreshAlerts -> ok
        "#,
    );
    let incidents = |lab: &Lab| {
        let view = lab.pim.view(lab.pim.now());
        let found = view.alerts(crate::model::AlertScope::DirectoryRoles);
        let found = found.filter(|it| it.alert.definition().name == "RedundantAssignmentAlert");
        found.flat_map(|it| it.incidents.to_vec()).collect::<Vec<_>>()
    };
    let before = incidents(&lab);
    lab.tell(
        r#"
        at +1h alice selfActivate "Global Reader" 2h "desk" -> Provisioned
        admin refreshAlerts -> ok
        alert RedundantAssignmentAlert names alice
        alert RedundantAssignmentAlert changed +1h
        "#,
    );
    let after = incidents(&lab);
    assert_eq!(before.len(), 1);
    assert_eq!(before[0].id(), after[0].id());
    assert_ne!(before, after);
    assert_eq!(before[0].assignment(), after[0].assignment());
    lab.finish();
}
