//! `/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances`.

use super::Relation;
use crate::graph::pim::schedule_row::ScheduleRow;
use crate::graph::pim::schedules::schedule_collection;

crate::entity! {
    /// An eligible membership or ownership whose window is open.
    GroupEligibilityScheduleInstance(ScheduleRow<'r, Relation>) = "privilegedAccessGroupEligibilityScheduleInstance" {
        "id": string = |it| it.id();
        "startDateTime": instant = |it| it.start();
        "endDateTime": instant = |it| it.schedule.window.end;
        "memberType": string = |it| it.member_type();
        "principalId": string = |it| it.schedule.principal.0;
        "accessId": string = |it| it.access();
        "groupId": string = |it| it.held.group.0;
        "eligibilityScheduleId": string = |it| it.id();
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
    "identityGovernance/privilegedAccess/group/eligibilityScheduleInstances",
    GroupEligibilityScheduleInstance of Relation,
    Eligibility,
    Instances,
    READ_GROUP_ELIGIBILITIES
);
