//! What may lock people out although the machine is sound.

use crate::decide::conditional_access::{applies, is_met};
use crate::family::{PROTECTED_ROLES, directory_roles};
use crate::id::{PrincipalId, RoleDefinitionId};
use crate::model::conditional_access::{ConditionalAccessPolicy, ConditionalAccessState};
use crate::model::{DirectoryScope, PolicySubject, Principal, PrincipalKind, Privilege, User, roles};
use crate::state::State;
use crate::time::Instant;

/// The users that hold a role actively for the whole tenant, by themselves or through a group, and may sign in.
fn active_users(state: &State, now: Instant, role: RoleDefinitionId) -> Vec<&User> {
    let privilege = Privilege::DirectoryRole { role, scope: DirectoryScope::Tenant };
    let Some(privilege) = state.privileges.find(privilege) else { return Vec::new() };
    let holders = (state.schedules.of_privilege(privilege, 0))
        .filter_map(|slot| state.schedules.records.get(slot))
        .filter(|record| record.kind != crate::model::ScheduleKind::Eligibility && record.is_open(now));
    let mut users: Vec<&User> = holders
        .flat_map(|record| std::iter::once(record.principal).chain(state.directory.members_of(record.principal)))
        .filter_map(|slot| match state.directory.at(slot) {
            Some(Principal::User(user)) if user.account_enabled => Some(user),
            Some(Principal::User(_) | Principal::Group(_) | Principal::ServicePrincipal(_)) | None => None,
        })
        .collect();
    users.sort_by_key(|user| user.id);
    users.dedup_by_key(|user| user.id);
    users
}

/// Emergency accounts are left out of policies so that somebody can always get in (MFA-5, APR-16). Only a policy that guards
/// the way to administration counts, and only one without conditions that may leave a sign-in out of it.
pub(super) fn no_conditional_access_policy_locks_out_every_active_global_administrator(
    state: &State,
    now: Instant,
) -> Vec<String> {
    let administrators = active_users(state, now, roles::GLOBAL_ADMINISTRATOR);
    if administrators.is_empty() {
        return Vec::new();
    }
    let locks_out = |policy: &ConditionalAccessPolicy| {
        administrators.iter().all(|user| {
            applies(state, now, policy, user.id)
                && policy.grant_controls.as_ref().is_some_and(|controls| !is_met(controls, user.mfa))
        })
    };
    let is_unconditional = |policy: &ConditionalAccessPolicy| policy.guards_administration() && !policy.is_narrowed();
    (state.conditional_access.policies.values())
        .filter(|policy| policy.state == ConditionalAccessState::Enabled && is_unconditional(policy))
        .filter(|policy| locks_out(policy))
        .map(|policy| format!("{} ({})", policy.display_name, policy.id))
        .collect()
}

/// Where Global Administrator and Privileged Role Administrator are only to be activated, with approval, and no approver is
/// active, nobody can ever approve (APR-16).
pub(super) fn somebody_can_decide_on_every_activation_of_a_protected_role(state: &State, now: Instant) -> Vec<String> {
    let is_active = |role: &RoleDefinitionId| !active_users(state, now, *role).is_empty();
    if PROTECTED_ROLES.iter().any(is_active) {
        return Vec::new();
    }
    let nobody_decides = |role: RoleDefinitionId| {
        let setting =
            &state.policies.of(PolicySubject::DirectoryRole(role), &state.behaviour).approval_end_user_assignment;
        let named: Vec<PrincipalId> = setting.stage.primary_approvers.iter().map(|it| it.id).collect();
        let somebody = if named.is_empty() {
            directory_roles::default_approvers(state).iter().any(is_active)
        } else {
            named.iter().any(|id| can_act(state, *id))
        };
        setting.is_approval_required && !somebody
    };
    PROTECTED_ROLES.into_iter().filter(|role| nobody_decides(*role)).map(|role| role.to_string()).collect()
}

/// Whether an approver is an enabled user, or a group with one in it.
fn can_act(state: &State, approver: PrincipalId) -> bool {
    let is_enabled = |slot| match state.directory.at(slot) {
        Some(Principal::User(user)) => user.account_enabled,
        Some(Principal::Group(_) | Principal::ServicePrincipal(_)) | None => false,
    };
    let Some(slot) = state.present(approver) else { return false };
    match state.directory.at(slot).map(Principal::kind) {
        Some(PrincipalKind::Group) => state.directory.members_of(slot).into_iter().any(is_enabled),
        Some(PrincipalKind::User | PrincipalKind::ServicePrincipal) | None => is_enabled(slot),
    }
}
