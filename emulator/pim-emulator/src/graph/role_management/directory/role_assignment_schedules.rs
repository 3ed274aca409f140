//! `/roleManagement/directory/roleAssignmentSchedules`.

use super::role::Role;
use crate::graph::json::Word;
use crate::graph::pim::schedule_row::ScheduleRow;
use crate::graph::pim::schedules::schedule_collection;

crate::entity! {
    /// An active assignment, present or future.
    RoleAssignmentSchedule(ScheduleRow<'r, Role>) = "unifiedRoleAssignmentSchedule" {
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

schedule_collection!(
    "roleManagement/directory/roleAssignmentSchedules",
    RoleAssignmentSchedule of Role,
    Assignment,
    Schedules,
    READ_ASSIGNMENT_SCHEDULES
);
