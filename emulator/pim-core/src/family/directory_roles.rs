//! Directory roles.

use super::{Defaults, standard_policy};
use crate::decide::authority;
use crate::id::{ApplicationId, PrincipalId, RoleDefinitionId};
use crate::model::{DirectoryScope, Policy, Principal, PrincipalKind, Privilege, Requirement, RoleDefinition, roles};
use crate::rejection::Rejection;
use crate::state::{Slot, State};
use crate::time::Instant;

crate::implements![
    "POL-12", "POL-50", "POL-51", "POL-52", "POL-53", "POL-54", "UNC-9", "GA-1", "GA-2", "SCO-1", "SCO-2", "SCO-3",
    "PRI-1", "PRI-2", "PRI-6", "ASG-12", "LIM-3", "APR-14", "UNC-7"
];

/// The roles of which the last active assignment is protected (GA-1, GA-2).
pub(crate) const PROTECTED_ROLES: [RoleDefinitionId; 2] =
    [roles::GLOBAL_ADMINISTRATOR, roles::PRIVILEGED_ROLE_ADMINISTRATOR];

/// Custom-role assignments of one principal (LIM-3).
const CUSTOM_ROLE_ASSIGNMENTS: usize = 150;
/// Built-in-role assignments of one principal below tenant scope (LIM-3).
const SCOPED_ASSIGNMENTS: usize = 100;

/// The policy that a directory role has as long as nobody has changed it, the same at every scope (POL-12): activation with a
/// justification (POL-51) and, for a list of roles, multifactor authentication (POL-52); permanent assignments allowed with
/// stored maxima (POL-50, POL-53), a justification for active ones (POL-54).
#[must_use]
pub fn default_policy(with_mfa: bool) -> Policy {
    let mut activation = vec![Requirement::Justification];
    if with_mfa {
        activation.insert(0, Requirement::MultiFactorAuthentication);
    }
    standard_policy(&Defaults { must_assignments_expire: false, activation })
}

/// The role must exist.
fn role(state: &State, id: RoleDefinitionId) -> Result<&RoleDefinition, Rejection> {
    state.role(id).ok_or(Rejection::RoleNotFound(id))
}

/// The role must exist.
pub(super) fn exists(state: &State, id: RoleDefinitionId) -> Result<(), Rejection> {
    role(state, id).map(drop)
}

/// The role must be one that can be held at that scope, and the scope must exist (SCO-1, SCO-2, SCO-3).
pub(super) fn can_be_held(state: &State, id: RoleDefinitionId, scope: DirectoryScope) -> Result<(), Rejection> {
    let role = role(state, id)?;
    let supported = match scope {
        DirectoryScope::Tenant => true,
        DirectoryScope::AdministrativeUnit(id) if state.directory.administrative_units.get(id).is_some() => {
            role.administrative_unit_scope
        }
        DirectoryScope::AdministrativeUnit(id) => return Err(Rejection::AdministrativeUnitNotFound(id)),
        DirectoryScope::Object(id) if object_exists(state, id) => role.object_scope,
        DirectoryScope::Object(id) => return Err(Rejection::ScopeObjectNotFound(id)),
    };
    if supported { Ok(()) } else { Err(Rejection::ScopeNotSupported(role.id)) }
}

/// Whether there is a principal or an application of that id.
fn object_exists(state: &State, id: PrincipalId) -> bool {
    state.present(id).is_some() || state.directory.application(ApplicationId(id.0)).is_some()
}

/// Groups hold directory roles only when made for it (PRI-6). Where the switch says so, others are let through, to be
/// accepted and never provisioned (ASG-22).
pub(super) fn may_hold(state: &State, principal: &Principal) -> Result<(), Rejection> {
    match principal {
        Principal::Group(group) if !group.is_assignable_to_role && !state.behaviour.accept_and_never_provision => {
            Err(Rejection::GroupNotRoleAssignable(group.id))
        }
        Principal::Group(_) | Principal::User(_) | Principal::ServicePrincipal(_) => Ok(()),
    }
}

/// Whether the principal at a place is a group that can hold no directory role.
pub(super) fn is_plain_group(state: &State, principal: Slot) -> bool {
    state.directory.at(principal).map(Principal::kind) == Some(PrincipalKind::Group)
        && !state.is_role_assignable(principal)
}

/// Whether a principal may hold one more (ASG-12).
pub(super) fn within_limits(
    state: &State,
    now: Instant,
    principal: Slot,
    (role, scope): (RoleDefinitionId, DirectoryScope),
) -> Result<(), Rejection> {
    let is_custom = |role: RoleDefinitionId| state.directory.custom_roles.contains_key(&role);
    let count = |like: &dyn Fn(RoleDefinitionId, DirectoryScope) -> bool| {
        (state.schedules.at(state.schedules.of_principal(principal)))
            .filter(|(_, record)| record.is_live(now))
            .filter(|(_, record)| match state.privileges.get(record.privilege) {
                Privilege::DirectoryRole { role, scope } => like(role, scope),
                Privilege::Group { .. } | Privilege::AzureRole { .. } => false,
            })
            .count()
    };
    let full = if is_custom(role) {
        count(&|role, _| is_custom(role)) >= CUSTOM_ROLE_ASSIGNMENTS
    } else {
        scope != DirectoryScope::Tenant
            && count(&|role, scope| scope != DirectoryScope::Tenant && !is_custom(role)) >= SCOPED_ASSIGNMENTS
    };
    if full { Err(Rejection::TooManyAssignments) } else { Ok(()) }
}

/// Whoever decides where nobody is named (APR-14, UNC-7).
pub(crate) const fn default_approvers(state: &State) -> &'static [RoleDefinitionId] {
    if state.behaviour.default_approvers_are_privileged_role_administrators {
        &[roles::PRIVILEGED_ROLE_ADMINISTRATOR]
    } else {
        &authority::MANAGERS
    }
}
