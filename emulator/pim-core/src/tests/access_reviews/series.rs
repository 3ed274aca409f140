//! How a review comes round.

use crate::tests::dsl::check;

/// REV-3. REV-5. REV-43.
#[test]
fn a_series_comes_round_until_its_range_is_over() {
    check(
        r#"
        world alice bob users
        alice eligible for "Global Reader" forever
        admin review a of "Global Reader" by bob for 7d weekly times 3 -> ok
        admin review b of "Global Reader" by bob for 2d weekly until +14d -> ok
        admin review c of "Global Reader" by bob for 20d every 1 months -> ok
        admin review d of "Global Reader" by bob for 20d every 3 months -> ok
        tick 60d
        instances a are +0h +7d +14d
        next a is never
        review a is Completed
        instances b are +0h +7d +14d
        instances c are +0h +31d
        next c is +61d
        review c is NotStarted
        next d is +92d
        "#,
    );
}

/// REV-2. A later day is its beginning.
#[test]
fn a_review_may_begin_on_a_later_day() {
    check(
        r#"
        world alice bob users
        alice eligible for "Global Reader" forever
        admin review q of "Global Reader" by bob for 2d from +10d -> ok
        review q is NotStarted
        instances q are
        next q is +10d
        tick 10d
        instances q are +10d
        review q is InProgress
        tick 30d
        review q is Completed
        "#,
    );
}

/// REV-3. An occurrence that ends goes before the one that begins.
#[test]
fn occurrences_that_touch_do_not_overlap() {
    check(
        r#"
        world alice bob users
        alice active in "Global Reader" forever
        admin review q of "Global Reader" by bob for 7d weekly auto default Deny -> ok
        tick 7d
        reviewed q are
        instances q are +0h +7d
        "#,
    );
}

/// REV-5. What runs goes on as it was.
#[test]
fn replacing_a_review_is_for_the_occurrences_to_come() {
    check(
        r#"
        world alice bob carol users
        alice active in "Global Reader" forever
        admin review q of "Global Reader" by bob for 5d weekly -> ok
        tick 1d
        admin replaces q of "Global Reader" by carol for 3d weekly times 2 -> ok
        asked q alice are bob
        end of q is +5d
        tick 7d
        instances q are +0h +7d
        asked q alice are carol
        end of q is +10d
        next q is never
        bob replaces q of "Global Reader" by bob -> NotPermitted
        admin replaces q of "Global Reader" by bob for 9d weekly -> Duration
        admin replaces q of "Global Reader" by bob for 3d weekly from +40d -> ok
        next q is +40d
        admin replaces p of "Global Reader" by bob -> ReviewNotFound
        admin replaces q of "Global Reader" by bob for 3d weekly until +9d -> ok
        next q is never
        "#,
    );
}

/// REV-1. What is not there any more is not reviewed.
#[test]
fn an_occurrence_of_something_that_is_gone_has_no_instance() {
    check(
        r#"
        world alice bob users; ops group of alice
        setup review q of "member of ops" by bob for 2d weekly -> ok
        tick 3d
        setup delete ops -> ok
        tick 5d
        instances q are +0h
        next q is +14d
        "#,
    );
}
