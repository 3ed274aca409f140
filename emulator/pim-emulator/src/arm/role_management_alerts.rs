//! `roleManagementAlerts`: what PIM warns of in a subscription, and what it has found.

use super::alerts::{self, AlertBody};
use super::call::Call;
use super::error::ArmError;
use super::front_door::types;
use super::json::{List, bytes};
use super::pim::prefix;
use super::reply::Reply;
use super::router::{Handler, Method, Operation, Place, Resource};
use axum::http::StatusCode;
use pim_core::model::{Alert, AlertScope};
use pim_core::time::Instant;
use pim_core::{AlertCommand, Command};
use uuid::Uuid;

/// What can be done with them.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::ROLE_MANAGEMENT_ALERTS,
    place: Place::AnyScope,
    operations: &[
        Operation { method: Method::Get, path: "", versions: None, handler: Handler::Signed(list) },
        Operation { method: Method::Get, path: "{alert}", versions: None, handler: Handler::Signed(get) },
        Operation { method: Method::Patch, path: "{alert}", versions: None, handler: Handler::Signed(update) },
        Operation {
            method: Method::Post,
            path: "refresh",
            versions: None,
            handler: Handler::Signed(|call| refresh(call, None)),
        },
        Operation {
            method: Method::Post,
            path: "{alert}/refresh",
            versions: None,
            handler: Handler::Signed(refresh_one),
        },
        Operation {
            method: Method::Get,
            path: "{alert}/alertIncidents",
            versions: None,
            handler: Handler::Signed(incidents),
        },
        Operation {
            method: Method::Get,
            path: "{alert}/alertIncidents/{incident}",
            versions: None,
            handler: Handler::Signed(incident),
        },
        Operation {
            method: Method::Post,
            path: "{alert}/alertIncidents/{incident}/remediate",
            versions: None,
            handler: Handler::Signed(remediate),
        },
    ],
};

fn list(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        let (here, found) = alerts::listed(call, view, RESOURCE.kind)?;
        Ok(Reply::Ok(bytes(&List::of(found.into_iter().map(|it| alerts::alert(view, here, it)).collect()))))
    })
}

fn get(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        let (here, found) = alerts::readable(call, view, RESOURCE.kind)?;
        Ok(Reply::Ok(bytes(&alerts::alert(view, here, found))))
    })
}

fn incidents(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        let (here, found) = alerts::readable(call, view, RESOURCE.kind)?;
        Ok(Reply::Ok(bytes(&List::of(alerts::incidents(view, here, found).collect()))))
    })
}

fn incident(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        let (here, found) = alerts::readable(call, view, RESOURCE.kind)?;
        let wanted = call.id(1).and_then(|id| found.incident(id)).ok_or(ArmError::NotFound)?;
        let only = pim_core::AlertView { incidents: std::slice::from_ref(wanted), ..found };
        let row = alerts::incidents(view, here, only).next().ok_or(ArmError::NotFound)?;
        Ok(Reply::Ok(bytes(&row)))
    })
}

/// Dismisses an alert, or shows it again (ALR-5).
fn update(call: &Call<'_>) -> Result<Reply, ArmError> {
    let alert = asked(call)?;
    let body: AlertBody = call.body()?;
    let command = match body.properties.and_then(|it| it.is_active).map(|it| it.0) {
        Some(true) => AlertCommand::Reactivate(alert),
        Some(false) => AlertCommand::Dismiss(alert),
        None => return Err(ArmError::InvalidProperty("properties.isActive is missing".to_owned())),
    };
    carried_out(call, command)
}

fn remediate(call: &Call<'_>) -> Result<Reply, ArmError> {
    let alert = asked(call)?;
    carried_out(call, AlertCommand::Remediate { alert, incident: call.id(1).unwrap_or(Uuid::max()) })
}

/// The alert of the path; whether the caller may do something with it is for the machine to say.
fn asked(call: &Call<'_>) -> Result<Alert, ArmError> {
    call.read(|view| alerts::named(call, alerts::subscription(call, view)?))
}

fn carried_out(call: &Call<'_>, command: AlertCommand) -> Result<Reply, ArmError> {
    let done = call.tenant.handle(call.caller(), &Command::Alert(command), |_, _| Reply::Empty(StatusCode::NO_CONTENT));
    done.map_err(ArmError::Pim)
}

fn refresh_one(call: &Call<'_>) -> Result<Reply, ArmError> {
    let alert = asked(call)?;
    refresh(call, Some(alert))
}

/// How far a scan has come, as it is told when it begins.
#[derive(Debug)]
pub(super) struct Progress {
    pub(super) id: String,
    pub(super) status: &'static str,
    pub(super) status_detail: String,
    pub(super) created: Instant,
    pub(super) last_action: Instant,
    pub(super) resource_location: String,
}

crate::arm_object! {
    Progress {
        id / "id",
        status / "status",
        status_detail / "statusDetail",
        created / "createdDateTime",
        last_action / "lastActionDateTime",
        resource_location / "resourceLocation",
    }
}

/// The answer says that the scan is running; it takes no time here, so that whoever asks again hears that it is done (ALR-4).
fn refresh(call: &Call<'_>, alert: Option<Alert>) -> Result<Reply, ArmError> {
    let (scope, at) = call.read(|view| {
        let here = alerts::subscription(call, view)?;
        Ok((here.id, format!("{}/providers/{}", prefix(here), types::ROLE_MANAGEMENT_ALERT_OPERATIONS)))
    })?;
    let command = Command::Alert(AlertCommand::Refresh { scope: AlertScope::Subscription(scope), alert });
    let made =
        call.tenant.handle(call.caller(), &command, |view, outcome| (outcome.made.unwrap_or_default(), view.now()));
    let (id, now) = made.map_err(ArmError::Pim)?;
    let progress = Progress {
        id: id.to_string(),
        status: "Running",
        status_detail: "{}".to_owned(),
        created: now,
        last_action: now,
        resource_location: String::new(),
    };
    let location = format!("{}{at}/{id}?api-version={}", call.origin, call.version);
    Ok(Reply::Started { body: bytes(&progress), location })
}
