//! Putting right what alerts have found.

use super::super::dsl::check;

/// ALR-11.
#[test]
fn the_remedy_for_a_missing_mfa_demand_is_the_demand() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        policy "Global Reader" ticket
        admin refreshAlerts -> ok
        alice remediateAlert NoMfaOnRoleActivationAlert "Global Reader" -> NotPermitted
        at +1h admin remediateAlert NoMfaOnRoleActivationAlert "Global Reader" -> ok
        happened +1h policyChanged, +1h alertIncidentRemediated
        alert NoMfaOnRoleActivationAlert is quiet
        alert NoMfaOnRoleActivationAlert changed +1h
        admin remediateAlert NoMfaOnRoleActivationAlert "Global Reader" -> IncidentNotFound
        alice selfActivate "Global Reader" 2h "desk" -> MfaRule + TicketingRule
        "#,
    );
}

/// ALR-12. ALR-16.
#[test]
fn the_remedy_for_an_unused_eligibility_or_a_stale_account_is_a_removal() {
    check(
        r#"
        world alice bob users
        alice eligible for "Global Reader" forever
        bob active in "Global Reader" forever
        at +30d
        alert RedundantAssignmentAlert names alice
        alert StaleSignInAlert names admin alice bob
        admin remediateAlert RedundantAssignmentAlert alice -> Revoked
        alice is not eligible for "Global Reader"
        alert RedundantAssignmentAlert is quiet
        alert StaleSignInAlert names admin alice bob
        admin remediateAlert StaleSignInAlert alice -> ok
        happened +30d alertIncidentRemediated
        admin remediateAlert StaleSignInAlert bob -> Revoked
        bob has nothing
        admin remediateAlert StaleSignInAlert admin -> LastAdministrator
        alert StaleSignInAlert names admin
        "#,
    );
}

/// ALR-13.
#[test]
fn the_remedy_for_an_assignment_made_outside_is_its_removal_outside() {
    check(
        r#"
        world alice users
        admin assignOutside alice "Global Reader" -> ok
        admin refreshAlerts -> ok
        admin remediateAlert RolesAssignedOutsidePimAlert alice -> ok
        alice has nothing
        alert RolesAssignedOutsidePimAlert names admin
        admin remediateAlert RolesAssignedOutsidePimAlert admin -> LastAdministrator
        alert RolesAssignedOutsidePimAlert names admin
        "#,
    );
}

/// ALR-18.
#[test]
fn one_global_administrator_too_many_loses_all_that_was_given() {
    check(
        r#"
        world alice bob carol users
        alice active in "Global Administrator" forever
        bob active in "Global Administrator" for 30d
        bob eligible for "Global Administrator" for 30d
        carol eligible for "Global Administrator" for 30d
        at +1h carol selfActivate "Global Administrator" 2h "desk" with mfa -> Provisioned
        admin refreshAlerts -> ok
        alert TooManyGlobalAdminsAssignedToTenantAlert names alice bob carol
        admin remediateAlert TooManyGlobalAdminsAssignedToTenantAlert bob -> Revoked
        bob has nothing
        bob is not eligible for "Global Administrator"
        admin remediateAlert TooManyGlobalAdminsAssignedToTenantAlert carol -> Revoked
        carol has nothing
        alert TooManyGlobalAdminsAssignedToTenantAlert names alice
        admin remediateAlert TooManyGlobalAdminsAssignedToTenantAlert alice -> LastAdministrator
        alert TooManyGlobalAdminsAssignedToTenantAlert is up
        "#,
    );
}
