//! Events of access reviews.

use crate::event::{AccessReviewEvent, DecidedLine};
use crate::id::AccessReviewInstanceId;
use crate::model::CreatedBy;
use crate::model::access_review::{
    AccessReviewApplied, AccessReviewApplyResult, AccessReviewHistoryStatus, AccessReviewInstance, AccessReviewResult,
    AccessReviewStage, AccessReviewStatus, AccessReviewed,
};
use crate::state::{AccessReviews, State};
use crate::time::Instant;

pub(super) fn apply(state: &mut State, at: Instant, by: CreatedBy, event: &AccessReviewEvent) {
    let reviews = &mut state.access_reviews;
    match event {
        AccessReviewEvent::Created(it) | AccessReviewEvent::Updated(it) => reviews.set_definition((**it).clone()),
        AccessReviewEvent::Deleted { review, .. } => reviews.remove_definition(*review),
        AccessReviewEvent::CameRound { review, occurrences, next } => reviews.change_definition(*review, |it| {
            (it.occurrences, it.next) = (*occurrences, *next);
        }),
        AccessReviewEvent::DefaultsSet { scope, settings } => {
            reviews.defaults.insert(*scope, (**settings).clone());
        }
        AccessReviewEvent::HistoryCreated(it) => reviews.set_history((**it).clone()),
        AccessReviewEvent::HistoryStatusChanged { history, status, due } => {
            if let Some(mut it) = reviews.history(*history).cloned() {
                (it.status, it.due) = (*status, *due);
                it.fulfilled = (*status == AccessReviewHistoryStatus::Done).then_some(at);
                reviews.set_history(it);
            }
        }
        AccessReviewEvent::HistoryDeleted(id) => reviews.remove_history(*id),
        AccessReviewEvent::InstanceCreated(_)
        | AccessReviewEvent::PeopleFound { .. }
        | AccessReviewEvent::StatusChanged { .. }
        | AccessReviewEvent::Stopped { .. }
        | AccessReviewEvent::ReviewersSet { .. }
        | AccessReviewEvent::Reminded { .. }
        | AccessReviewEvent::StageBegan { .. }
        | AccessReviewEvent::Decided { .. }
        | AccessReviewEvent::AutoReviewed { .. }
        | AccessReviewEvent::Reset { .. }
        | AccessReviewEvent::ApplyBegan { .. }
        | AccessReviewEvent::LineApplied { .. } => apply_to_instance(reviews, at, by, event),
    }
    state.time_access_reviews();
}

/// The events of one instance.
fn apply_to_instance(reviews: &mut AccessReviews, at: Instant, by: CreatedBy, event: &AccessReviewEvent) {
    match event {
        AccessReviewEvent::InstanceCreated(it) => reviews.insert_instance((**it).clone()),
        AccessReviewEvent::PeopleFound { subject, panels, decisions, stage, due } => {
            reviews.change_people(subject.instance, |it| {
                (it.status, it.due) = (AccessReviewStatus::Starting, *due);
                (it.panels, it.decisions) = (panels.clone(), decisions.clone());
                it.stages.extend(stage.as_deref().cloned());
            });
        }
        AccessReviewEvent::StatusChanged { subject, status, due } => {
            reviews.change_instance(subject.instance, |it| go_on(it, at, *status, *due));
        }
        AccessReviewEvent::Stopped { subject, is_auto_applied, due } => {
            reviews.change_instance(subject.instance, |it| {
                it.is_auto_applied = *is_auto_applied;
                go_on(it, at, AccessReviewStatus::Completing, *due);
            });
        }
        AccessReviewEvent::ReviewersSet { subject, reviewers, fallback_reviewers, panels, asked } => {
            reviews.change_people(subject.instance, |it| {
                it.reviewers.clone_from(reviewers);
                it.fallback_reviewers.clone_from(fallback_reviewers);
                it.panels.clone_from(panels);
                it.decisions.iter_mut().zip(asked).for_each(|(line, asked)| line.asked = *asked);
                if let Some(stage) = it.stages.last_mut() {
                    stage.reviewers.clone_from(reviewers);
                    stage.fallback_reviewers.clone_from(fallback_reviewers);
                }
            });
        }
        AccessReviewEvent::Reminded { subject, due } => reviews.change_instance(subject.instance, |it| it.due = *due),
        AccessReviewEvent::StageBegan { subject, stage, panels, decisions, due } => {
            reviews.change_people(subject.instance, |it| {
                end_stage(it, at);
                it.reviewers.clone_from(&stage.reviewers);
                it.fallback_reviewers.clone_from(&stage.fallback_reviewers);
                it.stages.push((**stage).clone());
                (it.panels, it.decisions, it.due) = (panels.clone(), decisions.clone(), *due);
            });
        }
        AccessReviewEvent::Decided { subject, lines, justification } => {
            decide(reviews, subject.instance, lines, |_| AccessReviewed {
                by,
                at,
                justification: justification.clone(),
            });
        }
        AccessReviewEvent::AutoReviewed { subject, lines } => {
            decide(reviews, subject.instance, lines, |_| AccessReviewed {
                by: CreatedBy::Service,
                at,
                justification: None,
            });
        }
        AccessReviewEvent::Reset { subject, lines } => {
            for line in lines {
                reviews.change_line((subject.instance, line.id), |it| {
                    (it.decision, it.reviewed) = (AccessReviewResult::NotReviewed, None);
                });
            }
        }
        AccessReviewEvent::ApplyBegan { subject, is_automatic, due } => {
            reviews.change_instance(subject.instance, |it| {
                (it.status, it.due) = (AccessReviewStatus::Applying, *due);
                it.applied_by = (!is_automatic).then_some(by);
            });
        }
        AccessReviewEvent::LineApplied { instance, line, result, .. } => {
            apply_line(reviews, at, *instance, line, *result);
        }
        AccessReviewEvent::Created(_)
        | AccessReviewEvent::Updated(_)
        | AccessReviewEvent::Deleted { .. }
        | AccessReviewEvent::CameRound { .. }
        | AccessReviewEvent::DefaultsSet { .. }
        | AccessReviewEvent::HistoryCreated(_)
        | AccessReviewEvent::HistoryStatusChanged { .. }
        | AccessReviewEvent::HistoryDeleted(_) => {}
    }
}

/// An instance comes further. Once nobody decides any more, its end is where that was, and so is that of its last stage.
fn go_on(instance: &mut AccessReviewInstance, at: Instant, status: AccessReviewStatus, due: Instant) {
    if status == AccessReviewStatus::Completing {
        instance.end = instance.end.min(at);
        end_stage(instance, at);
    }
    (instance.status, instance.due) = (status, due);
}

/// The stage that runs is over: its lines are kept as they are.
fn end_stage(instance: &mut AccessReviewInstance, at: Instant) {
    let lines: Vec<_> = instance.lines_asked_about().cloned().collect();
    if let Some(stage) = instance.stages.last_mut() {
        *stage = AccessReviewStage {
            end: stage.end.min(at),
            status: AccessReviewStatus::Completed,
            decisions: lines,
            ..stage.clone()
        };
    }
}

fn decide(
    reviews: &mut AccessReviews,
    instance: AccessReviewInstanceId,
    lines: &[DecidedLine],
    reviewed: impl Fn(&DecidedLine) -> AccessReviewed,
) {
    for line in lines {
        reviews.change_line((instance, line.id), |it| {
            it.decision = line.decision;
            it.reviewed = Some(Box::new(reviewed(line)));
        });
    }
}

fn apply_line(
    reviews: &mut AccessReviews,
    at: Instant,
    instance: AccessReviewInstanceId,
    line: &DecidedLine,
    result: AccessReviewApplyResult,
) {
    reviews.change_instance(instance, |it| {
        it.lines_applied += 1;
        it.due = at;
        let by = it.applied_by.unwrap_or(CreatedBy::Service);
        if let Some(line) = it.place(line.id).and_then(|place| it.decisions.get_mut(place)) {
            line.apply_result = result;
            line.applied = (result != AccessReviewApplyResult::New).then(|| Box::new(AccessReviewApplied { by, at }));
        }
    });
}
