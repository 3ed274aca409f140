//! How alerts are set.

use super::super::dsl::check;

/// ALR-3.
#[test]
fn a_disabled_alert_is_not_looked_for() {
    check(
        r#"
        world alice bob users
        alice setAlert RolesAssignedOutsidePimAlert off -> NotPermitted
        at +1d
        admin setAlert RolesAssignedOutsidePimAlert off -> ok
        happened +1d alertConfigured
        admin setAlert RolesAssignedOutsidePimAlert off -> ok
        nothing happened
        admin assignOutside alice "Global Reader" -> ok
        at +5d admin refreshAlerts -> ok
        alert RolesAssignedOutsidePimAlert names admin
        alert RolesAssignedOutsidePimAlert is up
        alert RolesAssignedOutsidePimAlert scanned +1d
        admin setAlert RolesAssignedOutsidePimAlert on -> ok
        at +6d
        alert RolesAssignedOutsidePimAlert names admin alice
        "#,
    );
}

/// ALR-12. ALR-15. ALR-16. ALR-18. UNC-15.
#[test]
fn settings_stay_within_their_ranges() {
    for (alert, good, bad) in [
        (
            "RedundantAssignmentAlert",
            &["duration 0d", "duration 100d"][..],
            &["duration 101d", "duration -1d", "count 3", "interval 1h", "percentage 5"][..],
        ),
        ("StaleSignInAlert", &["duration 1d", "duration 365d"], &["duration 23h", "duration 366d", "count 3"]),
        (
            "SequentialActivationRenewalsAlert",
            &["count 2", "count 100", "interval 10s"],
            &["count 1", "count 101", "interval 0s", "interval -1h", "duration 30d", "percentage 5"],
        ),
        (
            "TooManyGlobalAdminsAssignedToTenantAlert",
            &["count 2", "count 100", "percentage 0", "percentage 100", "count 7 percentage 70"],
            &["count 1", "count 101", "percentage 101", "duration 30d", "interval 1h", "count 7 percentage 170"],
        ),
        ("InvalidLicenseAlert", &["off", "on"], &["duration 30d", "count 3", "interval 1h", "percentage 5"]),
    ] {
        for change in good {
            check(&format!("admin setAlert {alert} {change} -> ok"));
        }
        for change in bad {
            check(&format!("admin setAlert {alert} {change} -> InvalidAlertSetting"));
        }
    }
}
