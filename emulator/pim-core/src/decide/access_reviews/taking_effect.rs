//! What a decision comes to: a denial takes away what was reviewed, within what nobody may take.

use super::people;
use crate::decide::{grant, guard, protection};
use crate::event::{DirectoryEvent, EndCause, Event};
use crate::family::{self, groups};
use crate::id::PrincipalId;
use crate::model::access_review::{
    AccessReviewApplyResult, AccessReviewAssignments, AccessReviewDecision, AccessReviewInstance, AccessReviewResource,
    AccessReviewResult,
};
use crate::model::{AssignmentKind, GroupAccess, Privilege, ScheduleKind};
use crate::rejection::Rejection;
use crate::state::{ScheduleRecord, Slot, State};
use crate::time::Instant;

crate::implements!["REV-33", "REV-34", "REV-35", "REV-36", "REV-37", "REV-40", "MIS-20"];

/// What becomes of a line at `at`, and what happens for it. Whoever was not denied keeps everything.
pub(crate) fn outcome(
    state: &State,
    at: Instant,
    instance: &AccessReviewInstance,
    line: &AccessReviewDecision,
) -> (AccessReviewApplyResult, Vec<Event>) {
    match line.decision {
        AccessReviewResult::Approve => (AccessReviewApplyResult::AppliedSuccessfully, Vec::new()),
        AccessReviewResult::NotReviewed | AccessReviewResult::DontKnow => (AccessReviewApplyResult::New, Vec::new()),
        AccessReviewResult::Deny => denied(state, at, instance, line),
    }
}

/// A denial takes away every assignment that was reviewed, of groups and guests as of anybody (REV-34, REV-36). One that is
/// refused leaves all of them (REV-40). Nobody is taken out of a group that only gave what was reviewed (REV-35).
fn denied(
    state: &State,
    at: Instant,
    instance: &AccessReviewInstance,
    line: &AccessReviewDecision,
) -> (AccessReviewApplyResult, Vec<Event>) {
    let nothing = if line.is_indirect {
        AccessReviewApplyResult::ApplyNotSupported
    } else {
        AccessReviewApplyResult::AppliedSuccessfullyButObjectNotFound
    };
    let Some(principal) = state.present(line.principal) else {
        return (AccessReviewApplyResult::AppliedSuccessfullyButObjectNotFound, Vec::new());
    };
    if let AccessReviewResource::Group(group) = instance.resource
        && !super::rights::is_managed(state, group)
    {
        return left(state, at, (group, principal), nothing);
    }
    let held =
        taken(state, people::held(state, at, instance.resource, &instance.properties.scope, principal), instance);
    if held.is_empty() {
        return (nothing, Vec::new());
    }
    if held.iter().any(|(_, record)| may_go(state, at, record).is_err()) {
        return (AccessReviewApplyResult::AppliedWithUnknownFailure, Vec::new());
    }
    let mut events: Vec<Event> = Vec::new();
    for (slot, record) in held {
        let ended = match record.kind {
            ScheduleKind::Eligibility => grant::eligibility_ended(state, slot, record, EndCause::DeniedInReview),
            ScheduleKind::Assigned | ScheduleKind::AssignedOutside | ScheduleKind::Activated => {
                grant::ended(state, record, EndCause::DeniedInReview)
            }
        };
        // An activation ends once: with the eligibility that it came from.
        let new: Vec<_> = ended.into_iter().filter(|event| !has_ended(&events, event)).collect();
        events.extend(new);
        events.extend(grant::pointless_requests(state, record));
    }
    (AccessReviewApplyResult::AppliedSuccessfully, events)
}

/// Those of the assignments that go, eligible ones first: both sides, unless the switch leaves the eligible one to another
/// review.
fn taken<'a>(
    state: &State,
    mut held: Vec<(Slot, &'a ScheduleRecord)>,
    instance: &AccessReviewInstance,
) -> Vec<(Slot, &'a ScheduleRecord)> {
    let is_active = |record: &ScheduleRecord| record.side() == AssignmentKind::Assignment;
    let takes_both = state.behaviour.access_review_denial_takes_both
        || instance.properties.scope.assignments != AccessReviewAssignments::All;
    if !takes_both && held.iter().any(|(_, record)| is_active(record)) {
        held.retain(|(_, record)| is_active(record));
    }
    held.sort_by_key(|(_, record)| is_active(record));
    held
}

/// Whether the service may take an assignment away, as somebody who asks for it might (REV-40).
fn may_go(state: &State, at: Instant, record: &ScheduleRecord) -> Result<(), Rejection> {
    guard::old_enough(record, at)?;
    family::not_locked(state, state.privileges.get(record.privilege), record.side(), false)?;
    protection::may_be_taken(state, at, record)
}

/// The same of a group that PIM does not manage. One whose members a rule or another directory decides is left alone.
fn left(
    state: &State,
    at: Instant,
    (group, principal): (PrincipalId, Slot),
    nothing: AccessReviewApplyResult,
) -> (AccessReviewApplyResult, Vec<Event>) {
    let Some((slot, found)) =
        groups::find(state, group).filter(|(slot, _)| state.directory.is_member(*slot, principal))
    else {
        return (nothing, Vec::new());
    };
    if found.membership_rule.is_some() || found.on_premises_synced {
        return (AccessReviewApplyResult::ApplyNotSupported, Vec::new());
    }
    let privilege = Privilege::Group { group, access: GroupAccess::Member };
    if protection::may_leave(state, at, privilege, (slot, principal)).is_err() {
        return (AccessReviewApplyResult::AppliedWithUnknownFailure, Vec::new());
    }
    let edge = DirectoryEvent::edge((group, GroupAccess::Member), state.directory.id(principal), false);
    (AccessReviewApplyResult::AppliedSuccessfully, vec![edge.into()])
}

fn has_ended(events: &[Event], event: &Event) -> bool {
    let Event::ScheduleEnded { schedule, .. } = event else { return false };
    events.iter().any(|earlier| matches!(earlier, Event::ScheduleEnded { schedule: it, .. } if it == schedule))
}
