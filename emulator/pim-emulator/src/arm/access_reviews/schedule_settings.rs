//! `accessReviewScheduleSettings/default`: what reviews at a scope begin with.

use super::finding::{here, may_look};
use super::settings::{SettingsBody, SettingsRow};
use crate::arm::call::Call;
use crate::arm::error::ArmError;
use crate::arm::front_door::types;
use crate::arm::json::{Called, Row, bytes};
use crate::arm::pim::prefix;
use crate::arm::reply::Reply;
use crate::arm::router::{Handler, Method, Operation, Place, Resource};
use pim_core::{AccessReviewCommand, View};

/// What can be done with them.
pub(in crate::arm) static RESOURCE: Resource = Resource {
    kind: &types::ACCESS_REVIEW_SCHEDULE_SETTINGS,
    place: Place::AnyScope,
    operations: &[
        Operation { method: Method::Get, path: "default", versions: None, handler: Handler::Signed(get) },
        Operation { method: Method::Put, path: "default", versions: None, handler: Handler::Signed(put) },
    ],
};

crate::request_body! {
    /// Settings: as a resource, or bare.
    WrappedSettings {
        /// What they are like.
        properties / "properties": SettingsBody,
    }
}

fn written(call: &Call<'_>, view: View<'_>) -> Result<Reply, ArmError> {
    let here = here(call, view)?;
    may_look(call, view, here.id)?;
    let called = Called { prefix: prefix(here), kind: &types::ACCESS_REVIEW_SCHEDULE_SETTINGS, name: "default" };
    let properties = SettingsRow::of(&view.access_review_defaults(here.id));
    Ok(Reply::Ok(bytes(&Row { called, properties })))
}

fn get(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| written(call, view))
}

/// What is left out is as it was.
fn put(call: &Call<'_>) -> Result<Reply, ArmError> {
    let body = match call.body::<WrappedSettings>()?.properties {
        Some(properties) => properties,
        None => call.body()?,
    };
    let command = call.read(|view| {
        let here = here(call, view)?;
        let settings = body.read(&view.access_review_defaults(here.id), view.now())?;
        Ok(AccessReviewCommand::SetDefaults { scope: here.id, settings: Box::new(settings) })
    })?;
    call.tenant.handle(call.caller(), &command.into(), |view, _| written(call, view)).map_err(ArmError::Pim)?
}
