//! A manager's decision on an extension or renewal that its holder asked for.

use super::admin_assign::{expired, kind, settled, within_policy};
use super::admin_update::moved;
use super::grant::{beginning, made};
use super::{Context, Decision, authority, guard, window};
use crate::command::Ask;
use crate::event::Event;
use crate::event::StatusCause;
use crate::family;
use crate::id::{RequestId, ScheduleId};
use crate::model::{Action, AskedSchedule, RequestStatus, ReviewResult, TicketInfo, Window};
use crate::rejection::{Rejection, ScheduleFault};
use crate::state::RequestRecord;

crate::implements!["EXT-4", "EXT-7", "EXT-13", "EXT-14", "APR-20", "APR-36", "REQ-54"];

/// What the decision would do. Managers decide, not the approvers of activations (EXT-4); they may give an extension another
/// window than the one that was asked for, and have to say one for a renewal (EXT-7). The maxima of the policy bind it (EXT-14).
pub(super) fn decide(
    context: &mut Context<'_>,
    id: RequestId,
    (result, schedule): (ReviewResult, Option<AskedSchedule>),
    justification: Option<&str>,
) -> Result<Decision, Rejection> {
    let (_, request) = context.state.request_record(id).ok_or(Rejection::RequestNotFound(id))?;
    authority::require_manager(context, context.state.privileges.get(request.privilege))?;
    authority::licensed(context.state)?;
    if request.status != RequestStatus::PendingAdminDecision {
        return Err(Rejection::NotAwaitingDecision(request.status));
    }
    let events = match result {
        ReviewResult::Deny => {
            let (status, cause) = (RequestStatus::AdminDenied, StatusCause::Denied);
            vec![Event::RequestStatusChanged { request: id, status, cause }]
        }
        ReviewResult::Approve => approved(context, request, schedule, justification)?,
    };
    Ok(Decision { events, ..Decision::default() })
}

fn approved(
    context: &Context<'_>,
    request: &RequestRecord,
    schedule: Option<AskedSchedule>,
    justification: Option<&str>,
) -> Result<Vec<Event>, Rejection> {
    let state = context.state;
    let ask = Ask {
        side: request.side,
        action: if request.action == Action::SelfRenew { Action::AdminRenew } else { Action::AdminExtend },
        principal: state.directory.id(request.principal),
        privilege: state.privileges.get(request.privilege),
        schedule: schedule.or(request.asked),
        target_schedule: match request.target {
            crate::state::Target::Other(schedule) => Some(schedule),
            crate::state::Target::Nothing | crate::state::Target::Own => None,
        },
        justification: justification.map(str::to_owned),
        ticket: TicketInfo::default(),
        id: None,
        details: None,
    };
    if ask.action == Action::AdminRenew && schedule.is_none() {
        return Err(Rejection::InvalidSchedule(ScheduleFault::Missing));
    }
    let (_, window) = window::resolve(context.now, ask.schedule, None)?;
    family::can_be_held(state, ask.privilege)?;
    family::not_locked(state, ask.privilege, ask.side, true)?;
    if ask.action == Action::AdminRenew {
        renewed(context, request, &ask, window)
    } else {
        let sets_start = schedule.is_some_and(|it| it.start.is_some());
        extended(context, request, &ask, (window, sets_start))
    }
}

/// The assignment that expired is made anew, with the id of the request for it.
fn renewed(context: &Context<'_>, request: &RequestRecord, ask: &Ask, window: Window) -> Result<Vec<Event>, Rejection> {
    guard::not_held(context, request.principal, ask)?;
    guard::not_scheduled(context, request.principal, ask, window)?;
    if !expired(context, request.principal, ask) {
        return Err(Rejection::DoesNotExist);
    }
    guard::long_enough(window)?;
    within_policy(context, ask, window)?;
    family::within_limits(context.state, context.now, request.principal, ask.privilege, ask.side)?;
    let schedule = ScheduleId::from(request.id);
    let (status, window) = beginning(context, ask.privilege, window);
    let (approved, cause) = (RequestStatus::AdminApproved, StatusCause::Approved(window));
    Ok(vec![
        Event::RequestStatusChanged { request: request.id, status: approved, cause },
        Event::RequestGranted { request: request.id, status, start: window.start, schedule },
        made(context, schedule, ask, (kind(ask.side), window), None),
    ])
}

/// The assignment gets the window, if it is still there. The start moves only where the manager says another one (EXT-7), and
/// what runs keeps its start unless that lies ahead.
fn extended(
    context: &Context<'_>,
    request: &RequestRecord,
    ask: &Ask,
    (given, sets_start): (Window, bool),
) -> Result<Vec<Event>, Rejection> {
    let (slot, record) = guard::subject(context, request.principal, ask)?;
    if Some(record.id) != ask.target_schedule {
        return Err(Rejection::DoesNotExist);
    }
    let runs_on = record.is_open(context.now) && given.start <= context.now;
    let start = if sets_start && !runs_on { given.start } else { record.start };
    let window = Window { start, end: given.end };
    let mut events = moved(context, (slot, record), ask, window)?;
    // The window has changed when whoever asked is told so.
    events.extend(settled(request.id, window));
    Ok(events)
}
