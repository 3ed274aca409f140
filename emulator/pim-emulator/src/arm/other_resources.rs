//! A resource of a provider that is not served, by its path: it is a scope at which roles are held, with a region and tags.
//! What else its own provider would keep of it is not kept.

use super::call::Call;
use super::error::ArmError;
use super::front_door::{ScopePath, types};
use super::json::bytes;
use super::reply::Reply;
use super::resource_groups::{Properties, SUCCEEDED};
use super::resources::resource_type;
use super::router::{Handler, Method, Operation, Place, Resource};
use super::scopes;
use axum::http::StatusCode;
use pim_core::model::{AzureScope, AzureScopeKind};
use pim_core::{AzureScopeChange, Command, NewAzureScope};
use std::collections::BTreeMap;

/// What can be done with them.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::OTHERS,
    place: Place::Scope,
    operations: &[
        Operation { method: Method::Get, path: "", versions: None, handler: Handler::Signed(get) },
        Operation { method: Method::Put, path: "", versions: None, handler: Handler::Signed(put) },
        Operation { method: Method::Delete, path: "", versions: None, handler: Handler::Signed(delete) },
    ],
};

#[derive(Debug)]
struct Row<'v> {
    id: &'v str,
    name: &'v str,
    kind: Option<&'v str>,
    location: Option<&'v str>,
    tags: &'v BTreeMap<String, String>,
    properties: Properties,
}

crate::arm_object! {
    Row<'_> {
        id / "id",
        name / "name",
        kind / "type",
        location / "location",
        tags / "tags",
        properties / "properties",
    }
}

fn row(scope: &AzureScope) -> Row<'_> {
    Row {
        id: &scope.path,
        name: &scope.name,
        kind: resource_type(scope),
        location: scope.location.as_deref(),
        tags: &scope.tags,
        properties: SUCCEEDED,
    }
}

fn get(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        // A resource group that is not there is told before the resource.
        scopes::find(view, &call.scope.parent())?;
        scopes::allowed_at(call, view).map(|scope| Reply::Ok(bytes(&row(scope))))
    })
}

crate::request_body! {
    /// A resource.
    ResourceBody {
        /// The region.
        location / "location": String,
        /// Tags.
        tags / "tags": BTreeMap<String, String>,
    }
}

fn put(call: &Call<'_>) -> Result<Reply, ArmError> {
    let ScopePath::Resource { resource, .. } = call.scope else { return Err(ArmError::NotFound) };
    let (parent, before) = call.read(|view| {
        let above = scopes::find(view, &call.scope.parent())?;
        let before = view.azure_scope_at(&call.scope.to_string());
        scopes::allowed(call, view, before.unwrap_or(above))?;
        Ok((above.id, before.map(|it| it.id)))
    })?;
    let body: ResourceBody = call.body()?;
    let command = match before {
        Some(scope) => {
            let change = AzureScopeChange { tags: Some(body.tags.unwrap_or_default()), ..AzureScopeChange::default() };
            Command::ChangeAzureScope { scope, change: Box::new(change) }
        }
        None => Command::CreateAzureScope(Box::new(NewAzureScope {
            id: None,
            kind: AzureScopeKind::Resource { resource_type: resource.resource_type() },
            parent,
            name: resource.name().to_owned(),
            display_name: None,
            location: body.location,
            tags: body.tags.unwrap_or_default(),
        })),
    };
    let written = call.carry_out(&command, |view| scopes::find(view, call.scope).map(|scope| bytes(&row(scope))))?;
    Ok(if before.is_some() { Reply::Ok(written) } else { Reply::Created(written) })
}

/// What is not there is gone already.
fn delete(call: &Call<'_>) -> Result<Reply, ArmError> {
    let found = call.read(|view| {
        let above = scopes::find(view, &call.scope.parent())?;
        let found = view.azure_scope_at(&call.scope.to_string());
        scopes::allowed(call, view, found.unwrap_or(above))?;
        Ok(found.map(|it| it.id))
    })?;
    let Some(scope) = found else { return Ok(Reply::Empty(StatusCode::NO_CONTENT)) };
    call.carry_out(&Command::DeleteAzureScope(scope), |_| Ok(Reply::Empty(StatusCode::OK)))
}
