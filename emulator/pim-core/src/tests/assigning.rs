//! `adminAssign`: an administrator makes an eligible or active assignment.

use super::dsl::{Lab, check};
use std::fmt::Write as _;

/// ASG-3. MOD-2. MOD-4.
#[test]
fn an_administrator_chooses_the_side_and_the_window() {
    check(
        r#"
        world alice bob carol dave users
        admin adminAssign eligible alice "Global Reader" forever -> Provisioned
        admin adminAssign eligible bob "Global Reader" 30d -> Provisioned
        admin adminAssign active carol "Global Reader" forever "duty" -> Provisioned
        admin adminAssign active dave "Global Reader" from +1d until +3d "duty" -> Granted
        window of alice eligible "Global Reader" +0h forever
        window of bob eligible "Global Reader" +0h +30d
        window of carol active "Global Reader" +0h forever
        window of dave active "Global Reader" +1d +3d
        alice has nothing
        alice is eligible for "Global Reader"
        carol has "Global Reader"
        carol is not eligible for "Global Reader"
        "#,
    );
}

/// ASG-1.
#[test]
fn the_shortest_assignment_lasts_five_minutes() {
    check(
        r#"
        world alice bob users
        admin adminAssign eligible alice "Global Reader" 5m-1ms -> DurationTooShort
        admin adminAssign active alice "Global Reader" from +1h until +1h4m59s "duty" -> DurationTooShort
        setup adminAssign active alice "Global Reader" 1ms -> DurationTooShort
        admin adminAssign eligible alice "Global Reader" 5m -> Provisioned
        admin adminAssign active bob "Global Reader" from +1h until +1h5m "duty" -> Granted
        "#,
    );
}

/// ASG-6.
#[test]
fn the_same_assignment_is_not_made_twice() {
    check(
        r#"
        world alice users
        admin adminAssign eligible alice "Global Reader" 30d -> Provisioned
        admin adminAssign eligible alice "Global Reader" 30d -> AlreadyExists
        admin adminAssign eligible alice "Global Reader" forever from +60d -> AlreadyExists
        at +30d admin adminAssign eligible alice "Global Reader" 30d -> Provisioned
        "#,
    );
}

/// ASG-7. EXT-6.
#[test]
fn nothing_more_is_asked_for_while_a_request_waits_for_a_decision() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 10d
        alice selfExtend eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as asking
        alice selfExtend eligible "Global Reader" 30d "still on duty" -> PendingRequest
        admin adminUpdate eligible alice "Global Reader" 20d -> PendingRequest
        admin adminAssign active alice "Global Reader" 30d "the other side is free" -> Provisioned
        alice cancel asking -> ok
        at +10d alice selfRenew eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as again
        admin adminAssign eligible alice "Global Reader" 30d -> PendingRequest
        alice cancel again -> ok
        admin adminAssign eligible alice "Global Reader" 30d -> Provisioned
        "#,
    );
}

/// ASG-8. ASG-9.
#[test]
fn future_windows_do_not_share_a_minute() {
    check(
        r#"
        world alice users
        admin adminAssign eligible alice "Global Reader" from +10h until +20h -> Granted
        admin adminAssign eligible alice "Global Reader" from +20h until +30h -> OverlapsScheduled
        admin adminAssign eligible alice "Global Reader" from +20h59s until +30h -> OverlapsScheduled
        admin adminAssign eligible alice "Global Reader" from +20h1m until +30h -> Granted
        admin adminAssign eligible alice "Global Reader" from +5h until +10h -> OverlapsScheduled
        admin adminAssign eligible alice "Global Reader" from +5h until +10h-1ms -> Granted
        admin adminAssign eligible alice "Global Reader" from +12h forever -> OverlapsScheduled
        admin adminAssign eligible alice "Global Reader" from +40h forever -> Granted
        admin adminAssign eligible alice "Global Reader" from +1000h until +1001h -> OverlapsScheduled
        "#,
    );
}

/// ASG-10.
#[test]
fn an_eligible_and_an_active_assignment_stand_side_by_side() {
    check(
        r#"
        world alice users
        admin adminAssign eligible alice "Global Reader" 30d -> Provisioned
        admin adminAssign active alice "Global Reader" 30d "duty" -> Provisioned
        alice has "Global Reader"
        alice is eligible for "Global Reader"
        "#,
    );
}

/// ASG-11.
#[test]
fn the_same_role_at_another_scope_is_another_assignment() {
    check(
        r#"
        world alice users; berlin paris administrative unit
        admin adminAssign active alice "User Administrator" 30d "duty" -> Provisioned
        admin adminAssign active alice "User Administrator" @berlin 30d "duty" -> Provisioned
        admin adminAssign active alice "User Administrator" @paris 30d "duty" -> Provisioned
        admin adminAssign active alice "User Administrator" @paris 30d "duty" -> AlreadyExists
        "#,
    );
}

/// ASG-12. LIM-3.
#[test]
fn a_principal_holds_a_hundred_roles_below_the_tenant_and_a_hundred_and_fifty_custom_ones() {
    let mut story = "world alice bob users; Watcher custom role\n".to_owned();
    for number in 0..151 {
        let _ = writeln!(story, "world unit{number} administrative unit");
    }
    for number in 0..100 {
        let _ = writeln!(story, "alice eligible for \"User Administrator\" @unit{number} for 30d");
    }
    for number in 0..150 {
        let _ = writeln!(story, "bob active in \"Watcher\" @unit{number} for 30d");
    }
    story.push_str(
        r#"
        admin adminAssign eligible alice "User Administrator" @unit100 30d -> TooManyAssignments
        setup assignOutside alice "User Administrator" @unit100 -> TooManyAssignments
        admin adminAssign eligible alice "User Administrator" 30d -> Provisioned
        admin adminAssign eligible alice "Watcher" @unit100 30d -> Provisioned
        admin adminAssign eligible bob "Watcher" @unit150 30d -> TooManyAssignments
        admin adminAssign eligible bob "User Administrator" @unit150 30d -> Provisioned
        admin adminRemove eligible alice "User Administrator" @unit7 -> Revoked
        admin adminAssign eligible alice "User Administrator" @unit100 30d -> Provisioned
        "#,
    );
    check(&story);
}

/// ASG-15.
#[test]
fn a_duration_is_stored_as_an_end() {
    check(
        r#"
        world alice users
        at +1h admin adminAssign eligible alice "Global Reader" 2d -> Provisioned
        at +3h alice is eligible for "Global Reader"
        window of alice eligible "Global Reader" +1h +2d1h
        "#,
    );
}

/// ASG-22. UNC-18.
#[test]
fn a_group_that_can_hold_no_role_is_refused_or_accepted_and_never_provisioned() {
    check(
        r#"
        world crowd group
        admin adminAssign active crowd "Global Reader" 30d "duty" -> GroupNotRoleAssignable
        switch acceptAndNeverProvision true
        admin adminAssign active crowd "Global Reader" 30d "duty" -> Granted as accepted
        accepted completed never
        accepted targets nothing
        crowd has nothing
        phase of crowd active "Global Reader" is none
        at +30d-1ms accepted is Granted
        at +30d accepted is gone
        crowd has nothing
        "#,
    );
}

/// ASG-22.
#[test]
fn what_is_never_provisioned_fails_when_its_group_goes() {
    check(
        r#"
        world crowd group
        switch acceptAndNeverProvision true
        admin adminAssign active crowd "Global Reader" forever "duty" -> Granted as accepted
        setup delete crowd -> ok
        accepted is Failed
        "#,
    );
}

/// ASG-24.
#[test]
fn standing_access_is_converted_by_making_the_eligibility_and_removing_the_assignment() {
    check(
        r#"
        world alice users
        setup assignOutside alice "Global Reader" -> ok
        admin adminAssign eligible alice "Global Reader" 180d -> Provisioned
        at +5m admin adminRemove active alice "Global Reader" -> Revoked
        alice has nothing
        alice selfActivate "Global Reader" 1h "incident" -> Provisioned
        "#,
    );
}

/// ASG-25. POL-54.
#[test]
fn an_active_assignment_needs_a_reason_and_an_eligible_one_needs_none() {
    check(
        r#"
        world alice users
        admin adminAssign eligible alice "Global Reader" 30d -> Provisioned
        admin adminAssign active alice "Global Reader" 30d -> JustificationRule
        admin adminAssign active alice "Global Reader" 30d "duty" -> Provisioned
        "#,
    );
}

/// ASG-26. POL-35.
#[test]
fn an_administrator_is_bound_by_neither_the_rules_nor_the_maximum_of_activation() {
    check(
        r#"
        world alice users
        admin adminAssign active alice "Global Administrator" 180d "no second factor, longer than eight hours" -> Provisioned
        alice has "Global Administrator"
        "#,
    );
}

/// POL-36.
#[test]
fn whoever_assigns_to_oneself_acts_as_an_administrator() {
    check(
        r#"
        admin adminAssign eligible admin "Global Reader" forever -> Provisioned
        admin adminAssign active admin "Global Reader" 30d "longer than any activation" -> Provisioned
        admin has "Global Reader"
        "#,
    );
}

/// POL-53. POL-43.
#[test]
fn permanent_assignments_and_ones_longer_than_the_stored_maximum_are_allowed_by_default() {
    check(
        r#"
        world alice bob users
        admin adminAssign eligible alice "Global Reader" forever -> Provisioned
        admin adminAssign active alice "Global Reader" forever "duty" -> Provisioned
        admin adminAssign eligible bob "Global Reader" 366d -> Provisioned
        admin adminAssign active bob "Global Reader" 181d "duty" -> Provisioned
        "#,
    );
}

/// ACT-16.
#[test]
fn an_immediate_assignment_may_be_had_before_a_scheduled_one() {
    check(
        r#"
        world alice users
        admin adminAssign eligible alice "Global Reader" from +10h until +20h -> Granted as later
        admin adminAssign eligible alice "Global Reader" 10h -> Provisioned
        at +10h alice is eligible for "Global Reader"
        later is Provisioned
        "#,
    );
}

/// REQ-7. MOD-4.
#[test]
fn an_assignment_without_a_said_end_is_permanent() {
    check(
        r#"
        world alice users
        admin adminAssign eligible alice "Global Reader" unspecified -> Provisioned
        window of alice eligible "Global Reader" +0h forever
        "#,
    );
}

/// A name is a whole world apart from a place: a story is told to the end even when somebody is gone.
#[test]
fn an_empty_world_holds_every_invariant() {
    Lab::new().finish();
}
