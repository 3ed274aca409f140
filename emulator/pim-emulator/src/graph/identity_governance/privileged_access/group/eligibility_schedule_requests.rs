//! `/identityGovernance/privilegedAccess/group/eligibilityScheduleRequests`.

use super::Relation;
use crate::graph::json::Word;
use crate::graph::pim::complex::{IdentitySet, Ticket};
use crate::graph::pim::request_row::RequestRow;
use crate::graph::pim::requests::request_collection;

crate::entity! {
    /// A request for an eligible membership or ownership.
    GroupEligibilityScheduleRequest(RequestRow<'r, Relation>) = "privilegedAccessGroupEligibilityScheduleRequest" {
        "id": string = |it| it.request.id.0;
        "status": string = |it| it.status();
        "createdDateTime": instant = |it| it.request.created;
        "completedDateTime": instant = |it| it.request.completed;
        "approvalId": string = |it| it.approval_id();
        "customData": string = |_it| None::<Word>;
        "action": string = |it| Word(it.request.action.name());
        "principalId": string = |it| it.request.principal.0;
        "accessId": string = |it| it.access();
        "groupId": string = |it| it.held.group.0;
        "targetScheduleId": string = |it| it.target();
        "isValidationOnly": boolean = |it| it.is_validation_only();
        "justification": string = |it| it.request.justification.as_deref();
        "createdBy": opaque = |it| IdentitySet::of(it.request.created_by);
        "scheduleInfo": opaque = |it| it.schedule_info();
        "ticketInfo": opaque = |it| Ticket::of(&it.request.ticket);
        paths {
            "principal/id": string = |it| it.request.principal.0;
            "principal/displayName": string = |it| it.principal_name();
            "group/id": string = |it| it.held.group.0;
            "group/displayName": string = |it| it.group_name();
        }
    }
    navigations ["group", "principal", "targetSchedule"]
}

request_collection!(
    "identityGovernance/privilegedAccess/group/eligibilityScheduleRequests",
    GroupEligibilityScheduleRequest of Relation,
    Eligibility,
    READ_GROUP_ELIGIBILITIES,
    GROUP_ELIGIBILITY_REQUESTS,
    MAKE_GROUP_ELIGIBILITY_REQUESTS
);
