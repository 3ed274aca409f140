//! Bodies as clients write them. Every word is one of an enumeration, though the type says text; an empty text is none.

use super::takes_schedule;
use crate::graph::error::GraphError;
use crate::graph::pim::ask::{guid, instant, invalid, length, required};
use crate::graph::privileged_access::provider::{Provider, role_definition_id};
use crate::graph::privileged_access::side;
use pim_core::model::{Action, AskedExpiration, AskedSchedule, AssignmentKind, Privilege, ReviewResult, TicketInfo};
use pim_core::{Ask, Command, PrincipalId, RequestId, ScheduleId, View};
use uuid::Uuid;

crate::request_body! {
    /// A request, as far as clients may write it.
    RequestBody {
        /// The resource.
        resource_id / "resourceId": String,
        /// The role of it.
        role_definition_id / "roleDefinitionId": String,
        /// For whom.
        subject_id / "subjectId": String,
        /// What of the resource.
        scoped_resource_id / "scopedResourceId": String,
        /// The eligibility that is activated.
        linked_eligible_role_assignment_id / "linkedEligibleRoleAssignmentId": String,
        /// What is asked.
        kind / "type": String,
        /// Eligible or active.
        assignment_state / "assignmentState": String,
        /// The reason.
        reason / "reason": String,
        /// The number of a ticket.
        ticket_number / "ticketNumber": String,
        /// The system that gave it.
        ticket_system / "ticketSystem": String,
        /// When.
        schedule / "schedule": ScheduleBody,
    }
    /// `governanceSchedule`.
    ScheduleBody {
        /// The start.
        start_date_time / "startDateTime": String,
        /// The end.
        end_date_time / "endDateTime": String,
        /// The length, instead of the end.
        duration / "duration": String,
    }
    /// A manager's decision.
    DecisionBody {
        /// `AdminApproved` or `AdminDenied`.
        decision / "decision": String,
        /// Eligible or active; only as it is.
        assignment_state / "assignmentState": String,
        /// The reason.
        reason / "reason": String,
        /// Another window than the one that was asked for.
        schedule / "schedule": ScheduleBody,
    }
}

/// `type` of what an action asks.
pub(super) const fn type_name(action: Action) -> &'static str {
    match action {
        Action::AdminAssign => "AdminAdd",
        Action::AdminUpdate => "AdminUpdate",
        Action::AdminRemove => "AdminRemove",
        Action::SelfActivate => "UserAdd",
        Action::SelfDeactivate => "UserRemove",
        Action::AdminExtend => "AdminExtend",
        Action::AdminRenew => "AdminRenew",
        Action::SelfExtend => "UserExtend",
        Action::SelfRenew => "UserRenew",
    }
}

fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

fn side_of(state: &str) -> Result<AssignmentKind, GraphError> {
    side(state).ok_or_else(|| invalid(format!("assignmentState: '{state}' is neither Eligible nor Active")))
}

impl RequestBody {
    /// What the machine is asked.
    pub(super) fn ask(self, view: View<'_>, provider: Provider) -> Result<Ask, GraphError> {
        let kind = required("type", self.kind.as_ref())?;
        let action = Action::ALL.into_iter().find(|action| type_name(*action).eq_ignore_ascii_case(kind));
        let action = action.ok_or_else(|| invalid(format!("type: '{kind}' is none")))?;
        let side = side_of(required("assignmentState", self.assignment_state.as_ref())?)?;
        let resource = guid("resourceId", required("resourceId", self.resource_id.as_ref())?)?;
        let role = guid("roleDefinitionId", required("roleDefinitionId", self.role_definition_id.as_ref())?)?;
        let scope = filled(self.scoped_resource_id).map(|text| guid("scopedResourceId", &text)).transpose()?;
        let linked = filled(self.linked_eligible_role_assignment_id);
        let linked = linked.map(|text| guid("linkedEligibleRoleAssignmentId", &text)).transpose()?;
        let privilege = match linked.and_then(|id| of_eligibility(view, id, role)) {
            Some(privilege) if scope.is_none() => privilege,
            Some(_) | None => provider.privilege(view, (resource, role), scope)?,
        };
        let schedule = self.schedule.filter(|_| takes_schedule(action));
        Ok(Ask {
            side,
            action,
            principal: PrincipalId(guid("subjectId", required("subjectId", self.subject_id.as_ref())?)?),
            privilege,
            schedule: schedule.map(ScheduleBody::asked).transpose()?,
            target_schedule: None,
            justification: self.reason,
            ticket: TicketInfo { number: filled(self.ticket_number), system: filled(self.ticket_system) },
            id: None,
            details: None,
        })
    }
}

/// What the eligibility is for that a client names, where it is one of that role.
fn of_eligibility(view: View<'_>, id: Uuid, role: Uuid) -> Option<Privilege> {
    let privilege = view.schedule(ScheduleId(id))?.privilege;
    (role_definition_id(privilege) == role).then_some(privilege)
}

impl ScheduleBody {
    /// A length or an end; neither means what the policy allows, or no end.
    fn asked(self) -> Result<AskedSchedule, GraphError> {
        let start = filled(self.start_date_time).map(|text| instant("schedule.startDateTime", &text)).transpose()?;
        let end = filled(self.end_date_time).map(|text| instant("schedule.endDateTime", &text)).transpose()?;
        let duration = filled(self.duration).map(|text| length("schedule.duration", &text)).transpose()?;
        let expiration = match (duration, end) {
            (Some(length), _) => AskedExpiration::AfterDuration(length),
            (None, Some(end)) => AskedExpiration::AfterDateTime(end),
            (None, None) => AskedExpiration::NotSpecified,
        };
        Ok(AskedSchedule { start, expiration })
    }
}

impl DecisionBody {
    /// What the machine is told of a request on a side. A decision cannot take what was asked for to the other side (EXT-7).
    pub(super) fn command(self, request: RequestId, side: AssignmentKind) -> Result<Command, GraphError> {
        let decision = required("decision", self.decision.as_ref())?;
        let result = if decision.eq_ignore_ascii_case("AdminApproved") {
            ReviewResult::Approve
        } else if decision.eq_ignore_ascii_case("AdminDenied") {
            ReviewResult::Deny
        } else {
            return Err(invalid(format!("decision: '{decision}' is neither AdminApproved nor AdminDenied")));
        };
        let asked = filled(self.assignment_state).map(|text| side_of(&text)).transpose()?;
        if asked.is_some_and(|asked| asked != side) {
            return Err(GraphError::NotEmulated(
                "a decision that makes an eligible assignment active, or an active one eligible,".to_owned(),
            ));
        }
        let schedule = self.schedule.map(ScheduleBody::asked).transpose()?;
        // Without an end or a length it is what was asked for.
        let schedule = schedule.filter(|it| it.expiration != AskedExpiration::NotSpecified);
        Ok(Command::DecideRequest { request, result, schedule, justification: self.reason })
    }
}
