//! `…/alerts`: what stands how, to be dismissed and to be looked for anew.

use super::alert_id::SCOPE_TYPE;
use super::alert_row::AlertRow;
use super::operations::location_of;
use super::reading::{PATH, demanded, id, may_read, readable, rows};
use crate::graph::Version;
use crate::graph::call::Call;
use crate::graph::collection::{Context, Query, single};
use crate::graph::error::GraphError;
use crate::graph::json::Word;
use crate::graph::permission::{READ_ALERTS, WRITE_ALERTS};
use crate::graph::policies::Members;
use crate::graph::reply::Reply;
use crate::graph::router::{Method, Operation};
use pim_core::model::{Alert, AlertScope};
use pim_core::{AlertCommand, Command};

crate::entity! {
    /// An alert.
    AlertResource(AlertRow<'r>) = "unifiedRoleManagementAlert" {
        "id": string = |it| it.id;
        "alertDefinitionId": string = |it| it.id;
        "scopeId": string = |_it| Word("/");
        "scopeType": string = |_it| Word(SCOPE_TYPE);
        "incidentCount": integer = |it| it.incident_count();
        "isActive": boolean = |it| it.alert.is_active;
        "lastModifiedDateTime": instant = |it| it.last_modified();
        "lastScannedDateTime": instant = |it| it.alert.scanned;
    }
    navigations ["alertDefinition", "alertConfiguration", "alertIncidents"]
}

pub(super) const BETA: &[Version] = &[Version::Beta];

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: Method::Get,
        path: "/identityGovernance/roleManagementAlerts/alerts",
        versions: BETA,
        permission: &READ_ALERTS,
        handler: list,
    },
    Operation {
        method: Method::Get,
        path: "/identityGovernance/roleManagementAlerts/alerts/{id}",
        versions: BETA,
        permission: &READ_ALERTS,
        handler: get,
    },
    Operation {
        method: Method::Patch,
        path: "/identityGovernance/roleManagementAlerts/alerts/{id}",
        versions: BETA,
        permission: &WRITE_ALERTS,
        handler: update,
    },
    Operation {
        method: Method::Post,
        path: "/identityGovernance/roleManagementAlerts/alerts/refresh",
        versions: BETA,
        permission: &WRITE_ALERTS,
        handler: refresh_all,
    },
    Operation {
        method: Method::Post,
        path: "/identityGovernance/roleManagementAlerts/alerts/{id}/refresh",
        versions: BETA,
        permission: &WRITE_ALERTS,
        handler: |call| refresh(call, Some(id(call)?.alert)),
    },
];

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<AlertResource>::of(call, usize::MAX)?;
    demanded(query.pager())?;
    call.tenant.read(|view| {
        may_read(call, view)?;
        Ok(query.answer(call, &Context::at(&format!("{PATH}/alerts")), |_| rows(call, view)))
    })
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    let context = format!("{PATH}/alerts");
    call.tenant
        .read(|view| single::<AlertResource>(call, &Context::at(&context), &readable(call, view)?).map(Reply::Ok))
}

/// Dismisses an alert, or shows it again (ALR-5). Nothing else of it can be written.
fn update(call: &Call<'_>) -> Result<Reply, GraphError> {
    let alert = id(call)?.alert;
    let body: serde_json::Value = call.body()?;
    let command = match Members::of("the body", &body)?.boolean("isActive")? {
        Some(true) => AlertCommand::Reactivate(alert),
        Some(false) => AlertCommand::Dismiss(alert),
        None => return Err(GraphError::UnreadableBody("isActive is missing".to_owned())),
    };
    call.tenant.handle(call.caller(), &Command::Alert(command), |_, _| Reply::NoContent).map_err(GraphError::Pim)
}

/// The body says whose alerts.
fn refresh_all(call: &Call<'_>) -> Result<Reply, GraphError> {
    let body: serde_json::Value = call.body()?;
    let members = Members::of("the body", &body)?;
    let kind = members.text("scopeType")?.ok_or(GraphError::MissingProvider)?;
    members.text("scopeId")?.filter(|scope| *scope == "/").ok_or(GraphError::MissingProvider)?;
    if !kind.eq_ignore_ascii_case(SCOPE_TYPE) {
        return Err(GraphError::MissingProvider);
    }
    refresh(call, None)
}

/// A scan takes no time here: it is done when the answer is there (ALR-4).
fn refresh(call: &Call<'_>, alert: Option<Alert>) -> Result<Reply, GraphError> {
    let command = Command::Alert(AlertCommand::Refresh { scope: AlertScope::DirectoryRoles, alert });
    let tenant = call.tenant.id();
    let made = call.tenant.handle(call.caller(), &command, |_, outcome| outcome.made.unwrap_or_default());
    let id = made.map_err(GraphError::Pim)?;
    Ok(Reply::Accepted { location: call.url(&format!("{PATH}/operations/{}", location_of(tenant, id, alert))) })
}
