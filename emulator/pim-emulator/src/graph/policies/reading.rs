//! Which policies are asked for, and by whom.

use super::policy_id::{PolicyId, ScopeType};
use super::policy_row::PolicyRow;
use crate::graph::call::Call;
use crate::graph::error::GraphError;
use crate::graph::role_management::directory::reading::may_list;
use pim_core::{By, RoleDefinitionId, View};
use pim_odata::{Entity, Literal, Pager};

/// Refuses whoever may not read policies: they are nobody's own, so a user needs one of the reading roles (AUT-2).
pub(super) fn may_read(call: &Call<'_>, view: View<'_>) -> Result<(), GraphError> {
    may_list(call, view, By::Anything)
}

/// The type of scope that a filter demands; a scope must be demanded with it, or nobody answers for the policies.
pub(super) fn scope_type<E: Entity>(pager: &Pager<E>) -> Result<ScopeType, GraphError> {
    pager.equality("scopeId").ok_or(GraphError::MissingProvider)?;
    let name = pager.equality("scopeType").and_then(Literal::text).ok_or(GraphError::MissingProvider)?;
    if name.eq_ignore_ascii_case(GROUP) {
        return Err(of_groups());
    }
    ScopeType::parse(name).ok_or(GraphError::MissingProvider)
}

/// The policies of directory roles, or of one of them, where an index found which.
pub(super) fn rows<'v>(
    call: &Call<'_>,
    view: View<'v>,
    scope_type: ScopeType,
    role: Option<RoleDefinitionId>,
) -> impl Iterator<Item = (u64, PolicyRow<'v>)> {
    let roles: Box<dyn Iterator<Item = RoleDefinitionId>> = match role {
        Some(role) => Box::new(std::iter::once(role)),
        None => Box::new(view.roles().map(|role| role.id)),
    };
    let row = move |role| PolicyRow::find(call, view, PolicyId { scope_type, tenant: call.tenant.id(), role });
    (0..).zip(roles).filter_map(move |(key, role)| Some((key, row(role)?)))
}

/// The id of a policy in the path.
pub(super) fn policy_id(call: &Call<'_>) -> Result<PolicyId, GraphError> {
    not_of_group(call.key(0))?;
    PolicyId::parse(call.key(0), call.tenant.id()).ok_or(GraphError::ResourceNotFound)
}

/// The policy whose id stands in the path.
pub(super) fn policy<'v>(call: &Call<'_>, view: View<'v>) -> Result<PolicyRow<'v>, GraphError> {
    PolicyRow::find(call, view, policy_id(call)?).ok_or(GraphError::ResourceNotFound)
}

const GROUP: &str = "Group";

/// An id that begins like those of groups' policies names something that real Graph has.
pub(super) fn not_of_group(id: &str) -> Result<(), GraphError> {
    let is_of_group = id.split_once('_').is_some_and(|(prefix, _)| prefix.eq_ignore_ascii_case(GROUP));
    if is_of_group { Err(of_groups()) } else { Ok(()) }
}

fn of_groups() -> GraphError {
    GraphError::NotEmulated("policies of groups".to_owned())
}
