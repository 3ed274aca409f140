//! `/roleManagement/directory/roleEligibilityScheduleInstances`.

use super::role::Role;
use crate::graph::json::Word;
use crate::graph::pim::schedule_row::ScheduleRow;
use crate::graph::pim::schedules::schedule_collection;

crate::entity! {
    /// An eligible assignment whose window is open.
    RoleEligibilityScheduleInstance(ScheduleRow<'r, Role>) = "unifiedRoleEligibilityScheduleInstance" {
        "id": string = |it| it.instance_id();
        "principalId": string = |it| it.schedule.principal.0;
        "roleDefinitionId": string = |it| it.role_id();
        "directoryScopeId": string = |it| it.scope();
        "appScopeId": string = |_it| None::<Word>;
        "startDateTime": instant = |it| it.start();
        "endDateTime": instant = |it| it.schedule.window.end;
        "memberType": string = |it| it.member_type();
        "roleEligibilityScheduleId": string = |it| it.schedule_id();
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
    "roleManagement/directory/roleEligibilityScheduleInstances",
    RoleEligibilityScheduleInstance of Role,
    Eligibility,
    Instances,
    READ_ELIGIBILITY_SCHEDULES
);
