//! Roles on resources of Azure. What is special about them is where they count: at a scope and everything below it.

use super::{Defaults, standard_policy};
use crate::decide::authority::Managers;
use crate::id::{AzureRoleDefinitionId, AzureScopeId, PrincipalId};
use crate::model::{
    AssignmentKind, AzurePermissions, AzureRoleDefinition, AzureScopeKind, LockLevel, Policy, Privilege, Requirement,
};
use crate::rejection::{AzureFault, Rejection};
use crate::state::{Slot, State};
use crate::time::Instant;
use crate::view::View;

crate::implements![
    "POL-14", "POL-57", "UNC-10", "SCO-5", "SCO-10", "SCO-11", "SCO-14", "AZR-1", "AZR-2", "AZR-3", "AZR-5", "AZR-7",
    "AZR-8", "AZR-10", "AZR-11", "AZR-13", "AUT-5", "AUT-6", "AUT-9", "LAT-3", "PRI-7", "APR-15"
];

/// What whoever gives and takes roles must be allowed (AUT-5).
pub(crate) const WRITE_ASSIGNMENTS: &str = "Microsoft.Authorization/roleAssignments/write";
/// What whoever changes what is demanded for them must be allowed (POL-22).
const WRITE_POLICIES: &str = "Microsoft.Authorization/roleManagementPolicies/write";

/// How many active assignments a subscription takes, everything below it counted (AZR-13).
pub const OF_A_SUBSCRIPTION: usize = 4000;
/// How many a management group takes itself (AZR-13).
const OF_A_MANAGEMENT_GROUP: usize = 500;

/// The policy of a role at a scope as long as nobody has changed it: assignments must expire, activation asks for a
/// justification and for nothing else (POL-57). Partly inferred from what others saw (UNC-10).
#[must_use]
pub(crate) fn default_policy() -> Policy {
    standard_policy(&Defaults { must_assignments_expire: true, activation: vec![Requirement::Justification] })
}

/// Role and scope must exist.
pub(super) fn exists(state: &State, role: AzureRoleDefinitionId, scope: AzureScopeId) -> Result<(), Rejection> {
    state.azure.scope(scope).ok_or(Rejection::Azure(AzureFault::ScopeNotFound(scope)))?;
    self::role(state, role).map(drop)
}

/// The role must exist.
pub(crate) fn role(state: &State, id: AzureRoleDefinitionId) -> Result<&AzureRoleDefinition, Rejection> {
    state.azure.role(id).ok_or(Rejection::Azure(AzureFault::RoleNotFound(id)))
}

/// The role must be one that can be given at that scope (SCO-14): any scope does without having been discovered before
/// (AZR-2).
pub(super) fn can_be_held(state: &State, id: AzureRoleDefinitionId, scope: AzureScopeId) -> Result<(), Rejection> {
    let assignable = &role(state, id)?.assignable_scopes;
    let fits = state.azure.upwards(scope).any(|above| assignable.contains(&above.id));
    if fits { Ok(()) } else { Err(Rejection::Azure(AzureFault::ScopeDoesNotMatchRole(id))) }
}

/// Whether a subscription or a management group takes one more active assignment (AZR-13); eligible ones are not counted.
pub(super) fn within_limits(state: &State, scope: AzureScopeId) -> Result<(), Rejection> {
    let Some(counter) = state.azure.counts_at(scope) else { return Ok(()) };
    let limit = if counter.kind == AzureScopeKind::Subscription { OF_A_SUBSCRIPTION } else { OF_A_MANAGEMENT_GROUP };
    if state.azure.assignments(counter.id) < limit { Ok(()) } else { Err(Rejection::TooManyAssignments) }
}

/// Whoever gives and takes roles at a scope. Directory roles count for nothing there (AUT-6, AUT-7).
pub(crate) const fn managers(scope: AzureScopeId) -> Managers {
    Managers::OfAzureScope { scope, action: WRITE_ASSIGNMENTS }
}

/// Whoever changes what is demanded for roles at a scope. Not everybody who gives them may (POL-22).
pub(super) const fn policy_managers(scope: AzureScopeId) -> Managers {
    Managers::OfAzureScope { scope, action: WRITE_POLICIES }
}

/// A lock that only reads lets nobody be given anything, any lock lets nothing be taken away (AZR-10).
pub(super) fn is_locked(state: &State, scope: AzureScopeId, gives: bool) -> bool {
    match state.azure.lock(scope) {
        Some(LockLevel::ReadOnly) => true,
        Some(LockLevel::CanNotDelete) => !gives,
        None => false,
    }
}

/// Those by whom a principal holds roles of Azure: itself and the groups that it is in, also by way of others (REQ-28).
pub(crate) fn holders(state: &State, now: Instant, principal: PrincipalId) -> impl Iterator<Item = Slot> {
    let groups = View::new(state, now).transitive_groups_of(principal);
    std::iter::once(principal)
        .chain(groups.into_iter().map(crate::model::Principal::id))
        .filter_map(|id| state.present(id))
}

/// What a principal may do at a scope: the permissions of every role that it holds there or above, itself or by groups. An
/// assignment that is younger than the caches of the service counts for nothing yet (LAT-3, AZR-8).
pub(crate) fn permissions(
    state: &State,
    now: Instant,
    principal: PrincipalId,
    scope: AzureScopeId,
) -> impl Iterator<Item = &AzurePermissions> {
    let above: Vec<_> = state.azure.upwards(scope).map(|it| it.id).collect();
    let cached = state.behaviour.azure_access_delay;
    holders(state, now, principal)
        .flat_map(|holder| state.schedules.at(state.schedules.of_principal(holder)))
        .filter(move |(_, record)| {
            record.side() == AssignmentKind::Assignment
                && record.is_open(now)
                && record.start.max(record.created).plus(cached) <= now
        })
        .filter_map(move |(_, record)| match state.privileges.get(record.privilege) {
            Privilege::AzureRole { role, scope: held } if above.contains(&held) => state.azure.role(role),
            Privilege::AzureRole { .. } | Privilege::DirectoryRole { .. } | Privilege::Group { .. } => None,
        })
        .flat_map(|role| &role.permissions)
}

/// Whether a principal may do that at a scope.
pub(crate) fn permits(state: &State, now: Instant, principal: PrincipalId, action: &str, scope: AzureScopeId) -> bool {
    permissions(state, now, principal, scope).any(|it| it.allow(action))
}
