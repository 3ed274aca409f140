//! The last Global Administrator and the last Privileged Role Administrator stay.

use super::dsl::check;

/// GA-1. GA-3.
#[test]
fn the_last_global_administrator_is_not_removed() {
    check(
        r#"
        world alice bob users
        alice active in "Global Administrator" for 90d
        at +1h admin adminRemove active alice "Global Administrator" -> LastAdministrator
        admin removeOutside alice "Global Administrator" -> LastAdministrator
        bob active in "Global Administrator" forever
        admin adminRemove active alice "Global Administrator" -> Revoked
        at +2h admin adminRemove active bob "Global Administrator" -> LastAdministrator
        "#,
    );
}

/// GA-2. GA-3.
#[test]
fn the_last_privileged_role_administrator_is_not_removed() {
    check(
        r#"
        world alice users
        at +1h admin adminRemove active admin "Privileged Role Administrator" -> LastAdministrator
        alice eligible for "Privileged Role Administrator" for 90d
        admin adminRemove active admin "Privileged Role Administrator" -> LastAdministrator
        alice active in "Privileged Role Administrator" forever
        admin adminRemove active admin "Privileged Role Administrator" -> Revoked
        "#,
    );
}

/// GA-1. ASG-13.
#[test]
fn the_last_administrator_is_not_put_off_until_later() {
    check(
        r#"
        world alice bob users
        alice active in "Global Administrator" for 90d
        admin adminUpdate active alice "Global Administrator" from +1d until +9d "a break" -> LastAdministrator
        admin adminUpdate active alice "Global Administrator" until +9d "no break" -> Provisioned
        bob active in "Global Administrator" forever
        admin adminUpdate active alice "Global Administrator" from +1d until +9d "a break" -> Provisioned
        "#,
    );
}

/// GA-4.
#[test]
fn an_eligible_global_administrator_stays_while_nobody_is_active() {
    check(
        r#"
        world alice bob users
        alice eligible for "Global Administrator" for 90d
        admin adminRemove eligible alice "Global Administrator" -> LastAdministrator
        bob active in "Global Administrator" forever
        admin adminRemove eligible alice "Global Administrator" -> Revoked
        "#,
    );
}

/// GA-4. GA-11. ASG-19.
#[test]
fn an_activation_does_not_save_the_eligibility_that_it_would_end_with() {
    check(
        r#"
        world alice bob users
        alice eligible for "Global Administrator" for 90d
        bob eligible for "Global Administrator" for 90d
        alice selfActivate "Global Administrator" 2h "incident" with mfa -> Provisioned
        at +1h admin adminRemove eligible alice "Global Administrator" -> LastAdministrator
        admin adminRemove eligible bob "Global Administrator" -> Revoked
        "#,
    );
}

/// GA-5.
#[test]
fn an_eligible_global_administrator_outlives_its_end_while_nobody_is_active() {
    check(
        r#"
        world alice bob users
        alice eligible for "Global Administrator" for 90d
        at +90d alice is eligible for "Global Administrator"
        happened +45d requestPurged, +90d endHeldBack
        phase of alice eligible "Global Administrator" is Held
        window of alice eligible "Global Administrator" +0h +90d
        at +95d alice is eligible for "Global Administrator"
        happened +91d endHeldBack, +92d endHeldBack, +93d endHeldBack, +94d endHeldBack, +95d endHeldBack
        alice selfActivate "Global Administrator" 8h "incident" with mfa -> Provisioned
        window of alice active "Global Administrator" +95d +95d8h
        bob active in "Global Administrator" forever
        at +96d alice is not eligible for "Global Administrator"
        "#,
    );
}

/// GA-5. GA-11.
#[test]
fn an_activation_does_not_let_its_own_eligibility_expire() {
    check(
        r#"
        world alice users
        alice eligible for "Global Administrator" for 90d
        at +90d22h alice selfActivate "Global Administrator" 8h "incident" with mfa -> Provisioned
        at +91d alice is eligible for "Global Administrator"
        at +92d alice is eligible for "Global Administrator"
        alice has nothing
        "#,
    );
}

/// GA-5. UNC-2.
#[test]
fn what_was_activated_out_of_a_held_eligibility_ends_when_that_goes() {
    check(
        r#"
        world alice bob users
        alice eligible for "Global Administrator" for 90d
        at +90d22h alice selfActivate "Global Administrator" 8h "incident" with mfa -> Provisioned
        bob active in "Global Administrator" forever
        at +91d alice is not eligible for "Global Administrator"
        happened +91d scheduleEnded EligibilityEnded, +91d scheduleEnded Expired
        alice has nothing
        "#,
    );
}

/// GA-5.
#[test]
fn other_eligibilities_end_when_they_end() {
    check(
        r#"
        world alice users
        alice eligible for "Privileged Role Administrator" for 90d
        alice eligible for "Global Reader" for 90d
        at +90d alice is not eligible for "Privileged Role Administrator"
        alice is not eligible for "Global Reader"
        "#,
    );
}

/// GA-10. UNC-13.
#[test]
fn an_active_assignment_outlives_its_end_while_it_is_the_last() {
    check(
        r#"
        world alice bob users
        alice active in "Global Administrator" for 90d
        at +90d alice has "Global Administrator"
        happened +45d requestPurged, +90d endHeldBack
        alice acts as "Global Administrator"
        alice adminAssign active bob "Global Administrator" forever "a successor" -> Provisioned
        at +91d-1ms alice has "Global Administrator"
        at +91d alice lacks "Global Administrator"
        happened +91d scheduleEnded Expired
        admin adminRenew active alice "Global Administrator" 10d "and back" -> Provisioned
        "#,
    );
}

/// GA-10.
#[test]
fn of_two_that_end_together_one_stays() {
    check(
        r#"
        world alice bob users
        alice active in "Global Administrator" for 90d
        bob active in "Global Administrator" for 90d
        at +90d alice has "Global Administrator"
        bob lacks "Global Administrator"
        at +95d alice has "Global Administrator"
        "#,
    );
}

/// GA-10.
#[test]
fn an_assignment_from_outside_is_held_back_too_once_it_was_given_an_end() {
    check(
        r#"
        world alice users
        setup assignOutside alice "Global Administrator" -> ok
        admin adminUpdate active alice "Global Administrator" until +9d "an end" -> Provisioned
        at +9d alice has "Global Administrator"
        phase of alice active "Global Administrator" is Held
        admin adminExtend active alice "Global Administrator" until +20d "a later end" -> Provisioned
        phase of alice active "Global Administrator" is Open
        window of alice active "Global Administrator" +0h +20d
        "#,
    );
}

/// UNC-13. GA-10.
#[test]
fn without_the_switch_the_last_one_ends_when_it_ends() {
    check(
        r#"
        world alice users
        switch lastAdministratorOutlivesEnd false
        alice active in "Global Administrator" for 90d
        at +90d alice has nothing
        "#,
    );
}

/// GA-11.
#[test]
fn an_activation_counts_while_it_runs() {
    check(
        r#"
        world alice bob users
        alice active in "Global Administrator" forever
        bob eligible for "Global Administrator" for 90d
        at +1h admin adminRemove active alice "Global Administrator" -> LastAdministrator
        bob selfActivate "Global Administrator" 2h "incident" with mfa -> Provisioned
        admin adminRemove active alice "Global Administrator" -> Revoked
        at +2h admin adminRemove active bob "Global Administrator" -> LastAdministrator
        at +3h bob has nothing
        "#,
    );
}

/// GA-12.
#[test]
fn a_group_counts_when_it_has_an_enabled_user() {
    check(
        r#"
        world alice bob users; off disabled user; ops role-assignable group of off; robot service principal
        alice active in "Global Administrator" forever
        ops active in "Global Administrator" forever
        at +1h admin adminRemove active alice "Global Administrator" -> LastAdministrator
        setup add robot to ops -> ok
        admin adminRemove active alice "Global Administrator" -> LastAdministrator
        setup add bob to ops -> ok
        admin adminRemove active alice "Global Administrator" -> Revoked
        admin adminRemove active ops "Global Administrator" -> LastAdministrator
        "#,
    );
}

/// GA-13. UNC-13.
#[test]
fn the_only_active_administrator_does_not_deactivate() {
    check(
        r#"
        world alice bob users
        alice eligible for "Global Administrator" for 90d
        alice selfActivate "Global Administrator" 2h "incident" with mfa -> Provisioned
        at +1h alice selfDeactivate "Global Administrator" -> LastAdministrator
        switch lastAdministratorCannotDeactivate false
        alice selfDeactivate "Global Administrator" -> Revoked
        "#,
    );
}

/// GA-8.
#[test]
fn nobody_takes_global_administrator_from_oneself_outside_pim() {
    check(
        r#"
        world alice bob users
        alice active in "Global Administrator" forever
        bob active in "Global Administrator" forever
        alice removeOutside alice "Global Administrator" -> SelfRemovalOfGlobalAdministrator
        bob removeOutside alice "Global Administrator" -> ok
        bob removeOutside bob "Global Administrator" -> SelfRemovalOfGlobalAdministrator
        "#,
    );
}

/// GA-9.
#[test]
fn the_account_of_the_last_global_administrator_is_not_deleted() {
    check(
        r#"
        world alice bob carol users
        alice active in "Global Administrator" forever
        carol eligible for "Global Administrator" forever
        setup delete alice -> LastAdministrator
        setup delete carol -> ok
        bob active in "Global Administrator" forever
        setup delete alice -> ok
        setup delete bob -> LastAdministrator
        "#,
    );
}

/// GA-9. GA-12. UNC-13.
#[test]
fn the_last_enabled_user_of_the_only_active_group_stays() {
    check(
        r#"
        world alice bob carol users; off disabled user; ops role-assignable group of alice bob off
        ops active in "Global Administrator" forever
        setup drop bob from ops -> ok
        setup drop alice from ops -> LastAdministrator
        setup delete alice -> LastAdministrator
        setup drop off from ops -> ok
        setup delete ops -> LastAdministrator
        carol active in "Global Administrator" forever
        setup delete carol -> ok
        setup add bob to ops -> ok
        setup delete alice -> ok
        setup drop bob from ops -> LastAdministrator
        "#,
    );
}

/// GA-9. GA-12.
#[test]
fn a_member_may_go_while_somebody_else_is_active() {
    check(
        r#"
        world alice bob users; ops role-assignable group of alice; plain group of alice
        ops active in "Global Administrator" forever
        setup drop alice from plain -> ok
        bob active in "Global Administrator" forever
        setup drop alice from ops -> ok
        setup delete bob -> LastAdministrator
        setup delete ops -> ok
        setup delete bob -> LastAdministrator
        "#,
    );
}

/// GA-9. GA-12. Somebody who is in two groups, or holds the role as well, is deleted out of all of them at once.
#[test]
fn whoever_is_the_last_administrator_in_more_than_one_way_is_not_deleted() {
    check(
        r#"
        world alice users; ops crew role-assignable group of alice
        ops active in "Global Administrator" forever
        crew active in "Global Administrator" forever
        setup delete alice -> LastAdministrator
        setup drop alice from ops -> ok
        setup add alice to ops -> ok
        alice active in "Global Administrator" forever
        setup drop alice from ops -> ok
        setup drop alice from crew -> ok
        setup add alice to ops -> ok
        setup delete alice -> LastAdministrator
        "#,
    );
}

/// GA-12. An activation of the group's, and the other protected role.
#[test]
fn members_of_the_only_privileged_role_administrator_stay_too() {
    check(
        r#"
        world alice users; ops role-assignable group of alice
        ops active in "Privileged Role Administrator" for 90d
        setup drop alice from ops -> ok
        setup add alice to ops -> ok
        setup delete admin -> ok
        setup drop alice from ops -> LastAdministrator
        "#,
    );
}

/// GA-12. UNC-13.
#[test]
fn without_the_switch_groups_may_be_emptied() {
    check(
        r#"
        world alice bob users; ops role-assignable group of alice bob
        ops active in "Global Administrator" forever
        switch lastAdministratorKeepsMembership false
        setup drop alice from ops -> ok
        setup delete bob -> ok
        setup delete ops -> LastAdministrator
        "#,
    );
}

/// GA-4. An eligibility that has not begun gives nothing that could be taken away by putting it off.
#[test]
fn an_eligibility_that_has_not_begun_is_moved_while_nobody_is_active() {
    check(
        r#"
        world alice users
        alice eligible for "Global Administrator" from +10d until +30d
        admin adminExtend eligible alice "Global Administrator" from +10d until +60d -> Provisioned
        admin adminUpdate eligible alice "Global Administrator" from +20d until +60d -> Provisioned
        at +20d admin adminUpdate eligible alice "Global Administrator" from +30d until +60d -> LastAdministrator
        "#,
    );
}
