//! What always holds of access reviews.

use crate::model::access_review::{AccessReviewApplyResult, AccessReviewInstance, AccessReviewStatus, Asked};
use crate::state::State;
use crate::time::Instant;
use std::collections::BTreeSet;

/// The instances that are so.
fn broken(state: &State, breaks: impl Fn(&AccessReviewInstance) -> bool) -> Vec<String> {
    state.access_reviews.instances().filter(|it| breaks(it)).map(|it| it.id.to_string()).collect()
}

pub(super) fn every_instance_is_of_an_access_review_that_is_there(state: &State, _: Instant) -> Vec<String> {
    broken(state, |it| {
        let review = state.access_reviews.definition(it.definition);
        review.is_none_or(|review| it.occurrence >= review.occurrences)
    })
}

/// Lines are in the order of their ids, and no principal has two (REV-12).
pub(super) fn every_line_of_an_instance_has_its_place_and_a_principal_of_its_own(
    state: &State,
    _: Instant,
) -> Vec<String> {
    broken(state, |it| {
        let principals: BTreeSet<_> = it.decisions.iter().map(|line| line.principal).collect();
        !it.decisions.is_sorted_by(|one, next| one.id < next.id) || principals.len() != it.decisions.len()
    })
}

/// Panels are in the order of ids: reviewers are looked for in them.
pub(super) fn every_line_of_an_instance_asks_a_panel_that_is_there(state: &State, _: Instant) -> Vec<String> {
    broken(state, |it| {
        let is_absent = |asked| match asked {
            Asked::Panel(panel) => it.panels.len() <= panel as usize,
            Asked::Nobody | Asked::Itself => false,
        };
        it.decisions.iter().any(|line| is_absent(line.asked)) || !it.panels.iter().all(|panel| panel.is_sorted())
    })
}

/// Nothing changes before an occurrence is completed, and then line after line does (REV-30).
pub(super) fn no_line_takes_effect_before_its_instance_is_applied(state: &State, _: Instant) -> Vec<String> {
    broken(state, |it| {
        let (applied, waiting) = it.decisions.split_at((it.lines_applied as usize).min(it.decisions.len()));
        let is_applied = matches!(it.status, AccessReviewStatus::Applying | AccessReviewStatus::Applied);
        (!is_applied && !applied.is_empty())
            || (it.status == AccessReviewStatus::Applied && !waiting.is_empty())
            || waiting.iter().any(|line| line.apply_result != AccessReviewApplyResult::New)
    })
}

/// What is on its way goes on, what has arrived does not.
pub(super) fn every_instance_that_goes_on_is_due(state: &State, now: Instant) -> Vec<String> {
    broken(state, |it| {
        let is_overdue = it.due <= now;
        match it.status {
            AccessReviewStatus::Starting | AccessReviewStatus::InProgress | AccessReviewStatus::Completing => {
                is_overdue
            }
            // These last no time at all.
            AccessReviewStatus::NotStarted
            | AccessReviewStatus::Initializing
            | AccessReviewStatus::AutoReviewing
            | AccessReviewStatus::Applying => true,
            AccessReviewStatus::Completed | AccessReviewStatus::AutoReviewed => {
                is_overdue || (!it.is_auto_applied && it.due != Instant::LAST)
            }
            AccessReviewStatus::Applied => it.due != Instant::LAST,
        }
    })
}
