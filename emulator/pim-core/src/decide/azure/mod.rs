//! Azure: the tree of scopes, custom roles, and access to everything for a while.

pub(super) mod elevation;
pub(crate) mod last_owner;
pub(super) mod role_definitions;
pub(super) mod scopes;

use super::Context;
use crate::command::Actor;
use crate::family::azure_roles;
use crate::id::{AzureScopeId, PrincipalId};
use crate::rejection::Rejection;

/// Whoever asks, if it is somebody whose roles count.
const fn asks(actor: Actor) -> Option<PrincipalId> {
    match actor {
        Actor::User { id, .. } | Actor::Application { id } => Some(id),
        Actor::SetUp => None,
    }
}

/// Refuses whoever may not do that at a scope.
fn require(context: &Context<'_>, action: &str, scope: AzureScopeId) -> Result<(), Rejection> {
    let Context { state, now, actor, .. } = *context;
    let may = !state.behaviour.permission_enforcement
        || asks(actor).is_none_or(|id| azure_roles::permits(state, now, id, action, scope));
    if may { Ok(()) } else { Err(Rejection::NotPermitted) }
}
