//! Custom roles.

use super::{Context, Decision, authority, limits};
use crate::command::{Outcome, RoleDefinitionChange};
use crate::event::Event;
use crate::id::{IdKind, RoleDefinitionId};
use crate::model::{Resource, RoleDefinition, built_in_roles};
use crate::rejection::Rejection;
use crate::state::State;
use uuid::Uuid;

/// What making a custom role would do. A role without an id is given one.
pub(super) fn create(context: &mut Context<'_>, role: &RoleDefinition) -> Result<Decision, Rejection> {
    authority::require_role_manager(context)?;
    if context.state.role(role.id).is_some() {
        return Err(Rejection::NameTaken { property: "templateId", value: role.id.to_string(), holder: None });
    }
    name_is_free(context.state, role.id, &role.display_name)?;
    limits::custom_roles(context.state)?;
    let mut role = role.clone();
    if role.id.0.is_nil() {
        role.id = RoleDefinitionId(context.ids.mint(IdKind::RoleDefinition));
    }
    if role.template_id.0 == Uuid::nil() {
        role.template_id = role.id;
    }
    let outcome = Outcome { role: Some(role.id), ..Outcome::default() };
    Ok(Decision { events: vec![Event::RoleDefinitionCreated(Box::new(role))], outcome })
}

/// What changing a custom role would do.
pub(super) fn update(
    context: &mut Context<'_>,
    id: RoleDefinitionId,
    change: &RoleDefinitionChange,
) -> Result<Decision, Rejection> {
    authority::require_role_manager(context)?;
    let mut role = custom(context.state, id)?.clone();
    let change = change.clone();
    if let Some(name) = change.display_name {
        name_is_free(context.state, id, &name)?;
        role.display_name = name;
    }
    role.description = change.description.unwrap_or(role.description);
    role.is_enabled = change.is_enabled.unwrap_or(role.is_enabled);
    role.allowed_resource_actions = change.allowed_resource_actions.unwrap_or(role.allowed_resource_actions);
    role.version = change.version.or(role.version);
    Ok(Decision::event(Event::RoleDefinitionUpdated(Box::new(role))))
}

/// What deleting a custom role would do; one that somebody holds stays.
pub(super) fn delete(context: &mut Context<'_>, id: RoleDefinitionId) -> Result<Decision, Rejection> {
    authority::require_role_manager(context)?;
    custom(context.state, id)?;
    let state = context.state;
    let is_held = (state.privileges.of(Resource::DirectoryRole(id)).iter())
        .flat_map(|privilege| state.schedules.of_privilege(*privilege, 0))
        .filter_map(|slot| state.schedules.records.get(slot))
        .any(|record| record.is_live(context.now));
    if is_held { Err(Rejection::RoleIsAssigned(id)) } else { Ok(Decision::event(Event::RoleDefinitionDeleted(id))) }
}

fn custom(state: &State, id: RoleDefinitionId) -> Result<&RoleDefinition, Rejection> {
    match state.role(id) {
        Some(role) if role.is_built_in => Err(Rejection::RoleIsBuiltIn(id)),
        Some(role) => Ok(role),
        None => Err(Rejection::RoleNotFound(id)),
    }
}

/// No other role may have that name.
fn name_is_free(state: &State, id: RoleDefinitionId, name: &str) -> Result<(), Rejection> {
    if name.trim().is_empty() {
        return Err(Rejection::InvalidProperty { property: "displayName" });
    }
    let taken = built_in_roles().iter().chain(state.directory.custom_roles.values());
    match taken.into_iter().any(|role| role.id != id && role.display_name.eq_ignore_ascii_case(name)) {
        true => Err(Rejection::NameTaken { property: "displayName", value: name.to_owned(), holder: None }),
        false => Ok(()),
    }
}
