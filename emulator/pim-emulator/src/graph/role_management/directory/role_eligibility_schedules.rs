//! `/roleManagement/directory/roleEligibilitySchedules`.

use super::schedule_row::ScheduleRow;
use super::schedules::{Collection, schedule_collection};
use crate::graph::json::Word;
use crate::graph::permission::READ_ELIGIBILITY_SCHEDULES;
use crate::graph::router::{BOTH, Method, Operation};

crate::entity! {
    /// An eligible assignment, present or future.
    RoleEligibilitySchedule(ScheduleRow<'r>) = "unifiedRoleEligibilitySchedule" {
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
        "memberType": string = |it| it.member_type();
        paths {
            "principal/id": string = |it| it.schedule.principal.0;
            "principal/displayName": string = |it| it.principal_name();
            "roleDefinition/id": string = |it| it.role_id();
            "roleDefinition/displayName": string = |it| it.role().map(|role| role.display_name.as_str());
        }
    }
    navigations ["principal", "roleDefinition", "directoryScope", "appScope"]
}

schedule_collection!(
    "roleEligibilitySchedules",
    RoleEligibilitySchedule,
    Eligibility,
    Schedules,
    READ_ELIGIBILITY_SCHEDULES
);
