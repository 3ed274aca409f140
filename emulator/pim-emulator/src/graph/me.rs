//! `/me`.

use super::call::Call;
use super::collection::{Context, single};
use super::error::GraphError;
use super::permission::READ_ME;
use super::reply::Reply;
use super::router::{BOTH, Method, Operation};
use super::users::UserResource;

/// What can be done with oneself.
pub(crate) const OPERATIONS: &[Operation] =
    &[Operation { method: Method::Get, path: "/me", versions: BOTH, permission: &READ_ME, handler: get }];

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    let id = call.user().ok_or(GraphError::NoCurrentUser)?;
    call.tenant.read(|view| {
        let user = view.user(id).ok_or_else(|| GraphError::ObjectNotFound(id.to_string()))?;
        single::<UserResource>(call, &Context::at("users"), &user).map(Reply::Ok)
    })
}
