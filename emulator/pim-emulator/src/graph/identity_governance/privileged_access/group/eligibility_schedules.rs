//! `/identityGovernance/privilegedAccess/group/eligibilitySchedules`.

use super::Relation;
use crate::graph::pim::schedule_row::ScheduleRow;
use crate::graph::pim::schedules::schedule_collection;

crate::entity! {
    /// An eligible membership or ownership, present or future.
    GroupEligibilitySchedule(ScheduleRow<'r, Relation>) = "privilegedAccessGroupEligibilitySchedule" {
        "id": string = |it| it.id();
        "createdDateTime": instant = |it| it.schedule.created;
        "modifiedDateTime": instant = |it| it.schedule.modified;
        "createdUsing": string = |it| it.created_using();
        "status": string = |it| it.status();
        "scheduleInfo": opaque = |it| it.schedule_info();
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
    navigations ["group", "principal"]
}

schedule_collection!(
    "identityGovernance/privilegedAccess/group/eligibilitySchedules",
    GroupEligibilitySchedule of Relation,
    Eligibility,
    Schedules,
    READ_GROUP_ELIGIBILITIES
);
