//! `/applications`: registrations, by object id or by client id.

mod body;
mod credentials;
mod federated_identity_credentials;
mod row;

use super::body::members::Members;
use super::call::Call;
use super::collection::{Context, Query, single};
use super::error::GraphError;
use super::permission::{READ_SERVICE_PRINCIPALS, WRITE_APPLICATIONS};
use super::references::referred;
use super::reply::Reply;
use super::router::{BOTH, Method, Operation};
use pim_core::model::Application;
use pim_core::{ApplicationChange, ApplicationId, ClientId, Command, PrincipalId, View};
use uuid::Uuid;

pub(super) use row::{ApplicationResource, ApplicationRow, INDEXED, OfferedAppRole, OfferedScope};

/// How a path names the application.
#[derive(Clone, Copy, Debug)]
enum Key {
    /// By the object id.
    Id,
    /// By the client id.
    AppId,
}

const PATH: &str = "applications";

/// The operations on one application at an address.
macro_rules! operations {
    ($path:literal, $key:expr, [$($more:expr),*]) => {
        &[
            $($more,)*
            read($path, |call| get(call, $key)),
            write(Method::Patch, $path, |call| update(call, $key)),
            write(Method::Delete, $path, |call| delete(call, $key)),
            write(Method::Post, concat!($path, "/addPassword"), |call| credentials::add_password(call, $key)),
            write(Method::Post, concat!($path, "/removePassword"), |call| credentials::remove_password(call, $key)),
            read(concat!($path, "/owners"), |call| owners(call, $key)),
            write(Method::Post, concat!($path, "/owners/$ref"), |call| add_owner(call, $key)),
            write(Method::Delete, concat!($path, "/owners/{id}/$ref"), |call| remove_owner(call, $key)),
            read(
                concat!($path, "/federatedIdentityCredentials"),
                |call| federated_identity_credentials::list(call, $key)
            ),
            write(
                Method::Post,
                concat!($path, "/federatedIdentityCredentials"),
                |call| federated_identity_credentials::create(call, $key)
            ),
            read(
                concat!($path, "/federatedIdentityCredentials/{id}"),
                |call| federated_identity_credentials::get(call, $key)
            ),
            write(
                Method::Patch,
                concat!($path, "/federatedIdentityCredentials/{id}"),
                |call| federated_identity_credentials::update(call, $key)
            ),
            write(
                Method::Delete,
                concat!($path, "/federatedIdentityCredentials/{id}"),
                |call| federated_identity_credentials::delete(call, $key)
            ),
        ]
    };
}

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = operations!(
    "/applications/{id}",
    Key::Id,
    [read("/applications", list), write(Method::Post, "/applications", create), read("/applications/$count", count)]
);

/// The same by client id.
pub(crate) const OPERATIONS_BY_APP_ID: &[Operation] = operations!("/applications(appId={appId})", Key::AppId, []);

const fn read(path: &'static str, handler: super::router::Handler) -> Operation {
    Operation { method: Method::Get, path, versions: BOTH, permission: &READ_SERVICE_PRINCIPALS, handler }
}

const fn write(method: Method, path: &'static str, handler: super::router::Handler) -> Operation {
    Operation { method, path, versions: BOTH, permission: &WRITE_APPLICATIONS, handler }
}

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<ApplicationResource>::indexed(call, &INDEXED)?;
    call.tenant.read(|view| {
        let rows = view.applications().map(|it| ApplicationRow::new(view, it));
        Ok(query.answer(call, &Context::at(PATH), |_| (0..).zip(rows)))
    })
}

fn count(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let rows = view.applications().map(|it| ApplicationRow::new(view, it));
        Query::<ApplicationResource>::count(call, &INDEXED, rows)
    })
}

fn get(call: &Call<'_>, key: Key) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let row = ApplicationRow::new(view, find(call, view, key)?);
        single::<ApplicationResource>(call, &Context::at(PATH), &row).map(Reply::Ok)
    })
}

fn create(call: &Call<'_>) -> Result<Reply, GraphError> {
    let application = body::application(call)?;
    let created = call.tenant.handle(call.caller(), &Command::CreateApplication(application), |view, outcome| {
        let made = outcome.made.and_then(|id| view.application_with_id(ApplicationId(id)));
        let application = made.ok_or(GraphError::ResourceNotFound)?;
        let location = call.url(&format!("{PATH}/{}", application.id));
        let row = ApplicationRow::new(view, application);
        Ok(Reply::Created { body: single::<ApplicationResource>(call, &Context::at(PATH), &row)?, location })
    });
    created.map_err(GraphError::Directory)?
}

fn update(call: &Call<'_>, key: Key) -> Result<Reply, GraphError> {
    let properties = body::properties(call.body::<Members>()?)?;
    change(call, key, ApplicationChange::Properties(properties))
}

fn delete(call: &Call<'_>, key: Key) -> Result<Reply, GraphError> {
    let command = Command::DeleteApplication(id(call, key)?);
    call.tenant.handle(call.caller(), &command, |_, _| Reply::NoContent).map_err(GraphError::Directory)
}

fn owners(call: &Call<'_>, key: Key) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let application = find(call, view, key)?;
        let owners: Vec<_> = application.owners.iter().filter_map(|id| view.principal(*id)).collect();
        super::objects::list_all(call, view, &format!("{PATH}/{}/owners", application.id), &owners)
    })
}

fn add_owner(call: &Call<'_>, key: Key) -> Result<Reply, GraphError> {
    change(call, key, ApplicationChange::AddOwner(referred(call)?))
}

fn remove_owner(call: &Call<'_>, key: Key) -> Result<Reply, GraphError> {
    let owner = call.id(1).ok_or_else(|| GraphError::InvalidObjectIdentifier(call.key(1).to_owned()))?;
    change(call, key, ApplicationChange::RemoveOwner(PrincipalId(owner)))
}

/// Changes the application of a call.
fn change(call: &Call<'_>, key: Key, change: ApplicationChange) -> Result<Reply, GraphError> {
    let command = Command::ChangeApplication { application: id(call, key)?, change: Box::new(change) };
    call.tenant.handle(call.caller(), &command, |_, _| Reply::NoContent).map_err(GraphError::Directory)
}

fn id(call: &Call<'_>, key: Key) -> Result<ApplicationId, GraphError> {
    call.tenant.read(|view| find(call, view, key).map(|application| application.id))
}

fn find<'v>(call: &Call<'_>, view: View<'v>, key: Key) -> Result<&'v Application, GraphError> {
    let id: Uuid = call.id(0).ok_or_else(|| GraphError::InvalidObjectIdentifier(call.key(0).to_owned()))?;
    let found = match key {
        Key::Id => view.application_with_id(ApplicationId(id)),
        Key::AppId => view.application(ClientId(id)),
    };
    let found = found.filter(|application| view.has_replicated(application.created));
    found.ok_or_else(|| GraphError::ObjectNotFound(call.key(0).to_owned()))
}
