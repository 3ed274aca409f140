//! Custom Azure roles (AZR-3).

use super::{asks, require};
use crate::command::Outcome;
use crate::decide::{Context, Decision, grant};
use crate::event::{AzureEvent, Event};
use crate::id::{AzureRoleDefinitionId, AzureScopeId, IdKind};
use crate::model::{AzureRoleDefinition, Privilege, built_in_azure_roles};
use crate::rejection::{AzureFault, Rejection};
use crate::state::{Slot, State};
use uuid::Uuid;

const WRITE: &str = "Microsoft.Authorization/roleDefinitions/write";
const DELETE: &str = "Microsoft.Authorization/roleDefinitions/delete";

/// What making or changing a role would do; one without an id is given one. It takes the right at every scope where the role
/// can be given, and where somebody holds it it must go on being one that can be given.
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
    let fits = |at| state.azure.upwards(at).any(|above| role.assignable_scopes.contains(&above.id));
    if is_held(context, role.id, |at| !fits(at)) {
        return Err(Rejection::Azure(AzureFault::RoleIsAssigned(role.id)));
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
    if is_held(context, id, |_| true) {
        return Err(Rejection::Azure(AzureFault::RoleIsAssigned(id)));
    }
    Ok(Decision { events: gone(state, id, |_| true), ..Decision::default() })
}

/// The events with which a role goes: what has expired of it cannot be renewed any more, and what waits for it fails. Only at
/// some scopes, where the others are emptied anyway.
pub(super) fn gone(state: &State, id: AzureRoleDefinitionId, at: impl Fn(AzureScopeId) -> bool) -> Vec<Event> {
    let privileges: Vec<_> = of_role(state, id, at).collect();
    let mut events = grant::emptied(state, &privileges);
    events.push(AzureEvent::RoleDefinitionDeleted(id).into());
    events
}

/// A role at some scopes.
fn of_role(state: &State, id: AzureRoleDefinitionId, at: impl Fn(AzureScopeId) -> bool) -> impl Iterator<Item = Slot> {
    state.privileges.such(move |privilege| match privilege {
        Privilege::AzureRole { role, scope } => role == id && at(scope),
        Privilege::DirectoryRole { .. } | Privilege::Group { .. } => false,
    })
}

/// Whether somebody holds a role, now or later, at one of some scopes.
fn is_held(context: &Context<'_>, id: AzureRoleDefinitionId, at: impl Fn(AzureScopeId) -> bool) -> bool {
    let Context { state, now, .. } = *context;
    of_role(state, id, at)
        .flat_map(|privilege| state.schedules.of_privilege(privilege, 0))
        .filter_map(|slot| state.schedules.records.get(slot))
        .any(|record| record.is_live(now))
}
