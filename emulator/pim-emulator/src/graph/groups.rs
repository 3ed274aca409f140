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
use pim_core::{AdministrativeUnitId, Command, GroupChange, PrincipalId, Rejection, View};
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
    make(call, body::read(call)?, None)
}

/// Makes the group that a body describes, in an administrative unit or not.
fn make(call: &Call<'_>, body: body::GroupBody, unit: Option<AdministrativeUnitId>) -> Result<Reply, GraphError> {
    if body.change.is_assignable_to_role == Some(true) {
        call.tenant.read(|view| call.require(view, &ROLE_ASSIGNABLE_GROUPS))?;
    }
    let made = call.tenant.handle(call.caller(), &body.creation(unit)?, |view, outcome| {
        let id = outcome.principal.unwrap_or(PrincipalId(Uuid::nil()));
        let group = view.group(id).ok_or_else(|| GraphError::ObjectNotFound(id.to_string()))?;
        let context = Context { typed: unit.is_some(), ..Context::at("groups") };
        let body = single::<GroupResource>(call, &context, &GroupRow::of(view, group))?;
        Ok(Reply::Created { body, location: location(call, id.0, "Group") })
    });
    made.map_err(refused)?
}

/// Makes the group that the body of a call describes as a member of an administrative unit.
pub(super) fn create_in(call: &Call<'_>, unit: AdministrativeUnitId) -> Result<Reply, GraphError> {
    make(call, body::read(call)?, Some(unit))
}

/// Changes a group, or makes it where the client would like that: under the unique name that the path has.
fn update(call: &Call<'_>) -> Result<Reply, GraphError> {
    let mut body = body::read(call)?;
    let found = call.tenant.read(|view| {
        let group = find(call, view)?;
        may_write(call, view, group).map(|()| group.clone())
    });
    let group = match found {
        Err(GraphError::ObjectNotFound(name)) if call.preferences.creates_if_missing && call.property(0).is_some() => {
            call.tenant.read(|view| call.require(view, &WRITE_GROUPS))?;
            body.change.details.unique_name = Some(Some(name));
            return make(call, body, None);
        }
        found => found?,
    };
    let change = body.change_of(&group)?;
    // Who is in a group may be changed for less than what the group is.
    let what_it_is = GroupChange { members: Vec::new(), owners: Vec::new(), ..change.clone() };
    if what_it_is != GroupChange::default() {
        call.tenant.read(|view| call.require(view, &WRITE_GROUPS))?;
    }
    let command = Command::UpdateGroup { group: group.id, change: Box::new(change) };
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

/// The group that the path names, by its id or its unique name.
fn find<'v>(call: &Call<'_>, view: View<'v>) -> Result<&'v Group, GraphError> {
    let key = call.key(0);
    let group = match call.property(0) {
        None => {
            let id = call.id(0).ok_or_else(|| GraphError::InvalidObjectIdentifier(key.to_owned()))?;
            view.group(PrincipalId(id))
        }
        Some(_) => view.group_uniquely_named(key),
    };
    group
        .filter(|group| view.has_replicated(group.id.0, group.created))
        .ok_or_else(|| GraphError::ObjectNotFound(key.to_owned()))
}
