//! Management groups: the tree above subscriptions. What is asked of them is done when it is answered.
//!
//! Deliberately absent: settings of the hierarchy. There are none, and nobody can make any.

mod row;
mod subscriptions;

use super::call::Call;
use super::error::ArmError;
use super::front_door::{ScopePath, types};
use super::json::{List, bytes};
use super::reply::Reply;
use super::router::{Handler, Method, Operation, Place, Resource};
use super::scopes;
use axum::http::StatusCode;
use pim_core::model::{AzureScope, AzureScopeKind};
use pim_core::{AzureScopeChange, AzureScopeId, Command, NewAzureScope, View};
use row::{Descendant, Expand, Group};
use std::collections::BTreeMap;

/// What can be done with them.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::MANAGEMENT_GROUPS,
    place: Place::At("providers/Microsoft.Management/managementGroups"),
    operations: &[
        operation(Method::Get, "", list),
        operation(Method::Get, "{group}", get),
        operation(Method::Put, "{group}", put),
        operation(Method::Patch, "{group}", patch),
        operation(Method::Delete, "{group}", delete),
        operation(Method::Get, "{group}/descendants", descendants),
        operation(Method::Get, "{group}/subscriptions", subscriptions::list),
        operation(Method::Get, "{group}/subscriptions/{subscription}", subscriptions::get),
        operation(Method::Put, "{group}/subscriptions/{subscription}", subscriptions::put),
        operation(Method::Delete, "{group}/subscriptions/{subscription}", subscriptions::delete),
        operation(Method::Get, "{group}/settings", settings),
        operation(Method::Get, "{group}/settings/default", setting),
        operation(Method::Put, "{group}/settings/default", set),
        operation(Method::Patch, "{group}/settings/default", set),
        operation(Method::Delete, "{group}/settings/default", set),
    ],
};

const fn operation(method: Method, path: &'static str, handler: fn(&Call<'_>) -> Result<Reply, ArmError>) -> Operation {
    Operation { method, path, versions: None, handler: Handler::Signed(handler) }
}

/// Every management group, each before those below it.
pub(super) fn all(view: View<'_>) -> Vec<&AzureScope> {
    let below = view.azure_downwards(AzureScopeId::ROOT).into_iter();
    below.filter(|scope| scope.kind == AzureScopeKind::ManagementGroup).collect()
}

/// Those that the caller may read, one by one.
fn list(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        let groups = all(view).into_iter().filter(|it| scopes::permits(call, view, it));
        let rows = groups.map(|it| Group::brief(view, it)).collect();
        Ok(Reply::Ok(bytes(&List::of(rows))))
    })
}

fn get(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        let here = scopes::allowed_at(call, view)?;
        let has = |name: &str, value: &str| call.query.get(name).is_some_and(|it| it.eq_ignore_ascii_case(value));
        let expand = Expand {
            children: has("$expand", "children"),
            recurse: has("$recurse", "true"),
            path: has("$expand", "path"),
            ancestors: has("$expand", "ancestors"),
        };
        Ok(Reply::Ok(bytes(&Group::of(view, here, &expand))))
    })
}

crate::request_body! {
    /// A management group.
    GroupBody {
        /// What it is like.
        properties / "properties": PropertiesBody,
    }
    /// The part of it that clients may write.
    PropertiesBody {
        /// The name people see.
        display_name / "displayName": String,
        /// Where it is.
        details / "details": DetailsBody,
    }
    /// Where it is.
    DetailsBody {
        /// What it is below.
        parent / "parent": ParentBody,
    }
    /// What it is below.
    ParentBody {
        /// By its full id.
        id / "id": String,
    }
    /// What is to be changed of a management group.
    ChangeBody {
        /// The name people see.
        display_name / "displayName": String,
        /// The full id of what it is below.
        parent / "parentGroupId": String,
    }
}

/// The management group of a full id.
fn parent(view: View<'_>, text: &str) -> Result<AzureScopeId, ArmError> {
    let path = ScopePath::of_text(text).filter(|it| matches!(it, ScopePath::ManagementGroup { .. }));
    let path =
        path.ok_or_else(|| ArmError::InvalidProperty(format!("'{text}' is not the id of a management group")))?;
    scopes::find(view, &path).map(|it| it.id)
}

/// Whether a name can be that of a management group.
pub(super) fn is_name(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_().".contains(c);
    (1..=90).contains(&name.len()) && name.chars().all(fits)
}

/// Carries out a change and answers the group of the path.
fn carried_out(call: &Call<'_>, command: &Command) -> Result<Reply, ArmError> {
    call.carry_out(command, |view| {
        let here = scopes::find(view, call.scope)?;
        Ok(Reply::Ok(bytes(&Group::of(view, here, &Expand::default()))))
    })
}

/// Makes a group, below the tenant's root group where nothing else is said, or changes one.
fn put(call: &Call<'_>) -> Result<Reply, ArmError> {
    let body: GroupBody = call.body()?;
    let PropertiesBody { display_name, details } = body.properties.unwrap_or_default();
    let asked = details.and_then(|it| it.parent).and_then(|it| it.id);
    let command = call.read(|view| {
        let asked = asked.map(|text| parent(view, &text)).transpose()?;
        let Some(before) = view.azure_scope_at(&call.scope.to_string()) else {
            let parent = asked.or_else(|| scopes::root_group(view).map(|it| it.id)).ok_or(ArmError::NotFound)?;
            scopes::allowed(call, view, view.azure_scope(parent).ok_or(ArmError::NotFound)?)?;
            if !is_name(call.key(0)) {
                return Err(ArmError::InvalidProperty(format!("'{}' is no name of a management group", call.key(0))));
            }
            return Ok(Command::CreateAzureScope(Box::new(NewAzureScope {
                id: None,
                kind: AzureScopeKind::ManagementGroup,
                parent,
                name: call.key(0).to_owned(),
                display_name,
                location: None,
                tags: BTreeMap::new(),
            })));
        };
        scopes::allowed(call, view, before)?;
        Ok(changed(before, display_name, asked))
    })?;
    carried_out(call, &command)
}

/// A change of what differs: a group that stays where it is does not move.
fn changed(before: &AzureScope, display_name: Option<String>, parent: Option<AzureScopeId>) -> Command {
    let parent = parent.filter(|it| Some(*it) != before.parent);
    let change = AzureScopeChange { display_name, parent, ..AzureScopeChange::default() };
    Command::ChangeAzureScope { scope: before.id, change: Box::new(change) }
}

fn patch(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| scopes::allowed_at(call, view).map(drop))?;
    let ChangeBody { display_name, parent: asked } = call.body()?;
    let command = call.read(|view| {
        let asked = asked.map(|text| parent(view, &text)).transpose()?;
        Ok(changed(scopes::find(view, call.scope)?, display_name, asked))
    })?;
    carried_out(call, &command)
}

/// What is not there is gone already, for whoever may delete everywhere; nobody else learns which groups there are.
fn delete(call: &Call<'_>) -> Result<Reply, ArmError> {
    let found = call.read(|view| {
        let found = view.azure_scope_at(&call.scope.to_string());
        let asked = found.or_else(|| view.azure_scope(AzureScopeId::ROOT)).ok_or(ArmError::NotFound)?;
        scopes::allowed(call, view, asked).map(|()| found.map(|it| it.id))
    })?;
    let Some(scope) = found else { return Ok(Reply::Empty(StatusCode::NO_CONTENT)) };
    call.carry_out(&Command::DeleteAzureScope(scope), |_| Ok(()))?;
    let path = "providers/Microsoft.Management/operationResults/delete/managementGroups";
    Ok(Reply::Accepted(format!("{}/{path}/{}?api-version={}", call.origin, call.key(0), call.version)))
}

/// The groups and subscriptions below a group, each before what is below it.
fn descendants(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        let here = scopes::allowed_at(call, view)?;
        let rows = below(view, here).into_iter().map(|scope| Descendant::of(view, scope)).collect();
        Ok(Reply::Ok(bytes(&List::of(rows))))
    })
}

/// The management groups and subscriptions below a scope.
pub(super) fn below<'v>(view: View<'v>, here: &AzureScope) -> Vec<&'v AzureScope> {
    view.azure_downwards(here.id).into_iter().skip(1).filter(|scope| kind(scope).is_some()).collect()
}

fn settings(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| scopes::allowed_at(call, view).map(drop))?;
    Ok(Reply::Ok(bytes(&List::<String>::of(Vec::new()))))
}

fn setting(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| scopes::allowed_at(call, view).map(drop))?;
    Err(ArmError::NotFound)
}

fn set(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| scopes::allowed_at(call, view).map(drop))?;
    Err(ArmError::NotEmulated("settings of the hierarchy of management groups".to_owned()))
}

pub(super) use row::{Id, above, kind};
