//! `/subscriptions/{id}/resourceGroups`: made, read, tagged, and deleted with everything in them.
//!
//! Deleting is done when it is answered; the answer says where to look all the same, since that is what clients do.

use super::call::Call;
use super::error::ArmError;
use super::filter::{Condition, RESOURCE_GROUPS};
use super::front_door::types;
use super::json::{List, bytes};
use super::reply::Reply;
use super::router::{Handler, Method, Operation, Place, Resource};
use super::scopes;
use axum::http::StatusCode;
use pim_core::model::{AzureScope, AzureScopeKind};
use pim_core::{AzureScopeChange, AzureScopeId, Command, NewAzureScope};
use std::collections::BTreeMap;

/// What can be done with them.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::RESOURCE_GROUPS,
    place: Place::At("subscriptions/{subscription}/resourceGroups"),
    operations: &[
        Operation { method: Method::Get, path: "", versions: None, handler: Handler::Signed(list) },
        Operation { method: Method::Get, path: "{group}", versions: None, handler: Handler::Signed(get) },
        Operation { method: Method::Head, path: "{group}", versions: None, handler: Handler::Signed(head) },
        Operation { method: Method::Put, path: "{group}", versions: None, handler: Handler::Signed(put) },
        Operation { method: Method::Patch, path: "{group}", versions: None, handler: Handler::Signed(patch) },
        Operation { method: Method::Delete, path: "{group}", versions: None, handler: Handler::Signed(delete) },
    ],
};

#[derive(Debug)]
struct Row<'v> {
    id: &'v str,
    name: &'v str,
    kind: String,
    location: Option<&'v str>,
    tags: &'v BTreeMap<String, String>,
    properties: Properties,
}

/// What is there has been made.
#[derive(Debug)]
pub(super) struct Properties {
    provisioning_state: &'static str,
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
    Properties { provisioning_state / "provisioningState" }
}

/// What is there has been made.
pub(super) const SUCCEEDED: Properties = Properties { provisioning_state: "Succeeded" };

fn row(scope: &AzureScope) -> Row<'_> {
    Row {
        id: &scope.path,
        name: &scope.name,
        kind: "Microsoft.Resources/resourceGroups".to_owned(),
        location: scope.location.as_deref(),
        tags: &scope.tags,
        properties: SUCCEEDED,
    }
}

/// Those that the caller may read, one by one.
#[expect(clippy::wildcard_enum_match_arm, reason = "only conditions that the list takes come here")]
fn list(call: &Call<'_>) -> Result<Reply, ArmError> {
    let filter = call.filter(RESOURCE_GROUPS)?;
    call.read(|view| {
        let here = scopes::find(view, call.scope)?;
        let is_asked = |scope: &AzureScope| {
            filter.holds(&|condition| match condition {
                Condition::TagName(name) => scope.tags.keys().any(|it| it.eq_ignore_ascii_case(name)),
                Condition::TagValue(value) => scope.tags.values().any(|it| it == value),
                _ => false,
            })
        };
        let groups = view.azure_children(here.id).filter(|scope| scope.kind == AzureScopeKind::ResourceGroup);
        let mut groups: Vec<_> = groups.filter(|it| scopes::permits(call, view, it) && is_asked(it)).collect();
        groups.sort_by_key(|it| it.name.to_ascii_lowercase());
        groups.truncate(call.top()?);
        Ok(Reply::Ok(bytes(&List::of(groups.into_iter().map(row).collect()))))
    })
}

fn get(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| scopes::allowed_at(call, view).map(|scope| Reply::Ok(bytes(&row(scope)))))
}

fn head(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| match scopes::allowed_at(call, view) {
        Ok(_) => Ok(Reply::Empty(StatusCode::NO_CONTENT)),
        Err(ArmError::ScopeNotFound(_)) => Ok(Reply::Empty(StatusCode::NOT_FOUND)),
        Err(error) => Err(error),
    })
}

crate::request_body! {
    /// A resource group, or what is to be changed of it.
    GroupBody {
        /// The region.
        location / "location": String,
        /// Tags.
        tags / "tags": BTreeMap<String, String>,
    }
}

fn tags(scope: AzureScopeId, tags: BTreeMap<String, String>) -> Command {
    let change = AzureScopeChange { tags: Some(tags), ..AzureScopeChange::default() };
    Command::ChangeAzureScope { scope, change: Box::new(change) }
}

/// Two spellings of a region: `West Europe` is `westeurope`.
fn is_same_region(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.replace(' ', "").to_ascii_lowercase();
    plain(one) == plain(other)
}

/// Carries out a change and answers the group of the path.
fn carried_out(call: &Call<'_>, command: &Command) -> Result<Vec<u8>, ArmError> {
    call.carry_out(command, |view| scopes::find(view, call.scope).map(|scope| bytes(&row(scope))))
}

fn put(call: &Call<'_>) -> Result<Reply, ArmError> {
    let (here, before) = call.read(|view| {
        let above = scopes::find(view, &call.scope.parent())?;
        let before = view.azure_scope_at(&call.scope.to_string());
        scopes::allowed(call, view, before.unwrap_or(above))?;
        Ok((above.id, before.map(|it| (it.id, it.location.clone()))))
    })?;
    let body: GroupBody = call.body()?;
    let location = body.location.filter(|it| !it.is_empty()).ok_or(ArmError::LocationRequired)?;
    let wanted = body.tags.unwrap_or_default();
    match before {
        Some((_, Some(is))) if !is_same_region(&is, &location) => {
            Err(ArmError::InvalidResourceGroupLocation { asked: location, is })
        }
        Some((scope, _)) => carried_out(call, &tags(scope, wanted)).map(Reply::Ok),
        None => {
            let new = NewAzureScope {
                id: None,
                kind: AzureScopeKind::ResourceGroup,
                parent: here,
                name: call.key(1).to_owned(),
                display_name: None,
                location: Some(location.replace(' ', "").to_ascii_lowercase()),
                tags: wanted,
            };
            carried_out(call, &Command::CreateAzureScope(Box::new(new))).map(Reply::Created)
        }
    }
}

/// Tags that are given replace all that there were.
fn patch(call: &Call<'_>) -> Result<Reply, ArmError> {
    let scope = call.read(|view| scopes::allowed_at(call, view).map(|it| it.id))?;
    let body: GroupBody = call.body()?;
    match body.tags {
        Some(wanted) => carried_out(call, &tags(scope, wanted)).map(Reply::Ok),
        None => call.read(|view| scopes::find(view, call.scope).map(|it| Reply::Ok(bytes(&row(it))))),
    }
}

fn delete(call: &Call<'_>) -> Result<Reply, ArmError> {
    let (scope, name) = call.read(|view| scopes::allowed_at(call, view).map(|it| (it.id, it.name.clone())))?;
    call.carry_out(&Command::DeleteAzureScope(scope), |_| Ok(()))?;
    let job = super::operation_results::of_deleted_group(&name);
    Ok(Reply::Accepted(format!(
        "{}/subscriptions/{}/operationresults/{job}?api-version={}",
        call.origin,
        call.key(0),
        call.version
    )))
}
