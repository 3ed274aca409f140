//! `roleManagementAlertDefinitions`: what alerts are about.

use super::alerts;
use super::call::Call;
use super::error::ArmError;
use super::front_door::types;
use super::json::{List, bytes};
use super::reply::Reply;
use super::router::{Handler, Method, Operation, Place, Resource};

/// What can be done with them.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::ROLE_MANAGEMENT_ALERT_DEFINITIONS,
    place: Place::AnyScope,
    operations: &[
        Operation { method: Method::Get, path: "", versions: None, handler: Handler::Signed(list) },
        Operation { method: Method::Get, path: "{alert}", versions: None, handler: Handler::Signed(get) },
    ],
};

fn list(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        let (here, found) = alerts::listed(call, view, RESOURCE.kind)?;
        Ok(Reply::Ok(bytes(&List::of(found.into_iter().map(|it| alerts::definition(here, it)).collect()))))
    })
}

fn get(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        let (here, found) = alerts::readable(call, view, RESOURCE.kind)?;
        Ok(Reply::Ok(bytes(&alerts::definition(here, found))))
    })
}
