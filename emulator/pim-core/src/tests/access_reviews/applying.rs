//! What a denial takes away, and what it cannot.

use crate::tests::dsl::check;

/// REV-33. One line for all that somebody holds of it.
#[test]
fn whoever_is_denied_loses_what_was_reviewed_eligible_and_active() {
    check(
        r#"
        world alice bob carol users; berlin administrative unit
        alice eligible for "User Administrator" forever
        alice active in "User Administrator" @berlin forever
        bob eligible for "User Administrator" forever
        bob active in "User Administrator" forever
        carol eligible for "User Administrator" forever
        tick 1h
        carol selfActivate "User Administrator" 8h "incident" -> Provisioned
        admin review q of "User Administrator" by admin for 1d -> ok
        admin decides q deny -> ok
        tick 1h
        admin stopsInstance q -> ok
        admin applies q -> ok
        alice is not eligible for "User Administrator"
        alice lacks "User Administrator" @berlin
        bob is not eligible for "User Administrator"
        bob lacks "User Administrator"
        carol is not eligible for "User Administrator"
        carol lacks "User Administrator"
        result q carol is AppliedSuccessfully
        "#,
    );
}

/// REV-33. The other reading takes the active one and leaves the eligible one to another review.
#[test]
fn by_a_switch_a_denial_takes_the_active_one_first() {
    check(
        r#"
        world bob carol users
        bob eligible for "Global Reader" forever
        bob active in "Global Reader" forever
        carol eligible for "Global Reader" forever
        switch accessReviewDenialTakesBoth false
        admin review q of "Global Reader" by admin for 1d auto default Deny -> ok
        tick 1d
        bob is eligible for "Global Reader"
        bob lacks "Global Reader"
        carol is not eligible for "Global Reader"
        "#,
    );
}

/// REV-33. REV-7.
#[test]
fn a_denial_takes_only_the_kind_that_was_reviewed() {
    check(
        r#"
        world bob user
        bob eligible for "Global Reader" forever
        bob active in "Global Reader" forever
        admin review q of "Global Reader" active by admin for 1d auto default Deny -> ok
        tick 1d
        bob is eligible for "Global Reader"
        bob lacks "Global Reader"
        "#,
    );
}

/// REV-34. REV-36.
#[test]
fn a_denied_group_loses_the_role_itself_and_a_guest_its_own() {
    check(
        r#"
        world alice user; gus guest; ops role-assignable group of alice
        ops active in "Global Reader" forever
        gus active in "Global Reader" forever
        admin review q of "Global Reader" by admin for 1d auto default Deny -> ok
        tick 1d
        ops lacks "Global Reader"
        gus lacks "Global Reader"
        alice belongs ops
        result q ops is AppliedSuccessfully
        "#,
    );
}

/// REV-35. MIS-20. REV-37.
#[test]
fn whoever_has_a_role_of_azure_by_a_group_keeps_it() {
    check(
        r#"
        world alice bob users; crowd group of alice bob; prod subscription
        crowd active in "Reader at prod" forever
        bob active in "Reader at prod" forever
        setup review q of "Reader at prod" by alice for 1d auto default Deny -> ok
        tick 1d
        result q alice is ApplyNotSupported
        result q bob is AppliedSuccessfully
        bob lacks "Reader at prod"
        alice belongs crowd
        bob belongs crowd
        crowd has "Reader at prod"
        "#,
    );
}

/// REV-37.
#[test]
fn each_line_tells_what_became_of_it() {
    check(
        r#"
        world alice bob carol dan eve users
        alice active in "Global Reader" forever
        bob active in "Global Reader" for 1d
        carol active in "Global Reader" forever
        dan active in "Global Reader" forever
        eve active in "Global Reader" forever
        admin review q of "Global Reader" by admin for 2d auto -> ok
        admin decides q approve alice -> ok
        admin decides q deny bob -> ok
        admin decides q DontKnow carol -> ok
        admin decides q deny dan -> ok
        setup delete dan -> ok
        tick 2d
        result q alice is AppliedSuccessfully
        result q bob is AppliedSuccessfullyButObjectNotFound
        result q carol is New
        result q dan is AppliedSuccessfullyButObjectNotFound
        result q eve is New
        alice has "Global Reader"
        carol has "Global Reader"
        "#,
    );
}

/// REV-40. REV-46. What one line takes away counts for the next: of two, one stays.
#[test]
fn the_last_administrator_stays_whoever_denies_it() {
    check(
        r#"
        world gail gus users
        gail active in "Global Administrator" forever
        gus active in "Global Administrator" forever
        admin review q of "Global Administrator" by admin for 1d auto default Deny -> ok
        admin review p of "Privileged Role Administrator" by gail for 1d auto default Deny -> ok
        tick 1d
        result p admin is AppliedWithUnknownFailure
        admin has "Privileged Role Administrator"
        result q gus is AppliedSuccessfully
        result q gail is AppliedWithUnknownFailure
        gail has "Global Administrator"
        gus lacks "Global Administrator"
        "#,
    );
}

/// REV-40. Nothing is half taken away.
#[test]
fn a_line_that_is_refused_leaves_all_that_is_held() {
    check(
        r#"
        world gail user
        gail active in "Global Administrator" forever
        gail eligible for "Global Administrator" forever
        admin review q of "Global Administrator" by admin for 1d auto default Deny -> ok
        tick 1d
        result q gail is AppliedWithUnknownFailure
        gail has "Global Administrator"
        gail is eligible for "Global Administrator"
        "#,
    );
}

/// REV-40. The last Owner of a subscription, what a lock keeps, and what is younger than five minutes.
#[test]
fn other_guards_hold_too() {
    check(
        r#"
        world owner alice bob users; prod subscription; web resource-group of prod
        owner active in "Owner at prod" forever
        alice active in "Reader at web" forever
        setup lock web CanNotDelete -> ok
        setup review q of "Owner at prod" by alice for 1d auto default Deny -> ok
        setup review p of "Reader at web" by alice for 1d auto default Deny -> ok
        tick 1d
        result q owner is AppliedWithUnknownFailure
        owner has "Owner at prod"
        result p alice is AppliedWithUnknownFailure
        alice has "Reader at web"
        bob active in "Global Reader" forever
        admin review r of "Global Reader" by admin auto default Deny -> ok
        admin stopsInstance r -> ok
        result r bob is AppliedWithUnknownFailure
        bob has "Global Reader"
        "#,
    );
}

/// REV-33. REV-37. Whoever comes by a rule or from another directory is taken out there.
#[test]
fn members_of_groups_are_taken_out_of_them() {
    check(
        r#"
        world alice bob users; inner group of bob; ops group of alice inner; auto dynamic group of alice; managed group of alice bob
        licence Governance
        setup onboard managed -> ok
        setup review q of "member of ops" users nested by alice for 1d auto default Deny -> ok
        setup review d of "member of auto" by alice for 1d auto default Deny -> ok
        setup review m of "member of managed" by alice for 1d auto default Deny -> ok
        tick 1d
        alice strays ops
        result q bob is ApplyNotSupported
        bob belongs inner
        inner belongs ops
        alice belongs auto
        result d alice is ApplyNotSupported
        alice strays managed
        bob strays managed
        "#,
    );
}

/// REV-40. GA-12. The last user of the only group that is active stays in it.
#[test]
fn a_group_keeps_whom_it_makes_the_last_administrator() {
    check(
        r#"
        world alice bob users; ops role-assignable group of alice
        ops active in "Global Administrator" forever
        setup review q of "member of ops" by bob for 1d auto default Deny -> ok
        tick 1d
        alice belongs ops
        result q alice is AppliedWithUnknownFailure
        "#,
    );
}
