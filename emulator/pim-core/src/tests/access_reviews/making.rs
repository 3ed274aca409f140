//! Making reviews: what they are by default, what they cannot be, and who makes them.

use crate::AccessReviewCommand;
use crate::model::access_review::{AccessReviewDefault, AccessReviewSettings};
use crate::tests::dsl::{Lab, check};
use crate::time::Length;

/// REV-1. Several roles are several reviews.
#[test]
fn a_review_is_of_one_role_and_starts_at_once() {
    check(
        r#"
        world alice bob users
        alice eligible for "Global Reader" forever
        bob active in "Reports Reader" forever
        admin review q of "Global Reader" by bob -> ok
        admin review p of "Reports Reader" by alice -> ok
        review q is InProgress
        reviewed q are alice
        reviewed p are bob
        "#,
    );
}

/// REV-2. REV-41. REV-24.
#[test]
fn by_default_a_review_is_held_once_for_a_month_and_everything_is_off() {
    let settings = AccessReviewSettings::default();
    assert_eq!((settings.recurrence, settings.instance_duration_in_days), (None, 30));
    assert_eq!(settings.recommendation_look_back_duration, Length::days(30));
    assert_eq!((settings.default_decision_enabled, settings.default_decision), (false, AccessReviewDefault::None));
    let AccessReviewSettings {
        mail_notifications_enabled,
        reminder_notifications_enabled,
        justification_required_on_approval,
        auto_apply_decisions_enabled,
        recommendations_enabled,
        decision_histories_for_reviewers_enabled,
        ..
    } = settings;
    let on = [
        mail_notifications_enabled,
        reminder_notifications_enabled,
        justification_required_on_approval,
        auto_apply_decisions_enabled,
        recommendations_enabled,
        decision_histories_for_reviewers_enabled,
    ];
    assert_eq!(on, [false; 6]);
    check(
        r#"
        world alice bob users
        alice eligible for "Global Reader" forever
        tick 3h
        admin review q of "Global Reader" by bob -> ok
        instances q are +3h
        end of q is +30d3h
        next q is never
        "#,
    );
}

/// REV-4.
#[test]
fn an_occurrence_is_over_before_the_next_one_begins() {
    check(
        r#"
        world bob user
        admin review q of "Global Reader" by bob for 0d -> Duration
        admin review q of "Global Reader" by bob for 400d -> ok
        admin review a of "Global Reader" by bob for 8d weekly -> Duration
        admin review a of "Global Reader" by bob for 7d weekly -> ok
        admin review b of "Global Reader" by bob for 28d every 1 months -> Duration
        admin review b of "Global Reader" by bob for 27d every 1 months -> ok
        admin review c of "Global Reader" by bob for 90d every 3 months -> Duration
        admin review c of "Global Reader" by bob for 89d every 3 months -> ok
        admin review d of "Global Reader" by bob for 182d every 6 months -> Duration
        admin review d of "Global Reader" by bob for 366d every 12 months -> Duration
        admin review d of "Global Reader" by bob for 365d every 12 months -> ok
        "#,
    );
}

/// REV-3. REV-43.
#[test]
fn reviews_come_round_weekly_or_every_1_3_6_or_12_months() {
    check(
        r#"
        world bob user
        admin review q of "Global Reader" by bob for 1d every 2 months -> Interval
        admin review q of "Global Reader" by bob for 1d every 0 months -> Interval
        admin review q of "Global Reader" by bob for 1d every 0 weeks -> Interval
        admin review q of "Global Reader" by bob for 1d every 2 weeks -> ok
        next q is +14d
        "#,
    );
}

/// REV-5.
#[test]
fn a_series_ends_after_it_began_and_has_occurrences() {
    check(
        r#"
        world bob user
        tick 9d
        admin review q of "Global Reader" by bob for 1d weekly times 0 -> Occurrences
        admin review q of "Global Reader" by bob for 1d weekly until +7d -> EndBeforeStart
        admin review q of "Global Reader" by bob for 1d weekly from +20d until +19d -> EndBeforeStart
        admin review q of "Global Reader" by bob for 1d weekly from +20d until +20d -> ok
        "#,
    );
}

/// REV-8.
#[test]
fn inactivity_is_looked_for_over_two_years_at_most() {
    check(
        r#"
        world bob user
        licence Governance
        admin review q of "Global Reader" by bob inactive 0d -> InactiveDuration
        admin review q of "Global Reader" by bob inactive 731d -> InactiveDuration
        admin review q of "Global Reader" by bob inactive 730d -> ok
        "#,
    );
}

/// REV-42. REV-25.
#[test]
fn what_counts_as_a_setting_must_be_one() {
    check(
        r#"
        world bob user
        admin review q of "Global Reader" by bob nameless -> Name
        admin review q of "Global Reader" by bob default None -> DefaultDecision
        admin review q of "Global Reader" by bob back 0d -> LookBack
        admin review q of "Global Reader" by bob idleDefault None -> ok
        "#,
    );
}

/// REV-1. What is reviewed must be there, and so must those who decide.
#[test]
fn nothing_is_reviewed_that_is_not_there() {
    check(
        r#"
        world bob user; ops group
        admin review q of "nothing" by bob -> RoleNotFound
        admin review q of "Global Reader" by nobody -> ReviewerNotFound
        admin review q of "Global Reader" by ops -> ReviewerNotFound
        admin review q of "Global Reader" by "members of bob" -> ReviewerNotFound
        admin review q of "Global Reader" by owners -> OwnersOfReviewedGroup
        admin review q of "Global Reader" by bob fallback nobody -> ReviewerNotFound
        setup review q of "Reader at nowhere" by bob -> ScopeNotFound
        setup review q of "member of nobody" by bob -> GroupNotFound
        admin review q of "Global Reader" by bob -> ok
        admin review q of "Global Reader" by bob -> IdTaken
        review p is none
        admin stops p -> ReviewNotFound
        bob decides p approve -> InstanceNotFound
        "#,
    );
}

/// REV-11.
#[test]
fn nobody_decides_about_oneself_in_a_role_assignable_group() {
    check(
        r#"
        world alice bob users; ops role-assignable group of alice; crowd group of alice
        setup review q of "member of ops" -> SelfReview
        setup review q of "member of ops" by bob -> ok
        setup review p of "member of crowd" -> ok
        asked p alice are alice
        "#,
    );
}

/// REV-14.
#[test]
fn roles_have_no_stages_and_groups_two_or_three() {
    check(
        r#"
        world alice bob users; ops group of alice
        admin review q of "Global Reader" stage 2d bob stage 2d bob -> StagesNotSupported
        setup review q of "member of ops" stage 2d bob -> Stages
        setup review q of "member of ops" stage 2d bob stage 2d bob stage 2d bob stage 2d bob -> Stages
        setup review q of "member of ops" stage 2d bob stage 0d bob -> Duration
        setup review q of "member of ops" stage 4d bob stage 4d bob weekly -> Duration
        setup review q of "member of ops" stage 2d bob stage 3d bob stage 2d bob weekly -> ok
        end of q is +7d
        "#,
    );
}

/// AUT-18.
#[test]
fn reviews_are_made_by_whoever_manages_what_is_reviewed() {
    check(
        r#"
        world iga ga ua owner bob users; ops onboarded groups; prod subscription
        world robot service principal
        licence Governance
        iga active in "Identity Governance Administrator" forever
        ga active in "Global Administrator" forever
        ua active in "User Administrator" forever
        owner active in "Owner at prod" forever
        setup onboard onboarded -> ok
        bob review q of "Global Reader" by bob -> NotPermitted
        ua review q of "Global Reader" by bob -> NotPermitted
        iga review q of "Global Reader" by bob -> ok
        admin review a of "Global Reader" by bob -> ok
        robot review b of "Global Reader" by bob -> ok
        admin review c of "member of ops" by bob -> NotPermitted
        ua review c of "member of ops" by bob -> ok
        ua review d of "member of onboarded" by bob -> NotPermitted
        iga review d of "member of onboarded" by bob -> NotPermitted
        admin review d of "member of onboarded" by bob -> ok
        ga review e of "Reader at prod" by bob -> NotPermitted
        robot review e of "Reader at prod" by bob -> NotPermitted
        owner review e of "Reader at prod" by bob -> ok
        bob stops q -> NotPermitted
        bob deletes q -> NotPermitted
        bob stopsInstance q -> NotPermitted
        bob remindsOf q -> NotPermitted
        bob resets q -> NotPermitted
        bob asks q by bob -> NotPermitted
        bob applies q -> NotPermitted
        "#,
    );
}

/// AUT-18. Of Azure nobody reads who does not manage access there.
#[test]
fn readers_of_reviews_are_told_apart_by_what_is_reviewed() {
    let lab = Lab::after(
        r#"
        world reader ua owner bob users; ops group; prod subscription
        reader active in "Security Reader" forever
        ua active in "User Administrator" forever
        owner active in "Owner at prod" forever
        setup review q of "Global Reader" by bob -> ok
        ua review c of "member of ops" by bob -> ok
        setup review e of "Reader at prod" by bob -> ok
        "#,
    );
    let view = lab.pim.view(lab.pim.now());
    let readers = |place: usize| {
        let review = view.access_reviews()[place];
        let may = |name: &&str| view.may_read_access_review(lab.id(name).unwrap(), review);
        ["admin", "reader", "ua", "owner", "bob"].into_iter().filter(may).collect::<Vec<_>>()
    };
    let of = |name: &str| {
        let target = |it: &&str| *it == name;
        view.access_reviews()
            .iter()
            .map(|it| match it.properties.scope.target {
                crate::model::access_review::AccessReviewTarget::One(resource) => match resource {
                    crate::model::access_review::AccessReviewResource::DirectoryRole(_) => "role",
                    crate::model::access_review::AccessReviewResource::Group(_) => "group",
                    crate::model::access_review::AccessReviewResource::AzureRole { .. } => "azure",
                },
                crate::model::access_review::AccessReviewTarget::GroupsWithGuests => "groups",
            })
            .position(|it| target(&it))
            .unwrap()
    };
    assert_eq!(readers(of("role")), ["admin", "reader"]);
    assert_eq!(readers(of("group")), ["reader", "ua"]);
    assert_eq!(readers(of("azure")), ["owner"]);
    let scope = lab.azure_scope("prod");
    assert!(view.may_read_access_review_defaults(lab.id("owner").unwrap(), scope));
    assert!(!view.may_read_access_review_defaults(lab.id("admin").unwrap(), scope));
    lab.finish();
}

/// LIC-9. LIC-11.
#[test]
fn some_reviews_take_more_than_p2() {
    check(
        r#"
        world bob user; ops group
        setup onboard ops -> ok
        licence P1
        admin review q of "Global Reader" by bob -> LicenseRequired
        licence P2
        admin review q of "Global Reader" by bob -> ok
        admin review a of "Global Reader" by bob inactive 30d -> GovernanceLicenseRequired
        admin review a of "Global Reader" services by bob -> GovernanceLicenseRequired
        admin review a of "member of ops" by bob -> GovernanceLicenseRequired
        licence Governance
        admin review a of "Global Reader" by bob inactive 30d -> ok
        admin review b of "Global Reader" services by bob -> ok
        admin review c of "member of ops" by bob -> ok
        "#,
    );
}

/// LIC-8.
#[test]
fn with_the_licence_go_the_reviews() {
    check(
        r#"
        world alice bob users
        alice active in "Global Reader" forever
        admin review q of "Global Reader" by bob for 7d weekly auto default Deny -> ok
        review q is InProgress
        licence none
        review q is none
        bob decides q approve alice -> InstanceNotFound
        tick 8d
        alice has "Global Reader"
        "#,
    );
}

/// REV-39.
#[test]
fn deleting_a_review_takes_its_instances_along_and_asks_nothing() {
    check(
        r#"
        world alice bob users
        alice active in "Global Reader" forever
        admin review q of "Global Reader" by bob for 7d weekly auto default Deny -> ok
        bob decides q deny alice -> ok
        admin deletes q -> ok
        instances q are
        admin deletes q -> ReviewNotFound
        tick 20d
        alice has "Global Reader"
        "#,
    );
}

/// REV-1. A review whose id nobody chose is given one, and what reviews at a place begin with is kept there.
#[test]
fn an_id_is_minted_and_defaults_of_a_place_are_kept() {
    let mut lab = Lab::after(r#"world owner bob users; prod subscription"#);
    let properties = {
        let mut other = Lab::after(r#"world bob user"#);
        other.tell(r#"admin review q of "Global Reader" by bob -> ok"#);
        Box::new(other.pim.view(other.pim.now()).access_reviews()[0].properties.clone())
    };
    let mut properties = properties;
    properties.reviewers.clear();
    let made = lab.set_up(&AccessReviewCommand::Create { id: None, properties }.into()).made.unwrap();
    assert_eq!(lab.pim.view(lab.pim.now()).access_reviews()[0].id.0, made);
    let scope = lab.azure_scope("prod");
    let settings = AccessReviewSettings { auto_apply_decisions_enabled: true, ..AccessReviewSettings::default() };
    let command = AccessReviewCommand::SetDefaults { scope, settings: Box::new(settings.clone()) };
    lab.set_up(&command.into());
    assert_eq!(lab.pim.view(lab.pim.now()).access_review_defaults(scope), settings);
    lab.finish();
}
