//! From a decision to events: the request, and the schedule that it makes, changes or ends.

use super::{Context, Decision};
use crate::command::{Ask, Outcome};
use crate::event::{EndCause, Event, StatusCause};
use crate::family;
use crate::id::{IdKind, PrincipalId, RequestId, ScheduleId};
use crate::model::{
    Action, AskedSchedule, AssignmentKind, Privilege, RequestStatus, Schedule, ScheduleDetails, ScheduleKind,
    SchedulePhase, ScheduleRequest, Window,
};
use crate::state::{RequestRecord, ScheduleRecord, Slot, State, Target};
use crate::time::Instant;
use std::collections::BTreeSet;

crate::implements![
    "MOD-3", "MOD-5", "MOD-6", "MOD-7", "MOD-12", "REQ-11", "REQ-12", "REQ-13", "REQ-15", "REQ-23", "REQ-50", "REQ-51",
    "REQ-54", "REQ-55", "REQ-57", "ACT-9", "ACT-20", "ASG-16", "ASG-22", "LAT-1"
];

/// How a request stands when it is made.
pub(super) struct Standing {
    pub(super) status: RequestStatus,
    pub(super) completed: Option<Instant>,
    pub(super) asked: Option<AskedSchedule>,
    pub(super) target: Option<ScheduleId>,
}

impl Standing {
    /// Something is taken away: no schedule, no target, no completion (REQ-15).
    pub(super) const REVOKED: Self =
        Self { status: RequestStatus::Revoked, completed: None, asked: None, target: None };

    /// A window begins: it counts as completed then (REQ-13).
    pub(super) fn begins(status: RequestStatus, window: Window, asked: AskedSchedule, target: ScheduleId) -> Self {
        let asked = AskedSchedule { start: Some(window.start), ..asked };
        Self { status, completed: Some(window.start), asked: Some(asked), target: Some(target) }
    }
}

/// Mints the id of a request, unless the caller chose it (REQ-3): the last thing before events are written down.
pub(super) fn mint(context: &mut Context<'_>, ask: &Ask) -> RequestId {
    ask.id.unwrap_or_else(|| RequestId(context.ids.mint(IdKind::Request)))
}

/// The request itself, before whatever it brings about.
pub(super) fn requested(context: &Context<'_>, id: RequestId, ask: &Ask, standing: Standing) -> Decision {
    let request = ScheduleRequest {
        id,
        side: ask.side,
        action: ask.action,
        principal: ask.principal,
        privilege: ask.privilege,
        status: standing.status,
        created: context.now,
        completed: standing.completed,
        created_by: context.actor.created_by(),
        asked: standing.asked,
        target_schedule: standing.target,
        justification: ask.justification.clone(),
        ticket: ask.ticket.clone(),
        details: ask.details.clone(),
    };
    Decision {
        events: vec![Event::RequestCreated(Box::new(request.clone()))],
        outcome: Outcome { request: Some(request), ..Outcome::default() },
    }
}

/// A request that makes a schedule with its own id (MOD-12).
pub(super) fn granted(
    context: &mut Context<'_>,
    ask: &Ask,
    (asked, window): (AskedSchedule, Window),
    kind: ScheduleKind,
    activated_using: Option<ScheduleId>,
) -> Decision {
    let id = mint(context, ask);
    let schedule = ScheduleId::from(id);
    let (status, window) = beginning(context, ask.privilege, window);
    let mut decision = requested(context, id, ask, Standing::begins(status, window, asked, schedule));
    decision.events.push(made(context, schedule, ask, (kind, window), activated_using));
    decision
}

/// How a window begins that was granted now: at once (REQ-50), later (REQ-51), or when the service has come to it (LAT-1).
pub(super) fn beginning(context: &Context<'_>, privilege: Privilege, window: Window) -> (RequestStatus, Window) {
    let late = context.now.plus(family::provisioning_delay(context.state, privilege));
    if window.start > context.now {
        (RequestStatus::Granted, window)
    } else if late > context.now && window.end.is_none_or(|end| late < end) {
        (RequestStatus::PendingProvisioning, Window { start: late, ..window })
    } else {
        (RequestStatus::Provisioned, window)
    }
}

/// The schedule of a request.
pub(super) fn made(
    context: &Context<'_>,
    id: ScheduleId,
    ask: &Ask,
    (kind, window): (ScheduleKind, Window),
    activated_using: Option<ScheduleId>,
) -> Event {
    Event::ScheduleCreated(Box::new(Schedule {
        id,
        principal: ask.principal,
        privilege: ask.privilege,
        kind,
        phase: if window.start > context.now { SchedulePhase::Scheduled } else { SchedulePhase::Open },
        window,
        created: context.now,
        modified: None,
        activated_using,
        details: condition(context, ask, activated_using),
    }))
}

/// The condition of a new schedule (AZR-4). An activation has that of its eligibility, which nobody activates free of it; what
/// is renewed has the one that it had, where no other is asked for.
fn condition(context: &Context<'_>, ask: &Ask, eligibility: Option<ScheduleId>) -> Option<Box<ScheduleDetails>> {
    let of = |schedule: ScheduleId| context.state.schedules.details.get(&schedule)?.condition.clone();
    let asked = ask.details.as_ref().and_then(|it| it.condition.clone());
    let before = || of(last_expired(context.state, ask).filter(|_| ask.action == Action::AdminRenew)?);
    let condition = eligibility.and_then(of).or(asked).or_else(before)?;
    Some(Box::new(ScheduleDetails { condition: Some(condition), ..ScheduleDetails::default() }))
}

/// What is asked for anew, as it was when it expired.
fn last_expired(state: &State, ask: &Ask) -> Option<ScheduleId> {
    (state.schedules_for(state.present(ask.principal)?, ask.privilege))
        .filter(|(_, it)| it.side() == ask.side && it.phase == SchedulePhase::Expired)
        .max_by_key(|(_, it)| it.end)
        .map(|(_, it)| it.id)
}

/// An active assignment that was made outside PIM: permanent, with no request behind it (MOD-11, GRP-30).
pub(super) fn made_outside(
    id: ScheduleId,
    (principal, privilege): (PrincipalId, Privilege),
    now: Instant,
    details: Option<Box<ScheduleDetails>>,
) -> Event {
    Event::ScheduleCreated(Box::new(Schedule {
        id,
        principal,
        privilege,
        kind: ScheduleKind::AssignedOutside,
        phase: SchedulePhase::Open,
        window: Window { start: now, end: None },
        created: now,
        modified: None,
        activated_using: None,
        details,
    }))
}

/// The request that made a schedule waits no longer once that has begun (REQ-52).
pub(crate) fn begun(state: &State, record: &ScheduleRecord) -> Option<Event> {
    let (_, request) = state.request_record(RequestId(record.id.0))?;
    let (status, cause) = (RequestStatus::Provisioned, StatusCause::InEffect);
    let begins = state.becomes_provisioned(request.status);
    begins.then_some(Event::RequestStatusChanged { request: request.id, status, cause })
}

/// A request that waited cannot be carried out.
pub(super) const fn failed(request: RequestId, cause: StatusCause) -> Event {
    Event::RequestStatusChanged { request, status: status_of(cause), cause }
}

/// What a request reads that failed for that cause (REQ-56).
const fn status_of(cause: StatusCause) -> RequestStatus {
    match cause {
        StatusCause::ResourceLocked => RequestStatus::FailedAsResourceIsLocked,
        StatusCause::InEffect
        | StatusCause::Approved(_)
        | StatusCause::Denied
        | StatusCause::Canceled
        | StatusCause::TimedOut
        | StatusCause::Removed
        | StatusCause::Expired
        | StatusCause::EligibilityEnded
        | StatusCause::AlreadyHeld
        | StatusCause::Overlaps
        | StatusCause::TooShort
        | StatusCause::PrincipalDeleted
        | StatusCause::ScopeDeleted
        | StatusCause::LicenseLapsed => RequestStatus::Failed,
    }
}

/// What the holder of an assignment still asks for of it cannot be given once it is taken away, and must not stand in the way
/// of a new one (ASG-7).
pub(super) fn pointless_requests(state: &State, record: &ScheduleRecord) -> impl Iterator<Item = Event> {
    pointless(state, record, |_| true)
}

/// Those of them that are so.
fn pointless(
    state: &State,
    record: &ScheduleRecord,
    which: impl Fn(&RequestRecord) -> bool,
) -> impl Iterator<Item = Event> {
    (state.requests.pending(record.principal))
        .filter(move |(_, request)| {
            request.privilege == record.privilege
                && request.side == record.side()
                && request.status == RequestStatus::PendingAdminDecision
                && which(request)
        })
        .map(|(_, request)| failed(request.id, StatusCause::Removed))
}

/// What its holder asked to extend cannot be extended any more once it has ended: then it is for the holder to ask for a
/// renewal (EXT-1).
pub(crate) fn extended_no_more(state: &State, record: &ScheduleRecord) -> Vec<Event> {
    given_up(state, record, |request| request.target == Target::Other(record.id))
}

/// What its holder asked to renew cannot be renewed any more once none that expired is left (ASG-18).
pub(crate) fn renewed_no_more(state: &State, record: &ScheduleRecord) -> Vec<Event> {
    let is_left = (state.schedules.at(state.schedules.of_principal(record.principal))).any(|(_, it)| {
        it.id != record.id
            && it.privilege == record.privilege
            && it.side() == record.side()
            && it.phase == SchedulePhase::Expired
    });
    if is_left { Vec::new() } else { given_up(state, record, |request| request.action == Action::SelfRenew) }
}

/// The requests for more of an assignment that nobody can grant any more fail, unless they are to go on waiting (REQ-54).
fn given_up(state: &State, record: &ScheduleRecord, which: impl Fn(&RequestRecord) -> bool) -> Vec<Event> {
    if state.behaviour.waiting_requests_outlive_assignment {
        return Vec::new();
    }
    pointless(state, record, which).collect()
}

/// The events with which a schedule ends, for whatever cause: the request that made it and still waited for the start is
/// withdrawn, or has failed where nobody withdrew it.
pub(crate) fn ended(state: &State, record: &ScheduleRecord, cause: EndCause) -> Vec<Event> {
    let mut events = vec![Event::ScheduleEnded {
        schedule: record.id,
        cause,
        principal: state.directory.id(record.principal),
        privilege: state.privileges.get(record.privilege),
        kind: record.kind,
        window: record.window(),
    }];
    // Asked first: nearly every schedule that ends has begun, and its request need not be looked for.
    if record.phase != SchedulePhase::Scheduled {
        return events;
    }
    let maker = RequestId(record.id.0);
    let waits = state.requests.records.find(record.id.0).and_then(|slot| state.requests.records.get(slot));
    if waits.is_some_and(|it| matches!(it.status, RequestStatus::Granted | RequestStatus::PendingProvisioning)) {
        let status = match cause {
            EndCause::Canceled | EndCause::Removed | EndCause::Deactivated | EndCause::DeniedInReview => {
                RequestStatus::Canceled
            }
            EndCause::Expired
            | EndCause::EligibilityEnded
            | EndCause::CouldNotStart
            | EndCause::RemovedOutside
            | EndCause::PrincipalDeleted
            | EndCause::ScopeDeleted
            | EndCause::LicenseLapsed
            | EndCause::ResourceLocked => status_of(cause.into()),
        };
        events.push(Event::RequestStatusChanged { request: maker, status, cause: cause.into() });
    }
    events
}

/// The same where the scope goes: what has expired is forgotten with it.
fn ended_with_scope(state: &State, record: &ScheduleRecord) -> Vec<Event> {
    match record.phase {
        SchedulePhase::Expired => vec![Event::ScheduleForgotten(record.id)],
        SchedulePhase::Scheduled | SchedulePhase::Open | SchedulePhase::Held => {
            ended(state, record, EndCause::ScopeDeleted)
        }
    }
}

/// What is held and asked for of some privileges comes to its end with their scope or role. Activations end before the
/// eligibilities that they came from.
pub(super) fn emptied(state: &State, privileges: &[Slot]) -> Vec<Event> {
    let mut events = Vec::new();
    for side in [AssignmentKind::Assignment, AssignmentKind::Eligibility] {
        let held = privileges.iter().flat_map(|privilege| state.schedules.of_privilege(*privilege, 0));
        let held = held.filter_map(|slot| state.schedules.records.get(slot)).filter(|it| it.side() == side);
        events.extend(held.flat_map(|record| ended_with_scope(state, record)));
    }
    let settled: BTreeSet<_> = (events.iter())
        .filter_map(|event| if let Event::RequestStatusChanged { request, .. } = event { Some(*request) } else { None })
        .collect();
    let waits = |request: &RequestRecord| request.status.is_pending() || request.status == RequestStatus::Granted;
    let requests = (privileges.iter())
        .flat_map(|privilege| state.requests.of_privilege(*privilege, 0))
        .filter_map(|slot| state.requests.records.get(slot));
    let pointless = requests.filter(|request| waits(request) && !settled.contains(&request.id));
    events.extend(pointless.map(|request| failed(request.id, StatusCause::ScopeDeleted)));
    events
}

/// The same for an eligibility, whose activations end first unless they are to survive it (ASG-19). Those that have not
/// begun always end: there is nothing left to begin with.
pub(super) fn eligibility_ended(state: &State, slot: Slot, record: &ScheduleRecord, cause: EndCause) -> Vec<Event> {
    let survives = state.behaviour.activation_survives_eligibility_removal;
    (state.schedules.activations_of(slot))
        .filter_map(|activation| state.schedules.records.get(activation))
        .filter(|activation| !survives || activation.phase == SchedulePhase::Scheduled)
        .flat_map(|activation| ended(state, activation, EndCause::EligibilityEnded))
        .chain(ended(state, record, cause))
        .collect()
}
