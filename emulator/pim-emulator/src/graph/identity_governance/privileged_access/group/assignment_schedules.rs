//! `/identityGovernance/privilegedAccess/group/assignmentSchedules`.

use super::Relation;
use crate::graph::pim::schedule_row::ScheduleRow;
use crate::graph::pim::schedules::schedule_collection;

crate::entity! {
    /// An active membership or ownership, present or future.
    GroupAssignmentSchedule(ScheduleRow<'r, Relation>) = "privilegedAccessGroupAssignmentSchedule" {
        "id": string = |it| it.id();
        "createdDateTime": instant = |it| it.schedule.created;
        "modifiedDateTime": instant = |it| it.schedule.modified;
        "createdUsing": string = |it| it.created_using();
        "status": string = |it| it.status();
        "scheduleInfo": opaque = |it| it.schedule_info();
        "assignmentType": string = |it| it.assignment_type();
        "memberType": string = |it| it.member_type();
        "principalId": string = |it| it.schedule.principal.0;
        "accessId": string = |it| it.access();
        "groupId": string = |it| it.held.group.0;
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
    "identityGovernance/privilegedAccess/group/assignmentSchedules",
    GroupAssignmentSchedule of Relation,
    Assignment,
    Schedules,
    READ_GROUP_ASSIGNMENTS
);
