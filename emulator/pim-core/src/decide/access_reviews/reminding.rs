//! Reminding reviewers because somebody says so.

use super::{in_progress, rights};
use crate::decide::{Context, Decision};
use crate::event::AccessReviewEvent;
use crate::model::access_review::AccessReviewInstance;
use crate::rejection::Rejection;

crate::implements!["REV-28"];

/// What reminding would do. The reminder at half-time comes all the same.
pub(super) fn decide(context: &Context<'_>, instance: &AccessReviewInstance) -> Result<Decision, Rejection> {
    rights::require_manager(context, instance.properties.scope.target)?;
    in_progress(instance)?;
    let subject = Box::new(instance.subject());
    Ok(Decision::event(AccessReviewEvent::Reminded { subject, due: instance.due }))
}
