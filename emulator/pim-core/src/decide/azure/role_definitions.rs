//! Custom Azure roles (AZR-3).

use super::{asks, require};
use crate::command::Outcome;
use crate::decide::{Context, Decision};
use crate::event::AzureEvent;
use crate::id::{AzureRoleDefinitionId, IdKind};
use crate::model::{AzureRoleDefinition, Privilege, Resource, built_in_azure_roles};
use crate::rejection::{AzureFault, Rejection};
use crate::state::State;
use uuid::Uuid;

const WRITE: &str = "Microsoft.Authorization/roleDefinitions/write";
const DELETE: &str = "Microsoft.Authorization/roleDefinitions/delete";

/// What making or changing a role would do; one without an id is given one. It takes the right at every scope where the role
/// can be given.
pub(in crate::decide) fn set(context: &mut Context<'_>, role: &AzureRoleDefinition) -> Result<Decision, Rejection> {
    let state = context.state;
    let before = state.azure.role(role.id);
    if before.is_some_and(|it| it.is_built_in) {
        return Err(Rejection::Azure(AzureFault::RoleIsBuiltIn(role.id)));
    }
    let places = before.map_or(&[][..], |it| &it.assignable_scopes);
    if role.assignable_scopes.is_empty() {
        return Err(Rejection::InvalidProperty { property: "assignableScopes" });
    }
    for scope in role.assignable_scopes.iter().chain(places) {
        require(context, WRITE, *scope)?;
    }
    for scope in &role.assignable_scopes {
        state.azure.scope(*scope).ok_or(Rejection::Azure(AzureFault::ScopeNotFound(*scope)))?;
    }
    if role.role_name.trim().is_empty() {
        return Err(Rejection::InvalidProperty { property: "roleName" });
    }
    let mut others = built_in_azure_roles().iter().chain(state.azure.custom_roles());
    if others.any(|it| it.id != role.id && it.role_name.eq_ignore_ascii_case(&role.role_name)) {
        return Err(Rejection::NameTaken { property: "roleName", value: role.role_name.clone(), holder: None });
    }
    let created = before.map_or(context.now, |it| it.created);
    let (updated, updated_by) = (context.now, asks(context.actor));
    let mut role = AzureRoleDefinition { is_built_in: false, created, updated, updated_by, ..role.clone() };
    if role.id.0 == Uuid::nil() {
        role.id = AzureRoleDefinitionId(context.ids.mint(IdKind::AzureRoleDefinition));
    }
    let outcome = Outcome { made: Some(role.id.0), ..Outcome::default() };
    Ok(Decision { events: vec![AzureEvent::RoleDefinitionSet(Box::new(role)).into()], outcome })
}

/// What deleting a role would do; one that somebody holds stays.
pub(in crate::decide) fn delete(context: &Context<'_>, id: AzureRoleDefinitionId) -> Result<Decision, Rejection> {
    let state = context.state;
    let role = state.azure.role(id).ok_or(Rejection::Azure(AzureFault::RoleNotFound(id)))?;
    if role.is_built_in {
        return Err(Rejection::Azure(AzureFault::RoleIsBuiltIn(id)));
    }
    for scope in &role.assignable_scopes {
        require(context, DELETE, *scope)?;
    }
    if is_held(state, context, id) {
        return Err(Rejection::Azure(AzureFault::RoleIsAssigned(id)));
    }
    Ok(Decision::event(AzureEvent::RoleDefinitionDeleted(id)))
}

fn is_held(state: &State, context: &Context<'_>, id: AzureRoleDefinitionId) -> bool {
    (state.azure.scopes())
        .flat_map(|scope| state.privileges.of(Resource::AzureScope(scope.id)))
        .filter(|privilege| match state.privileges.get(**privilege) {
            Privilege::AzureRole { role, .. } => role == id,
            Privilege::DirectoryRole { .. } | Privilege::Group { .. } => false,
        })
        .flat_map(|privilege| state.schedules.of_privilege(*privilege, 0))
        .filter_map(|slot| state.schedules.records.get(slot))
        .any(|record| record.is_live(context.now))
}
