//! `/{tenant}/adminconsent`: an administrator lets a client do something in the name of everybody, and gives it the application
//! permissions that its registration asks for.
//!
//! As at `/authorize`, whoever opens the page chooses a user, and `prompt=none` with a name in `login_hint` stands for a session.
//! What is consented to is granted as that user, so that the directory decides whether that user may. Of permissions those of
//! Microsoft Graph and of applications of the tenant are granted; there is nothing to grant at Azure.
//!
//! <https://learn.microsoft.com/entra/identity-platform/v2-admin-consent>

use super::aadsts::AadstsError;
use super::asked::{Asked, Version};
use super::client::{Client, client_id};
use super::deliver::{Destination, ResponseMode};
use super::form::Form;
use super::page::{self, Picker};
use super::redirect_uri;
use super::scope::{AskedResource, AskedScope};
use super::users;
use crate::app::Tenant;
use crate::app::token::permissions::PERMISSIONS;
use crate::app::token::{Audience, FirstPartyClient, Resource};
use crate::app::world::MICROSOFT;
use axum::http::Method;
use axum::response::Response;
use pim_core::model::conditional_access::AuthenticationContexts;
use pim_core::model::{AppRoleAssignment, PermissionGrant, ServicePrincipal};
use pim_core::{
    Actor, AppRoleAssignmentId, ClientId, Command, GrantChange, PermissionGrantId, PrincipalId, Rejection, View,
};
use serde::Deserialize;
use std::borrow::Cow;
use std::sync::Arc;
use uuid::Uuid;

/// Lets an administrator consent, or asks who it is.
pub(super) fn admin_consent(asked: &Asked<'_>) -> Result<Response, AadstsError> {
    let form = asked.body.clone().and(asked.query.clone());
    let authority = asked.authority()?;
    let client_text = form.get("client_id").ok_or(AadstsError::MissingField("client_id"))?;
    let id = client_id(client_text, asked.segment())?;
    let silent = form.get("prompt") == Some("none");
    let name = match form.get("username") {
        Some(name) if asked.method == Method::POST => Some(name),
        Some(_) | None => form.get("login_hint").filter(|_| silent),
    };
    let tenants = authority.of_client(asked.app, id);
    let named = name.and_then(|name| authority.of_user(asked.app, name).ok());
    let unknown =
        || AadstsError::UnknownApplication { client: client_text.to_owned(), tenant: asked.segment().to_owned() };
    let tenant = named.or_else(|| tenants.first().cloned()).ok_or_else(unknown)?;
    let client = Client::find(&tenant, id)?;
    let redirect_uri = redirect_uri::choose(&client, form.get("redirect_uri"), &asked.origin)?;
    let state = form.get("state").map(str::to_owned);
    let destination = Destination { redirect_uri, mode: ResponseMode::Query, state };
    let answer = match name {
        _ if form.get("cancel").is_some() => Err(AadstsError::Declined),
        Some(name) => consent(asked, &form, &tenant, &client, name),
        None if silent => Err(AadstsError::LoginRequired),
        None => return Ok(picker(asked, &form, &tenant, &client, &destination)),
    };
    Ok(match answer {
        Ok(parameters) => destination.send(asked, parameters),
        Err(error) => destination.refuse(asked, &error),
    })
}

fn picker(asked: &Asked<'_>, form: &Form, tenant: &Arc<Tenant>, client: &Client, to: &Destination) -> Response {
    let picker = Picker {
        client: &client.name,
        tenant: Some(tenant.domain()),
        problem: None,
        hidden: form.iter().filter(|(name, _)| !["username", "cancel"].contains(name)).collect(),
        choices: users::choices(tenant),
        typed: form.get("login_hint").unwrap_or_default(),
        destination: Some(&to.redirect_uri),
    };
    page::picker(asked, &picker)
}

type Parameters = Vec<(&'static str, Cow<'static, str>)>;

fn consent(
    asked: &Asked<'_>,
    form: &Form,
    tenant: &Tenant,
    client: &Client,
    name: &str,
) -> Result<Parameters, AadstsError> {
    let user = users::find(tenant, name)?;
    let actor = Actor::User { id: user.id, mfa: user.mfa, contexts: AuthenticationContexts::NONE };
    let wanted = match (asked.version, form.get("scope")) {
        (Version::V2, None) => return Err(AadstsError::Missing("scope")),
        (Version::V2, Some(scope)) => {
            Wanted::of_scope(&AskedScope::parse(scope, &asked.origin, tenant)?, tenant, client)
        }
        (Version::V1, _) => Wanted::of_registration(tenant, client),
    };
    wanted.grant(tenant, client, actor).map_err(|rejection| {
        if rejection == Rejection::NotPermitted {
            AadstsError::AdministratorRequired { name: client.name.clone() }
        } else {
            AadstsError::Internal(format!("{rejection:?}"))
        }
    })?;
    let mut parameters: Parameters =
        vec![("admin_consent", Cow::Borrowed("True")), ("tenant", Cow::Owned(tenant.id().to_string()))];
    if let (Version::V2, Some(scope)) = (asked.version, form.get("scope")) {
        parameters.push(("scope", Cow::Owned(scope.to_owned())));
    }
    Ok(parameters)
}

/// What is to be granted at one resource.
#[derive(Debug)]
struct Wanted {
    resource: ClientId,
    scopes: Vec<String>,
    /// Application permissions, with their ids.
    app_roles: Vec<(Uuid, String)>,
}

/// `requiredResourceAccess`, as Graph keeps it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RequiredResource {
    resource_app_id: Uuid,
    resource_access: Vec<RequiredAccess>,
}

#[derive(Deserialize)]
struct RequiredAccess {
    id: Uuid,
    #[serde(rename = "type")]
    kind: String,
}

impl Wanted {
    fn of_scope(scope: &AskedScope, tenant: &Tenant, client: &Client) -> Self {
        let resource = match scope.resource {
            AskedResource::Application(app_id) => app_id,
            AskedResource::Platform(Resource::Surface(Audience::Graph) | Resource::Emulator) => {
                ClientId::MICROSOFT_GRAPH
            }
            AskedResource::Platform(Resource::Surface(Audience::ResourceManager | Audience::PrivilegedAccess)) => {
                return Self { resource: ClientId::MICROSOFT_GRAPH, scopes: Vec::new(), app_roles: Vec::new() };
            }
        };
        if scope.is_default() && resource == ClientId::MICROSOFT_GRAPH {
            return Self::of_registration(tenant, client);
        }
        let offered = tenant.read(|view| {
            let application = view.application(resource);
            let scopes = application.into_iter().flat_map(|it| &it.permission_scopes);
            scopes.filter_map(|it| it.value.clone()).collect::<Vec<_>>()
        });
        let scopes = if scope.is_default() { offered } else { scope.names.clone() };
        Self { resource, scopes, app_roles: Vec::new() }
    }

    /// What the registration of a client says that it needs of Microsoft Graph.
    fn of_registration(tenant: &Tenant, client: &Client) -> Self {
        let kept = tenant.read(|view| {
            let application = view.application(client.id);
            application.and_then(|it| it.kept.get("requiredResourceAccess").cloned())
        });
        let required: Vec<RequiredResource> =
            kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        let at_graph = required.into_iter().filter(|it| ClientId(it.resource_app_id) == ClientId::MICROSOFT_GRAPH);
        let mut wanted = Self { resource: ClientId::MICROSOFT_GRAPH, scopes: Vec::new(), app_roles: Vec::new() };
        for access in at_graph.flat_map(|it| it.resource_access) {
            let is = |id: Option<&str>| id.is_some_and(|id| Uuid::try_parse(id) == Ok(access.id));
            let is_role = access.kind == "Role";
            let meant = PERMISSIONS.iter().find(|it| is(if is_role { it.application } else { it.delegated }));
            match meant {
                Some(permission) if is_role => wanted.app_roles.push((access.id, permission.name.to_owned())),
                Some(permission) => wanted.scopes.push(permission.name.to_owned()),
                None => {}
            }
        }
        wanted
    }

    /// Grants it, as somebody who must be allowed to.
    fn grant(self, tenant: &Tenant, client: &Client, actor: Actor) -> Result<(), Rejection> {
        let client_principal = principal_of(tenant, client, actor)?;
        let resource = tenant.read(|view| view.service_principal_of(self.resource).map(|it| it.id));
        let Some(resource) = resource else { return Ok(()) };
        for (app_role, value) in self.app_roles {
            if tenant.read(|view| is_given(view, client_principal, resource, app_role)) {
                continue;
            }
            let assignment = AppRoleAssignment {
                id: AppRoleAssignmentId(Uuid::nil()),
                principal: client_principal,
                resource,
                app_role,
                value: Some(value),
                created: tenant.clock().now(),
            };
            let is_graph_permission = self.resource == ClientId::MICROSOFT_GRAPH;
            carry_out(tenant, actor, GrantChange::AssignAppRole { assignment, is_graph_permission })?;
        }
        let held = tenant.read(|view| {
            let mut grants = view.permission_grants();
            grants
                .find(|it| it.client == client_principal && it.resource == resource && it.principal.is_none())
                .cloned()
        });
        let change = match held {
            Some(PermissionGrant { id, scope, .. }) => {
                let known: Vec<&str> = scope.split_ascii_whitespace().collect();
                let new = self.scopes.iter().map(String::as_str).filter(|name| !known.contains(name));
                let scope = known.iter().copied().chain(new).collect::<Vec<_>>().join(" ");
                GrantChange::SetGrantedScope { grant: id, scope }
            }
            None => GrantChange::Grant(PermissionGrant {
                id: PermissionGrantId(Uuid::nil()),
                client: client_principal,
                principal: None,
                resource,
                scope: self.scopes.join(" "),
            }),
        };
        carry_out(tenant, actor, change)
    }
}

fn is_given(view: View<'_>, principal: PrincipalId, resource: PrincipalId, app_role: Uuid) -> bool {
    let mut given = view.app_role_assignments();
    given.any(|it| it.principal == principal && it.resource == resource && it.app_role == app_role)
}

fn carry_out(tenant: &Tenant, actor: Actor, change: GrantChange) -> Result<(), Rejection> {
    tenant.handle(actor, &Command::ChangeGrants(Box::new(change)), |_, _| ())
}

/// The service principal of a client; one of the platform's own gets it with the first consent.
fn principal_of(tenant: &Tenant, client: &Client, actor: Actor) -> Result<PrincipalId, Rejection> {
    if let Some(id) = tenant.read(|view| view.service_principal_of(client.id).map(|it| it.id)) {
        return Ok(id);
    }
    let principal = ServicePrincipal {
        foreign_owner: FirstPartyClient::find(client.id).map(|_| MICROSOFT),
        ..ServicePrincipal::new(PrincipalId(Uuid::nil()), client.id, client.name.as_str(), tenant.clock().now())
    };
    let command = Command::CreateServicePrincipal(principal);
    let made = tenant.handle(actor, &command, |_, outcome| outcome.made)?;
    Ok(PrincipalId(made.unwrap_or_default()))
}
