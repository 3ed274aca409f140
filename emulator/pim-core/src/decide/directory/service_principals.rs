//! Service principals.

use super::{add_owner, id_is_free, id_or_new, keep, remove_owner, require_application_manager, visible};
use crate::command::{Actor, Outcome, ServicePrincipalChange};
use crate::decide::{Context, Decision};
use crate::event::{DirectoryEvent, Updated};
use crate::id::PrincipalId;
use crate::model::{Principal, ServicePrincipal};
use crate::rejection::Rejection;
use crate::state::State;

/// What making a service principal would do. The application must be registered, here or in another organization; whoever
/// sets up the tenant answers for that himself. One without an id is given one.
pub(in crate::decide) fn create(context: &mut Context<'_>, it: &ServicePrincipal) -> Result<Decision, Rejection> {
    let mut registered = context.state.directory.applications.values().filter(|known| known.app_id == it.app_id);
    match (registered.next(), context.actor) {
        (Some(application), _) => require_application_manager(context, &application.owners, &[application.id.0])?,
        (None, Actor::SetUp) => {}
        (None, Actor::User { .. } | Actor::Application { .. }) => {
            require_application_manager(context, &[], &[])?;
            it.foreign_owner.ok_or(Rejection::ApplicationNotFound(it.app_id))?;
        }
    }
    visible(&it.display_name)?;
    id_is_free(context.state, it.id.0)?;
    if context.state.directory.client(it.app_id).is_some() {
        return Err(Rejection::ServicePrincipalExists(it.app_id));
    }
    let mut it = it.clone();
    it.id = PrincipalId(id_or_new(context, it.id.0));
    let outcome = Outcome { made: Some(it.id.0), ..Outcome::default() };
    Ok(Decision { events: vec![DirectoryEvent::ServicePrincipalCreated(Box::new(it)).into()], outcome })
}

/// A service principal that is there.
fn present(state: &State, id: PrincipalId) -> Result<&ServicePrincipal, Rejection> {
    match state.directory.get(id) {
        Some(Principal::ServicePrincipal(principal)) => Ok(principal),
        Some(Principal::User(_) | Principal::Group(_)) | None => Err(Rejection::PrincipalNotFound(id)),
    }
}

/// What changing a service principal would do.
pub(in crate::decide) fn change(
    context: &Context<'_>,
    id: PrincipalId,
    change: &ServicePrincipalChange,
) -> Result<Decision, Rejection> {
    let before = present(context.state, id)?;
    let mut principal = before.clone();
    require_application_manager(context, &principal.owners, &[id.0])?;
    match change {
        ServicePrincipalChange::Properties(properties) => {
            if let Some(name) = &properties.display_name {
                visible(name)?;
                principal.display_name.clone_from(name);
            }
            principal.account_enabled = properties.account_enabled.unwrap_or(principal.account_enabled);
            principal.is_assignment_required =
                properties.is_assignment_required.unwrap_or(principal.is_assignment_required);
            keep(&mut principal.kept, &properties.kept);
        }
        ServicePrincipalChange::AddOwner(owner) => add_owner(context.state, &mut principal.owners, *owner)?,
        ServicePrincipalChange::RemoveOwner(owner) => remove_owner(&mut principal.owners, *owner)?,
    }
    let updated = Updated { was: before.clone(), now: principal };
    Ok(Decision::event(DirectoryEvent::ServicePrincipalUpdated(Box::new(updated))))
}
