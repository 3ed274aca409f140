//! How an occurrence ends, and when its outcome takes effect.

use crate::tests::dsl::check;

/// REV-38. REV-31. REV-30.
#[test]
fn an_instance_goes_from_status_to_status_and_nothing_changes_before_it_is_completed() {
    check(
        r#"
        world alice bob users
        alice eligible for "Global Reader" forever
        admin review q of "Global Reader" by bob for 7d auto default Deny -> ok
        review q is InProgress
        bob decides q deny alice -> ok
        tick 6d
        alice is eligible for "Global Reader"
        tick 1d
        happened +7d accessReviewStatusChanged Completing, +7d accessReviewStatusChanged Completed, +7d accessReviewStatusChanged AutoReviewing, +7d accessReviewStatusChanged AutoReviewed, +7d accessReviewApplyBegan, +7d accessReviewLineApplied, +7d scheduleEnded DeniedInReview, +7d accessReviewStatusChanged Applied
        alice is not eligible for "Global Reader"
        review q is Applied
        "#,
    );
}

/// REV-31.
#[test]
fn without_auto_apply_somebody_applies_it_and_once() {
    check(
        r#"
        world alice bob users
        alice active in "Global Reader" forever
        admin review q of "Global Reader" by bob for 7d -> ok
        bob decides q deny alice -> ok
        admin applies q -> NotInStatus
        tick 30d
        review q is Completed
        alice has "Global Reader"
        admin applies q -> ok
        alice lacks "Global Reader"
        instance q is Applied
        result q alice is AppliedSuccessfully
        admin applies q -> NotInStatus
        "#,
    );
}

/// REV-30.
#[test]
fn stopping_ends_it_at_once_and_for_good() {
    check(
        r#"
        world alice bob users
        alice active in "Global Reader" forever
        admin review q of "Global Reader" by bob for 5d weekly -> ok
        bob decides q deny alice -> ok
        tick 1d
        admin stopsInstance q -> ok
        instance q is Completed
        end of q is +1d
        alice has "Global Reader"
        bob decides q approve alice -> NotInStatus
        admin stopsInstance q -> NotInStatus
        admin remindsOf q -> NotInStatus
        admin asks q by bob -> NotInStatus
        tick 6d
        instances q are +0h +7d
        admin stops q -> ok
        instance q is Completed
        next q is never
        admin stops q -> NotInStatus
        tick 30d
        instances q are +0h +7d
        "#,
    );
}

/// REV-30. One page has it otherwise.
#[test]
fn what_was_stopped_takes_effect_where_it_would_have_and_by_a_switch_always() {
    check(
        r#"
        world alice bob users
        alice active in "Global Reader" forever
        bob active in "Global Reader" forever
        tick 1h
        admin review q of "Global Reader" by bob auto -> ok
        bob decides q deny alice -> ok
        admin stopsInstance q -> ok
        alice lacks "Global Reader"
        admin review p of "Global Reader" by alice -> ok
        alice decides p deny bob -> ok
        switch stoppedAccessReviewsAreApplied true
        admin stopsInstance p -> ok
        bob lacks "Global Reader"
        instance p is Applied
        "#,
    );
}

/// REV-32. REV-42.
#[test]
fn the_silent_are_given_the_default_where_it_counts() {
    check(
        r#"
        world alice bob carol users
        alice active in "Global Reader" forever
        carol active in "Global Reader" forever
        admin review n of "Global Reader" by bob for 7d auto idleDefault Deny -> ok
        admin review a of "Global Reader" by bob for 7d default Approve -> ok
        admin review d of "Global Reader" by bob for 7d default Deny -> ok
        admin review r of "Global Reader" by bob for 7d default Recommendation -> ok
        bob decides d approve carol -> ok
        bob decides a DontKnow carol -> ok
        tick 7d
        line n alice is NotReviewed
        result n alice is New
        line a alice is Approve
        decider a alice is service
        line a carol is DontKnow
        instance a is AutoReviewed
        line d alice is Deny
        line d carol is Approve
        line r alice is NotReviewed
        alice has "Global Reader"
        admin applies d -> ok
        alice lacks "Global Reader"
        carol has "Global Reader"
        "#,
    );
}

/// LAT-11. LAT-12.
#[test]
fn what_the_service_takes_its_time_for_takes_it_by_a_switch() {
    check(
        r#"
        world alice bob users
        alice active in "Global Reader" forever
        switch accessReviewDelay 10m
        switch accessReviewApplyDelay 2h
        admin review q of "Global Reader" by bob for 1d auto -> ok
        review q is Starting
        reviewed q are alice
        bob decides q deny alice -> NotInStatus
        tick 10m
        review q is InProgress
        bob decides q deny alice -> ok
        at +1d bob decides q deny alice -> NotInStatus
        review q is Completing
        tick 10m
        review q is Completed
        alice has "Global Reader"
        tick 2h
        review q is Applied
        alice lacks "Global Reader"
        "#,
    );
}

/// REV-32. REV-42. What is not known is not decided.
#[test]
fn the_silent_are_given_what_is_recommended_where_that_is_the_default() {
    check(
        r#"
        world alice bob carol users
        tick 40d
        alice active in "Global Reader" forever
        bob active in "Global Reader" forever
        carol active in "Global Reader" forever
        alice signed in
        bob signed in +1d
        admin review q of "Global Reader" by admin for 1d auto default Recommendation -> ok
        tick 1d
        alice has "Global Reader"
        bob lacks "Global Reader"
        carol has "Global Reader"
        line q carol is NotReviewed
        "#,
    );
}
