//! The applications of a world, with their credentials and what they were permitted, and its managed identities.

use super::answer::{ApplicationNames, ManagedIdentityNames};
use super::application_entry::{
    ApplicationEntry, FederatedCredentialEntry, IdentityWord, KeyEntry, ManagedIdentityEntry,
};
use super::directory::minted;
use super::error::{Fault, Step, fault, steps};
use super::handles::at;
use super::load::Loader;
use crate::app::certificate::Certificate;
use crate::app::token::permissions;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pim_core::model::{
    AppRoleAssignment, Application, ClientSecret, FederatedIdentityCredential, IssuerKey, KeyCredential,
    ManagedIdentity, PermissionGrant, PermissionScope, ServicePrincipal,
};
use pim_core::{
    AppRoleAssignmentId, ApplicationId, ClientId, Command, GrantChange, IdKind, IdSource, PermissionGrantId,
    PrincipalId,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// For whom tokens of other issuers are meant where nothing else is said.
const TOKEN_EXCHANGE: &str = "api://AzureADTokenExchange";

/// Makes an application with its service principal.
pub(super) fn make_application(loader: &mut Loader<'_>, place: usize, entry: &ApplicationEntry) -> Result<(), Fault> {
    let id = ApplicationId(minted(loader, entry.id));
    let app_id = ClientId(minted(loader, entry.client_id));
    let principal = PrincipalId(minted(loader, None));
    let here = || steps!["applications", place, "name"];
    at(loader.handles.add_principal(&entry.name, principal, "application"), here)?;
    at(loader.handles.add_application_scope(&entry.name, id), here)?;
    let names = ApplicationNames { application: id, client: app_id, service_principal: principal };
    loader.names.applications.insert(entry.name.clone(), names);
    let display_name = entry.display_name.clone().unwrap_or_else(|| entry.name.clone());
    let application = Application {
        secrets: entry.secret.iter().map(ClientSecret::new).collect(),
        key_credentials: certificates(place, entry)?,
        federated_identity_credentials: federated(place, entry)?,
        redirect_uris: entry.redirect_uris.clone(),
        identifier_uris: entry.identifier_uris.clone(),
        permission_scopes: entry.offers.iter().map(|name| offered(loader, name)).collect(),
        kept: kept(place, entry)?,
        ..Application::new(id, app_id, display_name.as_str(), loader.begin)
    };
    loader.issue(loader.begin, &Command::CreateApplication(application), || steps!["applications", place])?;
    let here = || steps!["applications", place];
    make_principal(
        loader,
        ServicePrincipal::new(principal, app_id, display_name, loader.begin),
        &entry.app_roles,
        here,
    )?;
    grant(loader, principal, &entry.scopes, here)
}

/// The certificates of an application. They expire when they say so, in the tenant's time.
fn certificates(place: usize, entry: &ApplicationEntry) -> Result<Vec<KeyCredential>, Fault> {
    let read = |(nth, pem): (usize, &String)| {
        let certificate = Certificate::from_pem(pem.as_bytes());
        let fault = || fault!(["applications", place, "certificates", nth], "this is no RSA certificate in PEM");
        certificate.map(|it| it.credential()).ok_or_else(fault)
    };
    entry.certificates.iter().enumerate().map(read).collect()
}

fn federated(place: usize, entry: &ApplicationEntry) -> Result<Vec<FederatedIdentityCredential>, Fault> {
    let mut names = BTreeSet::new();
    let mut all = Vec::with_capacity(entry.federated_credentials.len());
    for (nth, credential) in entry.federated_credentials.iter().enumerate() {
        let FederatedCredentialEntry { name, issuer, subject, audiences, keys } = credential;
        if !names.insert(name) {
            let path = steps!["applications", place, "federatedCredentials", nth, "name"];
            return Err(Fault { path, message: format!("'{name}' is the name of another one already") });
        }
        let keys = keys.iter().enumerate().map(|(which, key)| {
            let fault =
                || fault!(["applications", place, "federatedCredentials", nth, "keys", which], "this is no RSA key");
            issuer_key(key).ok_or_else(fault)
        });
        all.push(FederatedIdentityCredential {
            id: Uuid::nil(),
            name: name.clone(),
            issuer: issuer.clone(),
            subject: subject.clone(),
            audiences: audiences.clone().unwrap_or_else(|| vec![TOKEN_EXCHANGE.to_owned()]),
            description: None,
            keys: keys.collect::<Result<_, _>>()?,
        });
    }
    Ok(all)
}

fn issuer_key(entry: &KeyEntry) -> Option<IssuerKey> {
    let number = |text: &str| URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok().filter(|it| !it.is_empty());
    let is_rsa = entry.kty == "RSA";
    let key = IssuerKey { key_id: entry.kid.clone(), modulus: number(&entry.n)?, exponent: number(&entry.e)? };
    is_rsa.then_some(key)
}

/// A permission that an application offers to clients with a signed-in user.
fn offered(loader: &mut Loader<'_>, name: &str) -> PermissionScope {
    PermissionScope {
        id: loader.ids.mint(IdKind::Grant),
        value: Some(name.to_owned()),
        kind: "User".to_owned(),
        admin_consent_display_name: name.to_owned(),
        admin_consent_description: name.to_owned(),
        user_consent_display_name: Some(name.to_owned()),
        user_consent_description: Some(name.to_owned()),
        is_enabled: true,
    }
}

/// What Graph keeps of an application as it was written.
fn kept(place: usize, entry: &ApplicationEntry) -> Result<BTreeMap<String, String>, Fault> {
    let public = entry.public_client.then(|| ("isFallbackPublicClient".to_owned(), "true".to_owned()));
    let version = match entry.access_token_version {
        Some(version @ (1 | 2)) => Some(("api.requestedAccessTokenVersion".to_owned(), version.to_string())),
        Some(_) => return Err(fault!(["applications", place, "accessTokenVersion"], "there are versions 1 and 2")),
        None => None,
    };
    Ok(public.into_iter().chain(version).collect())
}

/// Makes a service principal and gives it application permissions of Microsoft Graph. Graph shows what it has an id for; any
/// other name stands in tokens and nowhere else.
fn make_principal(
    loader: &mut Loader<'_>,
    principal: ServicePrincipal,
    app_roles: &[String],
    here: impl Fn() -> Vec<Step> + Copy,
) -> Result<(), Fault> {
    let names: BTreeSet<_> = app_roles.iter().collect();
    let (known, unknown): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| permissions::app_role(name).is_some());
    let id = principal.id;
    let principal = ServicePrincipal { app_roles: unknown.into_iter().cloned().collect(), ..principal };
    loader.issue(loader.begin, &Command::CreateServicePrincipal(principal), here)?;
    known.into_iter().try_for_each(|name| give(loader, id, name, here))
}

/// Gives an application permission of Microsoft Graph, once.
fn give(
    loader: &mut Loader<'_>,
    principal: PrincipalId,
    name: &str,
    here: impl Fn() -> Vec<Step>,
) -> Result<(), Fault> {
    let Some((resource, app_role)) = loader.microsoft_graph().zip(permissions::app_role(name)) else { return Ok(()) };
    let assignment = AppRoleAssignment {
        id: AppRoleAssignmentId(Uuid::nil()),
        principal,
        resource,
        app_role,
        value: Some(name.to_owned()),
        created: loader.begin,
    };
    let change = GrantChange::AssignAppRole { assignment, is_graph_permission: true };
    loader.issue(loader.begin, &Command::ChangeGrants(Box::new(change)), here).map(drop)
}

/// Grants delegated permissions of Microsoft Graph for all users.
fn grant(
    loader: &mut Loader<'_>,
    client: PrincipalId,
    scopes: &[String],
    here: impl Fn() -> Vec<Step>,
) -> Result<(), Fault> {
    let Some(resource) = loader.microsoft_graph().filter(|_| !scopes.is_empty()) else { return Ok(()) };
    let id = PermissionGrantId(Uuid::nil());
    let grant = PermissionGrant { id, client, principal: None, resource, scope: scopes.join(" ") };
    let change = GrantChange::Grant(grant);
    loader.issue(loader.begin, &Command::ChangeGrants(Box::new(change)), here).map(drop)
}

/// Makes the managed identities, once the places of Azure are there.
pub(super) fn make_managed_identities(loader: &mut Loader<'_>) -> Result<(), Fault> {
    let world = loader.world;
    (world.managed_identities.iter().enumerate()).try_for_each(|(place, entry)| make_identity(loader, place, entry))
}

fn make_identity(loader: &mut Loader<'_>, place: usize, entry: &ManagedIdentityEntry) -> Result<(), Fault> {
    let principal = PrincipalId(minted(loader, entry.id));
    let app_id = ClientId(minted(loader, entry.client_id));
    let here = || steps!["managedIdentities", place, "name"];
    if entry.name.contains(|it: char| it == '/' || it.is_whitespace() || it.is_control()) {
        return Err(fault!(["managedIdentities", place, "name"], "'{}' cannot stand in an address", entry.name));
    }
    at(loader.handles.add_principal(&entry.name, principal, "managed identity"), here)?;
    let names = ManagedIdentityNames { client: app_id, service_principal: principal };
    loader.names.managed_identities.insert(entry.name.clone(), names);
    let is_user_assigned = match entry.identity_type {
        Some(IdentityWord::User) | None => true,
        Some(IdentityWord::System) => false,
    };
    let resource_id = resource_id(loader, place, entry, is_user_assigned)?;
    let identity = ManagedIdentity { resource_id, is_user_assigned };
    let principal =
        ServicePrincipal::of_managed_identity(principal, app_id, entry.name.as_str(), identity, loader.begin);
    make_principal(loader, principal, &entry.app_roles, || steps!["managedIdentities", place])
}

/// The path of what has the identity. One that is nowhere in particular gets a place that Azure does not show.
fn resource_id(
    loader: &Loader<'_>,
    place: usize,
    entry: &ManagedIdentityEntry,
    is_user_assigned: bool,
) -> Result<String, Fault> {
    let nowhere = || format!("/subscriptions/{}/resourceGroups/identities", loader.ids.tenant_id());
    let scope = match &entry.scope {
        Some(name) => {
            let scope = at(loader.azure_scope(name), || steps!["managedIdentities", place, "scope"])?;
            loader.view().azure_scope(scope).map(|it| it.path.clone()).unwrap_or_default()
        }
        None => nowhere(),
    };
    let name = &entry.name;
    Ok(match (is_user_assigned, &entry.scope) {
        (true, _) => format!("{scope}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{name}"),
        (false, Some(_)) => scope,
        (false, None) => format!("{scope}/providers/Microsoft.Compute/virtualMachines/{name}"),
    })
}
