//! Deleting a principal, with what it holds and waits for.

use super::writers;
use crate::decide::{Context, Decision, grant, guard, last_administrator};
use crate::event::{DirectoryEvent, EndCause, Event, StatusCause};
use crate::id::PrincipalId;
use crate::model::{AssignmentKind, RequestStatus, Resource, SchedulePhase};
use crate::rejection::Rejection;
use crate::state::{RequestRecord, ScheduleRecord, Slot, State, Target};

crate::implements!["ASG-27", "GRP-36", "GA-9"];

/// What deleting a principal would do: its assignments disappear (ASG-27), what waits for it fails. The last active Global
/// Administrator cannot be deleted (GA-9).
pub(in crate::decide) fn delete(context: &Context<'_>, id: PrincipalId) -> Result<Decision, Rejection> {
    let slot = guard::present(context.state, id)?;
    if let Some(principal) = context.state.directory.at(slot) {
        writers::require_for(context, principal)?;
    }
    gone(context, id)
}

/// The same for whom it goes along with something that the caller may delete.
pub(super) fn gone(context: &Context<'_>, id: PrincipalId) -> Result<Decision, Rejection> {
    let Context { state, now, .. } = *context;
    let slot = guard::present(state, id)?;
    let held: Vec<_> = state.schedules.at(state.schedules.of_principal(slot)).chain(of_group(state, id)).collect();
    let own = held.iter().filter(|(_, it)| it.principal == slot && it.side() == AssignmentKind::Assignment);
    for (_, record) in own {
        last_administrator::may_go(state, now, record)?;
    }
    last_administrator::may_be_deleted(state, now, slot)?;
    let mut events = Vec::new();
    for (place, record) in held {
        match (record.phase, record.side()) {
            (SchedulePhase::Expired, _) => events.push(Event::ScheduleForgotten(record.id)),
            (_, AssignmentKind::Eligibility) => {
                let ended = grant::eligibility_ended(state, place, record, EndCause::PrincipalDeleted);
                events.extend(ended.into_iter().filter(|event| !events_name(&events, event)).collect::<Vec<_>>());
            }
            (_, AssignmentKind::Assignment) => {
                let ended = grant::ended(state, record, EndCause::PrincipalDeleted);
                events.extend(ended.into_iter().filter(|event| !events_name(&events, event)).collect::<Vec<_>>());
            }
        }
    }
    let about = state.privileges.of(Resource::Group(id)).iter().flat_map(|it| state.requests.of_privilege(*it, 0));
    let requests = (state.requests.of_principal(slot).iter().copied().chain(about))
        .filter_map(|place| state.requests.records.get(place));
    let never_provisioned = |it: &RequestRecord| it.status == RequestStatus::Granted && it.target == Target::Nothing;
    for request in requests.filter(|it| it.status.is_pending() || never_provisioned(it)) {
        events.push(grant::failed(request.id, StatusCause::PrincipalDeleted));
    }
    events.push(DirectoryEvent::PrincipalDeleted(id).into());
    Ok(Decision { events, ..Decision::default() })
}

/// Whether the end of that schedule, or the new status of that request, stands among the events already: an activation
/// ends once, with its eligibility or by itself.
fn events_name(events: &[Event], event: &Event) -> bool {
    events.iter().any(|earlier| match (earlier, event) {
        (Event::ScheduleEnded { schedule: one, .. }, Event::ScheduleEnded { schedule: other, .. }) => one == other,
        (Event::RequestStatusChanged { request: one, .. }, Event::RequestStatusChanged { request: other, .. }) => {
            one == other
        }
        _ => false,
    })
}

/// The schedules of membership and ownership of a group: they go with it (ASG-27, GRP-36).
fn of_group(state: &State, id: PrincipalId) -> impl Iterator<Item = (Slot, &ScheduleRecord)> {
    (state.privileges.of(Resource::Group(id)).iter())
        .flat_map(|privilege| state.schedules.of_privilege(*privilege, 0))
        .filter_map(|slot| state.schedules.records.get(slot).map(|record| (slot, record)))
}
