//! Application registrations: made, changed with their credentials and owners, deleted, brought back.

use super::{
    certificates, creator, deletion, id_is_free, id_or_new, keep, owners, remove, require_application_manager,
    restoring, secrets, service_principals, text, visible,
};
use crate::command::{Actor, ApplicationChange, ApplicationProperties, Outcome};
use crate::decide::{Context, Decision};
use crate::event::{DirectoryEvent, Event, Updated};
use crate::id::{ApplicationId, ClientId, IdKind, PrincipalId};
use crate::model::{
    AppRole, Application, DeletedApplication, FederatedIdentityCredential, PermissionScope, Principal, UserType,
};
use crate::rejection::{Holder, Rejection};
use crate::state::State;
use uuid::Uuid;

/// What registering an application would do. Every member of the organization may, and owns what it registers. What has no
/// id is given one.
pub(in crate::decide) fn create(context: &mut Context<'_>, application: &Application) -> Result<Decision, Rejection> {
    let registrar = registrar(context)?;
    visible(&application.display_name)?;
    id_is_free(context.state, application.id.0)?;
    let directory = &context.state.directory;
    let mut known = directory.applications().chain(directory.deleted_applications.values().map(|it| &it.application));
    if let Some(other) = known.find(|it| it.app_id == application.app_id) {
        return Err(taken("appId", application.app_id.to_string(), other));
    }
    names_are_free(context.state, application)?;
    let mut application = application.clone();
    if let Some(owner) = registrar
        && !application.owners.contains(&owner)
    {
        application.owners.push(owner);
    }
    application.creator = creator(context);
    application.id = ApplicationId(id_or_new(context, application.id.0));
    application.app_id = ClientId(id_or_new(context, application.app_id.0));
    name_credentials(context, &mut application);
    let outcome = Outcome { made: Some(application.id.0), ..Outcome::default() };
    let event = DirectoryEvent::ApplicationCreated(Box::new(application)).into();
    Ok(Decision { events: vec![event], outcome })
}

/// The user who registers something; an application that does so, and whoever sets up the tenant, own nothing by it.
fn registrar(context: &Context<'_>) -> Result<Option<PrincipalId>, Rejection> {
    let Actor::User { id, .. } = context.actor else { return Ok(None) };
    match context.state.directory.get(id) {
        Some(Principal::User(user)) if user.user_type == UserType::Member => Ok(Some(id)),
        Some(Principal::User(_) | Principal::Group(_) | Principal::ServicePrincipal(_)) | None => {
            require_application_manager(context, &[], &[]).map(|()| None)
        }
    }
}

/// Gives an id to every credential that has none.
fn name_credentials(context: &mut Context<'_>, application: &mut Application) {
    for secret in application.secrets.iter_mut().filter(|it| it.key_id.is_nil()) {
        secret.key_id = context.ids.mint(IdKind::Credential);
    }
    certificates::name(context, &mut application.key_credentials);
    for credential in application.federated_identity_credentials.iter_mut().filter(|it| it.id.is_nil()) {
        credential.id = context.ids.mint(IdKind::Credential);
    }
}

/// No other application may be asked for under a name of an application, nor have its unique name.
fn names_are_free(state: &State, application: &Application) -> Result<(), Rejection> {
    let mut others = state.directory.applications().filter(|other| other.id != application.id);
    let is_taken = |other: &Application, uri: &String| other.identifier_uris.contains(uri);
    let conflict = others.find_map(|other| {
        application.identifier_uris.iter().find(|uri| is_taken(other, uri)).map(|uri| (uri.clone(), other))
    });
    if let Some((uri, other)) = conflict {
        return Err(taken("identifierUris", uri, other));
    }
    let Some(name) = application.unique_name.as_deref() else { return Ok(()) };
    text("uniqueName", name, super::LONGEST_UNIQUE_NAME)?;
    match uniquely_named(state, name).filter(|other| other.id != application.id) {
        Some(other) => Err(taken("uniqueName", name.to_owned(), other)),
        None => Ok(()),
    }
}

/// The application with that unique name, in any case.
pub(crate) fn uniquely_named<'s>(state: &'s State, unique_name: &str) -> Option<&'s Application> {
    let is_it = |it: &&Application| {
        it.unique_name.as_deref().is_some_and(|name| name.to_lowercase() == unique_name.to_lowercase())
    };
    state.directory.applications().find(is_it)
}

fn taken(property: &'static str, value: String, by: &Application) -> Rejection {
    Rejection::NameTaken { property, value, holder: Some(Holder::Application(by.id)) }
}

/// A registration that is there.
fn present(state: &State, id: ApplicationId) -> Result<&Application, Rejection> {
    state.directory.application(id).ok_or(Rejection::ObjectNotFound(id.0))
}

/// What changing a registration would do.
pub(in crate::decide) fn change(
    context: &mut Context<'_>,
    id: ApplicationId,
    change: &ApplicationChange,
) -> Result<Decision, Rejection> {
    let before = present(context.state, id)?;
    let mut application = before.clone();
    require_application_manager(context, &application.owners, &[id.0])?;
    let mut outcome = Outcome::default();
    match change {
        ApplicationChange::Properties(properties) => {
            set_properties(context, &mut application, properties)?;
            name_credentials(context, &mut application);
        }
        ApplicationChange::Secret(change) => {
            outcome.made = secrets::change(context, &mut application.secrets, change)?;
        }
        ApplicationChange::AddFederatedIdentityCredential(credential) => {
            name_is_free(&application, credential)?;
            let credential =
                FederatedIdentityCredential { id: context.ids.mint(IdKind::Credential), ..credential.clone() };
            outcome.made = Some(credential.id);
            application.federated_identity_credentials.push(credential);
        }
        ApplicationChange::SetFederatedIdentityCredential(credential) => {
            name_is_free(&application, credential)?;
            let mut all = application.federated_identity_credentials.iter_mut();
            let held = all.find(|it| it.id == credential.id).ok_or(Rejection::ObjectNotFound(credential.id))?;
            *held = credential.clone();
        }
        ApplicationChange::RemoveFederatedIdentityCredential(credential) => {
            remove(&mut application.federated_identity_credentials, |it| it.id == *credential, *credential)?;
        }
        ApplicationChange::Owner(change) => owners::change(context.state, &mut application.owners, *change)?,
    }
    let updated = Updated { was: before.clone(), now: application };
    Ok(Decision { events: vec![DirectoryEvent::ApplicationUpdated(Box::new(updated)).into()], outcome })
}

/// No other federated identity credential of an application may have that name.
fn name_is_free(application: &Application, credential: &FederatedIdentityCredential) -> Result<(), Rejection> {
    let others = application.federated_identity_credentials.iter().filter(|it| it.id != credential.id);
    match others.into_iter().any(|it| it.name == credential.name) {
        true => Err(Rejection::ConflictingObject { of: "federatedIdentityCredentials" }),
        false => Ok(()),
    }
}

fn set_properties(
    context: &Context<'_>,
    application: &mut Application,
    properties: &ApplicationProperties,
) -> Result<(), Rejection> {
    let properties = properties.clone();
    if let Some(name) = properties.display_name {
        visible(&name)?;
        application.display_name = name;
    }
    if let Some(name) = properties.unique_name {
        if application.unique_name.as_ref().is_some_and(|known| *known != name) {
            return Err(Rejection::ReadOnlyProperty { property: "uniqueName" });
        }
        application.unique_name = Some(name);
    }
    set(&mut application.identifier_uris, properties.identifier_uris);
    names_are_free(context.state, application)?;
    if let Some(roles) = properties.app_roles {
        disabled_before_changed(&application.app_roles, &roles, |it: &AppRole| (it.id, it.is_enabled), disabled_role)?;
        application.app_roles = roles;
    }
    if let Some(scopes) = properties.permission_scopes {
        let key = |it: &PermissionScope| (it.id, it.is_enabled);
        disabled_before_changed(&application.permission_scopes, &scopes, key, disabled_scope)?;
        application.permission_scopes = scopes;
    }
    let Application { redirect_uris, spa_redirect_uris, public_client_redirect_uris, key_credentials, .. } =
        application;
    set(redirect_uris, properties.redirect_uris);
    set(spa_redirect_uris, properties.spa_redirect_uris);
    set(public_client_redirect_uris, properties.public_client_redirect_uris);
    set(key_credentials, properties.key_credentials.map(|keys| certificates::written(key_credentials, keys)));
    keep(&mut application.kept, &properties.kept);
    Ok(())
}

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

fn disabled_role(it: &AppRole) -> AppRole {
    AppRole { is_enabled: false, ..it.clone() }
}

fn disabled_scope(it: &PermissionScope) -> PermissionScope {
    PermissionScope { is_enabled: false, ..it.clone() }
}

/// A permission that is offered is disabled before it is removed or becomes another; disabling it is the one change that it
/// may see.
fn disabled_before_changed<T: PartialEq>(
    before: &[T],
    after: &[T],
    key: impl Fn(&T) -> (Uuid, bool),
    disabled: impl Fn(&T) -> T,
) -> Result<(), Rejection> {
    let unchanged =
        |old: &T| after.iter().any(|new| key(new).0 == key(old).0 && (new == old || disabled(new) == disabled(old)));
    if before.iter().filter(|old| key(old).1).all(unchanged) { Ok(()) } else { Err(Rejection::PermissionIsEnabled) }
}

/// What deleting a registration would do: its service principal goes with it, and with that what it holds (ASG-27).
pub(in crate::decide) fn delete(context: &Context<'_>, id: ApplicationId) -> Result<Decision, Rejection> {
    let application = present(context.state, id)?;
    require_application_manager(context, &application.owners, &[id.0])?;
    let mut events = vec![DirectoryEvent::ApplicationDeleted(id).into()];
    if let Some(slot) = context.state.directory.client(application.app_id) {
        events.extend(deletion::gone(context, context.state.directory.id(slot))?.events);
    }
    Ok(Decision { events, ..Decision::default() })
}

/// A registration that was deleted and can be brought back.
fn deleted(state: &State, id: ApplicationId) -> Result<&DeletedApplication, Rejection> {
    state.directory.deleted_applications.get(&id).ok_or(Rejection::ObjectNotFound(id.0))
}

/// What bringing back a registration would do: its service principal and what that was permitted come back with it, what it
/// held does not. What has taken its place in the meantime is in the way.
pub(in crate::decide) fn restore(context: &mut Context<'_>, id: ApplicationId) -> Result<Decision, Rejection> {
    let deleted = deleted(context.state, id)?;
    require_application_manager(context, &deleted.application.owners, &[id.0])?;
    names_are_free(context.state, &deleted.application)?;
    let mut events = vec![DirectoryEvent::ApplicationRestored(id).into()];
    if let Some(principal) = service_principal_of(context.state, deleted) {
        service_principals::is_free(context.state, deleted.application.app_id)?;
        events.extend(restoring::back(context, principal));
    }
    Ok(Decision { events, ..Decision::default() })
}

/// The service principal that went with a registration, unless it is back, or gone for good, already.
fn service_principal_of(state: &State, deleted: &DeletedApplication) -> Option<PrincipalId> {
    deleted.service_principal.filter(|id| state.directory.deleted.get(*id).is_some())
}

/// What deleting a registration for good would do.
pub(in crate::decide) fn purge(context: &Context<'_>, id: ApplicationId) -> Result<Decision, Rejection> {
    let deleted = deleted(context.state, id)?;
    require_application_manager(context, &deleted.application.owners, &[id.0])?;
    let principal = service_principal_of(context.state, deleted).map(DirectoryEvent::PrincipalPurged);
    let events = principal.into_iter().chain([DirectoryEvent::ApplicationPurged(id)]).map(Event::from).collect();
    Ok(Decision { events, ..Decision::default() })
}
