//! Properties with properties: `scheduleInfo`, `ticketInfo`, `createdBy`.

use crate::graph::json::Word;
use pim_core::model::{AskedExpiration, AskedSchedule, CreatedBy, TicketInfo, Window};
use pim_core::time::{Instant, Length};
use serde::Serialize;
use std::marker::PhantomData;
use uuid::Uuid;

/// `microsoft.graph.requestSchedule`.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::graph) struct RequestSchedule<'a> {
    start_date_time: Option<Instant>,
    /// Accepted by the schema and unsupported by the service (MOD-17).
    recurrence: Option<Word>,
    expiration: ExpirationPattern<'a>,
}

/// `microsoft.graph.expirationPattern`.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::graph) struct ExpirationPattern<'a> {
    #[serde(rename = "type")]
    kind: Word,
    end_date_time: Option<Instant>,
    duration: Option<Length>,
    #[serde(skip)]
    lifetime: PhantomData<&'a ()>,
}

impl RequestSchedule<'_> {
    /// What was asked, as it was asked, with the start that was stored.
    pub(in crate::graph) fn asked(asked: &AskedSchedule) -> Self {
        let (kind, end_date_time, duration) = match asked.expiration {
            AskedExpiration::NotSpecified => ("notSpecified", None, None),
            AskedExpiration::NoExpiration => ("noExpiration", None, None),
            AskedExpiration::AfterDateTime(end) => ("afterDateTime", Some(end), None),
            AskedExpiration::AfterDuration(length) => ("afterDuration", None, Some(length)),
        };
        Self::new(asked.start, kind, end_date_time, duration)
    }

    /// What is stored: an end, never a duration (ASG-15). One made outside PIM has no start.
    pub(in crate::graph) fn stored(window: Window, is_outside: bool) -> Self {
        let start = (!is_outside).then_some(window.start);
        let kind = if window.end.is_some() { "afterDateTime" } else { "noExpiration" };
        Self::new(start, kind, window.end, None)
    }

    fn new(
        start: Option<Instant>,
        kind: &'static str,
        end_date_time: Option<Instant>,
        duration: Option<Length>,
    ) -> Self {
        let expiration = ExpirationPattern { kind: Word(kind), end_date_time, duration, lifetime: PhantomData };
        Self { start_date_time: start, recurrence: None, expiration }
    }
}

/// `microsoft.graph.ticketInfo`.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::graph) struct Ticket<'a> {
    ticket_number: Option<&'a str>,
    ticket_system: Option<&'a str>,
}

impl<'a> Ticket<'a> {
    pub(in crate::graph) fn of(ticket: &'a TicketInfo) -> Self {
        Self { ticket_number: ticket.number.as_deref(), ticket_system: ticket.system.as_deref() }
    }
}

/// `microsoft.graph.identitySet`.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::graph) struct IdentitySet<'a> {
    application: Option<Identity<'a>>,
    device: Option<Word>,
    user: Option<Identity<'a>>,
}

/// `microsoft.graph.identity`.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::graph) struct Identity<'a> {
    /// PIM leaves it empty.
    display_name: Option<&'a str>,
    id: Uuid,
}

impl IdentitySet<'_> {
    /// Who made a request; what the emulator set up was made by nobody.
    pub(in crate::graph) const fn of(created_by: CreatedBy) -> Self {
        let (application, user) = match created_by {
            CreatedBy::User(id) => (None, Some(Identity { display_name: None, id: id.0 })),
            CreatedBy::Application(id) => (Some(Identity { display_name: None, id: id.0 }), None),
            CreatedBy::SetUp | CreatedBy::Service => (None, None),
        };
        Self { application, device: None, user }
    }
}

crate::complex! {
    RequestSchedule { start_date_time / "startDateTime", recurrence / "recurrence", expiration / "expiration" }
    ExpirationPattern { kind / "type", end_date_time / "endDateTime", duration / "duration" }
    Ticket { ticket_number / "ticketNumber", ticket_system / "ticketSystem" }
    IdentitySet { application / "application", device / "device", user / "user" }
    Identity { display_name / "displayName", id / "id" }
}
