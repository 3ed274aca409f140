//! `adminUpdate` and `adminExtend`: an administrator changes a window.

use super::dsl::check;

/// ASG-13.
#[test]
fn an_update_replaces_the_window_and_keeps_the_start_of_what_runs() {
    check(
        r#"
        world alice users
        admin adminAssign eligible alice "Global Reader" 30d -> Provisioned as first
        at +1d admin adminUpdate eligible alice "Global Reader" until +10d -> Provisioned as second
        second targets first
        window of alice eligible "Global Reader" +0h +10d
        admin adminUpdate eligible alice "Global Reader" forever -> Provisioned
        window of alice eligible "Global Reader" +0h forever
        admin adminUpdate eligible alice "Global Reader" 2d -> Provisioned
        window of alice eligible "Global Reader" +0h +3d
        at +3d alice is not eligible for "Global Reader"
        "#,
    );
}

/// ASG-13.
#[test]
fn an_update_moves_a_window_that_has_not_begun() {
    check(
        r#"
        world alice users
        admin adminAssign eligible alice "Global Reader" from +10d until +20d -> Granted as first
        admin adminUpdate eligible alice "Global Reader" from +2d until +5d -> Provisioned as second
        window of alice eligible "Global Reader" +2d +5d
        first is Granted
        second is Provisioned
        at +2d first is Provisioned
        alice is eligible for "Global Reader"
        at +5d alice is not eligible for "Global Reader"
        "#,
    );
}

/// ASG-13. REQ-52.
#[test]
fn a_request_waits_for_the_start_that_its_schedule_has_now() {
    check(
        r#"
        world alice users
        admin adminAssign eligible alice "Global Reader" from +2d until +20d -> Granted as first
        admin adminUpdate eligible alice "Global Reader" from +5d until +20d -> Provisioned
        at +3d first is Granted
        alice is not eligible for "Global Reader"
        at +5d first is Provisioned
        alice is eligible for "Global Reader"
        "#,
    );
}

/// ASG-13. REQ-57.
#[test]
fn an_update_to_a_later_start_closes_the_window_until_then() {
    check(
        r#"
        world alice users
        admin adminAssign eligible alice "Global Reader" 30d -> Provisioned as first
        admin adminUpdate eligible alice "Global Reader" from +2d until +5d -> Provisioned as second
        alice is not eligible for "Global Reader"
        phase of alice eligible "Global Reader" is Scheduled
        admin cancel second -> NotCancellable Provisioned
        at +2d alice is eligible for "Global Reader"
        first is Provisioned
        second is Provisioned
        "#,
    );
}

/// ASG-14.
#[test]
fn what_is_not_there_cannot_be_updated_or_extended() {
    check(
        r#"
        world alice bob users; berlin administrative unit
        bob eligible for "User Administrator" @berlin for 30d
        admin adminUpdate eligible alice "Global Reader" 30d -> DoesNotExist
        admin adminExtend eligible alice "Global Reader" 30d -> DoesNotExist
        admin adminUpdate eligible bob "User Administrator" 60d -> DoesNotExist
        admin adminUpdate active bob "User Administrator" @berlin 60d "duty" -> DoesNotExist
        at +30d admin adminExtend eligible bob "User Administrator" @berlin 60d -> DoesNotExist
        "#,
    );
}

/// ASG-21. UNC-3.
#[test]
fn a_shortened_eligibility_shortens_its_activation_and_a_lengthened_one_leaves_it_alone() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 8h "incident" -> Provisioned
        at +1h admin adminUpdate eligible alice "Global Reader" until +8h -> Provisioned
        window of alice active "Global Reader" +0h +8h
        admin adminUpdate eligible alice "Global Reader" until +3h -> Provisioned
        window of alice active "Global Reader" +0h +3h
        admin adminUpdate eligible alice "Global Reader" until +60d -> Provisioned
        window of alice active "Global Reader" +0h +3h
        at +3h alice has nothing
        "#,
    );
}

/// ASG-21.
#[test]
fn an_activation_that_would_begin_after_a_shortened_eligibility_ends_at_once() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 8h from +2d "incident" -> Granted as later
        admin adminUpdate eligible alice "Global Reader" until +2d -> Provisioned
        happened +0h requestCreated, +0h scheduleChanged, +0h scheduleEnded EligibilityEnded, +0h requestStatusChanged Failed
        later is Failed
        "#,
    );
}

/// UNC-3. UNC-2.
#[test]
fn without_the_cap_a_running_activation_outlives_a_shortened_eligibility() {
    check(
        r#"
        world alice users
        switch activationCappedByEligibility false
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 8h "incident" -> Provisioned
        admin adminUpdate eligible alice "Global Reader" until +3h -> Provisioned
        at +5h alice has "Global Reader"
        alice is not eligible for "Global Reader"
        at +8h alice has nothing
        "#,
    );
}

/// UNC-3. ACT-1.
#[test]
fn even_without_the_cap_nothing_begins_out_of_an_eligibility_that_is_over_by_then() {
    check(
        r#"
        world alice bob users
        switch activationCappedByEligibility false
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 8h from +2d "incident" -> Granted as later
        admin adminUpdate eligible alice "Global Reader" until +1d -> Provisioned
        later is Failed
        at +2d alice has nothing
        "#,
    );
}

/// EXT-3. EXT-14.
#[test]
fn a_manager_extends_at_any_time_and_only_to_a_later_end() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        admin adminExtend eligible alice "Global Reader" until +30d -> InvalidSchedule NotLater
        admin adminExtend eligible alice "Global Reader" until +29d -> InvalidSchedule NotLater
        admin adminExtend eligible alice "Global Reader" until +60d -> Provisioned
        window of alice eligible "Global Reader" +0h +60d
        admin adminExtend eligible alice "Global Reader" forever -> Provisioned
        admin adminExtend eligible alice "Global Reader" until +90d -> InvalidSchedule NotLater
        "#,
    );
}

/// EXT-14.
#[test]
fn an_extension_and_a_renewal_meet_the_rules_for_administrators() {
    check(
        r#"
        world alice users
        alice active in "Global Reader" for 30d
        admin adminExtend active alice "Global Reader" until +60d -> JustificationRule
        admin adminUpdate active alice "Global Reader" until +60d -> JustificationRule
        at +30d admin adminRenew active alice "Global Reader" 30d -> JustificationRule
        admin adminRenew active alice "Global Reader" 30d "still on duty" -> Provisioned
        "#,
    );
}

/// ASG-8.
#[test]
fn an_update_does_not_overlap_another_window() {
    check(
        r#"
        world alice users
        admin adminAssign eligible alice "Global Reader" from +20h until +30h -> Granted
        admin adminAssign eligible alice "Global Reader" 10h -> Provisioned
        admin adminUpdate eligible alice "Global Reader" until +20h -> OverlapsScheduled
        admin adminExtend eligible alice "Global Reader" until +25h -> OverlapsScheduled
        admin adminExtend eligible alice "Global Reader" until +20h-1s -> Provisioned
        "#,
    );
}

/// ASG-13.
#[test]
fn the_schedule_to_change_can_be_named() {
    check(
        r#"
        world alice users
        admin adminAssign eligible alice "Global Reader" from +20h until +30h -> Granted as later
        admin adminAssign eligible alice "Global Reader" 10h -> Provisioned as now
        admin adminUpdate eligible alice "Global Reader" from +40h until +50h targeting later -> Provisioned
        window of alice eligible "Global Reader" +0h +10h
        window of alice eligible "Global Reader" +1d16h +2d2h
        "#,
    );
}

/// ACT-13. ASG-14.
#[test]
fn an_activation_is_nothing_that_an_administrator_could_lengthen() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 1h "incident" -> Provisioned
        admin adminUpdate active alice "Global Reader" 5h "longer" -> DoesNotExist
        admin adminExtend active alice "Global Reader" 5h "longer" -> DoesNotExist
        "#,
    );
}

/// ASG-1.
#[test]
fn an_updated_window_is_not_shorter_than_five_minutes() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        admin adminUpdate eligible alice "Global Reader" 4m -> DurationTooShort
        admin adminUpdate eligible alice "Global Reader" from +1h until +1h4m -> DurationTooShort
        "#,
    );
}
