//! Who may read what, and which index answers the question.

use crate::app::token::Caller;
use crate::graph::call::Call;
use crate::graph::error::GraphError;
use pim_core::model::{AssignmentKind, Resource};
use pim_core::{By, PrincipalId, RoleDefinitionId, View};
use pim_odata::{Entity, Pager};

/// The index for a filter: an id that it demands, principal before role because a principal has fewer.
pub(super) fn index<E: Entity>(pager: &Pager<E>) -> By {
    let id = |name: &str| pager.equality(name).and_then(pim_odata::Literal::guid);
    if let Some(principal) = id("principalId").or_else(|| id("principal/id")) {
        By::Principal(PrincipalId(principal))
    } else if let Some(role) = id("roleDefinitionId").or_else(|| id("roleDefinition/id")) {
        By::Resource(Resource::DirectoryRole(RoleDefinitionId(role)))
    } else {
        By::Anything
    }
}

/// Refuses whoever may not see all that would be listed: without one of the reading roles a user sees only what is its own
/// (AUT-2, AUT-4). Without a licence nobody sees anything (LIC-9).
pub(in crate::graph) fn may_list(call: &Call<'_>, view: View<'_>, by: By) -> Result<(), GraphError> {
    view.licensed().map_err(GraphError::Pim)?;
    match call.user() {
        Some(user) if by != By::Principal(user) && !view.may_read_assignments(user) => Err(GraphError::Unauthorized),
        Some(_) | None => Ok(()),
    }
}

/// The same for one thing, which belongs to a principal.
pub(super) fn may_see(call: &Call<'_>, view: View<'_>, owner: PrincipalId) -> Result<(), GraphError> {
    may_list(call, view, By::Principal(owner))
}

/// The user for whom `filterByCurrentUser` is asked, and what the parameter says, in the spelling of `known`.
pub(super) fn current_user(call: &Call<'_>, known: &[&'static str]) -> Result<(PrincipalId, &'static str), GraphError> {
    let asked = call.key(0);
    let on = known.iter().find(|word| word.eq_ignore_ascii_case(asked));
    let on = on.ok_or_else(|| GraphError::InvalidFunctionParameter(asked.to_owned()))?;
    match &call.token.caller {
        Caller::User { id, .. } => Ok((*id, on)),
        Caller::Application { .. } => Err(GraphError::NoCurrentUser),
    }
}

/// Whose schedules a user is shown as its own: its own, and for active assignments those of its groups (PRI-9); for
/// eligibilities only where the switch says so (REQ-27).
pub(super) fn holders(view: View<'_>, user: PrincipalId, side: AssignmentKind) -> Vec<PrincipalId> {
    let groups_too = match side {
        AssignmentKind::Assignment => true,
        AssignmentKind::Eligibility => view.behaviour().current_user_sees_group_eligibility,
    };
    let groups = if groups_too { view.groups_of(user) } else { Vec::new() };
    std::iter::once(user).chain(groups.into_iter().map(pim_core::model::Principal::id)).collect()
}
