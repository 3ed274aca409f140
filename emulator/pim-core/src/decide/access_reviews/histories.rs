//! Reports on decisions.

use super::rights;
use crate::command::{NewAccessReviewHistory, Outcome};
use crate::decide::{Context, Decision, authority};
use crate::event::AccessReviewEvent;
use crate::id::{AccessReviewHistoryId, IdKind};
use crate::model::access_review::{AccessReviewHistory, AccessReviewHistoryStatus};
use crate::rejection::{AccessReviewFault, AccessReviewFlaw, AzureFault, Rejection};

/// What asking for a report would do: it is made at once, on the tenant's clock.
pub(super) fn create(context: &mut Context<'_>, new: &NewAccessReviewHistory) -> Result<Decision, Rejection> {
    if let Some(scope) = new.azure_scope {
        context.state.azure.scope(scope).ok_or(Rejection::Azure(AzureFault::ScopeNotFound(scope)))?;
    }
    rights::require_reporter(context, new.azure_scope)?;
    authority::licensed(context.state)?;
    if new.display_name.trim().is_empty() {
        return Err(AccessReviewFlaw::Name.into());
    }
    if new.period_end < new.period_start {
        return Err(AccessReviewFlaw::Period.into());
    }
    let id = new.id.unwrap_or_else(|| AccessReviewHistoryId(context.ids.mint(IdKind::AccessReview)));
    let history = AccessReviewHistory {
        id,
        display_name: new.display_name.clone(),
        decisions: new.decisions.clone(),
        period_start: new.period_start,
        period_end: new.period_end,
        azure_scope: new.azure_scope,
        created: context.now,
        created_by: context.actor.created_by(),
        status: AccessReviewHistoryStatus::Requested,
        fulfilled: None,
        due: context.now,
        kept: new.kept.clone(),
    };
    Ok(Decision {
        events: vec![AccessReviewEvent::HistoryCreated(Box::new(history)).into()],
        outcome: Outcome { made: Some(id.0), ..Outcome::default() },
    })
}

/// What deleting a report would do.
pub(super) fn delete(context: &Context<'_>, id: AccessReviewHistoryId) -> Result<Decision, Rejection> {
    let found = context.state.access_reviews.history(id);
    let history = found.ok_or(AccessReviewFault::HistoryNotFound(id))?;
    rights::require_reporter(context, history.azure_scope)?;
    Ok(Decision::event(AccessReviewEvent::HistoryDeleted(id)))
}
