//! `classicAdministrators`: administrators of subscriptions from before there were roles. The service has retired them, so that
//! nobody is one.

use super::call::Call;
use super::error::ArmError;
use super::front_door::types;
use super::json::{List, bytes};
use super::reply::Reply;
use super::router::{Handler, Method, Operation, Place, Resource};
use super::scopes;

/// What can be done with them.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::CLASSIC_ADMINISTRATORS,
    place: Place::At("subscriptions/{subscription}/providers/Microsoft.Authorization/classicAdministrators"),
    operations: &[Operation { method: Method::Get, path: "", versions: None, handler: Handler::Signed(list) }],
};

fn list(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| scopes::allowed_at(call, view).map(drop))?;
    Ok(Reply::Ok(bytes(&List::<String>::of(Vec::new()))))
}
