//! What each alert of directory roles finds.

use super::super::dsl::{Lab, check};
use crate::Event;
use crate::model::{
    Alert, AlertConfiguration, AlertScope, AlertSettings, AlertSeverity, DirectoryAlert, Incident, Notice,
};
use crate::time::Length;

/// How many mails say that a role was given outside PIM.
pub(super) fn mails_about_outside(lab: &Lab) -> usize {
    let is_one = |event: &Event| matches!(event, Event::MailSent(mail) if mail.notice == Notice::AssignedOutside);
    lab.events.iter().filter(|it| is_one(&it.event)).count()
}

/// The incidents of an alert after a story.
fn found(lab: &Lab, alert: DirectoryAlert) -> Vec<Incident> {
    let view = lab.pim.view(lab.pim.now());
    view.alert(Alert::DirectoryRoles(alert)).unwrap().incidents.to_vec()
}

/// ALR-2. ALR-6. UNC-15.
#[test]
fn every_alert_has_a_definition_of_its_own() {
    let names: Vec<_> = AlertScope::DirectoryRoles.alerts().map(|alert| alert.definition().name).collect();
    assert_eq!(
        names,
        [
            "InvalidLicenseAlert",
            "NoMfaOnRoleActivationAlert",
            "RedundantAssignmentAlert",
            "RolesAssignedOutsidePimAlert",
            "SequentialActivationRenewalsAlert",
            "StaleSignInAlert",
            "TooManyGlobalAdminsAssignedToTenantAlert",
        ]
    );
    let prod = AlertScope::Subscription(crate::AzureScopeId::ROOT);
    let of_azure: Vec<_> = prod.alerts().map(|alert| alert.definition().name).collect();
    assert_eq!(
        of_azure,
        [
            "AzureRolesAssignedOutsidePim",
            "DuplicateRoleCreated",
            "TooManyOwnersAssignedToResource",
            "TooManyPermanentOwnersAssignedToResource",
        ]
    );
    for alert in AlertScope::DirectoryRoles.alerts().chain(prod.alerts()) {
        let definition = alert.definition();
        assert_eq!(alert.scope().named(&definition.name.to_lowercase()), Some(alert));
        assert!(
            [definition.description, definition.security_impact, definition.mitigation_steps]
                .iter()
                .chain([&definition.how_to_prevent, &definition.display_name])
                .all(|text| !text.is_empty())
        );
        let is_fixed = AlertConfiguration::default_of(alert).settings == AlertSettings::Fixed;
        assert_eq!(definition.is_configurable, !is_fixed, "{}", definition.name);
    }
    let severity = |alert| Alert::DirectoryRoles(alert).definition().severity;
    assert_eq!(severity(DirectoryAlert::RolesAssignedOutsidePim), AlertSeverity::High);
    assert_eq!(severity(DirectoryAlert::StaleSignIn), AlertSeverity::Medium);
    assert_eq!(severity(DirectoryAlert::RedundantAssignment), AlertSeverity::Low);
    assert!(AlertSeverity::Low < AlertSeverity::Medium && AlertSeverity::Medium < AlertSeverity::High);
}

/// ALR-10. LIC-10.
#[test]
fn the_lack_of_a_licence_is_an_alert_that_can_be_read_without_one() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        admin refreshAlerts -> ok
        alert InvalidLicenseAlert is quiet
        alert NoMfaOnRoleActivationAlert is up
        licence P1
        admin refreshAlerts -> ok
        alert InvalidLicenseAlert names P1
        alert NoMfaOnRoleActivationAlert is quiet
        admin setAlert InvalidLicenseAlert off -> LicenseRequired
        admin dismissAlert InvalidLicenseAlert -> LicenseRequired
        licence Governance
        admin remediateAlert InvalidLicenseAlert P1 -> AlertNotRemediable
        tick 1d
        alert InvalidLicenseAlert is quiet
        "#,
    );
}

/// ALR-11.
#[test]
fn a_role_that_somebody_can_activate_without_multifactor_authentication_is_found() {
    check(
        r#"
        world alice bob users
        setup publish c1 -> ok
        alice eligible for "Global Reader" for 30d
        alice eligible for "Global Administrator" for 30d
        bob active in "Security Reader" for 30d
        admin refreshAlerts -> ok
        alert NoMfaOnRoleActivationAlert names "Global Reader"
        policy "Global Reader" mfa
        admin refreshAlerts -> ok
        alert NoMfaOnRoleActivationAlert is quiet
        policy "Global Reader" nothing context c1
        admin refreshAlerts -> ok
        alert NoMfaOnRoleActivationAlert is quiet
        "#,
    );
}

/// ALR-12. ASG-10.
#[test]
fn an_eligibility_that_nobody_activates_is_found() {
    let mut lab = Lab::after(
        r#"
        world alice bob carol users; ops role-assignable group of carol
        alice eligible for "Global Reader" forever
        bob eligible for "Global Reader" forever
        bob active in "Global Reader" forever
        ops eligible for "Security Reader" forever
        at +10d alice selfActivate "Global Reader" 2h "desk" -> Provisioned
        carol selfActivate "Security Reader" 2h "desk" -> Provisioned
        at +29d
        alert RedundantAssignmentAlert is quiet
        at +30d
        alert RedundantAssignmentAlert names bob
        alert RedundantAssignmentAlert changed +30d
        at +39d
        alert RedundantAssignmentAlert names bob
        at +40d
        alert RedundantAssignmentAlert names alice bob ops
        "#,
    );
    let last: Vec<_> = (found(&lab, DirectoryAlert::RedundantAssignment).into_iter())
        .map(|it| if let Incident::Unused { last_activation, .. } = it { last_activation } else { panic!("{it:?}") })
        .collect();
    assert_eq!(last.iter().flatten().count(), 2, "{last:?}");
    lab.tell(
        r#"
        bob selfActivate "Global Reader" 2h "desk" -> AlreadyExists
        alice selfActivate "Global Reader" 2h "desk" -> Provisioned
        alert RedundantAssignmentAlert names alice bob ops
        tick 1d
        alert RedundantAssignmentAlert names bob ops
        "#,
    );
    lab.finish();
}

/// ALR-13. NOT-14.
#[test]
fn an_assignment_made_outside_is_found_and_its_alert_tells_the_administrators() {
    let mut lab = Lab::after(
        r#"
        world alice bob users
        bob active in "Global Reader" for 30d
        admin assignOutside alice "Global Reader" -> ok
        alert RolesAssignedOutsidePimAlert is quiet
        "#,
    );
    assert_eq!(mails_about_outside(&lab), 1);
    lab.tell(
        r#"
        admin refreshAlerts -> ok
        alert RolesAssignedOutsidePimAlert names admin alice
        admin setAlert RolesAssignedOutsidePimAlert off -> ok
        admin assignOutside bob "Security Reader" -> ok
        tick 1d
        alert RolesAssignedOutsidePimAlert names admin alice
        "#,
    );
    assert_eq!(mails_about_outside(&lab), 1);
    lab.finish();
}

/// ALR-14. ALR-15. ALR-25. ACT-15.
#[test]
fn activations_that_follow_each_other_quickly_are_found() {
    let mut lab = Lab::after(
        r#"
        world alice bob carol users
        alice eligible for "Global Reader" forever
        alice eligible for "Security Reader" forever
        bob eligible for "Global Reader" forever
        alice selfActivate "Global Reader" 1h "first" -> Provisioned
        alice selfActivate "Security Reader" 1h "another role" -> Provisioned
        bob selfActivate "Global Reader" 1h "another person" -> Provisioned
        at +5h alice selfActivate "Global Reader" 1h "five hours after the first" -> Provisioned
        alice selfActivate "Security Reader" 1h "another role" -> Provisioned
        bob selfActivate "Global Reader" 1h "another person" -> Provisioned
        admin refreshAlerts -> ok
        alert SequentialActivationRenewalsAlert is quiet
        at +10h alice selfActivate "Global Reader" 1h "five hours after the second" -> Provisioned
        at +10h1s bob selfActivate "Global Reader" 1h "a second too late" -> Provisioned
        admin refreshAlerts -> ok
        alert SequentialActivationRenewalsAlert names alice
        "#,
    );
    let row = found(&lab, DirectoryAlert::SequentialActivationRenewals);
    let [Incident::Sequence { count: 3, start, end, .. }] = row.as_slice() else { panic!("{row:?}") };
    assert_eq!(end.since(*start), Length::hours(10));
    lab.tell(
        r#"
        admin setAlert SequentialActivationRenewalsAlert count 2 -> ok
        admin refreshAlerts -> ok
        alert SequentialActivationRenewalsAlert names alice alice bob
        admin setAlert SequentialActivationRenewalsAlert count 3 -> ok
        admin remediateAlert SequentialActivationRenewalsAlert alice -> AlertNotRemediable
        at +6d
        alert SequentialActivationRenewalsAlert names alice
        at +7d
        alert SequentialActivationRenewalsAlert is quiet
        "#,
    );
    lab.finish();
}

/// ALR-16. ALR-17.
#[test]
fn an_account_that_does_not_sign_in_is_found() {
    check(
        r#"
        world alice bob users; robot service principal
        alice eligible for "Global Reader" forever
        bob eligible for "Global Reader" forever
        robot active in "Global Reader" forever
        at +10d
        bob signed in silently
        at +20d alice selfActivate "Global Reader" 2h "an activation is no sign-in" -> Provisioned
        at +29d
        alert StaleSignInAlert is quiet
        at +30d
        alert StaleSignInAlert names admin alice
        alice signed in
        at +31d
        alert StaleSignInAlert names admin
        at +40d
        alert StaleSignInAlert names admin bob
        "#,
    );
}

/// ALR-18. ALR-19. ALR-20.
#[test]
fn many_global_administrators_are_found_when_they_are_many_among_all() {
    let default =
        AlertConfiguration::default_of(Alert::DirectoryRoles(DirectoryAlert::TooManyGlobalAdminsAssignedToTenant));
    assert_eq!(default.settings, AlertSettings::Share { count: 3, percentage: 10 });
    check(
        r#"
        world alice bob carol dave users; ops role-assignable group of carol dave
        alice active in "Global Administrator" forever
        bob eligible for "Global Administrator" for 30d
        admin refreshAlerts -> ok
        alert TooManyGlobalAdminsAssignedToTenantAlert is quiet
        ops active in "Global Administrator" forever
        alert TooManyGlobalAdminsAssignedToTenantAlert is quiet
        admin refreshAlerts TooManyGlobalAdminsAssignedToTenantAlert -> ok
        alert TooManyGlobalAdminsAssignedToTenantAlert names alice bob ops
        admin setAlert TooManyGlobalAdminsAssignedToTenantAlert percentage 75 -> ok
        admin refreshAlerts -> ok
        alert TooManyGlobalAdminsAssignedToTenantAlert names alice bob ops
        admin setAlert TooManyGlobalAdminsAssignedToTenantAlert percentage 76 -> ok
        admin refreshAlerts -> ok
        alert TooManyGlobalAdminsAssignedToTenantAlert is quiet
        admin setAlert TooManyGlobalAdminsAssignedToTenantAlert percentage 0 count 4 -> ok
        admin refreshAlerts -> ok
        alert TooManyGlobalAdminsAssignedToTenantAlert is quiet
        "#,
    );
}

/// ALR-24. MON-3.
#[test]
fn several_roles_at_once_and_failed_activations_raise_no_alert() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice eligible for "Security Reader" for 30d
        alice eligible for "Reports Reader" for 30d
        policy "Global Reader" mfa
        policy "Security Reader" mfa
        policy "Reports Reader" mfa
        admin setAlert RolesAssignedOutsidePimAlert off -> ok
        alice selfActivate "Global Reader" 2h "one" with mfa -> Provisioned
        alice selfActivate "Security Reader" 2h "two" with mfa -> Provisioned
        alice selfActivate "Reports Reader" 2h "three" -> MfaRule
        alice selfActivate "Reports Reader" 2h "three" -> MfaRule
        alice selfActivate "Reports Reader" 2h "three" -> MfaRule
        admin refreshAlerts -> ok
        alert SequentialActivationRenewalsAlert is quiet
        alert StaleSignInAlert is quiet
        "#,
    );
}
