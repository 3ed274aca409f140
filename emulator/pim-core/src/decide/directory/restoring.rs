//! What was deleted: back again, or gone for good.

use super::{groups, users, writers};
use crate::decide::{Context, Decision};
use crate::event::DirectoryEvent;
use crate::id::PrincipalId;
use crate::model::Principal;
use crate::rejection::Rejection;
use crate::state::State;

crate::implements!["ASG-27", "ASG-28"];

/// What restoring would do: the principal is back with its id and its edges (ASG-28), and without what it held (ASG-27). A
/// name that somebody else has got meanwhile is in the way.
pub(in crate::decide) fn restore(context: &Context<'_>, id: PrincipalId) -> Result<Decision, Rejection> {
    let principal = deleted(context.state, id)?;
    writers::require_for(context, principal)?;
    match principal {
        Principal::User(user) => users::name_is_free(context.state, id, &user.user_principal_name)?,
        Principal::Group(group) => {
            groups::shape(context.state, group)?;
            if group.is_assignable_to_role {
                groups::room_for_another(context.state)?;
            }
        }
        Principal::ServicePrincipal(it) if context.state.directory.client(it.app_id).is_some() => {
            return Err(Rejection::NameTaken { property: "appId", value: it.app_id.to_string() });
        }
        Principal::ServicePrincipal(_) => {}
    }
    Ok(Decision::event(DirectoryEvent::PrincipalRestored(id)))
}

/// What deleting for good would do.
pub(in crate::decide) fn purge(context: &Context<'_>, id: PrincipalId) -> Result<Decision, Rejection> {
    writers::require_for(context, deleted(context.state, id)?)?;
    Ok(Decision::event(DirectoryEvent::PrincipalPurged(id)))
}

fn deleted(state: &State, id: PrincipalId) -> Result<&Principal, Rejection> {
    state.directory.deleted.get(id).map(|it| &it.principal).ok_or(Rejection::PrincipalNotFound(id))
}
