//! `/servicePrincipals`, by object id or by client id.

mod app_role_assignments;
mod body;
mod graph_permissions;
mod row;

use super::call::Call;
use super::collection::{Context, Query, single};
use super::error::GraphError;
use super::objects::RowsOf;
use super::permission::{READ_SERVICE_PRINCIPALS, WRITE_APP_ROLE_ASSIGNMENTS, WRITE_APPLICATIONS};
use super::references::referred;
use super::reply::Reply;
use super::router::{BOTH, Method, Operation};
use crate::app::token::FirstPartyClient;
use crate::app::world::MICROSOFT;
use pim_core::model::{Principal, PrincipalKind, ServicePrincipal};
use pim_core::{ClientId, Command, PrincipalId, ServicePrincipalChange, View};
use uuid::Uuid;

pub(super) use row::{ServicePrincipalResource, ServicePrincipalRow};

/// How a path names the service principal.
#[derive(Clone, Copy, Debug)]
enum Key {
    /// By the object id.
    Id,
    /// By the client id of its application.
    AppId,
}

const PATH: &str = "servicePrincipals";

/// The operations on one service principal at an address.
macro_rules! operations {
    ($path:literal, $key:expr, [$($more:expr),*]) => {
        &[
            $($more,)*
            read($path, |call| get(call, $key)),
            write(Method::Patch, $path, |call| update(call, $key)),
            write(Method::Delete, $path, |call| delete(call, $key)),
            read(concat!($path, "/owners"), |call| owners(call, $key)),
            write(Method::Post, concat!($path, "/owners/$ref"), |call| add_owner(call, $key)),
            write(Method::Delete, concat!($path, "/owners/{id}/$ref"), |call| remove_owner(call, $key)),
            read(
                concat!($path, "/appRoleAssignments"),
                |call| app_role_assignments::list(call, $key, app_role_assignments::Side::Given)
            ),
            assign(
                Method::Post,
                concat!($path, "/appRoleAssignments"),
                |call| app_role_assignments::create(call, $key, app_role_assignments::Side::Given)
            ),
            read(
                concat!($path, "/appRoleAssignments/{id}"),
                |call| app_role_assignments::get(call, $key, app_role_assignments::Side::Given)
            ),
            assign(
                Method::Delete,
                concat!($path, "/appRoleAssignments/{id}"),
                |call| app_role_assignments::delete(call, $key, app_role_assignments::Side::Given)
            ),
            read(
                concat!($path, "/appRoleAssignedTo"),
                |call| app_role_assignments::list(call, $key, app_role_assignments::Side::Offered)
            ),
            assign(
                Method::Post,
                concat!($path, "/appRoleAssignedTo"),
                |call| app_role_assignments::create(call, $key, app_role_assignments::Side::Offered)
            ),
            read(
                concat!($path, "/appRoleAssignedTo/{id}"),
                |call| app_role_assignments::get(call, $key, app_role_assignments::Side::Offered)
            ),
            assign(
                Method::Delete,
                concat!($path, "/appRoleAssignedTo/{id}"),
                |call| app_role_assignments::delete(call, $key, app_role_assignments::Side::Offered)
            ),
            Operation {
                method: Method::Get,
                path: concat!($path, "/oauth2PermissionGrants"),
                versions: BOTH,
                permission: &super::permission::READ_PERMISSION_GRANTS,
                handler: |call| grants(call, $key),
            },
        ]
    };
}

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = operations!(
    "/servicePrincipals/{id}",
    Key::Id,
    [
        read("/servicePrincipals", list),
        write(Method::Post, "/servicePrincipals", create),
        read("/servicePrincipals/$count", count)
    ]
);

/// The same by client id.
pub(crate) const OPERATIONS_BY_APP_ID: &[Operation] = operations!("/servicePrincipals(appId={appId})", Key::AppId, []);

const fn read(path: &'static str, handler: super::router::Handler) -> Operation {
    Operation { method: Method::Get, path, versions: BOTH, permission: &READ_SERVICE_PRINCIPALS, handler }
}

const fn write(method: Method, path: &'static str, handler: super::router::Handler) -> Operation {
    Operation { method, path, versions: BOTH, permission: &WRITE_APPLICATIONS, handler }
}

const fn assign(method: Method, path: &'static str, handler: super::router::Handler) -> Operation {
    Operation { method, path, versions: BOTH, permission: &WRITE_APP_ROLE_ASSIGNMENTS, handler }
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

fn get(call: &Call<'_>, key: Key) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let row = ServicePrincipalRow::new(view, find(call, view, key)?);
        single::<ServicePrincipalResource>(call, &Context::at(PATH), &row).map(Reply::Ok)
    })
}

/// The application is one that is registered here, or one of the platform's own.
fn create(call: &Call<'_>) -> Result<Reply, GraphError> {
    let body::New { app_id, properties } = body::new(call.body()?)?;
    let own = call.tenant.read(|view| view.application(app_id).map(|it| it.display_name.clone()));
    let foreign = first_party(app_id).filter(|_| own.is_none());
    let principal = ServicePrincipal {
        account_enabled: properties.account_enabled.unwrap_or(true),
        is_assignment_required: properties.is_assignment_required.unwrap_or(false),
        foreign_owner: foreign.map(|_| MICROSOFT),
        kept: properties.kept.into_iter().filter_map(|(name, text)| Some((name, text?))).collect(),
        ..ServicePrincipal::new(
            PrincipalId(Uuid::nil()),
            app_id,
            own.or_else(|| foreign.map(str::to_owned)).unwrap_or_else(|| app_id.to_string()),
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

fn update(call: &Call<'_>, key: Key) -> Result<Reply, GraphError> {
    let properties = body::properties(call.body()?)?;
    change(call, key, ServicePrincipalChange::Properties(properties))
}

fn delete(call: &Call<'_>, key: Key) -> Result<Reply, GraphError> {
    let command = Command::DeletePrincipal(id(call, key)?);
    call.tenant.handle(call.caller(), &command, |_, _| Reply::NoContent).map_err(GraphError::Directory)
}

fn owners(call: &Call<'_>, key: Key) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let principal = find(call, view, key)?;
        let owners: Vec<_> = principal.owners.iter().filter_map(|id| view.principal(*id)).collect();
        super::objects::list_all(call, view, &format!("{PATH}/{}/owners", principal.id), &owners)
    })
}

fn add_owner(call: &Call<'_>, key: Key) -> Result<Reply, GraphError> {
    change(call, key, ServicePrincipalChange::AddOwner(referred(call)?))
}

fn remove_owner(call: &Call<'_>, key: Key) -> Result<Reply, GraphError> {
    let owner = call.id(1).ok_or_else(|| GraphError::InvalidObjectIdentifier(call.key(1).to_owned()))?;
    change(call, key, ServicePrincipalChange::RemoveOwner(PrincipalId(owner)))
}

fn grants(call: &Call<'_>, key: Key) -> Result<Reply, GraphError> {
    let client = id(call, key)?;
    super::oauth2_permission_grants::list_of(call, &format!("{PATH}/{client}/oauth2PermissionGrants"), client)
}

fn change(call: &Call<'_>, key: Key, change: ServicePrincipalChange) -> Result<Reply, GraphError> {
    let command = Command::ChangeServicePrincipal { principal: id(call, key)?, change: Box::new(change) };
    call.tenant.handle(call.caller(), &command, |_, _| Reply::NoContent).map_err(GraphError::Directory)
}

fn id(call: &Call<'_>, key: Key) -> Result<PrincipalId, GraphError> {
    call.tenant.read(|view| find(call, view, key).map(|principal| principal.id))
}

fn find<'v>(call: &Call<'_>, view: View<'v>, key: Key) -> Result<&'v ServicePrincipal, GraphError> {
    let id = call.id(0).ok_or_else(|| GraphError::InvalidObjectIdentifier(call.key(0).to_owned()))?;
    let found = match key {
        Key::Id => view.service_principal(PrincipalId(id)).filter(|it| view.has_replicated(it.created)),
        Key::AppId => view.service_principal_of(ClientId(id)),
    };
    found.ok_or_else(|| GraphError::ObjectNotFound(call.key(0).to_owned()))
}
