//! Which policies are asked for, and by whom.

use super::policy_id::PolicyId;
use super::policy_row::PolicyRow;
use super::scope::Scope;
use crate::graph::call::Call;
use crate::graph::error::GraphError;
use crate::graph::permission::ByScope;
use crate::graph::role_management::directory::reading::may_list;
use pim_core::model::GroupAccess;
use pim_core::{By, RoleDefinitionId, View};
use pim_odata::{Entity, Pager};

/// Refuses a token without the permission for policies of that scope. Which it is shows only when it is known whose policies
/// are asked for.
pub(super) fn permitted(call: &Call<'_>, scope: Scope, permission: &'static ByScope) -> Result<(), GraphError> {
    let permission = match scope {
        Scope::DirectoryRoles(_) => permission.roles,
        Scope::Group(_) => permission.groups,
    };
    call.tenant.read(|view| call.require(view, permission))
}

/// The scope of a list, for a token with the permission for it. Whoever has none at all does not get to hear that the scope is
/// missing.
pub(super) fn listed<E: Entity>(
    call: &Call<'_>,
    pager: &Pager<E>,
    permission: &'static ByScope,
) -> Result<Scope, GraphError> {
    let scope = Scope::demanded(pager);
    match &scope {
        Ok(scope) => permitted(call, *scope, permission)?,
        Err(_) => call.tenant.read(|view| call.require(view, &permission.either))?,
    }
    scope
}

/// Refuses whoever may not read policies. Those of roles are nobody's own, so a user needs one of the reading roles (AUT-2);
/// those of a group are for its managers, readers and members. PIM has none of groups that it cannot manage (GRP-4, GRP-5,
/// GRP-6).
pub(super) fn may_read(call: &Call<'_>, view: View<'_>, scope: Scope) -> Result<(), GraphError> {
    let Scope::Group(group) = scope else { return may_list(call, view, By::Anything) };
    view.licensed().map_err(GraphError::Pim)?;
    match call.user() {
        Some(user) if !view.may_read_group(user, group) => Err(GraphError::Unauthorized),
        Some(_) | None => view.manageable(group).map_err(GraphError::Pim),
    }
}

/// The policies of a scope; of directory roles only one of them, where an index found which.
pub(super) fn rows<'v>(
    call: &Call<'_>,
    view: View<'v>,
    scope: Scope,
    role: Option<RoleDefinitionId>,
) -> impl Iterator<Item = (u64, PolicyRow<'v>)> {
    let tenant = call.tenant.id();
    let of_role = move |scope, role| PolicyId::DirectoryRole { scope, tenant, role };
    let ids: Box<dyn Iterator<Item = PolicyId>> = match (scope, role) {
        (Scope::Group(group), _) => {
            Box::new(GroupAccess::ALL.into_iter().map(move |access| PolicyId::of_group(view, group, access)))
        }
        (Scope::DirectoryRoles(scope), Some(role)) => Box::new(std::iter::once(of_role(scope, role))),
        (Scope::DirectoryRoles(scope), None) => Box::new(view.roles().map(move |role| of_role(scope, role.id))),
    };
    (0..).zip(ids).filter_map(move |(key, id)| Some((key, PolicyRow::find(call, view, id)?)))
}

/// The policy whose id stands in the path.
pub(super) fn policy<'v>(call: &Call<'_>, view: View<'v>) -> Result<PolicyRow<'v>, GraphError> {
    let id = PolicyId::parse(call.key(0), call.tenant.id()).ok_or(GraphError::ResourceNotFound)?;
    PolicyRow::find(call, view, id).ok_or(GraphError::ResourceNotFound)
}

/// The same for whoever may read it.
pub(super) fn readable<'v>(call: &Call<'_>, view: View<'v>) -> Result<PolicyRow<'v>, GraphError> {
    may_read(call, view, Scope::of_id(call.key(0)))?;
    policy(call, view)
}
