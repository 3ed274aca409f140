//! Who may do what: the caller's own active roles, held directly, by activation or through a role-assignable group.

use super::Context;
use crate::command::Actor;
use crate::family::{self, azure_roles};
use crate::id::{AzureScopeId, PrincipalId, RoleDefinitionId};
use crate::model::{GroupAccess, PolicySubject, Privilege, ScheduleKind, roles};
use crate::rejection::Rejection;
use crate::state::State;
use crate::time::Instant;

crate::implements!["AUT-1", "AUT-2", "AUT-3", "AUT-20", "LIC-1", "LIC-9", "GRP-20", "PRI-9"];

/// Whoever may change assignments and settings of directory roles (AUT-1).
pub(crate) const MANAGERS: [RoleDefinitionId; 2] = [roles::GLOBAL_ADMINISTRATOR, roles::PRIVILEGED_ROLE_ADMINISTRATOR];

/// Whoever may read those of everybody (AUT-2); Security Administrator reads and does not change (AUT-3).
pub(crate) const READERS: [RoleDefinitionId; 6] = [
    roles::GLOBAL_ADMINISTRATOR,
    roles::PRIVILEGED_ROLE_ADMINISTRATOR,
    roles::GLOBAL_READER,
    roles::SECURITY_ADMINISTRATOR,
    roles::SECURITY_READER,
    roles::SECURITY_OPERATOR,
];

/// Whoever may read the audit log of everything, where a user asks for it.
pub(crate) const AUDITORS: [RoleDefinitionId; 6] = [
    roles::GLOBAL_ADMINISTRATOR,
    roles::GLOBAL_READER,
    roles::SECURITY_ADMINISTRATOR,
    roles::SECURITY_READER,
    roles::REPORTS_READER,
    roles::COMPLIANCE_ADMINISTRATOR,
];

/// Whoever changes assignments and settings of something.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Managers {
    /// Of something in the directory. What an application may do there was measured by its permissions already (AUT-20).
    OfDirectory {
        /// Holders of one of these roles for the whole tenant.
        roles: &'static [RoleDefinitionId],
        /// The owners of this group.
        owners_of: Option<PrincipalId>,
    },
    /// Whoever may do something at this scope of Azure, users and applications alike (AUT-5).
    OfAzureScope {
        /// The scope.
        scope: AzureScopeId,
        /// What they must be allowed.
        action: &'static str,
    },
}

impl Managers {
    /// Whether a principal is one of them.
    pub(crate) fn include(self, state: &State, now: Instant, principal: PrincipalId) -> bool {
        match self {
            Self::OfDirectory { roles, owners_of } => {
                let is_owner = || {
                    let (group, owner) = (state.present(owners_of?)?, state.present(principal)?);
                    state.belongs(now, group, owner, GroupAccess::Owner).then_some(())
                };
                holds_any(state, now, principal, roles) || is_owner().is_some()
            }
            Self::OfAzureScope { scope, action } => azure_roles::permits(state, now, principal, action, scope),
        }
    }
}

/// The roles that a principal holds for the whole tenant at `now`: its own, and those of the role-assignable groups that
/// it is a direct member of (GRP-20).
pub(crate) fn active_roles(state: &State, now: Instant, principal: PrincipalId) -> Vec<RoleDefinitionId> {
    let Some(slot) = state.present(principal) else { return Vec::new() };
    let groups = state.groups_of(now, slot).filter(|group| state.is_role_assignable(*group));
    let mut active: Vec<_> = std::iter::once(slot)
        .chain(groups)
        .flat_map(|holder| state.schedules.at(state.schedules.of_principal(holder)))
        .filter(|(_, record)| record.kind != ScheduleKind::Eligibility && record.is_open(now))
        .filter_map(|(_, record)| state.privileges.get(record.privilege).tenant_wide_role())
        .collect();
    active.sort_unstable();
    active.dedup();
    active
}

/// Whether a principal holds one of these roles for the whole tenant.
pub(crate) fn holds_any(state: &State, now: Instant, principal: PrincipalId, wanted: &[RoleDefinitionId]) -> bool {
    active_roles(state, now, principal).iter().any(|role| wanted.contains(role))
}

/// Refuses whoever is none of the managers.
pub(crate) fn may_manage(state: &State, now: Instant, actor: Actor, managers: Managers) -> Result<(), Rejection> {
    let enforced = state.behaviour.permission_enforcement;
    let may = match (actor, managers) {
        (Actor::SetUp, _) | (Actor::Application { .. }, Managers::OfDirectory { .. }) => true,
        (Actor::User { id, .. } | Actor::Application { id }, _) => !enforced || managers.include(state, now, id),
    };
    if may { Ok(()) } else { Err(Rejection::NotPermitted) }
}

/// Refuses whoever may not manage that privilege.
pub(crate) fn require_manager(context: &Context<'_>, privilege: Privilege) -> Result<(), Rejection> {
    may_manage(context.state, context.now, context.actor, family::managers(context.state, privilege))
}

/// Refuses whoever may not change that policy.
pub(crate) fn require_policy_manager(context: &Context<'_>, subject: PolicySubject) -> Result<(), Rejection> {
    may_manage(context.state, context.now, context.actor, family::policy_managers(context.state, subject))
}

/// Refuses whoever may not manage directory roles.
pub(crate) fn require_role_manager(context: &Context<'_>) -> Result<(), Rejection> {
    may_manage(context.state, context.now, context.actor, Managers::OfDirectory { roles: &MANAGERS, owners_of: None })
}

/// PIM needs a licence (LIC-9).
pub(crate) fn licensed(state: &State) -> Result<(), Rejection> {
    match &state.tenant {
        Some(tenant) if !tenant.license.includes_pim() => Err(Rejection::LicenseRequired),
        Some(_) | None => Ok(()),
    }
}
