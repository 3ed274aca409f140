//! `/roleManagement/directory/roleEligibilityScheduleRequests`.

use super::role::Role;
use crate::graph::json::Word;
use crate::graph::pim::complex::{IdentitySet, Ticket};
use crate::graph::pim::request_row::RequestRow;
use crate::graph::pim::requests::request_collection;

crate::entity! {
    /// A request for an eligible assignment.
    RoleEligibilityScheduleRequest(RequestRow<'r, Role>) = "unifiedRoleEligibilityScheduleRequest" {
        "id": string = |it| it.request.id.0;
        "status": string = |it| it.status();
        "createdDateTime": instant = |it| it.request.created;
        "completedDateTime": instant = |it| it.request.completed;
        "approvalId": string = |it| it.approval_id();
        "customData": string = |_it| None::<Word>;
        "action": string = |it| Word(it.request.action.name());
        "principalId": string = |it| it.request.principal.0;
        "roleDefinitionId": string = |it| it.role_id();
        "directoryScopeId": string = |it| it.scope();
        "appScopeId": string = |_it| None::<Word>;
        "isValidationOnly": boolean = |it| it.is_validation_only();
        "targetScheduleId": string = |it| it.target();
        "justification": string = |it| it.request.justification.as_deref();
        "createdBy": opaque = |it| IdentitySet::of(it.request.created_by);
        "scheduleInfo": opaque = |it| it.schedule_info();
        "ticketInfo": opaque = |it| Ticket::of(&it.request.ticket);
        paths {
            "principal/id": string = |it| it.request.principal.0;
            "principal/displayName": string = |it| it.principal_name();
            "roleDefinition/id": string = |it| it.role_id();
            "roleDefinition/displayName": string = |it| it.role_name();
        }
    }
    navigations ["principal", "roleDefinition", "directoryScope", "appScope", "targetSchedule"]
}

request_collection!(
    "roleManagement/directory/roleEligibilityScheduleRequests",
    RoleEligibilityScheduleRequest of Role,
    Eligibility,
    ELIGIBILITY_REQUESTS,
    ELIGIBILITY_REQUESTS,
    MAKE_ELIGIBILITY_REQUESTS
);
