//! Roles on resources of Azure: who may see what of them here, and what they are called there.

use crate::graph::call::Call;
use crate::graph::error::GraphError;
use crate::graph::pim::demand::Demand;
use pim_core::model::{AssignmentKind, AzureScope, AzureScopeKind, Principal, Privilege, Resource};
use pim_core::{Actor, AzureRoleDefinitionId, AzureScopeId, By, PrincipalId, Rejection, View};
use std::collections::BTreeSet;

/// What whoever reads everybody's assignments must be allowed (AUT-9).
const READ: &str = "Microsoft.Authorization/roleAssignments/read";

/// Whoever calls: of Azure users and applications alike are asked what they are allowed.
const fn caller(call: &Call<'_>) -> Option<PrincipalId> {
    match call.actor() {
        Actor::User { id, .. } | Actor::Application { id } => Some(id),
        Actor::SetUp => None,
    }
}

/// Whether the caller may read everything at a scope.
pub(super) fn may_read(call: &Call<'_>, view: View<'_>, scope: AzureScopeId) -> bool {
    caller(call).is_some_and(|id| view.azure_permits(id, READ, scope))
}

/// Refuses a list of somebody else's at a scope that the caller may not read. Without a scope it shows those that it may.
pub(super) fn may_list(call: &Call<'_>, view: View<'_>, demand: Demand) -> Result<(), GraphError> {
    let is_own = demand.principal.is_some() && demand.principal == caller(call);
    match demand.resource {
        Some(Resource::AzureScope(scope)) if !is_own && !may_read(call, view, scope) => Err(GraphError::Unauthorized),
        Some(Resource::AzureScope(_) | Resource::DirectoryRole(_) | Resource::Group(_)) | None => Ok(()),
    }
}

/// Whether a list that the caller may have shows this.
pub(super) fn is_listed(call: &Call<'_>, view: View<'_>, demand: Demand, privilege: Privilege) -> bool {
    let Privilege::AzureRole { scope, .. } = privilege else { return false };
    (demand.principal.is_some() && demand.principal == caller(call)) || may_read(call, view, scope)
}

/// Refuses whoever may not see this of somebody.
pub(super) fn may_see(
    call: &Call<'_>,
    view: View<'_>,
    privilege: Privilege,
    holder: PrincipalId,
) -> Result<(), GraphError> {
    let Privilege::AzureRole { scope, .. } = privilege else { return Err(GraphError::ResourceNotFound) };
    let may = caller(call) == Some(holder) || may_read(call, view, scope);
    if may { Ok(()) } else { Err(GraphError::Unauthorized) }
}

/// The scopes that the caller may read or has something at, itself or by a group. The root is none that PIM governs.
pub(super) fn seen<'v>(call: &Call<'_>, view: View<'v>) -> Vec<&'v AzureScope> {
    let held = held_at(call, view);
    let governed = view.azure_scopes().filter(|scope| scope.kind != AzureScopeKind::TenantRoot);
    governed.filter(|scope| held.contains(&scope.id) || may_read(call, view, scope.id)).collect()
}

/// The scope of the path, where the caller sees it.
pub(super) fn find<'v>(call: &Call<'_>, view: View<'v>) -> Result<&'v AzureScope, GraphError> {
    let scope = call.id(0).and_then(|id| view.azure_scope(AzureScopeId(id)));
    let scope = scope.filter(|scope| scope.kind != AzureScopeKind::TenantRoot);
    let is_seen = |scope: &&AzureScope| may_read(call, view, scope.id) || held_at(call, view).contains(&scope.id);
    scope.filter(is_seen).ok_or(GraphError::ResourceNotFound)
}

fn held_at(call: &Call<'_>, view: View<'_>) -> BTreeSet<AzureScopeId> {
    let Some(own) = caller(call) else { return BTreeSet::new() };
    let groups = view.transitive_groups_of(own).into_iter().map(Principal::id);
    let holders: Vec<_> = std::iter::once(own).chain(groups).collect();
    let sides = [AssignmentKind::Eligibility, AssignmentKind::Assignment];
    let held = sides
        .into_iter()
        .flat_map(|side| holders.iter().flat_map(move |holder| view.instances(side, By::Principal(*holder), None)));
    held.filter_map(|(_, schedule)| match schedule.privilege {
        Privilege::AzureRole { scope, .. } => Some(scope),
        Privilege::DirectoryRole { .. } | Privilege::Group { .. } => None,
    })
    .collect()
}

/// A scope by its path, for whoever manages it: registering it does nothing more (AZR-2).
pub(super) fn registered(call: &Call<'_>, view: View<'_>, path: &str) -> Result<(), GraphError> {
    let scope = view.azure_scope_at(path).ok_or(GraphError::ResourceNotFound)?;
    let any = Privilege::AzureRole { role: AzureRoleDefinitionId(uuid::Uuid::nil()), scope: scope.id };
    view.may_manage(call.actor(), any).and_then(|()| view.licensed()).map_err(GraphError::Pim)
}

/// Refuses whoever may not read the settings of a scope (AUT-9).
pub(super) fn may_read_settings(call: &Call<'_>, view: View<'_>, scope: AzureScopeId) -> Result<(), GraphError> {
    view.azure_scope(scope).ok_or(GraphError::ResourceNotFound)?;
    if may_read(call, view, scope) { Ok(()) } else { Err(GraphError::Pim(Rejection::NotPermitted)) }
}

/// How Azure names a role at a scope: with its subscription there and below, bare above.
pub(super) fn external_id(view: View<'_>, role: AzureRoleDefinitionId, scope: AzureScopeId) -> String {
    let mut above = view.azure_upwards(scope);
    let subscription = above.find(|it| it.kind == AzureScopeKind::Subscription).map_or("", |it| it.path.as_str());
    format!("{subscription}/providers/Microsoft.Authorization/roleDefinitions/{role}")
}
