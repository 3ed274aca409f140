//! Service principals.

use super::{
    certificates, creator, id_is_free, id_or_new, keep, owners, require_application_manager, secrets, visible,
};
use crate::command::{Actor, Outcome, ServicePrincipalChange};
use crate::decide::{Context, Decision};
use crate::event::{DirectoryEvent, Updated};
use crate::id::{ClientId, PrincipalId};
use crate::model::{Application, Principal, ServicePrincipal};
use crate::rejection::Rejection;
use crate::state::State;

/// What making a service principal would do. The application must be registered, here or in another organization; whoever
/// sets up the tenant answers for that himself. One without an id is given one.
pub(in crate::decide) fn create(context: &mut Context<'_>, it: &ServicePrincipal) -> Result<Decision, Rejection> {
    match registered(context, it)? {
        Some(application) => require_application_manager(context, &application.owners, &[application.id.0])?,
        None => require_application_manager(context, &[], &[])?,
    }
    visible(&it.display_name)?;
    id_is_free(context.state, it.id.0)?;
    is_free(context.state, it.app_id)?;
    let mut it = it.clone();
    it.creator = creator(context);
    it.id = PrincipalId(id_or_new(context, it.id.0));
    certificates::name(context, &mut it.key_credentials);
    let outcome = Outcome { made: Some(it.id.0), ..Outcome::default() };
    Ok(Decision { events: vec![DirectoryEvent::ServicePrincipalCreated(Box::new(it)).into()], outcome })
}

/// The application of a service principal; none where that is registered in another organization.
pub(super) fn registered<'s>(
    context: &Context<'s>,
    it: &ServicePrincipal,
) -> Result<Option<&'s Application>, Rejection> {
    let application = context.state.directory.applications().find(|known| known.app_id == it.app_id);
    match context.actor {
        Actor::User { .. } | Actor::Application { .. } if application.is_none() && it.foreign_owner.is_none() => {
            Err(Rejection::ApplicationNotFound(it.app_id))
        }
        Actor::User { .. } | Actor::Application { .. } | Actor::SetUp => Ok(application),
    }
}

/// An application has one service principal.
pub(super) fn is_free(state: &State, app_id: ClientId) -> Result<(), Rejection> {
    match state.directory.client(app_id) {
        Some(slot) => Err(Rejection::ServicePrincipalExists { app_id, holder: state.directory.id(slot) }),
        None => Ok(()),
    }
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
    context: &mut Context<'_>,
    id: PrincipalId,
    change: &ServicePrincipalChange,
) -> Result<Decision, Rejection> {
    let before = present(context.state, id)?;
    let mut principal = before.clone();
    require_application_manager(context, &principal.owners, &[id.0])?;
    let mut outcome = Outcome::default();
    match change {
        ServicePrincipalChange::Properties(properties) => {
            if let Some(name) = &properties.display_name {
                visible(name)?;
                principal.display_name.clone_from(name);
            }
            principal.account_enabled = properties.account_enabled.unwrap_or(principal.account_enabled);
            principal.is_assignment_required =
                properties.is_assignment_required.unwrap_or(principal.is_assignment_required);
            if let Some(written) = properties.key_credentials.clone() {
                principal.key_credentials = certificates::written(&principal.key_credentials, written);
                certificates::name(context, &mut principal.key_credentials);
            }
            keep(&mut principal.kept, &properties.kept);
        }
        ServicePrincipalChange::Secret(change) => {
            outcome.made = secrets::change(context, &mut principal.secrets, change)?;
        }
        ServicePrincipalChange::Owner(change) => owners::change(context.state, &mut principal.owners, *change)?,
    }
    let updated = Updated { was: before.clone(), now: principal };
    Ok(Decision { events: vec![DirectoryEvent::ServicePrincipalUpdated(Box::new(updated)).into()], outcome })
}
