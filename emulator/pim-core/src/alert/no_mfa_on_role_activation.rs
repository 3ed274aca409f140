//! `NoMfaOnRoleActivationAlert`: some role can be activated without multifactor authentication.

use super::Found;
use crate::id::RoleDefinitionId;
use crate::model::{Incident, PolicySubject, Requirement, Resource, ScheduleKind, built_in_roles};
use crate::state::State;
use crate::time::Instant;

crate::implements!["ALR-11"];

/// The roles for which somebody is eligible and whose activation asks neither for multifactor authentication nor for an
/// authentication context, which takes its place (ALR-11, MFA-11).
pub(super) fn look(state: &State, now: Instant) -> Found {
    let custom = state.directory.custom_roles.keys().copied();
    let roles = built_in_roles().iter().map(|role| role.id).chain(custom);
    let bare = roles.filter(|role| !is_guarded(state, *role) && somebody_is_eligible(state, now, *role));
    Found::now(bare.map(Incident::RoleWithoutMfa).collect())
}

fn is_guarded(state: &State, role: RoleDefinitionId) -> bool {
    let policy = state.policies.of(PolicySubject::DirectoryRole(role), &state.behaviour);
    policy.enablement_end_user_assignment.demands(Requirement::MultiFactorAuthentication)
        || policy.authentication_context_end_user_assignment.is_enabled
}

fn somebody_is_eligible(state: &State, now: Instant, role: RoleDefinitionId) -> bool {
    (state.privileges.of(Resource::DirectoryRole(role)).iter())
        .flat_map(|privilege| state.schedules.of_privilege(*privilege, 0))
        .filter_map(|slot| state.schedules.records.get(slot))
        .any(|record| record.kind == ScheduleKind::Eligibility && record.is_open(now))
}
