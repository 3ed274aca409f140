//! The subscriptions of a management group: put into it, and taken out of it to the tenant's root group.

use super::row::Id;
use crate::arm::call::Call;
use crate::arm::error::ArmError;
use crate::arm::front_door::ScopePath;
use crate::arm::json::{List, bytes};
use crate::arm::reply::Reply;
use crate::arm::scopes;
use axum::http::StatusCode;
use pim_core::model::{AzureScope, AzureScopeKind};
use pim_core::{AzureScopeChange, AzureScopeId, Command, View};
use uuid::Uuid;

#[derive(Debug)]
struct Row<'v> {
    id: String,
    kind: &'static str,
    name: &'v str,
    properties: Properties<'v>,
}

#[derive(Debug)]
struct Properties<'v> {
    tenant: Option<Uuid>,
    display_name: &'v str,
    parent: Id<'v>,
    state: &'static str,
}

crate::arm_object! {
    Row<'_> { id / "id", kind / "type", name / "name", properties / "properties" }
    Properties<'_> { tenant / "tenant", display_name / "displayName", parent / "parent", state / "state" }
}

fn row<'v>(view: View<'v>, group: &'v AzureScope, scope: &'v AzureScope) -> Row<'v> {
    Row {
        id: format!("{}{}", group.path, scope.path),
        kind: "Microsoft.Management/managementGroups/subscriptions",
        name: &scope.name,
        properties: Properties {
            tenant: view.tenant().map(|it| it.id.0),
            display_name: &scope.display_name,
            parent: Id { id: &group.path },
            state: "Active",
        },
    }
}

/// The subscription that the path names.
fn asked<'v>(call: &Call<'_>, view: View<'v>) -> Result<&'v AzureScope, ArmError> {
    let id = call.id(1).ok_or_else(|| ArmError::InvalidSubscriptionId(call.key(1).to_owned()))?;
    scopes::find(view, &ScopePath::Subscription { id })
}

pub(super) fn list(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        let group = scopes::allowed_at(call, view)?;
        let here = view.azure_children(group.id).filter(|it| it.kind == AzureScopeKind::Subscription);
        Ok(Reply::Ok(bytes(&List::of(here.map(|it| row(view, group, it)).collect()))))
    })
}

pub(super) fn get(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        let group = scopes::allowed_at(call, view)?;
        let here = asked(call, view)?;
        if here.parent != Some(group.id) {
            return Err(ArmError::NotFound);
        }
        Ok(Reply::Ok(bytes(&row(view, group, here))))
    })
}

fn moved(scope: AzureScopeId, parent: AzureScopeId) -> Command {
    let change = AzureScopeChange { parent: Some(parent), ..AzureScopeChange::default() };
    Command::ChangeAzureScope { scope, change: Box::new(change) }
}

pub(super) fn put(call: &Call<'_>) -> Result<Reply, ArmError> {
    let (group, scope, is_there) = call.read(|view| {
        let group = scopes::allowed_at(call, view)?;
        let here = asked(call, view)?;
        Ok((group.id, here.id, here.parent == Some(group.id)))
    })?;
    let written = |view: View<'_>| {
        let (group, here) = view.azure_scope(group).zip(view.azure_scope(scope)).ok_or(ArmError::NotFound)?;
        Ok(Reply::Ok(bytes(&row(view, group, here))))
    };
    if is_there {
        return call.read(written);
    }
    call.carry_out(&moved(scope, group), written)
}

/// One that is not in the group is out of it already; out of the root group there is no way.
pub(super) fn delete(call: &Call<'_>) -> Result<Reply, ArmError> {
    let (scope, root) = call.read(|view| {
        let group = scopes::allowed_at(call, view)?;
        let root = scopes::root_group(view).map(|it| it.id).filter(|it| *it != group.id);
        Ok((asked(call, view).ok().filter(|it| it.parent == Some(group.id)).map(|it| it.id), root))
    })?;
    let Some((scope, root)) = scope.zip(root) else { return Ok(Reply::Empty(StatusCode::NO_CONTENT)) };
    call.carry_out(&moved(scope, root), |_| Ok(Reply::Empty(StatusCode::OK)))
}
