//! The only owner of a group stays.

use crate::family::groups;
use crate::id::PrincipalId;
use crate::model::{AssignmentKind, GroupAccess, Privilege};
use crate::rejection::Rejection;
use crate::state::{ScheduleRecord, State};
use crate::time::{Instant, Length};

crate::implements!["DEA-11", "DEA-12"];

/// For how long the end of the only owner is tried again; then it stays an owner (DEA-12).
const TRIED_FOR: Length = Length::days(30);

/// The group that a schedule makes somebody own, unless somebody else owns it too. A service principal does not count as
/// somebody else (DEA-11).
fn owned_alone(state: &State, now: Instant, record: &ScheduleRecord) -> Option<PrincipalId> {
    let Privilege::Group { group, access: GroupAccess::Owner } = state.privileges.get(record.privilege) else {
        return None;
    };
    if record.side() != AssignmentKind::Assignment || !record.is_open(now) {
        return None;
    }
    let (slot, _) = groups::find(state, group)?;
    let mut others = state.directory.owners_of(slot).into_iter().filter(|owner| *owner != record.principal);
    let somebody =
        others.any(|owner| groups::is_user(state, owner) && state.belongs(now, slot, owner, GroupAccess::Owner));
    (!somebody).then_some(group)
}

/// Whether a schedule may be taken away (DEA-11).
pub(super) fn may_go(state: &State, now: Instant, record: &ScheduleRecord) -> Result<(), Rejection> {
    owned_alone(state, now, record).map_or(Ok(()), |group| Err(Rejection::LastOwner(group)))
}

/// Whether the end of a schedule is held back.
pub(super) fn outlives_its_end(state: &State, now: Instant, record: &ScheduleRecord) -> bool {
    // Its window closes at this instant: the moment before decides.
    let open = ScheduleRecord { end: Instant::LAST, ..record.clone() };
    owned_alone(state, now, &open).is_some()
}

/// Whether an end that is held back is tried once more (DEA-12).
pub(super) fn is_tried_again(at: Instant, record: &ScheduleRecord) -> bool {
    at.since(record.end) < TRIED_FOR
}
