//! `adminAssign` and `adminRenew`: an administrator makes an eligible or active assignment, anew after it expired.

use super::grant::{Standing, beginning, granted, mint, requested};
use super::{Context, Decision, guard, window};
use crate::command::Ask;
use crate::event::{Event, StatusCause};
use crate::family;
use crate::id::RequestId;
use crate::model::PolicyRule;
use crate::model::{AskedSchedule, AssignmentKind, RequestStatus, ScheduleKind, SchedulePhase, Window};
use crate::rejection::Rejection;
use crate::rule::{self, Eligible, Facts};
use crate::state::Slot;

crate::implements!["ASG-3", "ASG-24", "ASG-26", "MOD-2", "MOD-19", "UNC-18", "EXT-14"];

/// What the assignment would do.
pub(super) fn decide(context: &mut Context<'_>, ask: &Ask) -> Result<Decision, Rejection> {
    let (asked, window) = window::resolve(context.now, ask.schedule, None)?;
    let principal = guard::present(context.state, ask.principal)?;
    family::may_hold(context.state, principal, ask.privilege, ask.side)?;
    guard::free(context, principal, ask, window)?;
    make(context, principal, ask, (asked, window))
}

/// Makes the assignment, where nothing stands in its way.
fn make(
    context: &mut Context<'_>,
    principal: Slot,
    ask: &Ask,
    (asked, window): (AskedSchedule, Window),
) -> Result<Decision, Rejection> {
    guard::long_enough(window)?;
    within_policy(context, ask, window)?;
    family::within_limits(context.state, context.now, principal, ask.privilege, ask.side)?;
    if family::is_never_provisioned(context.state, principal, ask.privilege) {
        return Ok(never_provisioned(context, ask, asked));
    }
    Ok(granted(context, ask, (asked, window), kind(ask.side), None))
}

/// What the renewal would do: there must have been one that expired within the last 30 days (EXT-8). It settles what the
/// principal itself asked for.
pub(super) fn renew(context: &mut Context<'_>, ask: &Ask) -> Result<Decision, Rejection> {
    let (asked, window) = window::resolve(context.now, ask.schedule, None)?;
    let principal = guard::present(context.state, ask.principal)?;
    family::may_hold(context.state, principal, ask.privilege, ask.side)?;
    guard::not_held(context, principal, ask)?;
    guard::none_pending_but_for_a_manager(context.state, principal, ask)?;
    guard::not_scheduled(context, principal, ask, window)?;
    if !expired(context, principal, ask) {
        return Err(Rejection::DoesNotExist);
    }
    let settled = settle_waiting(context, principal, ask, beginning(context, ask.privilege, window).1);
    let mut decision = make(context, principal, ask, (asked, window))?;
    decision.events.splice(0..0, settled);
    Ok(decision)
}

/// The waiting request of the principal that an administrator's extension or renewal settles: approved, and with that done
/// (REQ-54).
pub(super) fn settle_waiting(context: &Context<'_>, principal: Slot, ask: &Ask, given: Window) -> Vec<Event> {
    let Some(privilege) = context.state.privileges.find(ask.privilege) else { return Vec::new() };
    let mut waiting = context.state.requests.pending(principal);
    let Some((_, request)) = waiting.find(|(_, it)| {
        it.privilege == privilege && it.side == ask.side && it.status == RequestStatus::PendingAdminDecision
    }) else {
        return Vec::new();
    };
    settled(request.id, given)
}

/// The events with which a holder's request for more time is granted (REQ-54).
pub(super) fn settled(request: RequestId, given: Window) -> Vec<Event> {
    let to = |status, cause| Event::RequestStatusChanged { request, status, cause };
    vec![
        to(RequestStatus::AdminApproved, StatusCause::Approved(given)),
        to(RequestStatus::Provisioned, StatusCause::InEffect),
    ]
}

/// Whether the principal's assignment expired and can still be renewed.
pub(super) fn expired(context: &Context<'_>, principal: Slot, ask: &Ask) -> bool {
    (context.state.schedules_for(principal, ask.privilege))
        .any(|(_, record)| record.side() == ask.side && record.phase == SchedulePhase::Expired)
}

/// What sort of schedule an administrator makes on a side.
pub(super) const fn kind(side: AssignmentKind) -> ScheduleKind {
    match side {
        AssignmentKind::Eligibility => ScheduleKind::Eligibility,
        AssignmentKind::Assignment => ScheduleKind::Assigned,
    }
}

/// Admin rules bind whoever assigns; there is no approval for it (ASG-26, POL-35).
pub(super) fn within_policy(context: &Context<'_>, ask: &Ask, window: Window) -> Result<(), Rejection> {
    let failures = failures(context, ask, window);
    if failures.is_empty() { Ok(()) } else { Err(Rejection::PolicyRules(failures)) }
}

/// The rules that fail.
pub(super) fn failures(context: &Context<'_>, ask: &Ask, window: Window) -> Vec<PolicyRule> {
    let policy = context.state.policy(ask.privilege);
    rule::failures(&Facts {
        actor: context.actor,
        ask,
        window,
        demands: rule::demands(policy, ask.action, ask.side),
        eligible: Eligible::NotAsked,
        blank_justification_counts: context.state.behaviour.blank_justification_counts,
    })
}

/// A group that can hold no directory role, where the switch lets it through: granted, and nothing comes of it (ASG-22).
fn never_provisioned(context: &mut Context<'_>, ask: &Ask, asked: AskedSchedule) -> Decision {
    let id = mint(context, ask);
    let standing = Standing { status: RequestStatus::Granted, completed: None, asked: Some(asked), target: None };
    requested(context, id, ask, standing)
}
