//! `/roleManagement/directory/roleAssignments`: what is active right now, however it came about (MOD-8), and the way around
//! PIM (MOD-11).

use super::assignment_id;
use super::role::Role;
use crate::graph::call::Call;
use crate::graph::collection::{Context, PAGE_SIZE, Query, single};
use crate::graph::error::GraphError;
use crate::graph::json::Word;
use crate::graph::permission::{READ_ROLE_ASSIGNMENTS, WRITE_ROLES};
use crate::graph::pim::demand::Demand;
use crate::graph::pim::schedule_row::ScheduleRow;
use crate::graph::reply::Reply;
use crate::graph::router::{BOTH, Method, Operation};
use pim_core::model::{AssignmentKind, DirectoryScope, Privilege};
use pim_core::{By, Command, PrincipalId, RoleDefinitionId, View};
use uuid::Uuid;

crate::entity! {
    /// A role assignment.
    RoleAssignment(ScheduleRow<'r, Role>) = "unifiedRoleAssignment" {
        "id": string = |it| it.instance_id();
        "principalId": string = |it| it.schedule.principal.0;
        "principalOrganizationId": string [v1] = |it| it.view.tenant().map(|tenant| tenant.id.0);
        "resourceScope": string [beta] = |it| it.scope();
        "directoryScopeId": string = |it| it.scope();
        "appScopeId": string = |_it| None::<Word>;
        "roleDefinitionId": string = |it| it.role_id();
        "condition": string = |_it| None::<Word>;
        paths {
            "principal/id": string = |it| it.schedule.principal.0;
            "roleDefinition/id": string = |it| it.role_id();
            "roleDefinition/displayName": string = |it| it.role().map(|role| role.display_name.as_str());
        }
    }
    navigations ["principal", "roleDefinition", "directoryScope", "appScope"]
}

crate::request_body! {
    /// `unifiedRoleAssignment`, as far as clients may write it.
    RoleAssignmentBody {
        /// To whom.
        principal_id / "principalId": String,
        /// Which role.
        role_definition_id / "roleDefinitionId": String,
        /// Where.
        directory_scope_id / "directoryScopeId": String,
        /// Where, in an application.
        app_scope_id / "appScopeId": String,
    }
}

const PATH: &str = "roleManagement/directory/roleAssignments";

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: Method::Get,
        path: "/roleManagement/directory/roleAssignments",
        versions: BOTH,
        permission: &READ_ROLE_ASSIGNMENTS,
        handler: list,
    },
    Operation {
        method: Method::Post,
        path: "/roleManagement/directory/roleAssignments",
        versions: BOTH,
        permission: &WRITE_ROLES,
        handler: create,
    },
    Operation {
        method: Method::Get,
        path: "/roleManagement/directory/roleAssignments/{id}",
        versions: BOTH,
        permission: &READ_ROLE_ASSIGNMENTS,
        handler: get,
    },
    Operation {
        method: Method::Delete,
        path: "/roleManagement/directory/roleAssignments/{id}",
        versions: BOTH,
        permission: &WRITE_ROLES,
        handler: delete,
    },
];

fn rows<'v>(view: View<'v>, by: By, after: Option<u64>) -> impl Iterator<Item = (u64, ScheduleRow<'v, Role>)> {
    view.instances(AssignmentKind::Assignment, by, after)
        .filter_map(move |(key, it)| Some((key, ScheduleRow::new(view, it)?)))
}

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<RoleAssignment>::of(call, PAGE_SIZE)?;
    let by = Demand::of::<Role, RoleAssignment>(query.pager()).by();
    call.tenant.read(|view| Ok(query.answer(call, &Context::at(PATH), |after| rows(view, by, after))))
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| single::<RoleAssignment>(call, &Context::at(PATH), &find(call, view)?).map(Reply::Ok))
}

fn create(call: &Call<'_>) -> Result<Reply, GraphError> {
    let body: RoleAssignmentBody = call.body()?;
    if body.app_scope_id.is_some() {
        return Err(GraphError::NotEmulated("appScopeId".to_owned()));
    }
    let guid = |text: Option<String>| {
        let text = text.unwrap_or_default();
        Uuid::try_parse(&text).map_err(|_| GraphError::InvalidObjectIdentifier(text))
    };
    let scope_text = body.directory_scope_id.unwrap_or_default();
    let scope = DirectoryScope::parse(&scope_text).ok_or(GraphError::InvalidObjectIdentifier(scope_text))?;
    let command = Command::CreateRoleAssignment {
        principal: PrincipalId(guid(body.principal_id)?),
        privilege: Privilege::DirectoryRole { role: RoleDefinitionId(guid(body.role_definition_id)?), scope },
        id: None,
        details: None,
    };
    let created = call.tenant.handle(call.caller(), &command, |view, outcome| {
        let schedule = outcome.schedule.and_then(|id| view.schedule(id));
        let row = schedule.and_then(|it| ScheduleRow::new(view, it)).ok_or(GraphError::ResourceNotFound)?;
        let location = call.url(&format!("{PATH}/{}", row.instance_id()));
        Ok(Reply::Created { body: single::<RoleAssignment>(call, &Context::at(PATH), &row)?, location })
    });
    created.map_err(GraphError::Directory)?
}

fn delete(call: &Call<'_>) -> Result<Reply, GraphError> {
    let schedule = call.tenant.read(|view| find(call, view).map(|row| row.schedule.id))?;
    let command = Command::DeleteRoleAssignment { schedule };
    call.tenant.handle(call.caller(), &command, |_, _| Reply::NoContent).map_err(GraphError::Directory)
}

fn find<'v>(call: &Call<'_>, view: View<'v>) -> Result<ScheduleRow<'v, Role>, GraphError> {
    let id = call.key(0);
    let by_id = |(role, principal)| {
        rows(view, By::Principal(principal), None)
            .map(|(_, row)| row)
            .find(|row| row.held.id == role && row.instance_id() == id)
    };
    assignment_id::parse(id).and_then(by_id).ok_or_else(|| GraphError::ObjectNotFound(id.to_owned()))
}
