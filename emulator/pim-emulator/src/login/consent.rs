//! What a client may do in the name of a user: which of the permissions that it asks for it gets.
//!
//! Of the platform's own clients some have what their owner settled for every tenant, and nobody can consent to more. Any
//! other client gets whatever it asks for, as if the user had consented to it; or, where a switch says so, what an
//! administrator granted it and what everybody may consent to (AUT-20). At Microsoft Graph names are granted as asked, known
//! or not: the emulator knows few of its permissions, and a tool may well ask for others.

use super::aadsts::AadstsError;
use super::client::Client;
use super::scope::{AskedResource, AskedScope};
use crate::app::Tenant;
use crate::app::token::permissions;
use crate::app::token::{Audience, FirstPartyClient, GraphConsent, Resource};
use pim_core::model::{Application, PermissionScope};
use pim_core::{ClientId, PrincipalId, View};
use std::collections::BTreeSet;

/// What everybody who signs in to Azure gets there.
const IMPERSONATION: &str = "user_impersonation";

/// Reading oneself, which everybody may consent to, but does so by name.
const READ_ONESELF: &str = "User.Read";

/// What everybody may consent to, beside signing in.
const FOR_EVERYBODY: [&str; 2] = [READ_ONESELF, IMPERSONATION];

/// The permissions that a client gets at the resource of a scope, in the name of that user.
///
/// # Errors
/// [`AadstsError::NotPreauthorized`], [`AadstsError::UnknownScope`] and [`AadstsError::ConsentRequired`].
pub(super) fn granted(
    tenant: &Tenant,
    client: &Client,
    user: PrincipalId,
    scope: &AskedScope,
) -> Result<Vec<String>, AadstsError> {
    if scope.names.is_empty() {
        return Ok(Vec::new());
    }
    let first_party = FirstPartyClient::find(client.id).map(|client| client.graph);
    if let (Some(GraphConsent::Preauthorized(own)), AskedResource::Platform(resource)) = (first_party, scope.resource) {
        return preauthorized(client, own, resource, scope);
    }
    tenant.read(|view| {
        let asked = asked_for(view, client, scope)?;
        let held = held(view, client.id, user, scope.resource);
        let takes_an_administrator = view.behaviour().consent_takes_an_administrator;
        let may_have = |name: &String| held.contains(name) || is_for_everybody(view, scope.resource, name);
        // Whoever was granted something has just that by default.
        if scope.is_default() && (takes_an_administrator || !held.is_empty()) {
            let mut default = held.clone();
            default.extend(asked.into_iter().filter(|name| name != READ_ONESELF && may_have(name)));
            return if default.is_empty() { Err(required(client)) } else { Ok(default.into_iter().collect()) };
        }
        if takes_an_administrator && !asked.iter().all(may_have) {
            return Err(required(client));
        }
        Ok(asked)
    })
}

fn required(client: &Client) -> AadstsError {
    AadstsError::ConsentRequired { client: client.id.to_string(), name: client.name.clone() }
}

fn preauthorized(
    client: &Client,
    own: &[&str],
    resource: Resource,
    scope: &AskedScope,
) -> Result<Vec<String>, AadstsError> {
    let at_graph = own.iter().copied();
    let all: Vec<&str> = match resource {
        Resource::Surface(Audience::Graph) => at_graph.collect(),
        Resource::Surface(Audience::ResourceManager | Audience::PrivilegedAccess) => vec![IMPERSONATION],
        Resource::Emulator => at_graph.chain([IMPERSONATION]).collect(),
    };
    if scope.is_default() {
        return Ok(all.into_iter().map(str::to_owned).collect());
    }
    if scope.names.iter().all(|name| all.contains(&name.as_str())) {
        return Ok(scope.names.clone());
    }
    Err(AadstsError::NotPreauthorized { client: client.id.to_string(), resource: resource.app_id().to_string() })
}

/// The names that are asked for; by default all there are.
fn asked_for(view: View<'_>, client: &Client, scope: &AskedScope) -> Result<Vec<String>, AadstsError> {
    let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
    match scope.resource {
        AskedResource::Platform(_) if !scope.is_default() => Ok(scope.names.clone()),
        AskedResource::Platform(resource) => Ok(owned(match resource {
            Resource::Surface(Audience::Graph) => permissions::delegated().collect(),
            Resource::Surface(Audience::ResourceManager | Audience::PrivilegedAccess) => vec![IMPERSONATION],
            Resource::Emulator => permissions::delegated().chain([IMPERSONATION]).collect(),
        })),
        AskedResource::Application(app_id) => {
            let offered: Vec<_> = view.application(app_id).into_iter().flat_map(offered).collect();
            if scope.is_default() {
                return Ok(owned(offered.iter().filter_map(|it| it.value.as_deref()).collect()));
            }
            let is_offered = |name: &&String| offered.iter().any(|it| it.value.as_deref() == Some(name.as_str()));
            match scope.names.iter().find(|name| !is_offered(name)) {
                None => Ok(scope.names.clone()),
                Some(unknown) => Err(AadstsError::UnknownScope {
                    client: client.name.clone(),
                    scope: unknown.clone(),
                    resource: app_id.to_string(),
                }),
            }
        }
    }
}

fn offered(application: &Application) -> impl Iterator<Item = &PermissionScope> {
    application.permission_scopes.iter().filter(|it| it.is_enabled)
}

/// What a client was granted at a resource, for everybody or for that user.
fn held(view: View<'_>, client: ClientId, user: PrincipalId, resource: AskedResource) -> BTreeSet<String> {
    let own = |app_id| view.service_principal_of(app_id).map(|principal| principal.id);
    let at = match resource {
        AskedResource::Application(app_id) => app_id,
        AskedResource::Platform(resource) => resource.app_id(),
    };
    let (Some(client), Some(resource)) = (own(client), own(at)) else { return BTreeSet::new() };
    let grants = view.permission_grants().filter(|it| it.client == client && it.resource == resource);
    let grants = grants.filter(|it| it.principal.is_none_or(|principal| principal == user));
    grants.flat_map(|it| it.scope.split_ascii_whitespace().map(str::to_owned)).collect()
}

/// Whether no administrator is needed to consent to a permission.
fn is_for_everybody(view: View<'_>, resource: AskedResource, name: &str) -> bool {
    match resource {
        AskedResource::Platform(_) => FOR_EVERYBODY.contains(&name),
        AskedResource::Application(app_id) => {
            let mut offered = view.application(app_id).into_iter().flat_map(offered);
            offered.any(|it| it.value.as_deref() == Some(name) && it.kind == "User")
        }
    }
}
