//! `denyAssignments`: there are none. Only services of Azure make them, and none of these is here.

use super::call::Call;
use super::error::ArmError;
use super::filter::DENY_ASSIGNMENTS;
use super::front_door::types;
use super::json::{List, bytes};
use super::reply::Reply;
use super::router::{Handler, Method, Operation, Place, Resource};
use super::scopes;

/// What can be done with them: they are read and never written.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::DENY_ASSIGNMENTS,
    place: Place::AnyScope,
    operations: &[
        Operation { method: Method::Get, path: "", versions: None, handler: Handler::Signed(list) },
        Operation { method: Method::Get, path: "{name}", versions: None, handler: Handler::Signed(get) },
    ],
};

fn list(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.filter(DENY_ASSIGNMENTS)?;
    call.read(|view| scopes::allowed_at(call, view).map(drop))?;
    Ok(Reply::Ok(bytes(&List::<String>::of(Vec::new()))))
}

fn get(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| scopes::allowed_at(call, view).map(drop))?;
    Err(ArmError::NotFound)
}
