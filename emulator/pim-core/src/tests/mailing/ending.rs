//! Ends that are near, and ends.

use super::Office;

/// NOT-16. EXT-11.
#[test]
fn an_end_is_told_two_weeks_and_a_day_before_and_when_it_comes() {
    Office::after(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        tick 29d
        tick 1d
        "#,
    )
    .sent_but_for_digests(&[
        "+16d expiring Requestor to alice",
        "+16d expiring Admin to admin gail",
        "+29d expiring Requestor to alice",
        "+29d expiring Admin to admin gail",
        "+30d expired Requestor to alice",
        "+30d expired Admin to admin gail",
    ]);
}

/// EXT-11. One jump passes over the beginning and the end of what makes a manager.
#[test]
fn whoever_manages_at_the_time_is_told() {
    Office::after(
        r#"
        world alice bob carol users
        alice eligible for "Global Reader" for 30d
        bob active in "Global Administrator" for 20d
        carol active in "Privileged Role Administrator" from +20d until +30d
        tick 31d
        "#,
    )
    .sent_but_for_digests(&[
        "+6d expiring Requestor to bob",
        "+6d expiring Admin to admin gail",
        "+16d expiring Requestor to alice",
        "+16d expiring Admin to admin bob gail",
        "+19d expiring Requestor to bob",
        "+19d expiring Admin to admin gail",
        "+20d expired Requestor to bob",
        "+20d expired Admin to admin carol gail",
        "+29d expiring Requestor to alice",
        "+29d expiring Admin to admin carol gail",
        "+29d expiring Requestor to carol",
        "+29d expiring Admin to admin gail",
        "+30d expired Requestor to alice",
        "+30d expired Admin to admin gail",
        "+30d expired Requestor to carol",
        "+30d expired Admin to admin gail",
    ]);
}

/// NOT-16. What is taken away does not come to its end.
#[test]
fn a_removal_is_told_to_nobody() {
    Office::after(
        r#"
        world alice users
        alice eligible for "Global Reader" for 3d
        admin adminRemove eligible alice "Global Reader" -> Revoked
        tick 4d
        "#,
    )
    .sent_only(&[]);
}
