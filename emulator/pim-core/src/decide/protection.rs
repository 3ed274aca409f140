//! What stays although somebody, or its own end, would take it away.

use super::{Context, azure, last_administrator, last_owner};
use crate::model::{AssignmentKind, Family, GroupAccess, Privilege};
use crate::rejection::Rejection;
use crate::state::{NOWHERE, ScheduleRecord, Slot, State};
use crate::time::{Instant, Length};

crate::implements!["GA-13"];

/// How long an end that is held back is left alone before it is tried again.
const TRY_AGAIN: Length = Length::days(1);

fn family(state: &State, record: &ScheduleRecord) -> Family {
    state.privileges.get(record.privilege).family()
}

/// Whether a schedule may be taken away by whoever asks.
pub(super) fn may_go(context: &Context<'_>, record: &ScheduleRecord) -> Result<(), Rejection> {
    let Context { state, now, .. } = *context;
    match family(state, record) {
        Family::DirectoryRoles => last_administrator::may_go(state, now, record),
        Family::Groups => group_may_lose(state, now, record),
        Family::AzureRoles => azure::last_owner::may_go(context, record),
    }
}

/// The same where the service takes it by itself: nothing lets it take more than others.
pub(super) fn may_be_taken(state: &State, now: Instant, record: &ScheduleRecord) -> Result<(), Rejection> {
    match family(state, record) {
        Family::DirectoryRoles => last_administrator::may_go(state, now, record),
        Family::Groups => group_may_lose(state, now, record),
        Family::AzureRoles => azure::last_owner::stays_owned(state, now, record),
    }
}

/// Whether a group may lose whom a schedule makes belong to it.
fn group_may_lose(state: &State, now: Instant, record: &ScheduleRecord) -> Result<(), Rejection> {
    last_owner::may_go(state, now, record)?;
    let privilege = state.privileges.get(record.privilege);
    match privilege {
        Privilege::Group { group, .. } if record.side() == AssignmentKind::Assignment && record.is_open(now) => {
            let group = state.directory.slot(group).unwrap_or(NOWHERE);
            may_leave(state, now, privilege, (group, record.principal))
        }
        Privilege::Group { .. } | Privilege::DirectoryRole { .. } | Privilege::AzureRole { .. } => Ok(()),
    }
}

/// Whether somebody may be taken out of a group: not the last one who makes it an administrator (GA-12).
pub(super) fn may_leave(
    state: &State,
    now: Instant,
    privilege: Privilege,
    (group, member): (Slot, Slot),
) -> Result<(), Rejection> {
    match privilege {
        Privilege::Group { access: GroupAccess::Member, .. } => {
            last_administrator::may_leave(state, now, group, member)
        }
        Privilege::Group { access: GroupAccess::Owner, .. }
        | Privilege::DirectoryRole { .. }
        | Privilege::AzureRole { .. } => Ok(()),
    }
}

/// Whether whoever activated may end that; the last administrator only where the switch lets it (GA-13).
pub(super) fn may_be_deactivated(context: &Context<'_>, record: &ScheduleRecord) -> Result<(), Rejection> {
    let Context { state, now, .. } = *context;
    match family(state, record) {
        Family::DirectoryRoles if !state.behaviour.last_administrator_cannot_deactivate => Ok(()),
        Family::DirectoryRoles | Family::AzureRoles => may_go(context, record),
        Family::Groups => last_owner::may_go(state, now, record),
    }
}

/// When the end of a schedule, which has come, is tried again because the schedule is the last of its kind;
/// [`Instant::LAST`] for never. `None` where it ends.
pub(crate) fn held_back_until(state: &State, at: Instant, record: &ScheduleRecord) -> Option<Instant> {
    let again = at.plus(TRY_AGAIN);
    match family(state, record) {
        Family::DirectoryRoles => last_administrator::outlives_its_end(state, at, record).then_some(again),
        Family::Groups => last_owner::outlives_its_end(state, at, record)
            .then(|| if last_owner::is_tried_again(at, record) { again } else { Instant::LAST }),
        Family::AzureRoles => None,
    }
}
