//! `elevateAccess`: a Global Administrator takes access to everything of Azure (AUT-7).

use super::call::Call;
use super::error::ArmError;
use super::front_door::types;
use super::reply::Reply;
use super::router::{Handler, Method, Operation, Place, Resource};
use axum::http::StatusCode;
use pim_core::Command;

/// What can be done with it.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::ELEVATE_ACCESS,
    place: Place::At("providers/Microsoft.Authorization/elevateAccess"),
    operations: &[Operation { method: Method::Post, path: "", versions: None, handler: Handler::Signed(elevate) }],
};

fn elevate(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.carry_out(&Command::ElevateAccess, |_| Ok(Reply::Empty(StatusCode::OK)))
}
