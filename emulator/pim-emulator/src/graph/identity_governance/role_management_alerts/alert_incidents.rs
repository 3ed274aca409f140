//! `…/alerts/{id}/alertIncidents`: what an alert has found.

use super::alert_row::type_name;
use super::alerts::BETA;
use super::reading::{PATH, id, readable};
use crate::graph::call::Call;
use crate::graph::collection::{Context, PAGE_SIZE, Query, single};
use crate::graph::error::GraphError;
use crate::graph::expand::{Navigation, Related};
use crate::graph::json::{Json, Word};
use crate::graph::permission::{READ_ALERTS, WRITE_ALERTS};
use crate::graph::reply::Reply;
use crate::graph::router::{Method, Operation};
use pim_core::model::{Alert, Incident, License, RoleDefinition};
use pim_core::time::Instant;
use pim_core::{AlertCommand, Command, PrincipalId, Rejection, View};
use uuid::Uuid;

crate::entity! {
    /// Something that an alert has found, of one of seven derived types (ALR-21).
    AlertIncidentResource(IncidentRow<'r>) = "unifiedRoleManagementAlertIncident"
        by |it| &type_name(it.alert, "Incident");
    {
        "id": string = |it| it.incident.id();
        "assigneeId": string [own] = |it| it.assignee().map(|id| id.0);
        "assigneeDisplayName": string [own] = |it| it.assignee().map(|id| it.view.name_of(id));
        "assigneeUserPrincipalName": string [own] = |it| it.assignee().map(|id| it.view.user_principal_name_of(id));
        "roleDefinitionId": string [own] = |it| it.held_role().map(|role| role.id.0);
        "roleDisplayName": string [own] = |it| it.role().map(|role| role.display_name.as_str());
        "roleTemplateId": string [own] = |it| it.role().map(|role| role.template_id.0);
        "assignmentCreatedDateTime": instant [own] = |it| it.assigned();
        "lastActivationDateTime": instant [own] = |it| it.last_activation();
        "lastSignInDateTime": instant [own] = |it| it.last_sign_in();
        "activationCount": integer [own] = |it| it.sequence().map(|(count, ..)| count);
        "sequenceStartDateTime": instant [own] = |it| it.sequence().map(|(_, start, _)| start);
        "sequenceEndDateTime": instant [own] = |it| it.sequence().map(|(.., end)| end);
        "tenantLicenseStatus": string [own] = |it| it.license_status();
    }
    navigations []
}

/// Something that an alert has found, with the state around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct IncidentRow<'v> {
    pub(super) view: View<'v>,
    pub(super) alert: Alert,
    pub(super) incident: &'v Incident,
}

impl<'v> IncidentRow<'v> {
    fn assignee(&self) -> Option<PrincipalId> {
        match self.incident {
            Incident::OneOfMany(principal) => Some(*principal),
            Incident::License(_)
            | Incident::RoleWithoutMfa(_)
            | Incident::Unused { .. }
            | Incident::Outside { .. }
            | Incident::Sequence { .. }
            | Incident::Stale { .. }
            | Incident::Duplicate { .. } => self.incident.assignment().map(|(principal, _)| principal),
        }
    }

    /// The role that somebody holds.
    fn held_role(&self) -> Option<&'v RoleDefinition> {
        self.view.role(self.incident.assignment()?.1.role()?)
    }

    fn role(&self) -> Option<&'v RoleDefinition> {
        match self.incident {
            Incident::RoleWithoutMfa(role) => self.view.role(*role),
            Incident::License(_)
            | Incident::OneOfMany(_)
            | Incident::Unused { .. }
            | Incident::Outside { .. }
            | Incident::Sequence { .. }
            | Incident::Stale { .. }
            | Incident::Duplicate { .. } => self.held_role(),
        }
    }

    fn assigned(&self) -> Option<Instant> {
        match self.incident {
            Incident::Outside { assigned, .. } | Incident::Stale { assigned, .. } => Some(*assigned),
            Incident::License(_)
            | Incident::RoleWithoutMfa(_)
            | Incident::OneOfMany(_)
            | Incident::Unused { .. }
            | Incident::Sequence { .. }
            | Incident::Duplicate { .. } => None,
        }
    }

    /// `Some(None)` where it never was.
    fn last_activation(&self) -> Option<Option<Instant>> {
        if let Incident::Unused { last_activation, .. } = self.incident { Some(*last_activation) } else { None }
    }

    fn last_sign_in(&self) -> Option<Option<Instant>> {
        if let Incident::Stale { last_sign_in, .. } = self.incident { Some(*last_sign_in) } else { None }
    }

    fn sequence(&self) -> Option<(u32, Instant, Instant)> {
        if let Incident::Sequence { count, start, end, .. } = self.incident {
            Some((*count, *start, *end))
        } else {
            None
        }
    }

    fn license_status(&self) -> Option<Word> {
        if let Incident::License(license) = self.incident {
            Some(Word(match license {
                License::None => "None",
                License::P1 => "P1",
                License::P2 => "P2",
                License::Governance => "Governance",
            }))
        } else {
            None
        }
    }
}

impl Related for IncidentRow<'_> {
    fn write_related(&self, _: &Navigation, json: &mut Json) {
        json.raw("null");
    }
}

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: Method::Get,
        path: "/identityGovernance/roleManagementAlerts/alerts/{id}/alertIncidents",
        versions: BETA,
        permission: &READ_ALERTS,
        handler: list,
    },
    Operation {
        method: Method::Get,
        path: "/identityGovernance/roleManagementAlerts/alerts/{id}/alertIncidents/{incidentId}",
        versions: BETA,
        permission: &READ_ALERTS,
        handler: get,
    },
    Operation {
        method: Method::Post,
        path: "/identityGovernance/roleManagementAlerts/alerts/{id}/alertIncidents/{incidentId}/remediate",
        versions: BETA,
        permission: &WRITE_ALERTS,
        handler: remediate,
    },
];

/// Some tenants were seen to refuse the list, and to expand it from the alert all the same (ALR-22).
fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<AlertIncidentResource>::of(call, PAGE_SIZE)?;
    call.tenant.read(|view| {
        let alert = readable(call, view)?;
        if view.behaviour().alert_incidents_are_not_listed {
            return Err(GraphError::IncidentsNotListed);
        }
        let context = Context {
            name: &format!("{PATH}/alerts('{}')/alertIncidents", alert.id),
            path: &format!("{PATH}/alerts/{}/alertIncidents", alert.id),
            typed: false,
        };
        let after = |key: Option<u64>| {
            let rows = (0..).zip(alert.incidents());
            rows.filter(move |(place, _): &(u64, _)| key.is_none_or(|key| *place > key))
        };
        Ok(query.answer(call, &context, after))
    })
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let alert = readable(call, view)?;
        let incident = call.id(1).and_then(|id| alert.alert.incident(id)).ok_or(GraphError::ResourceNotFound)?;
        let context = format!("{PATH}/alerts('{}')/alertIncidents", alert.id);
        single::<AlertIncidentResource>(call, &Context::at(&context), &alert.incident(incident)).map(Reply::Ok)
    })
}

/// Puts right what an incident is about.
fn remediate(call: &Call<'_>) -> Result<Reply, GraphError> {
    let alert = id(call)?.alert;
    let incident = call.id(1).unwrap_or(Uuid::max());
    let command = Command::Alert(AlertCommand::Remediate { alert, incident });
    let done: Result<_, Rejection> = call.tenant.handle(call.caller(), &command, |_, _| Reply::NoContent);
    done.map_err(GraphError::Pim)
}
