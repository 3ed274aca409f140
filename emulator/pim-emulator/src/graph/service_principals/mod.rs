//! `/servicePrincipals`, by object id or by the client id of their application.

mod app_role_assignments;
mod body;
mod graph_permissions;
mod row;

use super::call::Call;
use super::collection::{Context, Query, single};
use super::error::GraphError;
use super::objects::RowsOf;
use super::ownership::{carry_out, maker, may_write, writable};
use super::permission::{READ_PERMISSION_GRANTS, READ_SERVICE_PRINCIPALS, WRITE_OWNED_APPLICATIONS};
use super::reply::Reply;
use super::router::{BOTH, Handler, Method, Operation};
use crate::app::token::FirstPartyClient;
use crate::app::world::MICROSOFT;
use pim_core::model::{Principal, PrincipalKind, ServicePrincipal};
use pim_core::{ClientId, Command, PrincipalId, ServicePrincipalChange, ServicePrincipalProperties, View};
use uuid::Uuid;

pub(super) use row::{ServicePrincipalResource, ServicePrincipalRow};

const PATH: &str = "servicePrincipals";

/// What can be done with them. Owners and secrets they have in common with applications.
pub(crate) const OPERATIONS: &[Operation] = &[
    read("/servicePrincipals", list),
    write(Method::Post, "/servicePrincipals", create),
    read("/servicePrincipals/$count", count),
    read("/servicePrincipals/{id}", get),
    write(Method::Patch, "/servicePrincipals/{id}", update),
    write(Method::Delete, "/servicePrincipals/{id}", delete),
    Operation {
        method: Method::Get,
        path: "/servicePrincipals/{id}/oauth2PermissionGrants",
        versions: BOTH,
        permission: &READ_PERMISSION_GRANTS,
        handler: grants,
    },
];

pub(super) use app_role_assignments::AppRoleAssignmentResource;
pub(crate) use app_role_assignments::OPERATIONS as APP_ROLE_OPERATIONS;

const fn read(path: &'static str, handler: Handler) -> Operation {
    Operation { method: Method::Get, path, versions: BOTH, permission: &READ_SERVICE_PRINCIPALS, handler }
}

const fn write(method: Method, path: &'static str, handler: Handler) -> Operation {
    Operation { method, path, versions: BOTH, permission: &WRITE_OWNED_APPLICATIONS, handler }
}

fn rows<'v>(view: View<'v>, after: Option<u64>) -> impl Iterator<Item = (u64, ServicePrincipalRow<'v>)> {
    view.principals(PrincipalKind::ServicePrincipal, after).filter_map(move |(key, principal)| match principal {
        Principal::ServicePrincipal(it) => Some((key, ServicePrincipalRow::new(view, it))),
        Principal::User(_) | Principal::Group(_) => None,
    })
}

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<ServicePrincipalResource>::indexed(call, ServicePrincipalResource::INDEXED)?;
    call.tenant.read(|view| {
        let query = query.counted(view, PrincipalKind::ServicePrincipal);
        Ok(query.answer(call, &Context::at(PATH), |after| rows(view, after)))
    })
}

fn count(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let rows = rows(view, None).map(|(_, row)| row);
        Query::<ServicePrincipalResource>::count(call, ServicePrincipalResource::INDEXED, rows)
    })
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let row = ServicePrincipalRow::new(view, find(call, view)?);
        single::<ServicePrincipalResource>(call, &Context::at(PATH), &row).map(Reply::Ok)
    })
}

fn create(call: &Call<'_>) -> Result<Reply, GraphError> {
    let body::New { app_id, properties } = body::new(call.body()?)?;
    make(call, app_id, properties)
}

/// The application is one that is registered here, or one of the platform's own.
fn make(call: &Call<'_>, app_id: ClientId, properties: ServicePrincipalProperties) -> Result<Reply, GraphError> {
    let own = call.tenant.read(|view| {
        let application = view.application(app_id);
        may_write(call, view, application.map_or(&[][..], |it| &it.owners))?;
        Ok::<_, GraphError>(application.map(|it| it.display_name.clone()))
    })?;
    let foreign = first_party(app_id).filter(|_| own.is_none());
    let name = own.or_else(|| foreign.map(str::to_owned)).unwrap_or_else(|| app_id.to_string());
    let principal = ServicePrincipal {
        account_enabled: properties.account_enabled.unwrap_or(true),
        is_assignment_required: properties.is_assignment_required.unwrap_or(false),
        foreign_owner: foreign.map(|_| MICROSOFT),
        key_credentials: properties.key_credentials.unwrap_or_default(),
        owners: maker(call).into_iter().collect(),
        kept: properties.kept.into_iter().filter_map(|(name, text)| Some((name, text?))).collect(),
        ..ServicePrincipal::new(
            PrincipalId(Uuid::nil()),
            app_id,
            properties.display_name.unwrap_or(name),
            call.tenant.clock().now(),
        )
    };
    let created = call.tenant.handle(call.caller(), &Command::CreateServicePrincipal(principal), |view, outcome| {
        let made = outcome.made.and_then(|id| view.service_principal(PrincipalId(id)));
        let principal = made.ok_or(GraphError::ResourceNotFound)?;
        let location = call.url(&format!("{PATH}/{}", principal.id));
        let row = ServicePrincipalRow::new(view, principal);
        Ok(Reply::Created { body: single::<ServicePrincipalResource>(call, &Context::at(PATH), &row)?, location })
    });
    created.map_err(GraphError::Directory)?
}

/// The name of one of the platform's own applications.
fn first_party(app_id: ClientId) -> Option<&'static str> {
    if app_id == ClientId::MICROSOFT_GRAPH {
        return Some("Microsoft Graph");
    }
    FirstPartyClient::find(app_id).map(|client| client.display_name)
}

/// Changes one, or makes it where the client would like that.
fn update(call: &Call<'_>) -> Result<Reply, GraphError> {
    let properties = body::properties(call.body()?)?;
    match call.tenant.read(|view| writable::<ServicePrincipal>(call, view).map(|it| it.id)) {
        Ok(principal) => {
            let change = Box::new(ServicePrincipalChange::Properties(properties));
            carry_out(call, &Command::ChangeServicePrincipal { principal, change })
        }
        Err(GraphError::ObjectNotFound(key)) => match (call.property(0), Uuid::try_parse(&key)) {
            (Some(_), Ok(app_id)) if call.preferences.creates_if_missing => make(call, ClientId(app_id), properties),
            _ => Err(GraphError::ObjectNotFound(key)),
        },
        Err(error) => Err(error),
    }
}

fn delete(call: &Call<'_>) -> Result<Reply, GraphError> {
    let id = call.tenant.read(|view| writable::<ServicePrincipal>(call, view).map(|it| it.id))?;
    carry_out(call, &Command::DeletePrincipal(id))
}

fn grants(call: &Call<'_>) -> Result<Reply, GraphError> {
    let client = call.tenant.read(|view| find(call, view).map(|it| it.id))?;
    super::oauth2_permission_grants::list_of(call, &format!("{PATH}/{client}/oauth2PermissionGrants"), client)
}

/// The id of the service principal that the path names.
pub(super) fn find_id(call: &Call<'_>, view: View<'_>) -> Result<PrincipalId, GraphError> {
    find(call, view).map(|principal| principal.id)
}

/// The service principal that the path names, by its id or by the client id of its application.
pub(super) fn find<'v>(call: &Call<'_>, view: View<'v>) -> Result<&'v ServicePrincipal, GraphError> {
    let key = call.key(0);
    let id = Uuid::try_parse(key).map_err(|_| GraphError::InvalidObjectIdentifier(key.to_owned()))?;
    let found = match call.property(0) {
        None => view.service_principal(PrincipalId(id)),
        Some(_) => view.service_principal_of(ClientId(id)),
    };
    found.filter(|it| view.has_replicated(it.created)).ok_or_else(|| GraphError::ObjectNotFound(key.to_owned()))
}
