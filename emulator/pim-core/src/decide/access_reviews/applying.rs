//! Letting decisions take effect because somebody says so.

use super::rights;
use crate::decide::{Context, Decision};
use crate::event::AccessReviewEvent;
use crate::model::access_review::{AccessReviewInstance, AccessReviewStatus};
use crate::rejection::{AccessReviewFault, Rejection};

crate::implements!["REV-31"];

/// What it would do: line after line takes effect. Possible once the decisions stand, and not twice.
pub(super) fn decide(context: &Context<'_>, instance: &AccessReviewInstance) -> Result<Decision, Rejection> {
    rights::require_manager(context, instance.properties.scope.target)?;
    match instance.status {
        AccessReviewStatus::Completed | AccessReviewStatus::AutoReviewed => {}
        status @ (AccessReviewStatus::NotStarted
        | AccessReviewStatus::Initializing
        | AccessReviewStatus::Starting
        | AccessReviewStatus::InProgress
        | AccessReviewStatus::Completing
        | AccessReviewStatus::AutoReviewing
        | AccessReviewStatus::Applying
        | AccessReviewStatus::Applied) => return Err(AccessReviewFault::NotInStatus { status }.into()),
    }
    Ok(Decision::event(AccessReviewEvent::ApplyBegan {
        subject: Box::new(instance.subject()),
        is_automatic: false,
        due: context.now,
    }))
}
