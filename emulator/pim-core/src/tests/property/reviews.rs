//! Access reviews in a property: two of them, over what collides anyway.

use super::azure;
use super::moves::{GROUPS, Move, ROBOT, USERS, Who, principal};
use crate::decide::access_reviews::instance_id;
use crate::model::access_review::{
    AccessReviewApplyResult, AccessReviewAssignments, AccessReviewDefault, AccessReviewPattern, AccessReviewPrincipals,
    AccessReviewProperties, AccessReviewRange, AccessReviewRecurrence, AccessReviewResource, AccessReviewResult,
    AccessReviewReviewers, AccessReviewScope, AccessReviewSettings, AccessReviewStageSettings, AccessReviewTarget,
    ReviewerScope,
};
use crate::model::{Privilege, roles};
use crate::time::{Instant, Length};
use crate::{
    AccessReviewCommand, AccessReviewDefinitionId, AccessReviewEvent, AccessReviewInstanceChange, AccessReviewLines,
    Command, EndCause, Event,
};
use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof};
use proptest::sample::select;
use uuid::Uuid;

const fn review(number: u64) -> AccessReviewDefinitionId {
    AccessReviewDefinitionId(Uuid::from_u64_pair(0x8000, number))
}

/// What is reviewed: roles that somebody may lose and such as somebody must keep, groups, a role of Azure.
fn resource() -> impl Strategy<Value = AccessReviewResource> {
    let of_azure = azure::privilege().prop_filter_map("of Azure", |privilege| match privilege {
        Privilege::AzureRole { role, scope } => Some(AccessReviewResource::AzureRole { role, scope }),
        Privilege::DirectoryRole { .. } | Privilege::Group { .. } => None,
    });
    prop_oneof![
        3 => Just(AccessReviewResource::DirectoryRole(roles::GLOBAL_READER)),
        4 => Just(AccessReviewResource::DirectoryRole(roles::GLOBAL_ADMINISTRATOR)),
        3 => Just(AccessReviewResource::AzureRole { role: azure::READER, scope: azure::scope(3) }),
        3 => select(GROUPS.to_vec()).prop_map(|number| AccessReviewResource::Group(principal(number))),
        1 => of_azure,
    ]
}

fn reviewers() -> impl Strategy<Value = Vec<ReviewerScope>> {
    let who = prop_oneof![
        4 => (0..USERS).prop_map(|number| AccessReviewReviewers::User(principal(number))),
        1 => Just(AccessReviewReviewers::GroupMembers(principal(GROUPS[0]))),
        1 => Just(AccessReviewReviewers::OwnersOfReviewedGroup),
        1 => Just(AccessReviewReviewers::Managers),
        1 => Just(AccessReviewReviewers::ServicePrincipalOwners(principal(ROBOT))),
    ];
    proptest::collection::vec(who.prop_map(|who| ReviewerScope { who, kept: None }), 0..3)
}

fn settings() -> impl Strategy<Value = AccessReviewSettings> {
    let default = prop_oneof![
        4 => Just(AccessReviewDefault::Deny),
        1 => Just(AccessReviewDefault::Approve),
        1 => Just(AccessReviewDefault::Recommendation),
    ];
    let mostly = || proptest::bool::weighted(0.8);
    let pattern = select(vec![
        None,
        Some(AccessReviewPattern::Weekly { interval: 1 }),
        Some(AccessReviewPattern::AbsoluteMonthly { interval: 1 }),
    ]);
    let range = select(vec![AccessReviewRange::NoEnd, AccessReviewRange::Numbered(2)]);
    let on = (any::<[bool; 3]>(), mostly(), mostly());
    (on, default, pattern, range, 1..4_u32).prop_map(|((on, has_default, is_auto), default, pattern, range, days)| {
        AccessReviewSettings {
            mail_notifications_enabled: on[0],
            reminder_notifications_enabled: on[1],
            default_decision_enabled: has_default,
            default_decision: default,
            auto_apply_decisions_enabled: is_auto,
            recommendations_enabled: on[2],
            instance_duration_in_days: days,
            recurrence: pattern.map(|pattern| AccessReviewRecurrence {
                pattern: Some(pattern),
                start: Instant::FIRST,
                range,
            }),
            ..AccessReviewSettings::default()
        }
    })
}

fn stage(reviewers: Vec<ReviewerScope>) -> AccessReviewStageSettings {
    AccessReviewStageSettings {
        stage_id: "stage".to_owned(),
        depends_on: Vec::new(),
        duration_in_days: 2,
        reviewers: reviewers.clone(),
        fallback_reviewers: reviewers,
        recommendations_enabled: None,
        recommendation_look_back_duration: None,
        decisions_that_will_move_to_next_stage: vec![AccessReviewResult::NotReviewed, AccessReviewResult::Approve],
        kept: Vec::new(),
    }
}

fn properties() -> impl Strategy<Value = Box<AccessReviewProperties>> {
    let assignments = select(vec![
        AccessReviewAssignments::All,
        AccessReviewAssignments::All,
        AccessReviewAssignments::Eligible,
        AccessReviewAssignments::Active,
    ]);
    let inactive_for = proptest::option::weighted(0.1, Just(Length::days(1)));
    let scope = (resource(), assignments, any::<bool>(), inactive_for);
    let is_staged = proptest::bool::weighted(0.2);
    (scope, reviewers(), reviewers(), settings(), is_staged).prop_map(
        |(scope, reviewers, fallback, settings, is_staged)| {
            let (resource, assignments, is_transitive, inactive_for) = scope;
            let stages = if is_staged { vec![stage(reviewers.clone()), stage(fallback.clone())] } else { Vec::new() };
            Box::new(AccessReviewProperties {
                display_name: "review".to_owned(),
                description_for_admins: String::new(),
                description_for_reviewers: String::new(),
                scope: AccessReviewScope {
                    target: AccessReviewTarget::One(resource),
                    principals: vec![AccessReviewPrincipals::Users, AccessReviewPrincipals::Groups],
                    assignments,
                    is_transitive,
                    inactive_for,
                },
                reviewers,
                fallback_reviewers: fallback,
                settings,
                stages,
                additional_recipients: vec![principal(GROUPS[0])],
                kept: Vec::new(),
            })
        },
    )
}

fn change() -> impl Strategy<Value = AccessReviewInstanceChange> {
    let decision = select(AccessReviewResult::ALL.to_vec());
    let justification = proptest::option::of(Just("reason".to_owned()));
    prop_oneof![
        8 => (decision, justification).prop_map(|(decision, justification)| {
            let lines = AccessReviewLines::About { principal: None, resource: None };
            AccessReviewInstanceChange::RecordDecisions { lines, decision, justification }
        }),
        2 => Just(AccessReviewInstanceChange::Stop),
        1 => Just(AccessReviewInstanceChange::StopStage),
        1 => Just(AccessReviewInstanceChange::SendReminder),
        1 => Just(AccessReviewInstanceChange::ResetDecisions),
        3 => Just(AccessReviewInstanceChange::ApplyDecisions),
        1 => Just(AccessReviewInstanceChange::AcceptRecommendations),
        1 => (reviewers(), reviewers()).prop_map(|(reviewers, fallback_reviewers)| {
            AccessReviewInstanceChange::SetReviewers { reviewers, fallback_reviewers }
        }),
    ]
}

/// Something of access reviews: made by whoever may, decided by whoever is asked.
pub(super) fn reviewing() -> BoxedStrategy<Move> {
    let who = || {
        prop_oneof![
            3 => (0..USERS).prop_map(|number| Who::User(number, true, true)),
            1 => Just(Who::Robot),
            8 => Just(Who::SetUp),
        ]
    };
    let number = || (1..3_u64).prop_map(review);
    let made = prop_oneof![
        8 => (number(), properties())
            .prop_map(|(id, properties)| AccessReviewCommand::Create { id: Some(id), properties }),
        1 => (number(), properties()).prop_map(|(review, properties)| AccessReviewCommand::Replace { review, properties }),
        1 => number().prop_map(AccessReviewCommand::Delete),
        1 => number().prop_map(AccessReviewCommand::Stop),
    ];
    let changed = (number(), 0..3_u32, resource(), change()).prop_map(|(review, occurrence, resource, change)| {
        AccessReviewCommand::Change { instance: instance_id(review, occurrence, resource), change }
    });
    let command = prop_oneof![3 => made, 2 => changed];
    (who(), command).prop_map(|(who, command)| Move::Do(who, Box::new(Command::AccessReview(command)))).boxed()
}

/// What the moves are to come to.
pub(super) const WORTH_LOOKING_AT: [&str; 6] = [
    "a denial had nothing to take",
    "a denial took effect",
    "a denial was refused",
    "a line of a group cannot be taken",
    "a stage followed another",
    "lost in a review",
];

/// Which of it an event is, if it is one of access reviews.
pub(super) fn worth_looking_at(event: &Event) -> Option<&'static str> {
    if let Event::ScheduleEnded { cause: EndCause::DeniedInReview, .. } = event {
        return Some("lost in a review");
    }
    if let Event::AccessReview(AccessReviewEvent::StageBegan { .. }) = event {
        return Some("a stage followed another");
    }
    let Event::AccessReview(AccessReviewEvent::LineApplied { line, result, .. }) = event else { return None };
    if line.decision != AccessReviewResult::Deny {
        return None;
    }
    Some(match result {
        AccessReviewApplyResult::New => return None,
        AccessReviewApplyResult::AppliedSuccessfully => "a denial took effect",
        AccessReviewApplyResult::AppliedWithUnknownFailure => "a denial was refused",
        AccessReviewApplyResult::AppliedSuccessfullyButObjectNotFound => "a denial had nothing to take",
        AccessReviewApplyResult::ApplyNotSupported => "a line of a group cannot be taken",
    })
}
