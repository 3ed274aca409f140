//! Making a review, letting it be something else from its next occurrence on, and deleting it.

use super::{rights, series, valid};
use crate::command::Outcome;
use crate::decide::{Context, Decision, authority};
use crate::event::AccessReviewEvent;
use crate::id::{AccessReviewDefinitionId, IdKind};
use crate::model::access_review::{AccessReviewDefinition, AccessReviewProperties};
use crate::rejection::{AccessReviewFault, Rejection};
use crate::state::State;

crate::implements!["REV-1", "REV-2", "REV-39", "REV-41", "LIC-9"];

/// A review.
pub(super) fn find(state: &State, id: AccessReviewDefinitionId) -> Result<&AccessReviewDefinition, Rejection> {
    state.access_reviews.definition(id).ok_or_else(|| AccessReviewFault::ReviewNotFound(id).into())
}

/// What making a review would do: of one thing each (REV-1), from now on where no day is named (REV-2).
pub(super) fn create(
    context: &mut Context<'_>,
    id: Option<AccessReviewDefinitionId>,
    properties: &AccessReviewProperties,
) -> Result<Decision, Rejection> {
    rights::require_manager(context, properties.scope.target)?;
    authority::licensed(context.state)?;
    if let Some(id) = id.filter(|id| context.state.access_reviews.definition(*id).is_some()) {
        return Err(AccessReviewFault::IdTaken(id).into());
    }
    valid::require(context, properties)?;
    let id = id.unwrap_or_else(|| AccessReviewDefinitionId(context.ids.mint(IdKind::AccessReview)));
    let first = series::first(properties, context.now);
    let definition = AccessReviewDefinition {
        id,
        properties: properties.clone(),
        created: context.now,
        created_by: context.actor.created_by(),
        modified: None,
        first,
        occurrences: 0,
        next: series::next(properties, first, 0, context.now),
    };
    Ok(Decision {
        events: vec![AccessReviewEvent::Created(Box::new(definition)).into()],
        outcome: Outcome { made: Some(id.0), ..Outcome::default() },
    })
}

/// What replacing it would do. What runs of it goes on as it was. A series goes on from where it began, unless it is to
/// begin anew on a later day.
pub(super) fn replace(
    context: &Context<'_>,
    id: AccessReviewDefinitionId,
    properties: &AccessReviewProperties,
) -> Result<Decision, Rejection> {
    let review = find(context.state, id)?;
    rights::require_manager(context, review.properties.scope.target)?;
    rights::require_manager(context, properties.scope.target)?;
    authority::licensed(context.state)?;
    valid::require(context, properties)?;
    let begins = series::first(properties, context.now);
    let first = if review.occurrences == 0 || begins > context.now { begins } else { review.first };
    // A day that lies ahead is the next one, however many there were.
    let next = series::next(properties, first, review.occurrences, context.now);
    let next = if first > context.now { next.map(|_| first) } else { next };
    let definition = AccessReviewDefinition {
        properties: properties.clone(),
        modified: Some(context.now),
        first,
        next,
        ..review.clone()
    };
    Ok(Decision::event(AccessReviewEvent::Updated(Box::new(definition))))
}

/// What deleting it would do: nobody is asked whether one is sure (REV-39).
pub(super) fn delete(context: &Context<'_>, id: AccessReviewDefinitionId) -> Result<Decision, Rejection> {
    let review = find(context.state, id)?;
    rights::require_manager(context, review.properties.scope.target)?;
    Ok(Decision::event(deleted(review)))
}

/// That a review is deleted.
pub(in crate::decide) fn deleted(review: &AccessReviewDefinition) -> AccessReviewEvent {
    AccessReviewEvent::Deleted { review: review.id, display_name: review.properties.display_name.clone() }
}
