//! What reviewers say.

use crate::tests::dsl::check;

/// REV-20. REV-22. REV-23.
#[test]
fn the_last_word_counts_until_the_occurrence_closes() {
    check(
        r#"
        world alice bob carol users
        alice eligible for "Global Reader" forever
        admin review q of "Global Reader" by bob carol for 7d -> ok
        line q alice is NotReviewed
        bob decides q NotReviewed alice -> NotADecision
        bob decides q DontKnow alice -> ok
        line q alice is DontKnow
        bob decides q Approve alice -> ok
        carol decides q Deny alice -> ok
        line q alice is Deny
        decider q alice is carol
        bob decides q Approve alice "after all" -> ok
        decider q alice is bob
        tick 7d
        bob decides q Deny alice -> NotInStatus
        line q alice is Approve
        "#,
    );
}

/// REV-20. To have made the review, or to administer the tenant, is not to be asked.
#[test]
fn only_those_who_are_asked_decide_and_each_on_the_own_lines() {
    check(
        r#"
        world alice bob carol users; robot service principal
        manager of alice is carol
        alice eligible for "Global Reader" forever
        bob eligible for "Global Reader" forever
        admin review q of "Global Reader" by managers fallback bob -> ok
        admin decides q deny alice -> NotAReviewer
        admin accepts q -> NotAReviewer
        admin decides q deny -> NotAReviewer
        robot decides q deny alice -> NotAReviewer
        setup decides q deny alice -> NotAReviewer
        carol decides q deny bob -> NotAReviewer
        carol decides q deny -> ok
        line q alice is Deny
        line q bob is NotReviewed
        carol decides q approve only bob -> ok
        line q bob is NotReviewed
        carol decides q approve only alice -> ok
        line q alice is Approve
        "#,
    );
}

/// REV-21.
#[test]
fn a_yes_needs_a_reason_where_that_is_asked_for() {
    check(
        r#"
        world alice bob users
        alice eligible for "Global Reader" forever
        admin review q of "Global Reader" by bob reasoned -> ok
        bob decides q approve alice -> JustificationRequired
        bob decides q approve -> JustificationRequired
        bob decides q approve alice " " -> JustificationRequired
        bob decides q deny alice -> ok
        bob decides q approve alice "on duty" -> ok
        "#,
    );
}

/// REV-39.
#[test]
fn decisions_are_taken_back_by_whoever_manages_reviews() {
    check(
        r#"
        world alice bob users
        alice eligible for "Global Reader" forever
        admin review q of "Global Reader" by bob for 7d -> ok
        admin resets q -> ok
        nothing happened
        bob decides q deny alice -> ok
        admin resets q -> ok
        happened +0h accessReviewReset
        line q alice is NotReviewed
        decider q alice is nobody
        tick 8d
        admin resets q -> NotInStatus
        "#,
    );
}

/// REV-27. What was decided stays, and what nobody knows goes on waiting.
#[test]
fn recommendations_are_accepted_all_at_once() {
    check(
        r#"
        world alice bob carol dan users
        tick 40d
        alice active in "Global Reader" forever
        bob active in "Global Reader" forever
        carol active in "Global Reader" forever
        dan active in "Global Reader" forever
        alice signed in
        bob signed in +1d
        dan signed in +1d
        admin review q of "Global Reader" by dan recommending for 7d -> ok
        dan decides q approve bob -> ok
        dan accepts q -> ok
        line q alice is Approve
        line q bob is Approve
        line q carol is NotReviewed
        line q dan is Deny
        decider q dan is dan
        dan accepts q -> ok
        nothing happened
        tick 8d
        dan accepts q -> NotInStatus
        "#,
    );
}
