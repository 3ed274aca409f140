//! Asking others in an instance that runs.

use super::panels::Panels;
use super::{in_progress, rights, valid};
use crate::decide::{Context, Decision};
use crate::event::AccessReviewEvent;
use crate::model::access_review::{AccessReviewInstance, AccessReviewTarget, Asked, ReviewerScope};
use crate::rejection::Rejection;

crate::implements!["REV-9"];

/// What asking others would do. Decisions that were made stand.
pub(super) fn set(
    context: &Context<'_>,
    instance: &AccessReviewInstance,
    (reviewers, fallback_reviewers): (&[ReviewerScope], &[ReviewerScope]),
) -> Result<Decision, Rejection> {
    rights::require_manager(context, instance.properties.scope.target)?;
    in_progress(instance)?;
    let target = AccessReviewTarget::One(instance.resource);
    valid::reviewers(context.state, target, (reviewers, fallback_reviewers))?;
    let mut panels = Panels::new((context.state, context.now), instance.resource, (reviewers, fallback_reviewers));
    let asked = instance
        .decisions
        .iter()
        .map(|line| match line.asked {
            Asked::Nobody => Asked::Nobody,
            Asked::Itself | Asked::Panel(_) => panels.ask_about(line.principal),
        })
        .collect();
    Ok(Decision::event(AccessReviewEvent::ReviewersSet {
        subject: Box::new(instance.subject()),
        reviewers: reviewers.to_vec(),
        fallback_reviewers: fallback_reviewers.to_vec(),
        panels: panels.into_lists(),
        asked,
    }))
}
