//! `/roleManagement/directory/roleAssignmentSchedules`.

use super::schedule_row::ScheduleRow;
use super::schedules::{Collection, Layer};
use crate::graph::json::Word;
use crate::graph::permission::READ_ASSIGNMENT_SCHEDULES;
use crate::graph::router::{BOTH, Method, Operation};
use pim_core::model::AssignmentKind;

crate::entity! {
    /// An active assignment, present or future.
    RoleAssignmentSchedule(ScheduleRow<'r>) = "unifiedRoleAssignmentSchedule" {
        "id": string = |it| it.schedule_id();
        "principalId": string = |it| it.schedule.principal.0;
        "roleDefinitionId": string = |it| it.role_id();
        "directoryScopeId": string = |it| it.scope();
        "appScopeId": string = |_it| None::<Word>;
        "createdUsing": string = |it| it.created_using();
        "createdDateTime": instant = |it| it.schedule.created;
        "modifiedDateTime": instant = |it| it.modified();
        "status": string = |it| it.status();
        "scheduleInfo": opaque = |it| it.schedule_info();
        "assignmentType": string = |it| it.assignment_type();
        "memberType": string = |it| it.member_type();
        paths {
            "principal/id": string = |it| it.schedule.principal.0;
            "principal/displayName": string = |it| it.principal_name();
            "roleDefinition/id": string = |it| it.role_id();
            "roleDefinition/displayName": string = |it| it.role().map(|role| role.display_name.as_str());
        }
    }
    navigations ["principal", "roleDefinition", "directoryScope", "appScope", "activatedUsing"]
}

const COLLECTION: Collection = Collection {
    path: "roleManagement/directory/roleAssignmentSchedules",
    side: AssignmentKind::Assignment,
    layer: Layer::Schedules,
};

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: Method::Get,
        path: "/roleManagement/directory/roleAssignmentSchedules",
        versions: BOTH,
        permission: &READ_ASSIGNMENT_SCHEDULES,
        handler: |call| COLLECTION.list::<RoleAssignmentSchedule>(call),
    },
    Operation {
        method: Method::Get,
        path: "/roleManagement/directory/roleAssignmentSchedules/filterByCurrentUser(on={on})",
        versions: BOTH,
        permission: &READ_ASSIGNMENT_SCHEDULES,
        handler: |call| COLLECTION.filter_by_current_user::<RoleAssignmentSchedule>(call),
    },
    Operation {
        method: Method::Get,
        path: "/roleManagement/directory/roleAssignmentSchedules/{id}",
        versions: BOTH,
        permission: &READ_ASSIGNMENT_SCHEDULES,
        handler: |call| COLLECTION.get::<RoleAssignmentSchedule>(call),
    },
];
