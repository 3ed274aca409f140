//! Taking all decisions of an instance back.

use super::{in_progress, rights};
use crate::decide::{Context, Decision};
use crate::event::{AccessReviewEvent, DecidedLine};
use crate::model::access_review::{AccessReviewInstance, AccessReviewResult};
use crate::rejection::Rejection;

crate::implements!["REV-39"];

/// What it would do: every line on which somebody is asked waits again.
pub(super) fn decide(context: &Context<'_>, instance: &AccessReviewInstance) -> Result<Decision, Rejection> {
    rights::require_manager(context, instance.properties.scope.target)?;
    in_progress(instance)?;
    let decided = instance.lines_asked_about().filter(|it| it.decision != AccessReviewResult::NotReviewed);
    let lines: Vec<_> =
        decided.map(|it| DecidedLine { id: it.id, principal: it.principal, decision: it.decision }).collect();
    if lines.is_empty() {
        return Ok(Decision::default());
    }
    Ok(Decision::event(AccessReviewEvent::Reset { subject: Box::new(instance.subject()), lines }))
}
