//! Approval: who may decide on an activation that waits, and what a decision does.

use super::grant::{beginning, failed, made};
use super::self_activate::{Found, find};
use super::{Context, Decision, authority, guard};
use crate::command::{Actor, Ask};
use crate::event::{Event, StatusCause};
use crate::family::{self, directory_roles};
use crate::id::{PrincipalId, RequestId, ScheduleId};
use crate::model::{
    ApprovalStatus, Approver, AskedExpiration, GroupAccess, RequestStatus, Review, ReviewResult, ScheduleKind, Window,
};
use crate::rejection::Rejection;
use crate::state::{ApprovalRecord, RequestRecord, Slot, State};
use crate::time::Instant;

crate::implements![
    "APR-2", "APR-3", "APR-8", "APR-9", "APR-10", "APR-11", "APR-12", "APR-16", "APR-17", "APR-21", "APR-22", "APR-23",
    "APR-24", "APR-25", "APR-26", "APR-27", "APR-31", "APR-32", "APR-33", "UNC-4", "UNC-8"
];

/// What a decision would do: the first one settles it (APR-3).
pub(super) fn decide(
    context: &mut Context<'_>,
    id: RequestId,
    result: ReviewResult,
    justification: Option<&str>,
) -> Result<Decision, Rejection> {
    let Context { state, now, .. } = *context;
    authority::licensed(state)?;
    let (slot, request) = state.request_record(id).ok_or(Rejection::ApprovalNotFound(id))?;
    let approval = state.approvals.get(slot).ok_or(Rejection::ApprovalNotFound(id))?;
    let by = match context.actor {
        Actor::User { id: user, .. } if is_approver(state, now, user, id) => user,
        Actor::User { .. } | Actor::Application { .. } | Actor::SetUp => return Err(Rejection::NotAnApprover),
    };
    if approval.status != ApprovalStatus::InProgress {
        return Err(Rejection::AlreadyDecided(id));
    }
    let given = justification.is_some_and(|text| !text.trim().is_empty());
    if is_justification_required(state, request, approval) && !given {
        return Err(Rejection::ApproverJustificationRequired);
    }
    let review = Review { result, by, at: now, justification: justification.map(str::to_owned) };
    let mut events = vec![Event::ApprovalReviewed { request: id, review: Box::new(review) }];
    match result {
        ReviewResult::Deny => {
            let (status, cause) = (RequestStatus::Denied, StatusCause::Denied);
            events.push(Event::RequestStatusChanged { request: id, status, cause });
        }
        ReviewResult::Approve => events.extend(approved(context, request)),
    }
    Ok(Decision { events, ..Decision::default() })
}

/// What approving brings about. Without an eligibility there is nothing to give (APR-32); nor is there where the principal
/// has come to hold the privilege otherwise.
fn approved(context: &Context<'_>, request: &RequestRecord) -> Vec<Event> {
    let state = context.state;
    let ask = Ask {
        side: request.side,
        action: request.action,
        principal: state.directory.id(request.principal),
        privilege: state.privileges.get(request.privilege),
        schedule: request.asked,
        target_schedule: None,
        justification: None,
        ticket: crate::model::TicketInfo::default(),
        id: None,
        details: request.text.as_ref().and_then(|it| it.details.clone()),
    };
    let fails = |cause| vec![failed(request.id, cause)];
    let Some(window) = window(context, request) else { return fails(StatusCause::TooShort) };
    let Found::Open { schedule: eligibility, end } = find(context, request.principal, &ask, window.start) else {
        let denies = state.behaviour.approval_after_eligibility_vanished_denies;
        let status = if denies { RequestStatus::Denied } else { RequestStatus::Failed };
        let cause = StatusCause::EligibilityEnded;
        return vec![Event::RequestStatusChanged { request: request.id, status, cause }];
    };
    if family::not_locked(state, ask.privilege, ask.side, true).is_err() {
        return fails(StatusCause::ResourceLocked);
    }
    if guard::not_held(context, request.principal, &ask).is_err() {
        return fails(StatusCause::AlreadyHeld);
    }
    if guard::not_scheduled(context, request.principal, &ask, window).is_err() {
        return fails(StatusCause::Overlaps);
    }
    let Ok(window) = super::self_activate::capped(state, window, end) else { return fails(StatusCause::TooShort) };
    let (status, window) = beginning(context, ask.privilege, window);
    let schedule = ScheduleId::from(request.id);
    let made = made(context, schedule, &ask, (ScheduleKind::Activated, window), Some(eligibility));
    vec![Event::RequestGranted { request: request.id, status, start: window.start, schedule }, made]
}

/// The window that was asked for; one whose start has passed begins now and lasts as long as was asked (APR-27). There is no
/// activation without an end (MOD-4).
fn window(context: &Context<'_>, request: &RequestRecord) -> Option<Window> {
    let asked = request.asked?;
    let start = asked.start.unwrap_or(request.created);
    let length = match asked.expiration {
        AskedExpiration::AfterDuration(length) => length,
        AskedExpiration::AfterDateTime(end) => end.since(start),
        AskedExpiration::NotSpecified | AskedExpiration::NoExpiration => return None,
    };
    let start = start.max(context.now);
    Some(Window { start, end: Some(start.plus(length)) })
}

/// Whether a user may decide on a request. Nobody decides on what is for oneself or was asked by oneself (APR-8).
pub(crate) fn is_approver(state: &State, now: Instant, user: PrincipalId, request: RequestId) -> bool {
    let Some((slot, request)) = state.request_record(request) else { return false };
    let (Some(approval), Some(place)) = (state.approvals.get(slot), state.present(user)) else { return false };
    if request.principal == place || request.creator.principal() == Some(place) {
        return false;
    }
    let approvers = approvers(state, request, approval);
    if approvers.is_empty() {
        let privilege = state.privileges.get(request.privilege);
        return authority::holds_any(state, now, user, family::default_approvers(state, privilege));
    }
    approvers
        .iter()
        .filter_map(|it| state.directory.slot(it.id))
        .any(|approver| approver == place || state.belongs(now, approver, place, GroupAccess::Member))
}

/// Who decides, as the policy said when the request was made, or says now where the switch wants that (APR-33, UNC-8).
pub(crate) fn approvers<'a>(state: &'a State, request: &RequestRecord, approval: &'a ApprovalRecord) -> &'a [Approver] {
    if state.behaviour.policy_edits_reach_pending_requests {
        let policy = state.policy(state.privileges.get(request.privilege));
        &policy.approval_end_user_assignment.stage.primary_approvers
    } else {
        &approval.approvers
    }
}

/// Whether a decision needs a reason, as the policy said or says (APR-10, UNC-8).
fn is_justification_required(state: &State, request: &RequestRecord, approval: &ApprovalRecord) -> bool {
    if state.behaviour.policy_edits_reach_pending_requests {
        let policy = state.policy(state.privileges.get(request.privilege));
        policy.approval_end_user_assignment.stage.is_approver_justification_required
    } else {
        approval.is_justification_required
    }
}

/// The places, from one on, of the requests that a user may decide or might have: looked up by the user and its groups, not
/// among all requests (APR-21).
pub(crate) fn of_approver(state: &State, now: Instant, user: PrincipalId, first: Slot) -> Vec<Slot> {
    let Some(place) = state.present(user) else { return Vec::new() };
    let mut found: Vec<Slot> = if state.behaviour.policy_edits_reach_pending_requests {
        state.approvals.all().map(|(slot, _)| slot).filter(|slot| *slot >= first).collect()
    } else {
        let named = std::iter::once(place).chain(state.groups_of(now, place));
        let by_name = named.flat_map(|approver| state.approvals.of_approver(approver, first).collect::<Vec<_>>());
        let is_default = authority::holds_any(state, now, user, directory_roles::default_approvers(state));
        by_name.chain(is_default.then(|| state.approvals.of_default(first)).into_iter().flatten()).collect()
    };
    found.sort_unstable();
    found.dedup();
    found.retain(|slot| state.requests.records.get(*slot).is_some_and(|it| is_approver(state, now, user, it.id)));
    found
}
