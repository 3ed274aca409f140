//! What happens to access reviews by itself: they come round, are decided in, end and take effect.
//!
//! An instance goes from one status to the next, each at its own due time; where nothing is delayed these are the same. One line
//! takes effect at a time, so that what one takes away counts for the next, and so that a long jump can pause between.

use crate::decide::access_reviews::panels::Panels;
use crate::decide::access_reviews::people;
use crate::decide::access_reviews::{instance_id, line_id, rights, series, stage_id, taking_effect};
use crate::event::{AccessReviewEvent, DecidedLine, Event};
use crate::model::access_review::{
    AccessReviewApplyResult, AccessReviewDecision, AccessReviewDefault, AccessReviewDefinition, AccessReviewHistory,
    AccessReviewHistoryStatus, AccessReviewInstance, AccessReviewRecommendation, AccessReviewResource,
    AccessReviewResult, AccessReviewStage, AccessReviewStatus, AccessReviewTarget, Asked,
};
use crate::model::{Principal, PrincipalKind};
use crate::state::{ReviewDue, State};
use crate::time::{Instant, Length};

crate::implements![
    "REV-12", "REV-13", "REV-14", "REV-28", "REV-30", "REV-31", "REV-32", "REV-38", "REV-42", "LAT-11", "LAT-12"
];

/// How long a report is kept.
const HISTORIES_KEPT_FOR: Length = Length::days(30);

/// Adds what is due of access reviews at `at`: of one thing, the first.
pub(super) fn fire(state: &State, at: Instant, events: &mut Vec<Event>) {
    let reviews = &state.access_reviews;
    match reviews.first_due() {
        Some((_, ReviewDue::Definition(id))) => {
            events.extend(reviews.definition(id).into_iter().flat_map(|it| come_round(state, at, it)));
        }
        Some((_, ReviewDue::Instance(id))) => {
            events.extend(reviews.instance(id).into_iter().flat_map(|it| go_on(state, at, it)));
        }
        Some((_, ReviewDue::History(id))) => events.extend(reviews.history(id).map(|it| report(at, it).into())),
        None => {}
    }
}

/// An occurrence begins: an instance for each thing that is reviewed and is there.
fn come_round(state: &State, at: Instant, review: &AccessReviewDefinition) -> Vec<Event> {
    let next = series::next(&review.properties, review.first, review.occurrences + 1, at);
    let came = AccessReviewEvent::CameRound { review: review.id, occurrences: review.occurrences + 1, next };
    let resources = match review.properties.scope.target {
        AccessReviewTarget::One(resource) if rights::exists(state, resource).is_ok() => vec![resource],
        AccessReviewTarget::One(_) => Vec::new(),
        AccessReviewTarget::GroupsWithGuests => {
            people::groups_with_guests(state).into_iter().map(AccessReviewResource::Group).collect()
        }
    };
    let instances = resources.into_iter().map(|it| AccessReviewEvent::InstanceCreated(begun(review, at, it)));
    std::iter::once(came).chain(instances).map(Event::from).collect()
}

fn begun(review: &AccessReviewDefinition, at: Instant, resource: AccessReviewResource) -> Box<AccessReviewInstance> {
    let properties = &review.properties;
    let (reviewers, fallback_reviewers) = match properties.stages.first() {
        Some(stage) => (stage.reviewers.clone(), stage.fallback_reviewers.clone()),
        None => (properties.reviewers.clone(), properties.fallback_reviewers.clone()),
    };
    Box::new(AccessReviewInstance {
        id: instance_id(review.id, review.occurrences, resource),
        definition: review.id,
        occurrence: review.occurrences,
        resource,
        properties: Box::new(properties.clone()),
        start: at,
        end: at.plus(days(properties.duration_in_days())),
        status: AccessReviewStatus::Initializing,
        reviewers,
        fallback_reviewers,
        due: at,
        is_auto_applied: properties.settings.auto_apply_decisions_enabled,
        applied_by: None,
        lines_applied: 0,
        panels: Vec::new(),
        decisions: Vec::new(),
        stages: Vec::new(),
    })
}

fn days(days: u32) -> Length {
    Length::days(i64::from(days))
}

/// The next step of an instance.
fn go_on(state: &State, at: Instant, instance: &AccessReviewInstance) -> Vec<Event> {
    let to = |status, due| AccessReviewEvent::StatusChanged { subject: Box::new(instance.subject()), status, due };
    let settled = || later(at, state.behaviour.access_review_delay);
    match instance.status {
        AccessReviewStatus::Initializing => vec![found(state, at, instance).into()],
        AccessReviewStatus::Starting => vec![to(AccessReviewStatus::InProgress, next_due(instance, at)).into()],
        AccessReviewStatus::InProgress if is_over(instance, at) => {
            vec![to(AccessReviewStatus::Completing, settled()).into()]
        }
        AccessReviewStatus::InProgress => vec![on_the_way(state, at, instance).into()],
        AccessReviewStatus::Completing => {
            let has_default = instance.properties.settings.default_that_counts() != AccessReviewDefault::None;
            let due = if has_default { at } else { applied_at(state, at, instance) };
            vec![to(AccessReviewStatus::Completed, due).into()]
        }
        AccessReviewStatus::Completed
            if instance.properties.settings.default_that_counts() != AccessReviewDefault::None =>
        {
            vec![to(AccessReviewStatus::AutoReviewing, at).into()]
        }
        AccessReviewStatus::AutoReviewing => {
            let reviewed = to(AccessReviewStatus::AutoReviewed, applied_at(state, at, instance));
            auto_reviewed(instance).into_iter().chain([reviewed]).map(Event::from).collect()
        }
        AccessReviewStatus::Completed | AccessReviewStatus::AutoReviewed => {
            let subject = Box::new(instance.subject());
            vec![AccessReviewEvent::ApplyBegan { subject, is_automatic: true, due: at }.into()]
        }
        AccessReviewStatus::Applying => match instance.decisions.get(instance.lines_applied as usize) {
            Some(line) => applied(state, at, instance, line),
            None => vec![to(AccessReviewStatus::Applied, Instant::LAST).into()],
        },
        AccessReviewStatus::NotStarted | AccessReviewStatus::Applied => Vec::new(),
    }
}

/// Whether nobody decides any more: the instance is at its end, or the last of its stages is, which comes earlier where one was
/// stopped.
fn is_over(instance: &AccessReviewInstance, at: Instant) -> bool {
    let is_last = |stage: &&AccessReviewStage| stage.number as usize + 1 == instance.properties.stages.len();
    instance.end <= at || instance.current_stage().filter(is_last).is_some_and(|stage| stage.end <= at)
}

/// When the outcome takes effect by itself (REV-31, LAT-11); [`Instant::LAST`] for never.
fn applied_at(state: &State, at: Instant, instance: &AccessReviewInstance) -> Instant {
    if instance.is_auto_applied { later(at, state.behaviour.access_review_apply_delay) } else { Instant::LAST }
}

/// So much later; what takes less than no time takes none.
pub(crate) fn later(at: Instant, delay: Length) -> Instant {
    at.plus(delay).max(at)
}

/// When something next happens to an instance that runs: its reviewers are reminded at half-time (REV-28), its stage ends, or
/// it does.
fn next_due(instance: &AccessReviewInstance, at: Instant) -> Instant {
    let (start, end) = instance.current_stage().map_or((instance.start, instance.end), |it| (it.start, it.end));
    let half = start.plus(Length::from_milliseconds(end.since(start).milliseconds() / 2));
    let is_reminded = instance.properties.settings.reminder_notifications_enabled && half > at;
    // What was prepared for longer than it was to last is over at once.
    if is_reminded { half } else { end.max(at) }
}

/// Half-time, or the end of a stage that is not the last.
fn on_the_way(state: &State, at: Instant, instance: &AccessReviewInstance) -> AccessReviewEvent {
    let is_over = instance.current_stage().is_some_and(|stage| stage.end <= at);
    let next = if is_over { next_stage(state, at, instance) } else { None };
    next.unwrap_or_else(|| AccessReviewEvent::Reminded {
        subject: Box::new(instance.subject()),
        due: next_due(instance, at),
    })
}

/// The people of an instance as of its start, who is asked about them and what is recommended (REV-12, REV-13).
fn found(state: &State, at: Instant, instance: &AccessReviewInstance) -> AccessReviewEvent {
    let properties = &instance.properties;
    let reviewers = (instance.reviewers.as_slice(), instance.fallback_reviewers.as_slice());
    let mut panels = Panels::new((state, at), instance.resource, reviewers);
    let look_back = look_back(instance, 0);
    // Nobody is asked about oneself who is no person.
    let users_alone = panels.is_self_review();
    let is_user = |id| state.directory.get(id).map(Principal::kind) == Some(PrincipalKind::User);
    let mut decisions: Vec<_> = people::reviewed(state, instance.start, instance.resource, &properties.scope)
        .into_iter()
        .filter(|it| !users_alone || is_user(it.principal))
        .map(|it| AccessReviewDecision {
            id: line_id(instance.id, it.principal),
            principal: it.principal,
            is_indirect: it.is_indirect,
            asked: panels.ask_about(it.principal),
            recommendation: people::recommendation(it.last_sign_in, instance.start, look_back),
            last_sign_in: it.last_sign_in,
            decision: AccessReviewResult::NotReviewed,
            reviewed: None,
            apply_result: AccessReviewApplyResult::New,
            applied: None,
        })
        .collect();
    decisions.sort_unstable_by_key(|it| it.id);
    AccessReviewEvent::PeopleFound {
        subject: Box::new(instance.subject()),
        panels: panels.into_lists(),
        decisions,
        stage: stage(instance, 0, instance.start).map(Box::new),
        due: later(at, state.behaviour.access_review_delay),
    }
}

/// How far recommendations look back; `None` where there are none.
fn look_back(instance: &AccessReviewInstance, stage: usize) -> Option<Length> {
    let settings = &instance.properties.settings;
    let stage = instance.properties.stages.get(stage);
    let recommends = stage.and_then(|it| it.recommendations_enabled).unwrap_or(false) || settings.recommends();
    let own = stage.and_then(|it| it.recommendation_look_back_duration);
    recommends.then(|| own.unwrap_or(settings.recommendation_look_back_duration))
}

/// A stage as it begins, if there is one of that number.
fn stage(instance: &AccessReviewInstance, number: usize, start: Instant) -> Option<AccessReviewStage> {
    let settings = instance.properties.stages.get(number)?;
    let number = u32::try_from(number).unwrap_or(u32::MAX);
    Some(AccessReviewStage {
        id: stage_id(instance.id, number),
        number,
        start,
        end: start.plus(days(settings.duration_in_days)),
        status: AccessReviewStatus::InProgress,
        reviewers: settings.reviewers.clone(),
        fallback_reviewers: settings.fallback_reviewers.clone(),
        decisions: Vec::new(),
    })
}

/// The stage after the one that runs, with the lines that move on into it; `None` where that is the last one (REV-14).
pub(crate) fn next_stage(state: &State, at: Instant, instance: &AccessReviewInstance) -> Option<AccessReviewEvent> {
    let running = instance.current_stage()?.number as usize;
    let moving = &instance.properties.stages.get(running)?.decisions_that_will_move_to_next_stage;
    let stage = stage(instance, running + 1, at)?;
    let reviewers = (stage.reviewers.as_slice(), stage.fallback_reviewers.as_slice());
    let mut panels = Panels::new((state, at), instance.resource, reviewers);
    let look_back = look_back(instance, running + 1);
    let mut move_on = |line: &AccessReviewDecision| {
        let moves = line.asked != Asked::Nobody && (moving.is_empty() || moving.contains(&line.decision));
        if moves {
            AccessReviewDecision {
                asked: panels.ask_about(line.principal),
                recommendation: people::recommendation(line.last_sign_in, instance.start, look_back),
                decision: AccessReviewResult::NotReviewed,
                reviewed: None,
                ..line.clone()
            }
        } else {
            AccessReviewDecision { asked: Asked::Nobody, ..line.clone() }
        }
    };
    let decisions = instance.decisions.iter().map(&mut move_on).collect();
    Some(AccessReviewEvent::StageBegan {
        subject: Box::new(instance.subject()),
        due: {
            let settings = &instance.properties.settings;
            let half = Length::from_milliseconds(stage.end.since(at).milliseconds() / 2);
            if settings.reminder_notifications_enabled { at.plus(half) } else { stage.end }
        },
        stage: Box::new(stage),
        panels: panels.into_lists(),
        decisions,
    })
}

/// Those about whom nobody decided are given the default (REV-32, REV-42).
fn auto_reviewed(instance: &AccessReviewInstance) -> Option<AccessReviewEvent> {
    let default = instance.properties.settings.default_that_counts();
    let decision = |recommended: AccessReviewRecommendation| match default {
        AccessReviewDefault::None => None,
        AccessReviewDefault::Approve => Some(AccessReviewResult::Approve),
        AccessReviewDefault::Deny => Some(AccessReviewResult::Deny),
        AccessReviewDefault::Recommendation => recommended.result(),
    };
    let silent = instance.decisions.iter().filter(|it| it.decision == AccessReviewResult::NotReviewed);
    let lines: Vec<_> = silent
        .filter_map(|it| {
            let decision = decision(it.recommendation)?;
            Some(DecidedLine { id: it.id, principal: it.principal, decision })
        })
        .collect();
    let subject = Box::new(instance.subject());
    (!lines.is_empty()).then_some(AccessReviewEvent::AutoReviewed { subject, lines })
}

/// One line takes effect.
fn applied(state: &State, at: Instant, instance: &AccessReviewInstance, line: &AccessReviewDecision) -> Vec<Event> {
    let (result, taken) = taking_effect::outcome(state, at, instance, line);
    let applied = AccessReviewEvent::LineApplied {
        instance: instance.id,
        display_name: instance.properties.display_name.clone(),
        resource: instance.resource,
        line: DecidedLine { id: line.id, principal: line.principal, decision: line.decision },
        result,
    };
    std::iter::once(applied.into()).chain(taken).collect()
}

/// A report is made, can be read, and goes.
fn report(at: Instant, history: &AccessReviewHistory) -> AccessReviewEvent {
    let to = |status, due| AccessReviewEvent::HistoryStatusChanged { history: history.id, status, due };
    match history.status {
        AccessReviewHistoryStatus::Requested => to(AccessReviewHistoryStatus::InProgress, at),
        AccessReviewHistoryStatus::InProgress => to(AccessReviewHistoryStatus::Done, at.plus(HISTORIES_KEPT_FOR)),
        AccessReviewHistoryStatus::Done => AccessReviewEvent::HistoryDeleted(history.id),
    }
}
