//! `/applications/{id}/federatedIdentityCredentials`: stored, by id or by name.

use super::{Key, change, find, id};
use crate::graph::call::Call;
use crate::graph::collection::{Context, PAGE_SIZE, Query, single};
use crate::graph::error::GraphError;
use crate::graph::expand::{Navigation, Related};
use crate::graph::json::Json;
use crate::graph::reply::Reply;
use pim_core::model::FederatedIdentityCredential;
use pim_core::{ApplicationChange, Command, View};
use uuid::Uuid;

const RESOURCE: &str = "FederatedIdentityCredential";

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

fn path(call: &Call<'_>) -> String {
    format!("applications('{}')/federatedIdentityCredentials", call.key(0))
}

pub(super) fn list(call: &Call<'_>, key: Key) -> Result<Reply, GraphError> {
    let query = Query::<FederatedIdentityCredentialResource>::of(call, PAGE_SIZE)?;
    call.tenant.read(|view| {
        let all = find(call, view, key)?.federated_identity_credentials.iter();
        Ok(query.answer(call, &Context::at(&path(call)), |_| (0..).zip(all)))
    })
}

pub(super) fn get(call: &Call<'_>, key: Key) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let credential = credential(call, view, key)?;
        single::<FederatedIdentityCredentialResource>(call, &Context::at(&path(call)), &credential).map(Reply::Ok)
    })
}

pub(super) fn create(call: &Call<'_>, key: Key) -> Result<Reply, GraphError> {
    let body: CredentialBody = call.body()?;
    let missing = |property| move || GraphError::RequiredValue { property, resource: RESOURCE };
    let credential = FederatedIdentityCredential {
        id: Uuid::nil(),
        name: body.name.filter(|name| !name.is_empty()).ok_or_else(missing("name"))?,
        issuer: body.issuer.ok_or_else(missing("issuer"))?,
        subject: body.subject.ok_or_else(missing("subject"))?,
        audiences: one(body.audiences.ok_or_else(missing("audiences"))?)?,
        description: body.description,
    };
    let application = id(call, key)?;
    let change = ApplicationChange::AddFederatedIdentityCredential(credential);
    let command = Command::ChangeApplication { application, change: Box::new(change) };
    let created = call.tenant.handle(call.caller(), &command, |view, outcome| {
        let application = view.application_with_id(application);
        let mut all = application.into_iter().flat_map(|it| &it.federated_identity_credentials);
        let made = all.find(|it| Some(it.id) == outcome.made).ok_or(GraphError::ResourceNotFound)?;
        let location = call.url(&format!("applications/{}/federatedIdentityCredentials/{}", call.key(0), made.id));
        let body = single::<FederatedIdentityCredentialResource>(call, &Context::at(&path(call)), &made)?;
        Ok(Reply::Created { body, location })
    });
    created.map_err(GraphError::Directory)?
}

pub(super) fn update(call: &Call<'_>, key: Key) -> Result<Reply, GraphError> {
    let body: CredentialBody = call.body()?;
    let held = call.tenant.read(|view| credential(call, view, key).cloned())?;
    if body.name.is_some_and(|name| name != held.name) {
        return Err(GraphError::InvalidValue { property: "name", resource: RESOURCE });
    }
    let credential = FederatedIdentityCredential {
        issuer: body.issuer.unwrap_or(held.issuer),
        subject: body.subject.unwrap_or(held.subject),
        audiences: body.audiences.map_or(Ok(held.audiences), one)?,
        description: body.description.or(held.description),
        ..held
    };
    change(call, key, ApplicationChange::SetFederatedIdentityCredential(credential))
}

pub(super) fn delete(call: &Call<'_>, key: Key) -> Result<Reply, GraphError> {
    let credential = call.tenant.read(|view| credential(call, view, key).map(|it| it.id))?;
    change(call, key, ApplicationChange::RemoveFederatedIdentityCredential(credential))
}

/// A credential is for one audience.
fn one(audiences: Vec<String>) -> Result<Vec<String>, GraphError> {
    if audiences.len() == 1 {
        Ok(audiences)
    } else {
        Err(GraphError::InvalidValue { property: "audiences", resource: RESOURCE })
    }
}

fn credential<'v>(call: &Call<'_>, view: View<'v>, key: Key) -> Result<&'v FederatedIdentityCredential, GraphError> {
    let mut all = find(call, view, key)?.federated_identity_credentials.iter();
    let wanted = call.key(1);
    let id = call.id(1);
    all.find(|it| Some(it.id) == id || it.name == wanted).ok_or_else(|| GraphError::ObjectNotFound(wanted.to_owned()))
}
