//! `/applications/{id}/federatedIdentityCredentials`: stored, by id or by name.

use super::{change, find, read, write};
use crate::graph::call::Call;
use crate::graph::collection::{Context, PAGE_SIZE, Query, single};
use crate::graph::error::GraphError;
use crate::graph::expand::{Navigation, Related};
use crate::graph::json::Json;
use crate::graph::ownership::writable;
use crate::graph::reply::Reply;
use crate::graph::router::{Method, Operation};
use pim_core::model::{Application, FederatedIdentityCredential};
use pim_core::{ApplicationChange, Command};
use uuid::Uuid;

const RESOURCE: &str = "FederatedIdentityCredential";

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    read("/applications/{id}/federatedIdentityCredentials", list),
    write(Method::Post, "/applications/{id}/federatedIdentityCredentials", create),
    read("/applications/{id}/federatedIdentityCredentials/{id}", get),
    write(Method::Patch, "/applications/{id}/federatedIdentityCredentials/{id}", update),
    write(Method::Delete, "/applications/{id}/federatedIdentityCredentials/{id}", delete),
];

crate::entity! {
    /// Tokens of another issuer that an application may sign in with.
    FederatedIdentityCredentialResource(&'r FederatedIdentityCredential) = "federatedIdentityCredential" {
        "id": string = |it| it.id;
        "name": string = |it| it.name.as_str();
        "issuer": string = |it| it.issuer.as_str();
        "subject": string = |it| it.subject.as_str();
        "description": string = |it| it.description.as_deref();
        "audiences": texts = |it| it.audiences.iter().map(String::as_str).collect::<Vec<_>>();
    }
    navigations []
}

impl Related for &FederatedIdentityCredential {
    fn write_related(&self, _: &Navigation, json: &mut Json) {
        json.raw("null");
    }
}

crate::request_body! {
    /// `federatedIdentityCredential`, as far as clients may write it.
    CredentialBody {
        /// Its name, which stays.
        name / "name": String,
        /// The issuer.
        issuer / "issuer": String,
        /// Whom the tokens are about.
        subject / "subject": String,
        /// For whom they are meant: one.
        audiences / "audiences": Vec<String>,
        /// What it is for.
        description / "description": String,
    }
}

fn path(application: &Application) -> String {
    format!("applications('{}')/federatedIdentityCredentials", application.id)
}

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<FederatedIdentityCredentialResource>::of(call, PAGE_SIZE)?;
    call.tenant.read(|view| {
        let application = find(call, view)?;
        let all = application.federated_identity_credentials.iter();
        Ok(query.answer(call, &Context::at(&path(application)), |_| (0..).zip(all)))
    })
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let application = find(call, view)?;
        let (path, credential) = (path(application), credential(call, application)?);
        single::<FederatedIdentityCredentialResource>(call, &Context::at(&path), &credential).map(Reply::Ok)
    })
}

fn create(call: &Call<'_>) -> Result<Reply, GraphError> {
    let body: CredentialBody = call.body()?;
    make(call, body)
}

fn make(call: &Call<'_>, body: CredentialBody) -> Result<Reply, GraphError> {
    let missing = |property| move || GraphError::RequiredValue { property, resource: RESOURCE };
    let credential = FederatedIdentityCredential {
        id: Uuid::nil(),
        name: body.name.filter(|name| !name.is_empty()).ok_or_else(missing("name"))?,
        issuer: body.issuer.ok_or_else(missing("issuer"))?,
        subject: body.subject.ok_or_else(missing("subject"))?,
        audiences: one(body.audiences.ok_or_else(missing("audiences"))?)?,
        description: body.description,
        keys: Vec::new(),
    };
    let application = call.tenant.read(|view| writable::<Application>(call, view).map(|it| it.id))?;
    let change = ApplicationChange::AddFederatedIdentityCredential(credential);
    let command = Command::ChangeApplication { application, change: Box::new(change) };
    let created = call.tenant.handle(call.caller(), &command, |view, outcome| {
        let application = view.application_with_id(application).ok_or(GraphError::ResourceNotFound)?;
        let mut all = application.federated_identity_credentials.iter();
        let made = all.find(|it| Some(it.id) == outcome.made).ok_or(GraphError::ResourceNotFound)?;
        let path = path(application);
        let location = call.url(&format!("{path}/{}", made.id));
        let body = single::<FederatedIdentityCredentialResource>(call, &Context::at(&path), &made)?;
        Ok(Reply::Created { body, location })
    });
    created.map_err(GraphError::Directory)?
}

/// Changes one, or makes it where the client would like that.
fn update(call: &Call<'_>) -> Result<Reply, GraphError> {
    let body: CredentialBody = call.body()?;
    let found = call.tenant.read(|view| {
        let application = writable::<Application>(call, view)?;
        Ok::<_, GraphError>((application.id, credential(call, application).cloned()))
    })?;
    let (application, held) = match found {
        (application, Ok(held)) => (application, held),
        (_, Err(GraphError::ObjectNotFound(name)))
            if call.preferences.creates_if_missing && call.property(1).is_some() =>
        {
            return make(call, CredentialBody { name: Some(name), ..body });
        }
        (_, Err(error)) => return Err(error),
    };
    if body.name.is_some_and(|name| name != held.name) {
        return Err(GraphError::InvalidValue { property: "name", resource: RESOURCE });
    }
    // What is known of an issuer's keys says nothing of another's.
    let is_same_issuer = body.issuer.as_ref().is_none_or(|issuer| *issuer == held.issuer);
    let credential = FederatedIdentityCredential {
        keys: if is_same_issuer { held.keys } else { Vec::new() },
        issuer: body.issuer.unwrap_or(held.issuer),
        subject: body.subject.unwrap_or(held.subject),
        audiences: body.audiences.map_or(Ok(held.audiences), one)?,
        description: body.description.or(held.description),
        ..held
    };
    change(call, application, ApplicationChange::SetFederatedIdentityCredential(credential))
}

fn delete(call: &Call<'_>) -> Result<Reply, GraphError> {
    let (application, credential) = call.tenant.read(|view| {
        let application = writable::<Application>(call, view)?;
        Ok::<_, GraphError>((application.id, credential(call, application)?.id))
    })?;
    change(call, application, ApplicationChange::RemoveFederatedIdentityCredential(credential))
}

/// A credential is for one audience.
fn one(audiences: Vec<String>) -> Result<Vec<String>, GraphError> {
    if audiences.len() == 1 {
        Ok(audiences)
    } else {
        Err(GraphError::InvalidValue { property: "audiences", resource: RESOURCE })
    }
}

/// The credential that the path names, by its id or its name. A name may stand in the place of an id.
fn credential<'v>(
    call: &Call<'_>,
    application: &'v Application,
) -> Result<&'v FederatedIdentityCredential, GraphError> {
    let (id, name) = (call.id(1), call.key(1));
    let mut all = application.federated_identity_credentials.iter();
    all.find(|it| Some(it.id) == id || it.name == name).ok_or_else(|| GraphError::ObjectNotFound(name.to_owned()))
}
