//! `/users/{id}/manager`, and the same of oneself.

use super::{Find, apply, find_id};
use crate::graph::call::Call;
use crate::graph::error::GraphError;
use crate::graph::me;
use crate::graph::permission::{READ_USERS, WRITE_USERS};
use crate::graph::references::Reference;
use crate::graph::reply::Reply;
use crate::graph::router::{BOTH, Method, Operation};
use pim_core::{UserChange, View};

/// What can be done with it.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: Method::Get,
        path: "/users/{id}/manager",
        versions: BOTH,
        permission: &READ_USERS,
        handler: |call| get(call, find_id),
    },
    Operation {
        method: Method::Put,
        path: "/users/{id}/manager/$ref",
        versions: BOTH,
        permission: &WRITE_USERS,
        handler: put,
    },
    Operation {
        method: Method::Delete,
        path: "/users/{id}/manager/$ref",
        versions: BOTH,
        permission: &WRITE_USERS,
        handler: delete,
    },
    Operation {
        method: Method::Get,
        path: "/me/manager",
        versions: BOTH,
        permission: &READ_USERS,
        handler: |call| get(call, me::id),
    },
];

fn get(call: &Call<'_>, find: Find) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let user = find(call, view)?;
        let manager = view.user(user).and_then(|user| view.user(user.manager?));
        super::answer(call, view, manager.ok_or_else(absent)?)
    })
}

/// Nobody is there: the directory names the relation in the place of an id.
fn absent() -> GraphError {
    GraphError::ObjectNotFound("manager".to_owned())
}

fn put(call: &Call<'_>) -> Result<Reply, GraphError> {
    let reference = Reference::of_body(call)?;
    let (user, manager) =
        call.tenant.read(|view| Ok::<_, GraphError>((find_id(call, view)?, reference.principal(view)?)))?;
    apply(call, user, UserChange { manager: Some(Some(manager)), ..UserChange::default() })
}

fn delete(call: &Call<'_>) -> Result<Reply, GraphError> {
    let has_manager = |view: View<'_>| {
        let user = find_id(call, view)?;
        let manager = view.user(user).and_then(|user| user.manager);
        manager.map(|_| user).ok_or_else(absent)
    };
    let user = call.tenant.read(has_manager)?;
    apply(call, user, UserChange { manager: Some(None), ..UserChange::default() })
}
