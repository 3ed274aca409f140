//! `adminRemove`: an administrator ends an assignment or an activation.

use super::dsl::check;

/// ASG-16. REQ-15. REQ-55.
#[test]
fn a_removal_takes_effect_at_once_and_leaves_the_request() {
    check(
        r#"
        world alice users
        admin adminAssign eligible alice "Global Reader" 30d -> Provisioned as first
        admin adminRemove eligible alice "Global Reader" -> Revoked as removal
        happened +0h requestCreated, +0h scheduleEnded Removed
        alice is not eligible for "Global Reader"
        phase of alice eligible "Global Reader" is none
        first is Provisioned
        removal completed never
        removal targets nothing
        removal asks nothing
        "#,
    );
}

/// ASG-2.
#[test]
fn an_active_assignment_stays_for_five_minutes_after_it_was_made() {
    check(
        r#"
        world alice bob users
        admin adminAssign active alice "Global Reader" 30d "duty" -> Provisioned
        admin adminAssign active bob "Global Reader" from +4m until +30d "duty" -> Granted
        at +5m-1ms admin adminRemove active alice "Global Reader" -> DurationTooShort
        admin adminRemove active bob "Global Reader" -> DurationTooShort
        at +5m admin adminRemove active alice "Global Reader" -> Revoked
        admin adminRemove active bob "Global Reader" -> Revoked
        "#,
    );
}

/// ASG-2.
#[test]
fn what_has_not_begun_can_be_removed_at_any_time() {
    check(
        r#"
        world alice users
        admin adminAssign active alice "Global Reader" from +1d until +3d "duty" -> Granted as first
        admin adminRemove active alice "Global Reader" -> Revoked
        first is Canceled
        tick 2d
        alice has nothing
        "#,
    );
}

/// ASG-14.
#[test]
fn what_is_not_there_cannot_be_removed() {
    check(
        r#"
        world alice users
        admin adminRemove eligible alice "Global Reader" -> DoesNotExist
        alice eligible for "Global Reader" for 1d
        admin adminRemove active alice "Global Reader" -> DoesNotExist
        at +1d admin adminRemove eligible alice "Global Reader" -> DoesNotExist
        "#,
    );
}

/// ASG-19. UNC-1.
#[test]
fn an_activation_ends_when_its_eligibility_is_removed() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> Provisioned
        at +1m admin adminRemove eligible alice "Global Reader" -> Revoked
        happened +1m requestCreated, +1m scheduleEnded EligibilityEnded, +1m scheduleEnded Removed
        alice has nothing
        "#,
    );
}

/// UNC-1.
#[test]
fn a_running_activation_survives_where_the_switch_says_so_and_a_future_one_does_not() {
    check(
        r#"
        world alice users; berlin administrative unit
        switch activationSurvivesEligibilityRemoval true
        alice eligible for "User Administrator" for 30d
        alice selfActivate "User Administrator" 2h "incident" -> Provisioned
        alice selfActivate "User Administrator" @berlin 2h from +1d "incident" -> Granted as later
        admin adminRemove eligible alice "User Administrator" -> Revoked
        alice has "User Administrator"
        later is Failed
        at +2h alice has nothing
        "#,
    );
}

/// DEA-10. DEA-2.
#[test]
fn a_manager_ends_somebodys_activation_after_five_minutes() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> Provisioned
        at +4m59s admin adminRemove active alice "Global Reader" -> DurationTooShort
        at +5m admin adminRemove active alice "Global Reader" -> Revoked
        alice has nothing
        alice is eligible for "Global Reader"
        "#,
    );
}

/// REQ-6.
#[test]
fn a_removal_needs_neither_a_reason_nor_a_schedule() {
    check(
        r#"
        world alice users
        alice active in "Global Reader" for 30d
        at +1h admin adminRemove active alice "Global Reader" -> Revoked as removal
        removal asks nothing
        alice active in "Global Reader" for 30d
        at +2h admin adminRemove active alice "Global Reader" 30d "a schedule is not looked at" -> Revoked as other
        other asks nothing
        "#,
    );
}

/// ASG-7. What the holder still asks for of what was removed fails with it, and does not stand in the way of a new one.
#[test]
fn a_removal_leaves_no_request_of_the_holder_behind() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 10d
        alice selfExtend eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as asking
        admin adminRemove eligible alice "Global Reader" -> Revoked
        asking is Failed
        admin adminAssign eligible alice "Global Reader" 5d -> Provisioned
        "#,
    );
}
