//! Events of Azure.

use crate::event::AzureEvent;
use crate::id::{AzureRoleDefinitionId, AzureScopeId};
use crate::model::{AlertScope, PolicySubject, built_in_azure_roles};
use crate::state::State;

pub(super) fn apply(state: &mut State, event: &AzureEvent) {
    match event {
        AzureEvent::ScopeSet(scope) => state.azure.set_scope((**scope).clone()),
        AzureEvent::ScopeDeleted(id) => delete_scope(state, *id),
        AzureEvent::RoleDefinitionSet(role) => state.azure.set_role((**role).clone()),
        AzureEvent::RoleDefinitionDeleted(id) => delete_role(state, *id),
    }
}

/// With a scope go the policies of all roles there.
fn delete_scope(state: &mut State, id: AzureScopeId) {
    let custom = state.azure.custom_roles().map(|role| role.id);
    for role in built_in_azure_roles().iter().map(|role| role.id).chain(custom) {
        state.policies.forget(PolicySubject::AzureRole(role, id));
    }
    state.azure.remove_scope(id);
    state.alerts.forget(|alert| alert.scope() == AlertScope::Subscription(id));
}

/// With a role go its policies at all scopes.
fn delete_role(state: &mut State, id: AzureRoleDefinitionId) {
    state.azure.remove_role(id);
    state.policies.forget_all(|subject| matches!(subject, PolicySubject::AzureRole(role, _) if role == id));
}
