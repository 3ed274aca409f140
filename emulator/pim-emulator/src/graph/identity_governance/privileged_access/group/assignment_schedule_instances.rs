//! `/identityGovernance/privilegedAccess/group/assignmentScheduleInstances`.

use super::Relation;
use crate::graph::pim::schedule_row::ScheduleRow;
use crate::graph::pim::schedules::schedule_collection;

crate::entity! {
    /// An active membership or ownership whose window is open.
    GroupAssignmentScheduleInstance(ScheduleRow<'r, Relation>) = "privilegedAccessGroupAssignmentScheduleInstance" {
        "id": string = |it| it.id();
        "startDateTime": instant = |it| it.start();
        "endDateTime": instant = |it| it.schedule.window.end;
        "assignmentType": string = |it| it.assignment_type();
        "memberType": string = |it| it.member_type();
        "principalId": string = |it| it.schedule.principal.0;
        "accessId": string = |it| it.access();
        "groupId": string = |it| it.held.group.0;
        "assignmentScheduleId": string = |it| it.id();
        paths {
            "principal/id": string = |it| it.schedule.principal.0;
            "principal/displayName": string = |it| it.principal_name();
            "group/id": string = |it| it.held.group.0;
            "group/displayName": string = |it| it.group_name();
        }
    }
    navigations ["group", "principal", "activatedUsing"]
}

schedule_collection!(
    "identityGovernance/privilegedAccess/group/assignmentScheduleInstances",
    GroupAssignmentScheduleInstance of Relation,
    Assignment,
    Instances,
    READ_GROUP_ASSIGNMENTS
);
