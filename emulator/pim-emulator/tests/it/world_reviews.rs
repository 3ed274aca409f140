//! Worlds in which access reviews are held: of roles, groups and roles of Azure.

use super::world::load;
use super::world_errors::refused_yaml;
use pim_core::model::access_review::{
    AccessReviewDefault, AccessReviewPattern, AccessReviewRange, AccessReviewResource, AccessReviewReviewers,
    AccessReviewTarget,
};
use pim_core::time::Length;

const WORLD: &str = "
world:
  tenant: { now: 2026-01-05T08:00:00Z, license: governance }
  users: [ { name: alice, manager: carol, lastSignIn: 2026-01-04T08:00:00Z }, { name: bob }, { name: carol } ]
  groups: [ { name: desk, members: [alice], owners: [carol] } ]
  azure: { subscriptions: [ { name: prod } ] }
  eligible: [ { principal: alice, role: Groups Administrator }, { principal: bob, role: Groups Administrator } ]
  accessReviews:
    - { name: quarterly, role: Groups Administrator, reviewers: [carol, desk], every: quarter, times: 4, silence: recommendation, autoApply: true }
    - { name: desk, group: desk, reviewedBy: owners, fallback: [bob], start: 2026-02-01T00:00:00Z, every: week, until: 2026-06-30T00:00:00Z }
    - { name: owners, azureRole: Owner, scope: prod, reviewedBy: managers, fallback: [carol], days: 3 }
";

/// REV-3, REV-5, REV-9.
#[test]
fn reviews_are_held_from_the_beginning() {
    let tenant = load(WORLD);
    let names = tenant.names().access_reviews.clone();
    tenant.read(|view| {
        let review = |name: &str| view.access_review(names[name]).expect("a review");
        let quarterly = review("quarterly");
        let instances = view.access_review_instances(quarterly.id);
        assert_eq!((instances.len(), instances[0].decisions.len()), (1, 2));
        let settings = &quarterly.properties.settings;
        assert!(settings.auto_apply_decisions_enabled && settings.recommendations_enabled);
        assert_eq!(settings.default_that_counts(), AccessReviewDefault::Recommendation);
        let recurrence = settings.recurrence.expect("it comes again");
        assert_eq!(recurrence.pattern, Some(AccessReviewPattern::AbsoluteMonthly { interval: 3 }));
        assert_eq!(recurrence.range, AccessReviewRange::Numbered(4));
        let who: Vec<_> = quarterly.properties.reviewers.iter().map(|it| it.who).collect();
        let (carol, desk) = (tenant.names().users["carol"], tenant.names().groups["desk"]);
        assert_eq!(who, [AccessReviewReviewers::User(carol), AccessReviewReviewers::GroupMembers(desk)]);
        let of_desk = review("desk");
        assert_eq!(of_desk.properties.reviewers[0].who, AccessReviewReviewers::GroupOwners(desk));
        assert!(view.access_review_instances(of_desk.id).is_empty(), "it begins in February");
        assert_eq!(of_desk.properties.duration_in_days(), 7);
        let target = review("owners").properties.scope.target;
        assert!(matches!(target, AccessReviewTarget::One(AccessReviewResource::AzureRole { .. })));
    });
    tenant.jump_to(tenant.clock().now().plus(Length::days(27))).expect("it is later");
    tenant.read(|view| assert_eq!(view.access_review_instances(names["desk"]).len(), 1));
}

#[test]
fn what_does_not_fit_together_is_refused_at_its_key() {
    let cases = [
        ("name: x", "an access review is of a 'role', of a 'group' or of an 'azureRole'"),
        ("name: x, role: Global Reader, group: g", "an access review is of one thing alone"),
        ("name: x, azureRole: Owner", "an 'azureRole' needs a 'scope'"),
        ("name: x, role: Global Reader, scope: prod", "'scope' belongs to an 'azureRole'"),
        ("name: x, role: Global Reeder", "did you mean 'Global Reader'?"),
        ("name: x, role: Global Reader, reviewers: [alcie]", "did you mean 'alice'?"),
        ("name: x, role: Global Reader, reviewers: [bob], reviewedBy: managers", "not both"),
        ("name: x, role: Global Reader, reviewedBy: owners", "only a group has owners"),
        ("name: x, role: Global Reader, times: 2", "'every' so often"),
        (
            "name: x, role: Global Reader, every: week, times: 2, until: 2026-06-01T00:00:00Z",
            "either 'times' or 'until'",
        ),
        ("name: x, role: Global Reader, every: month, days: 40", "27 days"),
        ("name: x, role: Global Reader, evry: month", "did you mean 'every'?"),
    ];
    for (entry, part) in cases {
        let error = refused_yaml(&format!("  accessReviews:\n    - {{ {entry} }}"));
        assert!(error.starts_with("w.yaml:5:") && error.contains(part), "{entry}: {error}");
    }
    let twice = "  accessReviews:\n    - { name: x, role: Global Reader }\n    - { name: x, role: Global Reader }";
    assert!(refused_yaml(twice).contains("'x' is the name of an access review already"));
}
