//! `/roleManagement/directory/roleAssignmentScheduleInstances`.

use super::role::Role;
use crate::graph::json::Word;
use crate::graph::pim::schedule_row::ScheduleRow;
use crate::graph::pim::schedules::schedule_collection;

crate::entity! {
    /// An active assignment whose window is open.
    RoleAssignmentScheduleInstance(ScheduleRow<'r, Role>) = "unifiedRoleAssignmentScheduleInstance" {
        "id": string = |it| it.instance_id();
        "principalId": string = |it| it.schedule.principal.0;
        "roleDefinitionId": string = |it| it.role_id();
        "directoryScopeId": string = |it| it.scope();
        "appScopeId": string = |_it| None::<Word>;
        "startDateTime": instant = |it| it.start();
        "endDateTime": instant = |it| it.schedule.window.end;
        "assignmentType": string = |it| it.assignment_type();
        "memberType": string = |it| it.member_type();
        "roleAssignmentOriginId": string = |it| it.instance_id();
        "roleAssignmentScheduleId": string = |it| it.schedule_id();
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
    "roleManagement/directory/roleAssignmentScheduleInstances",
    RoleAssignmentScheduleInstance of Role,
    Assignment,
    Instances,
    READ_ASSIGNMENT_SCHEDULES
);
