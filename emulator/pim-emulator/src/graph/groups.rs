//! `/groups`.

mod body;
mod references;
mod row;

pub(crate) use references::OPERATIONS as REFERENCE_OPERATIONS;
pub(crate) use row::{GroupResource, GroupRow, INDEXED};

use super::call::Call;
use super::collection::{Context, Query, single};
use super::error::GraphError;
use super::permission::{READ_GROUPS, ROLE_ASSIGNABLE_GROUPS, WRITE_GROUPS, WRITE_MEMBERS};
use super::references::location;
use super::reply::Reply;
use super::router::{BOTH, Method, Operation};
use pim_core::model::{Group, Principal, PrincipalKind};
use pim_core::{Command, GroupChange, PrincipalId, Rejection, View};
use uuid::Uuid;

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation { method: Method::Get, path: "/groups", versions: BOTH, permission: &READ_GROUPS, handler: list },
    Operation { method: Method::Post, path: "/groups", versions: BOTH, permission: &WRITE_GROUPS, handler: create },
    Operation { method: Method::Get, path: "/groups/$count", versions: BOTH, permission: &READ_GROUPS, handler: count },
    Operation { method: Method::Get, path: "/groups/{id}", versions: BOTH, permission: &READ_GROUPS, handler: get },
    Operation {
        method: Method::Patch,
        path: "/groups/{id}",
        versions: BOTH,
        permission: &WRITE_MEMBERS,
        handler: update,
    },
    Operation {
        method: Method::Delete,
        path: "/groups/{id}",
        versions: BOTH,
        permission: &WRITE_GROUPS,
        handler: delete,
    },
];

fn rows<'v>(view: View<'v>, after: Option<u64>) -> impl Iterator<Item = (u64, GroupRow<'v>)> {
    view.principals(PrincipalKind::Group, after).filter_map(move |(key, principal)| match principal {
        Principal::Group(group) => Some((key, GroupRow::of(view, group))),
        Principal::User(_) | Principal::ServicePrincipal(_) => None,
    })
}

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<GroupResource>::indexed(call, &INDEXED)?;
    call.tenant.read(|view| {
        let query = query.counted(view, PrincipalKind::Group);
        Ok(query.answer(call, &Context::at("groups"), |after| rows(view, after)))
    })
}

fn count(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| Query::<GroupResource>::count(call, &INDEXED, rows(view, None).map(|(_, row)| row)))
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let row = GroupRow::of(view, find(call, view)?);
        single::<GroupResource>(call, &Context::at("groups"), &row).map(Reply::Ok)
    })
}

fn create(call: &Call<'_>) -> Result<Reply, GraphError> {
    let body = body::read(call)?;
    if body.change.is_assignable_to_role == Some(true) {
        call.tenant.read(|view| call.require(view, &ROLE_ASSIGNABLE_GROUPS))?;
    }
    let made = call.tenant.handle(call.caller(), &body.creation()?, |view, outcome| {
        let id = outcome.principal.unwrap_or(PrincipalId(Uuid::nil()));
        let group = view.group(id).ok_or_else(|| GraphError::ObjectNotFound(id.to_string()))?;
        let body = single::<GroupResource>(call, &Context::at("groups"), &GroupRow::of(view, group))?;
        Ok(Reply::Created { body, location: location(call, id.0, "Group") })
    });
    made.map_err(refused)?
}

fn update(call: &Call<'_>) -> Result<Reply, GraphError> {
    let body = body::read(call)?;
    let command = call.tenant.read(|view| {
        let group = find(call, view)?;
        may_write(call, view, group)?;
        let change = body.change_of(group)?;
        // Who is in a group may be changed for less than what the group is.
        let what_it_is = GroupChange { members: Vec::new(), owners: Vec::new(), ..change.clone() };
        if what_it_is != GroupChange::default() {
            call.require(view, &WRITE_GROUPS)?;
        }
        Ok::<_, GraphError>(Command::UpdateGroup { group: group.id, change: Box::new(change) })
    })?;
    call.tenant.handle(call.caller(), &command, |_, _| Reply::NoContent).map_err(refused)
}

fn delete(call: &Call<'_>) -> Result<Reply, GraphError> {
    let group = call.tenant.read(|view| {
        let group = find(call, view)?;
        may_write(call, view, group).map(|()| group.id)
    })?;
    call.tenant.handle(call.caller(), &Command::DeletePrincipal(group), |_, _| Reply::NoContent).map_err(refused)
}

/// A group for directory roles takes a permission of its own, whatever is to become of it (AUT-22).
pub(super) fn may_write(call: &Call<'_>, view: View<'_>, group: &Group) -> Result<(), GraphError> {
    if group.is_assignable_to_role { call.require(view, &ROLE_ASSIGNABLE_GROUPS) } else { Ok(()) }
}

/// The machine's refusal of something about a group.
pub(super) const fn refused(rejection: Rejection) -> GraphError {
    GraphError::Object { resource: body::RESOURCE, rejection }
}

/// The id of the group that the path names.
pub(crate) fn find_id(call: &Call<'_>, view: View<'_>) -> Result<PrincipalId, GraphError> {
    find(call, view).map(|group| group.id)
}

fn find<'v>(call: &Call<'_>, view: View<'v>) -> Result<&'v Group, GraphError> {
    let id = call.id(0).ok_or_else(|| GraphError::InvalidObjectIdentifier(call.key(0).to_owned()))?;
    let group = view.group(PrincipalId(id)).filter(|group| view.has_replicated(group.created));
    group.ok_or_else(|| GraphError::ObjectNotFound(call.key(0).to_owned()))
}
