//! What is noted of a request that was refused.
//!
//! The note is the only trace of a refusal. It is no decision: it changes nothing and uses no id up, and whoever replays the
//! events may leave it out.

use super::guard;
use crate::command::{Actor, Command};
use crate::event::Event;
use crate::model::{Action, RefusedRequest};
use crate::rejection::Rejection;
use crate::state::State;
use crate::time::Instant;

crate::implements!["GA-7", "UNC-14", "AUD-27"];

/// The note of a refusal: always of a removal that would have taken the last administrator (GA-7), of any other request
/// where the switch asks for it (UNC-14). What sets a tenant up is no attempt.
pub(crate) fn noted(
    state: &State,
    now: Instant,
    actor: Actor,
    command: &Command,
    rejection: &Rejection,
) -> Option<Event> {
    let Command::Request(ask) = command else { return None };
    let is_last_administrator =
        ask.action == Action::AdminRemove && matches!(rejection, Rejection::LastAdministrator(_));
    if actor == Actor::SetUp || !(is_last_administrator || state.behaviour.audit_refused_requests) {
        return None;
    }
    let held = state.present(ask.principal).and_then(|principal| {
        let mut held = guard::on_side(state, now, principal, ask.privilege, ask.side);
        held.next().map(|(_, record)| record.window())
    });
    Some(Event::RequestRefused(Box::new(RefusedRequest {
        side: ask.side,
        action: ask.action,
        principal: ask.principal,
        privilege: ask.privilege,
        held,
        justification: ask.justification.clone(),
        ticket: ask.ticket.clone(),
        refusal: rejection.into(),
    })))
}
