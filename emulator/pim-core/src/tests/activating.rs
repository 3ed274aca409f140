//! `selfActivate`: a principal makes an eligibility active for a while.

use super::dsl::check;

/// ACT-1. POL-33.
#[test]
fn an_activation_needs_an_eligibility_that_is_open_now() {
    check(
        r#"
        world alice bob users
        alice selfActivate "Global Reader" 2h "incident" -> DoesNotExist
        bob eligible for "Global Reader" from +1d until +2d
        bob selfActivate "Global Reader" 2h "incident" -> EligibilityRule
        bob selfActivate "Global Reader" from +1d 2h "incident" -> EligibilityRule
        at +1d bob selfActivate "Global Reader" 2h "incident" -> Provisioned
        at +2d bob selfActivate "Global Reader" 2h "incident" -> DoesNotExist
        "#,
    );
}

/// ACT-1.
#[test]
fn without_any_eligibility_the_rule_fails_where_the_switch_says_so() {
    check(
        r#"
        world alice users
        switch activationWithoutEligibilityDoesNotExist false
        alice selfActivate "Global Reader" 2h "incident" -> EligibilityRule
        alice selfActivate "Global Reader" 9h -> EligibilityRule + ExpirationRule + JustificationRule
        "#,
    );
}

/// ACT-2. AUT-20.
#[test]
fn whoever_holds_no_role_can_activate() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice does not act as "Global Reader"
        alice selfActivate "Global Reader" 2h "incident" -> Provisioned
        alice acts as "Global Reader"
        "#,
    );
}

/// ACT-3.
#[test]
fn nobody_activates_for_somebody_else() {
    check(
        r#"
        world alice bob users
        alice eligible for "Global Reader" for 30d
        bob selfActivate alice "Global Reader" 2h "incident" -> NotForOthers
        admin selfActivate alice "Global Reader" 2h "incident" -> NotForOthers
        setup selfActivate alice "Global Reader" 2h "incident" -> NotForOthers
        bob selfDeactivate alice "Global Reader" -> NotForOthers
        bob selfExtend eligible alice "Global Reader" 2h "why" -> NotForOthers
        bob selfRenew eligible alice "Global Reader" 2h "why" -> NotForOthers
        "#,
    );
}

/// ACT-4.
#[test]
fn applications_do_not_activate() {
    check(
        r#"
        world alice users; robot service principal
        alice eligible for "Global Reader" for 30d
        robot selfActivate "Global Reader" 2h "incident" -> NotForOthers
        robot selfActivate alice "Global Reader" 2h "incident" -> NotForOthers
        "#,
    );
}

/// ACT-5. POL-50.
#[test]
fn an_activation_longer_than_the_maximum_is_refused_and_not_shortened() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 8h1ms "incident" -> ExpirationRule
        alice selfActivate "Global Reader" until +8h1s "incident" -> ExpirationRule
        alice selfActivate "Global Reader" forever "incident" -> ExpirationRule
        nothing happened
        alice selfActivate "Global Reader" 8h "incident" -> Provisioned
        window of alice active "Global Reader" +0h +8h
        "#,
    );
}

/// ACT-6.
#[test]
fn the_shortest_activation_lasts_five_minutes() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 4m59s "incident" -> DurationTooShort
        alice selfActivate "Global Reader" 5m "incident" -> Provisioned
        "#,
    );
}

/// ACT-8.
#[test]
fn any_duration_up_to_the_maximum_may_be_chosen() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        at +0h alice selfActivate "Global Reader" 1h45m "incident" -> Provisioned
        at +2h alice selfActivate "Global Reader" 5m1ms "incident" -> Provisioned
        at +3h alice selfActivate "Global Reader" until +4h1s "incident" -> Provisioned
        "#,
    );
}

/// ACT-9. REQ-13. REQ-51.
#[test]
fn an_activation_may_start_later() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" from +1d 2h "change window" -> Granted as later
        later completed +1d
        alice has nothing
        phase of alice active "Global Reader" is Scheduled
        at +1d alice has "Global Reader"
        later is Provisioned
        window of alice active "Global Reader" +1d +1d2h
        at +1d2h alice has nothing
        "#,
    );
}

/// ACT-10. REQ-10.
#[test]
fn the_end_counts_from_the_start_that_is_stored() {
    check(
        r#"
        world alice bob users
        alice eligible for "Global Reader" for 30d
        bob eligible for "Global Reader" for 30d
        at +2h alice selfActivate "Global Reader" from +1h 2h "the start has passed" -> Provisioned
        window of alice active "Global Reader" +2h +4h
        bob selfActivate "Global Reader" from +5h 2h "later" -> Granted
        window of bob active "Global Reader" +5h +7h
        "#,
    );
}

/// ACT-11. REQ-44.
#[test]
fn what_is_active_is_not_activated_again() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> Provisioned
        at +1h alice selfActivate "Global Reader" 2h "incident" -> AlreadyExists
        alice would selfActivate "Global Reader" 9h -> AlreadyExists
        window of alice active "Global Reader" +0h +2h
        at +2h alice selfActivate "Global Reader" 2h "incident" -> Provisioned
        "#,
    );
}

/// ACT-11.
#[test]
fn what_is_assigned_is_not_activated_beside_it() {
    check(
        r#"
        world alice bob users
        alice eligible for "Global Reader" for 30d
        alice active in "Global Reader" for 3d
        bob eligible for "Global Reader" for 30d
        setup assignOutside bob "Global Reader" -> ok
        alice selfActivate "Global Reader" 2h "incident" -> AlreadyExists
        bob selfActivate "Global Reader" 2h "incident" -> AlreadyExists
        "#,
    );
}

/// ACT-12.
#[test]
fn nothing_is_scheduled_while_the_same_is_active() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> Provisioned
        alice selfActivate "Global Reader" from +1d 2h "change window" -> AlreadyExists
        "#,
    );
}

/// ASG-8.
#[test]
fn future_activations_do_not_overlap() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" from +10h 2h "change window" -> Granted
        alice selfActivate "Global Reader" from +12h 2h "change window" -> OverlapsScheduled
        alice selfActivate "Global Reader" from +12h1m 2h "change window" -> Granted
        "#,
    );
}

/// ACT-16. REQ-56.
#[test]
fn a_scheduled_activation_fails_when_an_immediate_one_still_runs() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" from +2h 2h "change window" -> Granted as later
        at +1h alice selfActivate "Global Reader" 2h "incident" -> Provisioned
        tick 1h
        happened +2h scheduleEnded CouldNotStart, +2h requestStatusChanged Failed
        later is Failed
        window of alice active "Global Reader" +1h +3h
        at +3h alice has nothing
        "#,
    );
}

/// ACT-16. REQ-60.
#[test]
fn a_scheduled_activation_starts_at_the_instant_at_which_an_immediate_one_ends() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" from +2h 2h "change window" -> Granted as later
        alice selfActivate "Global Reader" 2h "incident" -> Provisioned
        at +2h alice has "Global Reader"
        happened +2h scheduleEnded Expired, +2h scheduleStarted, +2h requestStatusChanged Provisioned
        later is Provisioned
        window of alice active "Global Reader" +2h +4h
        "#,
    );
}

/// ACT-14. ACT-15.
#[test]
fn there_is_no_limit_and_no_pause_between_activations() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 5m "incident" -> Provisioned
        at +5m alice selfActivate "Global Reader" 5m "incident" -> Provisioned
        at +10m alice selfActivate "Global Reader" 5m "incident" -> Provisioned
        at +15m alice selfActivate "Global Reader" 5m "incident" -> Provisioned
        at +20m alice selfDeactivate "Global Reader" -> DoesNotExist
        alice selfActivate "Global Reader" 8h "incident" -> Provisioned
        at +25m alice selfDeactivate "Global Reader" -> Revoked
        alice selfActivate "Global Reader" 8h "incident" -> Provisioned
        "#,
    );
}

/// ACT-18. ASG-20.
#[test]
fn of_two_eligibilities_the_one_that_lasts_longest_is_activated() {
    check(
        r#"
        world alice users; ops role-assignable group of alice
        alice eligible for "Global Reader" for 1h
        ops eligible for "Global Reader" for 3h
        alice selfActivate "Global Reader" 8h "incident" -> Provisioned
        window of alice active "Global Reader" +0h +3h
        at +1h alice has "Global Reader"
        at +3h alice has nothing
        "#,
    );
}

/// ACT-19.
#[test]
fn several_roles_are_active_at_the_same_time() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice eligible for "Security Reader" for 30d
        alice eligible for "User Administrator" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> Provisioned
        alice selfActivate "Security Reader" 2h "incident" -> Provisioned
        alice selfActivate "User Administrator" 2h "incident" -> Provisioned
        alice has "Global Reader"
        alice has "Security Reader"
        alice has "User Administrator"
        "#,
    );
}

/// ACT-20. MOD-7. MOD-3.
#[test]
fn an_activation_stands_beside_its_eligibility() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> Provisioned
        happened +0h requestCreated, +0h scheduleCreated
        alice has "Global Reader"
        alice is eligible for "Global Reader"
        window of alice eligible "Global Reader" +0h +30d
        window of alice active "Global Reader" +0h +2h
        "#,
    );
}

/// ACT-21. REQ-59.
#[test]
fn an_activation_ends_by_itself_at_its_end_exactly() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> Provisioned
        at +2h-1ms alice has "Global Reader"
        nothing happened
        at +2h alice has nothing
        happened +2h scheduleEnded Expired
        phase of alice active "Global Reader" is none
        "#,
    );
}

/// ASG-20. UNC-2.
#[test]
fn an_activation_ends_no_later_than_its_eligibility() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 3h
        at +1h alice selfActivate "Global Reader" 8h "incident" -> Provisioned
        window of alice active "Global Reader" +1h +3h
        at +3h alice has nothing
        "#,
    );
}

/// ASG-20. ACT-6.
#[test]
fn too_little_of_an_eligibility_is_left_for_an_activation() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 3h
        at +2h55m1s alice selfActivate "Global Reader" 8h "incident" -> DurationTooShort
        alice selfActivate "Global Reader" from +3h 8h "incident" -> EligibilityRule
        "#,
    );
}

/// UNC-2.
#[test]
fn without_the_cap_an_activation_outlives_its_eligibility() {
    check(
        r#"
        world alice users
        switch activationCappedByEligibility false
        alice eligible for "Global Reader" for 3h
        at +1h alice selfActivate "Global Reader" 8h "incident" -> Provisioned
        at +3h alice has "Global Reader"
        alice is not eligible for "Global Reader"
        at +9h alice has nothing
        "#,
    );
}

/// ACT-24. GRP-20.
#[test]
fn a_member_activates_for_itself_what_its_group_is_eligible_for() {
    check(
        r#"
        world alice bob carol users; ops role-assignable group of alice bob
        ops eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> Provisioned
        alice has "Global Reader"
        bob has nothing
        ops has nothing
        bob does not act as "Global Reader"
        bob selfActivate ops "Global Reader" 2h "naming the group" -> Provisioned
        bob has "Global Reader"
        ops has nothing
        carol selfActivate "Global Reader" 2h "incident" -> DoesNotExist
        carol selfActivate ops "Global Reader" 2h "naming the group" -> NotForOthers
        "#,
    );
}

/// ACT-24. ASG-19.
#[test]
fn what_members_activated_ends_with_the_eligibility_of_the_group() {
    check(
        r#"
        world alice bob users; ops role-assignable group of alice bob
        ops eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> Provisioned
        bob selfActivate "Global Reader" 2h "incident" -> Provisioned
        admin adminRemove eligible ops "Global Reader" -> Revoked
        alice has nothing
        bob has nothing
        "#,
    );
}

/// REQ-7. MOD-4.
#[test]
fn an_activation_without_a_said_end_lasts_for_the_maximum() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" unspecified "incident" -> Provisioned
        window of alice active "Global Reader" +0h +8h
        "#,
    );
}

/// POL-51. POL-30.
#[test]
fn by_default_an_activation_needs_a_reason_and_no_ticket() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h -> JustificationRule
        alice selfActivate "Global Reader" 2h "" -> JustificationRule
        alice selfActivate "Global Reader" 2h "incident" -> Provisioned
        "#,
    );
}

/// ACT-35.
#[test]
fn blanks_are_no_reason_unless_the_switch_says_so() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "   " -> JustificationRule
        switch blankJustificationCounts true
        alice selfActivate "Global Reader" 2h "" -> JustificationRule
        alice selfActivate "Global Reader" 2h "   " -> Provisioned
        "#,
    );
}

/// POL-52. UNC-9. POL-32. MFA-1.
#[test]
fn the_top_roles_need_a_session_with_mfa() {
    check(
        r#"
        world alice users
        alice eligible for "Global Administrator" for 30d
        alice eligible for "Privileged Role Administrator" for 30d
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Administrator" 2h "incident" -> MfaRule
        alice selfActivate "Privileged Role Administrator" 2h "incident" -> MfaRule
        alice selfActivate "Global Reader" 2h "incident" -> Provisioned
        alice selfActivate "Global Administrator" 2h "incident" with mfa -> Provisioned
        switch rolesWithMfaByDefault []
        alice selfActivate "Privileged Role Administrator" 2h "incident" -> Provisioned
        "#,
    );
}

/// REQ-45.
#[test]
fn every_rule_that_fails_is_named() {
    check(
        r#"
        world alice users
        alice eligible for "Global Administrator" from +1d until +9d
        alice selfActivate "Global Administrator" 9h -> EligibilityRule + ExpirationRule + JustificationRule + MfaRule
        alice selfActivate "Global Administrator" 9h with mfa -> EligibilityRule + ExpirationRule + JustificationRule
        at +1d alice selfActivate "Global Administrator" 9h "incident" -> ExpirationRule + MfaRule
        "#,
    );
}
