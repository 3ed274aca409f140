//! Reminders of ends that are near, and the ends of weeks.

use super::dsl::check;

/// NOT-16.
#[test]
fn the_end_of_an_assignment_is_announced_fourteen_days_and_one_day_before() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        tick 29d
        happened +16d endNears 14, +29d endNears 1
        tick 1d
        happened +30d scheduleEnded Expired
        "#,
    );
    check(
        r#"
        world alice users
        alice active in "Global Reader" for 30d
        tick 40d
        happened +16d endNears 14, +29d endNears 1, +30d scheduleEnded Expired
        "#,
    );
}

/// NOT-16. What is shorter has fewer announcements.
#[test]
fn the_end_of_a_shorter_assignment_is_announced_once_or_not_at_all() {
    check(
        r#"
        world alice bob carol users
        alice eligible for "Global Reader" for 14d
        bob eligible for "Global Reader" for 1d
        carol eligible for "Global Reader" for 14d1h
        tick 20d
        happened +1h endNears 14, +1d scheduleEnded Expired, +13d endNears 1, +13d1h endNears 1, +14d scheduleEnded Expired, +14d1h scheduleEnded Expired
        "#,
    );
}

/// NOT-16. EXT-10. ACT-13.
#[test]
fn nothing_is_announced_of_activations_and_of_what_never_ends() {
    check(
        r#"
        world alice bob carol users
        alice eligible for "Global Reader" forever
        bob active in "Global Reader" forever
        setup assignOutside carol "Global Reader" -> ok
        policy "Global Reader" max 24h
        alice selfActivate "Global Reader" from +2d 24h "long" -> Granted
        tick 20d
        happened +2d scheduleStarted, +2d requestStatusChanged Provisioned, +3d scheduleEnded Expired
        "#,
    );
}

/// NOT-16. ASG-13.
#[test]
fn a_changed_window_is_announced_anew() {
    check(
        r#"
        world alice bob users
        alice eligible for "Global Reader" for 30d
        setup assignOutside bob "Global Reader" -> ok
        at +20d admin adminExtend eligible alice "Global Reader" until +60d -> Provisioned
        admin adminUpdate active bob "Global Reader" until +61d "until then" -> Provisioned
        tick 30d
        happened +45d requestPurged, +46d endNears 14, +47d endNears 14
        admin adminUpdate eligible alice "Global Reader" until +55d -> Provisioned
        tick 5d
        happened +54d endNears 1, +55d scheduleEnded Expired
        admin adminUpdate active bob "Global Reader" forever "for good" -> Provisioned
        tick 9d
        nothing happened
        "#,
    );
}

/// NOT-16. Nobody is told that something ends that has not begun.
#[test]
fn the_end_of_what_has_not_begun_is_not_near() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" from +20d until +30d
        tick 40d
        happened +20d scheduleStarted, +20d requestStatusChanged Provisioned, +29d endNears 1, +30d scheduleEnded Expired
        "#,
    );
}

/// NOT-16. GA-10. An end that is held back has come; it is not announced again.
#[test]
fn an_end_that_is_held_back_is_not_announced_again() {
    check(
        r#"
        world alice users
        alice active in "Global Administrator" for 2d
        tick 4d
        happened +1d endNears 1, +2d endHeldBack, +3d endHeldBack, +4d endHeldBack
        "#,
    );
}

/// NOT-15.
#[test]
fn a_week_ends_every_seven_days_from_the_making_of_the_tenant_on() {
    check(
        r#"
        tick 7d-1ms
        nothing happened
        tick 21d
        happened +7d weekEnded, +14d weekEnded, +21d weekEnded
        "#,
    );
}
