//! The body of a request of PIM, read into what the machine is asked.

use super::Held;
use crate::graph::Version;
use crate::graph::error::GraphError;
use pim_core::model::{Action, AskedExpiration, AskedSchedule, AssignmentKind, TicketInfo};
use pim_core::time::{Instant, Length};
use pim_core::{Ask, PrincipalId};
use uuid::Uuid;

crate::request_body! {
    /// The four types of requests, as far as clients may write them.
    ScheduleRequestBody {
        /// What is asked.
        action / "action": String,
        /// For whom.
        principal_id / "principalId": String,
        /// Which role.
        role_definition_id / "roleDefinitionId": String,
        /// Where in the directory.
        directory_scope_id / "directoryScopeId": String,
        /// Where in an application.
        app_scope_id / "appScopeId": String,
        /// Which group.
        group_id / "groupId": String,
        /// Member or owner of it.
        access_id / "accessId": String,
        /// Whether only to say what would be.
        is_validation_only / "isValidationOnly": bool,
        /// The schedule to change.
        target_schedule_id / "targetScheduleId": String,
        /// The reason.
        justification / "justification": String,
        /// When.
        schedule_info / "scheduleInfo": ScheduleInfoBody,
        /// The ticket.
        ticket_info / "ticketInfo": TicketInfoBody,
    }
    /// `requestSchedule`.
    ScheduleInfoBody {
        /// The start.
        start_date_time / "startDateTime": String,
        /// Never supported.
        recurrence / "recurrence": RecurrenceBody,
        /// The end.
        expiration / "expiration": ExpirationBody,
    }
    /// `patternedRecurrence`, of which only the presence matters.
    RecurrenceBody {
        /// When.
        pattern / "pattern": serde::de::IgnoredAny,
        /// For how long.
        range / "range": serde::de::IgnoredAny,
    }
    /// `expirationPattern`.
    ExpirationBody {
        /// Which kind.
        kind / "type": String,
        /// The end.
        end_date_time / "endDateTime": String,
        /// The length.
        duration / "duration": String,
    }
    /// `ticketInfo`.
    TicketInfoBody {
        /// The number.
        ticket_number / "ticketNumber": String,
        /// The system.
        ticket_system / "ticketSystem": String,
    }
}

impl ScheduleRequestBody {
    /// What the machine is asked.
    ///
    /// # Errors
    /// [`GraphError::InvalidRequest`] for what makes no sense (REQ-41), [`GraphError::UnreadableBody`] for a word that an
    /// enumeration does not have, [`GraphError::NotEmulated`] for scopes of applications.
    pub(super) fn ask<H: Held>(self, side: AssignmentKind, version: Version) -> Result<Ask, GraphError> {
        let is_text = H::ACTION_IS_TEXT_IN_BETA && version == Version::Beta;
        let action = action(required("action", self.action.as_ref())?, is_text)?;
        let principal = PrincipalId(guid("principalId", required("principalId", self.principal_id.as_ref())?)?);
        let privilege = H::asked(&self)?;
        let target_schedule = self.target_schedule_id.as_deref().and_then(H::schedule_id);
        // Removals and deactivations take no schedule; what is sent all the same is not looked at (REQ-6).
        let schedule = match action {
            Action::AdminRemove | Action::SelfDeactivate => None,
            Action::AdminAssign
            | Action::AdminUpdate
            | Action::AdminExtend
            | Action::AdminRenew
            | Action::SelfActivate
            | Action::SelfExtend
            | Action::SelfRenew => self.schedule_info.map(ScheduleInfoBody::asked).transpose()?,
        };
        let ticket = self.ticket_info.unwrap_or_default();
        Ok(Ask {
            side,
            action,
            principal,
            privilege,
            schedule,
            target_schedule,
            justification: self.justification,
            ticket: TicketInfo { number: ticket.ticket_number, system: ticket.ticket_system },
            id: None,
            details: None,
        })
    }
}

impl ScheduleInfoBody {
    fn asked(self) -> Result<AskedSchedule, GraphError> {
        if self.recurrence.is_some() {
            return Err(invalid("scheduleInfo.recurrence is not supported (MOD-17)"));
        }
        let start = self.start_date_time.map(|text| instant("scheduleInfo.startDateTime", &text)).transpose()?;
        let expiration = self.expiration.ok_or_else(|| invalid("scheduleInfo.expiration is missing (REQ-5)"))?;
        Ok(AskedSchedule { start, expiration: expiration.asked()? })
    }
}

impl ExpirationBody {
    fn asked(self) -> Result<AskedExpiration, GraphError> {
        const END: &str = "scheduleInfo.expiration.endDateTime";
        const DURATION: &str = "scheduleInfo.expiration.duration";
        let kind = required("scheduleInfo.expiration.type", self.kind.as_ref())?;
        let is = |word: &str| kind.eq_ignore_ascii_case(word);
        if is("noExpiration") {
            Ok(AskedExpiration::NoExpiration)
        } else if is("notSpecified") {
            Ok(AskedExpiration::NotSpecified)
        } else if is("afterDateTime") {
            if self.duration.is_some() {
                return Err(invalid("only one of endDateTime and duration belongs in a request (REQ-8)"));
            }
            Ok(AskedExpiration::AfterDateTime(instant(END, required(END, self.end_date_time.as_ref())?)?))
        } else if is("afterDuration") {
            if self.end_date_time.is_some() {
                return Err(invalid("only one of endDateTime and duration belongs in a request (REQ-8)"));
            }
            let text = required(DURATION, self.duration.as_ref())?;
            Ok(AskedExpiration::AfterDuration(length(DURATION, text)?))
        } else {
            Err(GraphError::UnreadableBody(format!("'{kind}' is not an expirationPatternType (REQ-7)")))
        }
    }
}

/// A request that makes no sense, and why.
pub(in crate::graph) fn invalid(detail: impl Into<String>) -> GraphError {
    GraphError::InvalidRequest(detail.into())
}

/// A member that must be there.
pub(in crate::graph) fn required<'a>(name: &str, value: Option<&'a String>) -> Result<&'a str, GraphError> {
    value.map(String::as_str).ok_or_else(|| invalid(format!("{name} is required (REQ-5)")))
}

/// A member that must be a GUID.
pub(in crate::graph) fn guid(name: &str, text: &str) -> Result<Uuid, GraphError> {
    Uuid::try_parse(text).map_err(|_| invalid(format!("{name} is not a GUID: '{text}'")))
}

/// A length is in days and below (REQ-9).
pub(in crate::graph) fn length(name: &str, text: &str) -> Result<Length, GraphError> {
    Length::parse(text).map_err(|error| invalid(format!("{name}: '{text}': {error} (REQ-9)")))
}

/// An instant needs an offset (MOD-23).
pub(in crate::graph) fn instant(name: &str, text: &str) -> Result<Instant, GraphError> {
    Instant::parse(text)
        .ok_or_else(|| invalid(format!("{name} is not a date and time with an offset: '{text}' (MOD-23)")))
}

/// The action: an enumeration or a text, and so refused in two ways.
fn action(word: &str, is_text: bool) -> Result<Action, GraphError> {
    Action::parse(word).ok_or_else(|| {
        let detail = format!("'{word}' is not an action (REQ-1)");
        if is_text { GraphError::InvalidRequest(detail) } else { GraphError::UnreadableBody(detail) }
    })
}
