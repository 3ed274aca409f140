//! `…/operations`: scans that somebody asked for.

use super::alert_id::AlertId;
use super::alerts::BETA;
use super::reading::{PATH, may_read};
use crate::graph::call::Call;
use crate::graph::collection::{Context, single};
use crate::graph::error::GraphError;
use crate::graph::expand::{Navigation, Related};
use crate::graph::json::{Json, Word};
use crate::graph::permission::READ_ALERTS;
use crate::graph::reply::Reply;
use crate::graph::router::{Method, Operation};
use pim_core::model::{Alert, AlertOperation, AlertScope};
use pim_core::{TenantId, View};
use uuid::Uuid;

/// What the id of a scan for one alert begins with.
const REFRESH: &str = "refresh:";

crate::entity! {
    /// A scan that somebody asked for. It was done at once, so that it always reads so (ALR-4).
    LongRunningOperation(OperationRow) = "longRunningOperation" {
        "id": string = |it| it.id.as_str();
        "createdDateTime": instant = |it| it.operation.at;
        "lastActionDateTime": instant = |it| it.operation.at;
        "resourceLocation": string = |it| it.resource_location.as_str();
        "status": string = |_it| Word("succeeded");
        "statusDetail": string = |_it| None::<Word>;
    }
    navigations []
}

/// A scan with the texts that belong to it.
#[derive(Clone, Debug)]
pub(crate) struct OperationRow {
    id: String,
    operation: AlertOperation,
    resource_location: String,
}

impl Related for OperationRow {
    fn write_related(&self, _: &Navigation, json: &mut Json) {
        json.raw("null");
    }
}

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[Operation {
    method: Method::Get,
    path: "/identityGovernance/roleManagementAlerts/operations/{id}",
    versions: BETA,
    permission: &READ_ALERTS,
    handler: get,
}];

/// The id of a scan: that of one alert is made of the alert's, so that the next one has it too; that of all has one of its own.
pub(super) fn location_of(tenant: TenantId, id: Uuid, alert: Option<Alert>) -> String {
    match alert {
        Some(alert) => format!("{REFRESH}{}", AlertId { tenant, alert }),
        None => id.to_string(),
    }
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        may_read(call, view)?;
        let operation = find(call, view).ok_or(GraphError::ResourceNotFound)?;
        let tenant = call.tenant.id();
        let alerts = match operation.alert {
            Some(alert) => format!("{PATH}/alerts/{}", AlertId { tenant, alert }),
            None => format!("{PATH}/alerts"),
        };
        let row = OperationRow {
            id: location_of(tenant, operation.id, operation.alert),
            operation,
            resource_location: call.url(&alerts),
        };
        single::<LongRunningOperation>(call, &Context::at(&format!("{PATH}/operations")), &row).map(Reply::Ok)
    })
}

fn find(call: &Call<'_>, view: View<'_>) -> Option<AlertOperation> {
    let operation = match call.key(0).strip_prefix(REFRESH) {
        Some(id) => view.last_operation_of(AlertId::parse(id, call.tenant.id())?.alert),
        None => view.alert_operation(call.id(0)?),
    };
    operation.filter(|operation| operation.scope == AlertScope::DirectoryRoles)
}
