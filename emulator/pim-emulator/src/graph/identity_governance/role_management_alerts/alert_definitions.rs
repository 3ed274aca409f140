//! `…/alertDefinitions`: what alerts are about.

use super::alert_id::SCOPE_TYPE;
use super::alert_row::AlertRow;
use super::alerts::BETA;
use super::reading::{PATH, demanded, may_read, readable, rows};
use crate::graph::call::Call;
use crate::graph::collection::{Context, Query, single};
use crate::graph::error::GraphError;
use crate::graph::json::Word;
use crate::graph::permission::READ_ALERTS;
use crate::graph::reply::Reply;
use crate::graph::router::{Method, Operation};

crate::entity! {
    /// What an alert is about (ALR-2).
    AlertDefinitionResource(AlertRow<'r>) = "unifiedRoleManagementAlertDefinition" {
        "id": string = |it| it.id;
        "displayName": string = |it| it.definition().display_name;
        "scopeType": string = |_it| Word(SCOPE_TYPE);
        "scopeId": string = |_it| Word("/");
        "description": string = |it| it.definition().description;
        "severityLevel": string = |it| Word(it.definition().severity.name());
        "securityImpact": string = |it| it.definition().security_impact;
        "mitigationSteps": string = |it| it.definition().mitigation_steps;
        "howToPrevent": string = |it| it.definition().how_to_prevent;
        "isRemediatable": boolean = |it| it.definition().is_remediatable;
        "isConfigurable": boolean = |it| it.definition().is_configurable;
    }
    navigations []
}

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: Method::Get,
        path: "/identityGovernance/roleManagementAlerts/alertDefinitions",
        versions: BETA,
        permission: &READ_ALERTS,
        handler: list,
    },
    Operation {
        method: Method::Get,
        path: "/identityGovernance/roleManagementAlerts/alertDefinitions/{id}",
        versions: BETA,
        permission: &READ_ALERTS,
        handler: get,
    },
];

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<AlertDefinitionResource>::of(call, usize::MAX)?;
    demanded(query.pager())?;
    call.tenant.read(|view| {
        may_read(call, view)?;
        Ok(query.answer(call, &Context::at(&format!("{PATH}/alertDefinitions")), |_| rows(call, view)))
    })
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    let context = format!("{PATH}/alertDefinitions");
    call.tenant.read(|view| {
        single::<AlertDefinitionResource>(call, &Context::at(&context), &readable(call, view)?).map(Reply::Ok)
    })
}
