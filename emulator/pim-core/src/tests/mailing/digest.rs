//! The week in numbers.

use super::Office;

/// NOT-15.
#[test]
fn every_week_the_administrators_get_a_digest() {
    let office = Office::after(
        r#"
        world alice bert cora users
        alice eligible for "Global Reader" forever
        bert eligible for "Global Reader" forever
        tick 1h
        alice selfActivate "Global Reader" 1h "incident" -> Provisioned
        at +3h alice selfActivate "Global Reader" 1h "incident" -> Provisioned
        admin adminAssign eligible cora "Reports Reader" forever -> Provisioned
        admin adminAssign active cora "Global Reader" forever "on duty" -> Provisioned
        admin assignOutside bert "Groups Administrator" -> ok
        tick 14d
        "#,
    );
    let digests: Vec<_> = office.sent().filter(|(_, it)| it.notice.name() == "weeklyDigest").collect();
    assert_eq!(digests.iter().map(|(at, _)| at.as_str()).collect::<Vec<_>>(), ["+7d", "+14d"]);
    assert_eq!(office.line(digests[0].1, &digests[0].1.to[0]), "weeklyDigest Admin to admin gail sam");
    let first = digests[0].1.digest.as_deref().unwrap();
    assert_eq!((first.users_activated, first.users_made_permanent), (1, 3), "alice; cora, gail and sam");
    assert_eq!((first.assigned_in_pim, first.assigned_outside_pim), (6, 2));
    assert_eq!(first.top_roles[0], (office.0.role("Global Reader").unwrap(), 3));
    assert_eq!(first.top_roles.len(), 5);
    let second = digests[1].1.digest.as_deref().unwrap();
    assert_eq!((second.users_activated, second.users_made_permanent), (0, 0));
    assert_eq!((second.assigned_in_pim, second.assigned_outside_pim), (0, 0));
    assert_eq!(second.top_roles, first.top_roles);
    office.0.finish();
}

/// NOT-15. The place of a request that was purged is used again, by one of another sort.
#[test]
fn what_was_withdrawn_and_purged_is_no_activation_of_a_week_to_come() {
    let office = Office::after(
        r#"
        world alice bert users
        alice eligible for "Global Reader" forever
        tick 1h
        alice selfActivate "Global Reader" from +60d 1h "later" -> Granted as later
        alice cancel later -> ok
        tick 31d
        admin adminAssign eligible bert "Reports Reader" forever -> Provisioned
        tick 7d
        "#,
    );
    let digests = office.sent().filter_map(|(_, it)| it.digest.as_deref());
    assert!(digests.map(|it| it.users_activated).all(|activated| activated == 0));
    office.0.finish();
}
