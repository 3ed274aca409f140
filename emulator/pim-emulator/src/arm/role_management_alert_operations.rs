//! `roleManagementAlertOperations`: scans that somebody asked for.

use super::alerts;
use super::call::Call;
use super::error::ArmError;
use super::front_door::types;
use super::json::bytes;
use super::pim::prefix;
use super::reply::Reply;
use super::role_management_alerts::Progress;
use super::router::{Handler, Method, Operation, Place, Resource};
use super::scopes;
use pim_core::model::AlertScope;

/// What can be done with them.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::ROLE_MANAGEMENT_ALERT_OPERATIONS,
    place: Place::AnyScope,
    operations: &[Operation {
        method: Method::Get,
        path: "{operation}",
        versions: None,
        handler: Handler::Signed(get),
    }],
};

fn get(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        let here = alerts::subscription(call, view)?;
        scopes::may(call, view, here, RESOURCE.kind)?;
        let operation = call.id(0).and_then(|id| view.alert_operation(id)).ok_or(ArmError::NotFound)?;
        if operation.scope != AlertScope::Subscription(here.id) {
            return Err(ArmError::NotFound);
        }
        let all = format!("{}/providers/{}", prefix(here), types::ROLE_MANAGEMENT_ALERTS);
        let resource_location = match operation.alert {
            Some(alert) => format!("{all}/{}", alert.definition().name),
            None => all,
        };
        Ok(Reply::Ok(bytes(&Progress {
            id: operation.id.to_string(),
            status: "Succeeded",
            status_detail: "{}".to_owned(),
            created: operation.at,
            last_action: operation.at,
            resource_location,
        })))
    })
}
