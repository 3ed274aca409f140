//! What reviews of Azure roles at a scope begin with, for those who make them there.

use super::rights;
use crate::decide::{Context, Decision};
use crate::event::AccessReviewEvent;
use crate::id::AzureScopeId;
use crate::model::access_review::AccessReviewSettings;
use crate::rejection::{AzureFault, Rejection};

/// What setting them would do.
pub(super) fn set(
    context: &Context<'_>,
    scope: AzureScopeId,
    settings: &AccessReviewSettings,
) -> Result<Decision, Rejection> {
    context.state.azure.scope(scope).ok_or(Rejection::Azure(AzureFault::ScopeNotFound(scope)))?;
    rights::require_manager_of_azure(context, scope)?;
    Ok(Decision::event(AccessReviewEvent::DefaultsSet { scope, settings: Box::new(settings.clone()) }))
}
