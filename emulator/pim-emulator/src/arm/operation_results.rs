//! Where clients look whether something that was accepted is done. Here everything is done when it is answered, so that each is.

use super::call::Call;
use super::error::ArmError;
use super::front_door::types;
use super::reply::Reply;
use super::router::{Handler, Method, Operation, Place, Resource};
use axum::http::StatusCode;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// What was accepted about a subscription.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::OPERATION_RESULTS,
    place: Place::At("subscriptions/{subscription}/operationresults"),
    operations: &[Operation { method: Method::Get, path: "{job}", versions: None, handler: Handler::Signed(of_group) }],
};

/// What was accepted about management groups.
pub(crate) static OF_MANAGEMENT: Resource = Resource {
    kind: &types::MANAGEMENT_OPERATION_RESULTS,
    place: Place::At("providers/Microsoft.Management/operationResults"),
    operations: &[Operation {
        method: Method::Get,
        path: "delete/managementGroups/{group}",
        versions: None,
        handler: Handler::Signed(of_management_group),
    }],
};

const DELETION: &str = "RESOURCEGROUPDELETIONJOB-";

/// The job that deletes a resource group, by which it is asked for.
pub(super) fn of_deleted_group(name: &str) -> String {
    format!("{DELETION}{}", utf8_percent_encode(&name.to_uppercase(), NON_ALPHANUMERIC))
}

fn of_group(call: &Call<'_>) -> Result<Reply, ArmError> {
    let is_one = call.key(1).get(..DELETION.len()).is_some_and(|it| it.eq_ignore_ascii_case(DELETION));
    if is_one { Ok(Reply::Empty(StatusCode::OK)) } else { Err(ArmError::NotFound) }
}

fn of_management_group(_: &Call<'_>) -> Result<Reply, ArmError> {
    Ok(Reply::Empty(StatusCode::NO_CONTENT))
}
