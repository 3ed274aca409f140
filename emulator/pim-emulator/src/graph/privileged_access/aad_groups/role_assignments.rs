//! `/privilegedAccess/aadGroups/roleAssignments`: who is eligible for what, and who has it.

use super::role_definitions;
use crate::graph::Version;
use crate::graph::call::Call;
use crate::graph::collection::{Context, PAGE_SIZE, Query};
use crate::graph::error::GraphError;
use crate::graph::identity_governance::privileged_access::group::{Relation, resources};
use crate::graph::json::Word;
use crate::graph::permission::READ_PRIVILEGED_GROUPS;
use crate::graph::pim::Held;
use crate::graph::pim::schedule_row::ScheduleRow;
use crate::graph::reply::Reply;
use crate::graph::router::{Method, Operation};
use pim_core::model::{AssignmentKind, PrincipalKind, Resource};
use pim_core::{By, View};

crate::entity! {
    /// An eligible or active membership or ownership whose window is open.
    GovernanceRoleAssignment(ScheduleRow<'r, Relation>) = "governanceRoleAssignment" {
        "id": string = |it| it.schedule.id.0;
        "resourceId": string = |it| it.held.group.0;
        "roleDefinitionId": string = |it| role_definitions::id(it.held);
        "subjectId": string = |it| it.schedule.principal.0;
        "linkedEligibleRoleAssignmentId": string = |it| it.schedule.activated_using.map(|id| id.0);
        "externalId": string = |it| it.schedule.id.0;
        "startDateTime": instant = |it| it.start();
        "endDateTime": instant = |it| it.schedule.window.end;
        "assignmentState": string = |it| Word(super::assignment_state(it.schedule.kind.side()));
        "memberType": string = |it| member_type(it);
        "status": string = |_it| Word("Provisioned");
    }
    navigations ["subject", "roleDefinition", "resource"]
}

const PATH: &str = "privilegedAccess/aadGroups/roleAssignments";

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: Method::Get,
        path: "/privilegedAccess/aadGroups/roleAssignments",
        versions: &[Version::Beta],
        permission: &READ_PRIVILEGED_GROUPS,
        handler: list,
    },
    Operation {
        method: Method::Get,
        path: "/privilegedAccess/aadGroups/resources/{id}/roleAssignments",
        versions: &[Version::Beta],
        permission: &READ_PRIVILEGED_GROUPS,
        handler: of_resource,
    },
];

fn member_type(row: &ScheduleRow<'_, Relation>) -> Word {
    let holder = row.view.principal(row.schedule.principal).map(pim_core::model::Principal::kind);
    Word(if holder == Some(PrincipalKind::Group) { "Group" } else { "User" })
}

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<GovernanceRoleAssignment>::of(call, PAGE_SIZE)?;
    let demand = super::demand(query.pager());
    call.tenant.read(|view| {
        super::may_list(call, view, demand)?;
        let shown = rows(view, demand.by()).into_iter().filter(|(_, row)| row.held.is_listed(call, view, demand));
        Ok(query.answer(call, &Context::at(PATH), |_| shown))
    })
}

fn of_resource(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<GovernanceRoleAssignment>::of(call, PAGE_SIZE)?;
    call.tenant.read(|view| {
        let group = resources::find(call, view)?.id;
        let path = format!("privilegedAccess/aadGroups/resources/{group}/roleAssignments");
        Ok(query.answer(call, &Context::at(&path), |_| rows(view, By::Resource(Resource::Group(group)))))
    })
}

/// Both sides, in the order of keys.
fn rows(view: View<'_>, by: By) -> Vec<(u64, ScheduleRow<'_, Relation>)> {
    let mut rows: Vec<_> = [AssignmentKind::Eligibility, AssignmentKind::Assignment]
        .into_iter()
        .flat_map(|side| view.instances(side, by, None))
        .filter_map(|(key, schedule)| Some((key, ScheduleRow::new(view, schedule)?)))
        .collect();
    rows.sort_by_key(|(key, _)| *key);
    rows
}
