//! `…/alertConfigurations`: how alerts are set.

use super::alert_configuration_body as body;
use super::alert_id::SCOPE_TYPE;
use super::alert_row::{AlertRow, type_name};
use super::alerts::BETA;
use super::reading::{PATH, demanded, id, may_read, readable, rows};
use crate::graph::call::Call;
use crate::graph::collection::{Context, Query, single};
use crate::graph::error::GraphError;
use crate::graph::json::Word;
use crate::graph::permission::{READ_ALERTS, WRITE_ALERTS};
use crate::graph::reply::Reply;
use crate::graph::router::{Method, Operation};
use pim_core::{AlertCommand, Command};

crate::entity! {
    /// How an alert is set, of one of seven derived types.
    AlertConfigurationResource(AlertRow<'r>) = "unifiedRoleManagementAlertConfiguration"
        by |it| &type_name(it.id.alert, "Configuration");
    {
        "id": string = |it| it.id;
        "alertDefinitionId": string = |it| it.id;
        "scopeType": string = |_it| Word(SCOPE_TYPE);
        "scopeId": string = |_it| Word("/");
        "isEnabled": boolean = |it| it.alert.configuration.is_enabled;
        "duration": duration [own] = |it| it.duration();
        "sequentialActivationCounterThreshold": integer [own] = |it| it.sequence().map(|(count, _)| count);
        "timeIntervalBetweenActivations": duration [own] = |it| it.sequence().map(|(_, interval)| interval);
        "globalAdminCountThreshold": integer [own] = |it| it.share().map(|(count, _)| count);
        "percentageOfGlobalAdminsOutOfRolesThreshold": integer [own] = |it| it.share().map(|(_, percentage)| percentage);
    }
    navigations ["alertDefinition"]
}

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: Method::Get,
        path: "/identityGovernance/roleManagementAlerts/alertConfigurations",
        versions: BETA,
        permission: &READ_ALERTS,
        handler: list,
    },
    Operation {
        method: Method::Get,
        path: "/identityGovernance/roleManagementAlerts/alertConfigurations/{id}",
        versions: BETA,
        permission: &READ_ALERTS,
        handler: get,
    },
    Operation {
        method: Method::Patch,
        path: "/identityGovernance/roleManagementAlerts/alertConfigurations/{id}",
        versions: BETA,
        permission: &WRITE_ALERTS,
        handler: update,
    },
];

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<AlertConfigurationResource>::of(call, usize::MAX)?;
    demanded(query.pager())?;
    call.tenant.read(|view| {
        may_read(call, view)?;
        Ok(query.answer(call, &Context::at(&format!("{PATH}/alertConfigurations")), |_| rows(call, view)))
    })
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    let context = format!("{PATH}/alertConfigurations");
    call.tenant.read(|view| {
        single::<AlertConfigurationResource>(call, &Context::at(&context), &readable(call, view)?).map(Reply::Ok)
    })
}

fn update(call: &Call<'_>) -> Result<Reply, GraphError> {
    let alert = id(call)?.alert;
    let change = body::read(alert, &call.body()?)?;
    let command = Command::Alert(AlertCommand::Configure { alert, change });
    call.tenant.handle(call.caller(), &command, |_, _| Reply::NoContent).map_err(GraphError::Pim)
}
