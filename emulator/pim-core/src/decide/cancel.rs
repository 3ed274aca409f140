//! Cancelling a request that waits.

use super::{Context, Decision, authority, grant};
use crate::command::Actor;
use crate::event::{EndCause, Event};
use crate::id::{RequestId, ScheduleId};
use crate::model::{RequestStatus, SchedulePhase};
use crate::rejection::Rejection;
use crate::state::Creator;

crate::implements!["REQ-20", "REQ-21", "REQ-22", "REQ-23", "REQ-24", "APR-30"];

/// What cancelling would do. Whoever made the request may, and every manager (REQ-24); only what waits can be (REQ-21). A
/// schedule that has not begun goes with its request (REQ-23).
pub(super) fn decide(context: &mut Context<'_>, id: RequestId) -> Result<Decision, Rejection> {
    let state = context.state;
    authority::licensed(state)?;
    let slot = state.requests.records.find(id.0).ok_or(Rejection::RequestNotFound(id))?;
    let request = state.requests.records.get(slot).ok_or(Rejection::RequestNotFound(id))?;
    let own = match (context.actor, request.creator) {
        (Actor::User { id, .. }, Creator::User(slot)) => state.directory.id(slot) == id,
        (Actor::Application { id }, Creator::Application(slot)) => state.directory.id(slot) == id,
        _ => false,
    };
    if !own {
        authority::require_manager(context, state.privileges.get(request.privilege))?;
    }
    let schedule = state.schedule_slot(ScheduleId::from(id)).and_then(|slot| state.schedules.records.get(slot));
    let begun = schedule.is_some_and(|it| it.phase != SchedulePhase::Scheduled);
    if !request.status.is_waiting() || begun {
        return Err(Rejection::NotCancellable(request.status));
    }
    let events = match schedule {
        Some(record) => grant::ended(state, record, EndCause::Canceled),
        None => vec![Event::RequestStatusChanged { request: id, status: RequestStatus::Canceled }],
    };
    Ok(Decision { events, ..Decision::default() })
}
