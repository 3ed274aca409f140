//! `roleManagementAlertConfigurations`: how alerts are set.

use super::alerts::{self, ConfigurationBody};
use super::call::Call;
use super::error::ArmError;
use super::front_door::types;
use super::json::{List, bytes};
use super::reply::Reply;
use super::router::{Handler, Method, Operation, Place, Resource};
use axum::http::StatusCode;
use pim_core::{AlertCommand, Command};

/// What can be done with them.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::ROLE_MANAGEMENT_ALERT_CONFIGURATIONS,
    place: Place::AnyScope,
    operations: &[
        Operation { method: Method::Get, path: "", versions: None, handler: Handler::Signed(list) },
        Operation { method: Method::Get, path: "{alert}", versions: None, handler: Handler::Signed(get) },
        Operation { method: Method::Patch, path: "{alert}", versions: None, handler: Handler::Signed(update) },
    ],
};

fn list(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        let (here, found) = alerts::listed(call, view, RESOURCE.kind)?;
        Ok(Reply::Ok(bytes(&List::of(found.into_iter().map(|it| alerts::configuration(here, it)).collect()))))
    })
}

fn get(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        let (here, found) = alerts::readable(call, view, RESOURCE.kind)?;
        Ok(Reply::Ok(bytes(&alerts::configuration(here, found))))
    })
}

fn update(call: &Call<'_>) -> Result<Reply, ArmError> {
    let alert = call.read(|view| alerts::named(call, alerts::subscription(call, view)?))?;
    let body: ConfigurationBody = call.body()?;
    let command = Command::Alert(AlertCommand::Configure { alert, change: alerts::change(alert, body)? });
    let done = call.tenant.handle(call.caller(), &command, |_, _| Reply::Empty(StatusCode::NO_CONTENT));
    done.map_err(ArmError::Pim)
}
