//! The body of a request, read into what the machine is asked (REQ-3).

use super::ids::{self, invalid};
use crate::arm::error::ArmError;
use pim_core::model::{
    Action, AskedExpiration, AskedSchedule, AssignmentCondition, AssignmentKind, AzureScope, Privilege, RequestDetails,
    TicketInfo,
};
use pim_core::time::{Instant, Length};
use pim_core::{Ask, PrincipalId, RequestId, ScheduleId, View};
use uuid::Uuid;

crate::request_body! {
    /// A request for an assignment or an eligibility.
    RequestBody {
        /// What it is like.
        properties / "properties": PropertiesBody,
    }
    /// The part of it that clients may write; the rest is read back and ignored.
    PropertiesBody {
        /// For whom.
        principal_id / "principalId": String,
        /// Which role.
        role_definition_id / "roleDefinitionId": String,
        /// What is asked.
        request_type / "requestType": String,
        /// The eligibility to activate.
        linked_role_eligibility_schedule_id / "linkedRoleEligibilityScheduleId": String,
        /// The active schedule to change.
        target_role_assignment_schedule_id / "targetRoleAssignmentScheduleId": String,
        /// Its instance.
        target_role_assignment_schedule_instance_id / "targetRoleAssignmentScheduleInstanceId": String,
        /// The eligible schedule to change.
        target_role_eligibility_schedule_id / "targetRoleEligibilityScheduleId": String,
        /// Its instance.
        target_role_eligibility_schedule_instance_id / "targetRoleEligibilityScheduleInstanceId": String,
        /// The reason.
        justification / "justification": String,
        /// The ticket.
        ticket_info / "ticketInfo": TicketInfoBody,
        /// When.
        schedule_info / "scheduleInfo": ScheduleInfoBody,
        /// What must hold for it to count.
        condition / "condition": String,
        /// The version of its language.
        condition_version / "conditionVersion": String,
    }
    /// `ticketInfo`.
    TicketInfoBody {
        /// The number.
        ticket_number / "ticketNumber": String,
        /// The system.
        ticket_system / "ticketSystem": String,
    }
    /// `scheduleInfo`.
    ScheduleInfoBody {
        /// The start.
        start_date_time / "startDateTime": String,
        /// The end.
        expiration / "expiration": ExpirationBody,
    }
    /// `expiration`.
    ExpirationBody {
        /// Which kind.
        kind / "type": String,
        /// The end.
        end_date_time / "endDateTime": String,
        /// The length.
        duration / "duration": String,
    }
}

impl RequestBody {
    /// What the machine is asked at a scope, under a name.
    ///
    /// # Errors
    /// [`ArmError::InvalidRequest`] for what makes no sense, [`ArmError::RoleOfAnotherScope`] for a role that is named as another
    /// scope does.
    pub(super) fn ask(
        self,
        view: View<'_>,
        here: &AzureScope,
        side: AssignmentKind,
        name: RequestId,
    ) -> Result<Ask, ArmError> {
        let body = self.properties.ok_or_else(|| invalid("properties is required"))?;
        let action = action(required("requestType", body.request_type.as_deref())?)?;
        let principal = required("principalId", body.principal_id.as_deref())?;
        let principal = Uuid::try_parse(principal).map_err(|_| invalid("principalId is not a GUID"))?;
        let role = ids::role_at(here, required("roleDefinitionId", body.role_definition_id.as_deref())?)?;
        let target = body.target(view, side)?;
        let details = body.details()?;
        // Removals and deactivations take no schedule; what is sent all the same is not looked at (REQ-6).
        let schedule = match action {
            Action::AdminRemove | Action::SelfDeactivate => None,
            Action::AdminAssign
            | Action::AdminUpdate
            | Action::AdminExtend
            | Action::AdminRenew
            | Action::SelfActivate
            | Action::SelfExtend
            | Action::SelfRenew => body.schedule_info.map(|it| it.asked(side)).transpose()?,
        };
        let given = |text: Option<String>| text.filter(|it| !it.is_empty());
        let ticket = body.ticket_info.unwrap_or_default();
        Ok(Ask {
            side,
            action,
            principal: PrincipalId(principal),
            privilege: Privilege::AzureRole { role, scope: here.id },
            schedule,
            target_schedule: target,
            justification: body.justification,
            ticket: TicketInfo { number: given(ticket.ticket_number), system: given(ticket.ticket_system) },
            id: Some(name),
            details: details.map(Box::new),
        })
    }
}

impl PropertiesBody {
    /// The schedule to change: by its own id or by that of its instance.
    fn target(&self, view: View<'_>, side: AssignmentKind) -> Result<Option<ScheduleId>, ArmError> {
        let (schedule, instance) = match side {
            AssignmentKind::Assignment => {
                (&self.target_role_assignment_schedule_id, &self.target_role_assignment_schedule_instance_id)
            }
            AssignmentKind::Eligibility => {
                (&self.target_role_eligibility_schedule_id, &self.target_role_eligibility_schedule_instance_id)
            }
        };
        match (guid("the target schedule", schedule)?, guid("the target instance", instance)?) {
            (Some(schedule), _) => Ok(Some(ScheduleId(schedule))),
            (None, instance) => Ok(instance.map(|id| ids::schedule_of_instance(view, id))),
        }
    }

    fn details(&self) -> Result<Option<RequestDetails>, ArmError> {
        let condition = match (&self.condition, self.condition_version.as_deref()) {
            (None, _) => None,
            (Some(expression), Some(version @ ("1.0" | "2.0"))) => {
                Some(AssignmentCondition { expression: expression.clone(), version: version.to_owned() })
            }
            (Some(_), Some(version)) => return Err(invalid(format!("conditionVersion cannot be '{version}'"))),
            (Some(_), None) => return Err(invalid("a condition needs a conditionVersion")),
        };
        let linked = guid("linkedRoleEligibilityScheduleId", &self.linked_role_eligibility_schedule_id)?;
        let details = RequestDetails { condition, linked_eligibility: linked.map(ScheduleId) };
        Ok((details != RequestDetails::default()).then_some(details))
    }
}

impl ScheduleInfoBody {
    fn asked(self, side: AssignmentKind) -> Result<AskedSchedule, ArmError> {
        let start = self.start_date_time.map(|text| instant("startDateTime", &text)).transpose()?;
        let expiration = self.expiration.map_or(Ok(AskedExpiration::NotSpecified), |it| it.asked(side))?;
        Ok(AskedSchedule { start, expiration })
    }
}

impl ExpirationBody {
    /// Each kind reads its own member only: clients send the others along.
    fn asked(self, side: AssignmentKind) -> Result<AskedExpiration, ArmError> {
        let Some(kind) = self.kind else { return Ok(AskedExpiration::NotSpecified) };
        let is = |word: &str| kind.eq_ignore_ascii_case(word);
        if is("NoExpiration") {
            return Ok(AskedExpiration::NoExpiration);
        }
        if is("AfterDateTime") {
            let end = required("expiration.endDateTime", self.end_date_time.as_deref())?;
            return instant("expiration.endDateTime", end).map(AskedExpiration::AfterDateTime);
        }
        if !is("AfterDuration") {
            return Err(invalid(format!("'{kind}' is not a type of expiration")));
        }
        match (self.duration.filter(|text| !text.is_empty()), side) {
            (Some(text), _) => Length::parse(&text)
                .map(AskedExpiration::AfterDuration)
                .map_err(|error| invalid(format!("expiration.duration: '{text}': {error}"))),
            // Without a length an eligibility is for good.
            (None, AssignmentKind::Eligibility) => Ok(AskedExpiration::NoExpiration),
            (None, AssignmentKind::Assignment) => Err(invalid("expiration.duration is required")),
        }
    }
}

fn required<'a>(name: &str, value: Option<&'a str>) -> Result<&'a str, ArmError> {
    value.filter(|text| !text.is_empty()).ok_or_else(|| invalid(format!("{name} is required")))
}

/// A full id or a bare GUID; an empty text is none.
fn guid(name: &str, text: &Option<String>) -> Result<Option<Uuid>, ArmError> {
    let Some(text) = text.as_deref().filter(|text| !text.is_empty()) else { return Ok(None) };
    ids::last_guid(text).map(Some).ok_or_else(|| invalid(format!("{name} does not end in a GUID: '{text}'")))
}

fn instant(name: &str, text: &str) -> Result<Instant, ArmError> {
    Instant::parse(text).ok_or_else(|| invalid(format!("{name} is not a date and time with an offset: '{text}'")))
}

fn action(word: &str) -> Result<Action, ArmError> {
    Action::parse(word).ok_or_else(|| invalid(format!("'{word}' is not a requestType")))
}
