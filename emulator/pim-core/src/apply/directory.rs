//! Events of the directory.

use crate::id::{ApplicationId, PrincipalId, RoleDefinitionId};
use crate::model::{AdministrativeUnit, Application, PolicySubject, RoleDefinition};
use crate::state::State;

pub(super) fn set_application(state: &mut State, application: &Application) {
    state.directory.applications.insert(application.id, application.clone());
}

pub(super) fn delete_application(state: &mut State, id: ApplicationId) {
    state.directory.applications.remove(&id);
}

pub(super) fn set_administrative_unit(state: &mut State, unit: &AdministrativeUnit) {
    state.directory.administrative_units.insert(unit.id, unit.clone());
}

pub(super) fn set_member(state: &mut State, group: PrincipalId, member: PrincipalId, is_member: bool) {
    if let (Some(group), Some(member)) = (state.directory.slot(group), state.directory.slot(member)) {
        state.directory.set_member(group, member, is_member);
    }
}

pub(super) fn set_owner(state: &mut State, group: PrincipalId, owner: PrincipalId) {
    if let (Some(group), Some(owner)) = (state.directory.slot(group), state.directory.slot(owner)) {
        state.directory.set_owner(group, owner, true);
    }
}

pub(super) fn set_role(state: &mut State, role: &RoleDefinition) {
    state.directory.custom_roles.insert(role.id, role.clone());
}

/// With a role goes its policy.
pub(super) fn delete_role(state: &mut State, id: RoleDefinitionId) {
    state.directory.custom_roles.remove(&id);
    state.policies.forget(PolicySubject::DirectoryRole(id));
}
