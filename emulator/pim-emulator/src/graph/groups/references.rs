//! `/groups/{id}/members/$ref` and `/groups/{id}/owners/$ref`: who is in a group and whose it is.

use super::{find, may_write, refused};
use crate::graph::call::Call;
use crate::graph::error::GraphError;
use crate::graph::objects::keyed;
use crate::graph::permission::{READ_GROUPS, WRITE_GROUPS, WRITE_MEMBERS};
use crate::graph::references::{self, Reference};
use crate::graph::reply::Reply;
use crate::graph::router::{BOTH, Method, Operation};
use pim_core::model::Principal;
use pim_core::{Command, PrincipalId, View};

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: Method::Get,
        path: "/groups/{id}/members/$ref",
        versions: BOTH,
        permission: &READ_GROUPS,
        handler: |call| list(call, |view, group| view.members(group)),
    },
    Operation {
        method: Method::Post,
        path: "/groups/{id}/members/$ref",
        versions: BOTH,
        permission: &WRITE_MEMBERS,
        handler: |call| add(call, |group, member| Command::AddMember { group, member }),
    },
    Operation {
        method: Method::Delete,
        path: "/groups/{id}/members/{id}/$ref",
        versions: BOTH,
        permission: &WRITE_MEMBERS,
        handler: |call| remove(call, |group, member| Command::RemoveMember { group, member }),
    },
    Operation {
        method: Method::Get,
        path: "/groups/{id}/owners/$ref",
        versions: BOTH,
        permission: &READ_GROUPS,
        handler: |call| list(call, |view, group| view.owners(group)),
    },
    Operation {
        method: Method::Post,
        path: "/groups/{id}/owners/$ref",
        versions: BOTH,
        permission: &WRITE_GROUPS,
        handler: |call| add(call, |group, owner| Command::AddOwner { group, owner }),
    },
    Operation {
        method: Method::Delete,
        path: "/groups/{id}/owners/{id}/$ref",
        versions: BOTH,
        permission: &WRITE_GROUPS,
        handler: |call| remove(call, |group, owner| Command::RemoveOwner { group, owner }),
    },
];

fn list(
    call: &Call<'_>,
    related: for<'v> fn(View<'v>, PrincipalId) -> Vec<&'v Principal>,
) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let group = find(call, view)?;
        Ok(references::answer(call, &keyed(view, &related(view, group.id))))
    })
}

fn add(call: &Call<'_>, command: fn(PrincipalId, PrincipalId) -> Command) -> Result<Reply, GraphError> {
    let reference = Reference::of_body(call)?;
    let (group, other) =
        call.tenant.read(|view| Ok::<_, GraphError>((writable(call, view)?, reference.principal(view)?)))?;
    call.tenant.handle(call.caller(), &command(group, other), |_, _| Reply::NoContent).map_err(refused)
}

fn remove(call: &Call<'_>, command: fn(PrincipalId, PrincipalId) -> Command) -> Result<Reply, GraphError> {
    let other = call.id(1).ok_or_else(|| GraphError::InvalidObjectIdentifier(call.key(1).to_owned()))?;
    let group = call.tenant.read(|view| writable(call, view))?;
    let command = command(group, PrincipalId(other));
    call.tenant.handle(call.caller(), &command, |_, _| Reply::NoContent).map_err(refused)
}

/// The group that the path names, if the token permits to change who is in it. Whether the caller may is decided with the rest.
fn writable(call: &Call<'_>, view: View<'_>) -> Result<PrincipalId, GraphError> {
    let group = find(call, view)?;
    may_write(call, view, group)?;
    Ok(group.id)
}
