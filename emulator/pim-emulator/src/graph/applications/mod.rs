//! `/applications`: registrations, by object id, by client id or by unique name.

mod body;
mod federated_identity_credentials;
mod row;

use super::body::members::Members;
use super::call::Call;
use super::collection::{Context, Query, single};
use super::error::GraphError;
use super::ownership::{carry_out, maker, writable};
use super::permission::{READ_SERVICE_PRINCIPALS, WRITE_OWNED_APPLICATIONS};
use super::reply::Reply;
use super::router::{BOTH, Handler, Method, Operation};
use pim_core::model::Application;
use pim_core::{ApplicationChange, ApplicationId, ClientId, Command, View};
use uuid::Uuid;

pub(super) use row::{ApplicationResource, ApplicationRow, INDEXED, OfferedAppRole, OfferedScope, Password};

const PATH: &str = "applications";

/// What can be done with them. Owners and secrets they have in common with service principals.
pub(crate) const OPERATIONS: &[Operation] = &[
    read("/applications", list),
    write(Method::Post, "/applications", create),
    read("/applications/$count", count),
    read("/applications/{id}", get),
    write(Method::Patch, "/applications/{id}", update),
    write(Method::Delete, "/applications/{id}", delete),
];

pub(super) use federated_identity_credentials::FederatedIdentityCredentialResource;
pub(crate) use federated_identity_credentials::OPERATIONS as CREDENTIAL_OPERATIONS;

const fn read(path: &'static str, handler: Handler) -> Operation {
    Operation { method: Method::Get, path, versions: BOTH, permission: &READ_SERVICE_PRINCIPALS, handler }
}

const fn write(method: Method, path: &'static str, handler: Handler) -> Operation {
    Operation { method, path, versions: BOTH, permission: &WRITE_OWNED_APPLICATIONS, handler }
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

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let row = ApplicationRow::new(view, find(call, view)?);
        single::<ApplicationResource>(call, &Context::at(PATH), &row).map(Reply::Ok)
    })
}

fn create(call: &Call<'_>) -> Result<Reply, GraphError> {
    make(call, body::application(call)?)
}

fn make(call: &Call<'_>, mut application: Application) -> Result<Reply, GraphError> {
    application.owners.extend(maker(call).filter(|maker| !application.owners.contains(maker)));
    let created = call.tenant.handle(call.caller(), &Command::CreateApplication(application), |view, outcome| {
        let made = outcome.made.and_then(|id| view.application_with_id(ApplicationId(id)));
        let application = made.ok_or(GraphError::ResourceNotFound)?;
        let location = call.url(&format!("{PATH}/{}", application.id));
        let row = ApplicationRow::new(view, application);
        Ok(Reply::Created { body: single::<ApplicationResource>(call, &Context::at(PATH), &row)?, location })
    });
    created.map_err(GraphError::Directory)?
}

/// Changes one, or makes it where the client would like that: under the unique name, which is the only one that clients give.
fn update(call: &Call<'_>) -> Result<Reply, GraphError> {
    match call.tenant.read(|view| writable::<Application>(call, view).map(|it| it.id)) {
        Ok(application) => {
            let properties = body::properties(call.body::<Members>()?)?;
            change(call, application, ApplicationChange::Properties(properties))
        }
        Err(GraphError::ObjectNotFound(name))
            if call.preferences.creates_if_missing && call.property(0) == Some("uniqueName") =>
        {
            make(call, Application { unique_name: Some(name), ..body::application(call)? })
        }
        Err(error) => Err(error),
    }
}

fn delete(call: &Call<'_>) -> Result<Reply, GraphError> {
    let id = call.tenant.read(|view| writable::<Application>(call, view).map(|it| it.id))?;
    carry_out(call, &Command::DeleteApplication(id))
}

fn change(call: &Call<'_>, application: ApplicationId, change: ApplicationChange) -> Result<Reply, GraphError> {
    carry_out(call, &Command::ChangeApplication { application, change: Box::new(change) })
}

/// The application that the path names: by its id, its client id or its unique name.
pub(super) fn find<'v>(call: &Call<'_>, view: View<'v>) -> Result<&'v Application, GraphError> {
    let key = call.key(0);
    let id = || Uuid::try_parse(key).map_err(|_| GraphError::InvalidObjectIdentifier(key.to_owned()));
    let found = match call.property(0) {
        None => view.application_with_id(ApplicationId(id()?)),
        Some("appId") => view.application(ClientId(id()?)),
        Some(_) => view.application_uniquely_named(key),
    };
    let found = found.filter(|application| view.has_replicated(application.created));
    found.ok_or_else(|| GraphError::ObjectNotFound(key.to_owned()))
}
