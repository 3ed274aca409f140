//! `/me`.

use super::call::Call;
use super::error::GraphError;
use super::permission::{READ_ME, REVOKE_SESSIONS, WRITE_ME};
use super::reply::Reply;
use super::router::{BOTH, Method, Operation};
use super::users;
use pim_core::{PrincipalId, View};

/// What can be done with oneself.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation { method: Method::Get, path: "/me", versions: BOTH, permission: &READ_ME, handler: get },
    Operation {
        method: Method::Patch,
        path: "/me",
        versions: BOTH,
        permission: &WRITE_ME,
        handler: |call| users::change(call, id),
    },
    Operation {
        method: Method::Post,
        path: "/me/revokeSignInSessions",
        versions: BOTH,
        permission: &REVOKE_SESSIONS,
        handler: |call| users::revoke(call, id),
    },
];

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let id = id(call, view)?;
        let user = view.user(id).ok_or_else(|| GraphError::ObjectNotFound(id.to_string()))?;
        users::answer(call, view, user)
    })
}

/// The id of the signed-in user.
pub(crate) fn id(call: &Call<'_>, _: View<'_>) -> Result<PrincipalId, GraphError> {
    call.user().ok_or(GraphError::NoCurrentUser)
}
