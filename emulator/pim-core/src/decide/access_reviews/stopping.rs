//! Ending a review, an instance or a stage before its time. There is no way back (REV-30).

use super::{definitions, in_progress, rights};
use crate::decide::{Context, Decision};
use crate::event::{AccessReviewEvent, Event};
use crate::fire;
use crate::id::AccessReviewDefinitionId;
use crate::model::access_review::{AccessReviewInstance, AccessReviewStatus};
use crate::rejection::{AccessReviewFault, Rejection};
use crate::state::State;
use crate::time::Instant;

crate::implements!["REV-30"];

/// What stopping an instance would do: nobody decides any more, and what was decided takes effect by itself where it would
/// have at the end, or where the switch says so. Later occurrences still come.
pub(super) fn instance(context: &Context<'_>, instance: &AccessReviewInstance) -> Result<Decision, Rejection> {
    rights::require_manager(context, instance.properties.scope.target)?;
    in_progress(instance)?;
    Ok(Decision::event(stopped(context.state, context.now, instance)))
}

/// What stopping a review would do: all that runs of it is stopped, and it never comes round again.
pub(super) fn review(context: &Context<'_>, id: AccessReviewDefinitionId) -> Result<Decision, Rejection> {
    let Context { state, now, .. } = *context;
    let review = definitions::find(state, id)?;
    rights::require_manager(context, review.properties.scope.target)?;
    let running = state.access_reviews.of_definition(id).filter(|it| it.status == AccessReviewStatus::InProgress);
    let mut events: Vec<Event> = running.map(|it| stopped(state, now, it).into()).collect();
    if review.next.is_some() {
        let (review, occurrences) = (id, review.occurrences);
        events.push(AccessReviewEvent::CameRound { review, occurrences, next: None }.into());
    }
    if events.is_empty() {
        return Err(AccessReviewFault::NotInStatus { status: AccessReviewStatus::Completed }.into());
    }
    Ok(Decision { events, ..Decision::default() })
}

/// What ending a stage would do: the next one begins, or with the last one the instance ends.
pub(super) fn stage(context: &Context<'_>, instance: &AccessReviewInstance) -> Result<Decision, Rejection> {
    rights::require_manager(context, instance.properties.scope.target)?;
    in_progress(instance)?;
    let next = fire::next_stage(context.state, context.now, instance);
    Ok(Decision::event(next.unwrap_or_else(|| stopped(context.state, context.now, instance))))
}

fn stopped(state: &State, now: Instant, instance: &AccessReviewInstance) -> AccessReviewEvent {
    let is_auto_applied = instance.is_auto_applied || state.behaviour.stopped_access_reviews_are_applied;
    AccessReviewEvent::Stopped {
        subject: Box::new(instance.subject()),
        is_auto_applied,
        due: fire::later(now, state.behaviour.access_review_delay),
    }
}
