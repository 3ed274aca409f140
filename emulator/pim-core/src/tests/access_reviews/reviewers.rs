//! Who is asked.

use crate::tests::dsl::check;

/// REV-9.
#[test]
fn chosen_people_members_of_a_group_or_the_holders_themselves_decide() {
    check(
        r#"
        world alice bob carol dan users; inner group of dan; panel group of carol inner; ops role-assignable group of alice
        alice eligible for "Global Reader" forever
        ops active in "Global Reader" forever
        admin review q of "Global Reader" by bob "members of panel" -> ok
        asked q alice are bob carol dan
        asked q ops are bob carol dan
        contacted q are bob carol dan
        admin review s of "Global Reader" -> ok
        reviewed s are alice
        asked s alice are alice
        contacted s are alice
        "#,
    );
}

/// REV-9. Whoever has no manager, and every group, goes to the fallback.
#[test]
fn managers_decide_with_others_to_fall_back_to() {
    check(
        r#"
        world alice bob carol dan users; ops role-assignable group of alice
        manager of alice is carol
        alice eligible for "Global Reader" forever
        bob eligible for "Global Reader" forever
        ops active in "Global Reader" forever
        admin review q of "Global Reader" by managers fallback dan -> ok
        asked q alice are carol
        asked q bob are dan
        asked q ops are dan
        contacted q are carol dan
        admin review n of "Global Reader" by managers -> ok
        asked n bob are
        admin asks q by bob -> ok
        asked q alice are bob
        contacted q are bob
        carol decides q deny alice -> NotAReviewer
        bob decides q deny alice -> ok
        "#,
    );
}

/// REV-10.
#[test]
fn only_active_owners_review_a_group_that_pim_manages_and_somebody_is_fallen_back_to() {
    check(
        r#"
        world alice bob carol dan users; ops group of alice
        licence Governance
        setup onboard ops -> ok
        setup adminAssign eligible carol "owner of ops" 30d -> Provisioned
        admin review q of "member of ops" by owners -> FallbackReviewers
        admin review q of "member of ops" by "owners of ops" -> FallbackReviewers
        admin review q of "member of ops" by bob -> ok
        admin review o of "member of ops" by owners fallback dan -> ok
        asked o alice are dan
        carol selfActivate "owner of ops" 4h "duty" -> Provisioned
        admin review p of "member of ops" by owners fallback dan -> ok
        asked p alice are carol
        admin asks p by owners -> FallbackReviewers
        "#,
    );
}

/// REV-9.
#[test]
fn owners_of_an_application_and_of_a_plain_group_decide_about_holders() {
    check(
        r#"
        world alice bob users; ops group of alice; robot service principal
        setup own bob of ops -> ok
        setup review q of "member of ops" by owners -> ok
        asked q alice are bob
        setup review r of "member of ops" by "owners of robot" fallback alice -> ok
        asked r alice are alice
        "#,
    );
}
