//! Which scopes there are.

use super::error::ArmError;
use super::front_door::ScopePath;

/// Whether the subscription of a path is there. It is asked before anything about the path's type.
///
/// # Errors
/// When it is not: a tenant of this build has none.
pub(crate) fn subscription_is_there(scope: &ScopePath) -> Result<(), ArmError> {
    scope.subscription().map_or(Ok(()), |id| Err(ArmError::SubscriptionNotFound(id)))
}
