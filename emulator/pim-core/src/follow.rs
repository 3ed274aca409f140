//! What an event brings about in the directory at once: whoever holds membership or ownership of a group is in it (ACT-22).

use crate::event::{DirectoryEvent, Event};
use crate::id::{PrincipalId, ScheduleId};
use crate::model::{AssignmentKind, GroupAccess, Privilege, SchedulePhase};
use crate::state::{ScheduleRecord, State};

crate::implements!["ACT-22", "ACT-23", "ACT-26", "ACT-27", "DEA-13", "GRP-24", "GRP-25", "GRP-28", "GRP-29"];

/// The edge that appears or goes with an event that has been applied.
pub(crate) fn edge(state: &State, event: &Event) -> Option<DirectoryEvent> {
    if let Event::ScheduleCreated(it) = event {
        held(state, it.id)
    } else if let Event::ScheduleStarted { schedule: id, .. } | Event::ScheduleChanged { schedule: id, .. } = event {
        held(state, *id)
    } else if let Event::ScheduleEnded { principal, privilege, kind, .. } = event {
        if kind.side() != AssignmentKind::Assignment {
            return None;
        }
        changed(state, group(*privilege)?, *principal, false)
    } else {
        None
    }
}

fn held(state: &State, id: ScheduleId) -> Option<DirectoryEvent> {
    let record = state.schedules.records.get(state.schedule_slot(id)?)?;
    let group = group(state.privileges.get(record.privilege))?;
    if record.side() != AssignmentKind::Assignment {
        return None;
    }
    changed(state, group, state.directory.id(record.principal), gives(record))
}

/// Whether a schedule makes its holder belong to the group by now.
fn gives(record: &ScheduleRecord) -> bool {
    matches!(record.phase, SchedulePhase::Open | SchedulePhase::Held)
}

const fn group(privilege: Privilege) -> Option<(PrincipalId, GroupAccess)> {
    match privilege {
        Privilege::Group { group, access } => Some((group, access)),
        Privilege::DirectoryRole { .. } | Privilege::AzureRole { .. } => None,
    }
}

/// The edge, where it is not so already. What one schedule no longer gives another may.
fn changed(
    state: &State,
    (group, access): (PrincipalId, GroupAccess),
    principal: PrincipalId,
    is_in: bool,
) -> Option<DirectoryEvent> {
    let (group_slot, slot) = (state.directory.slot(group)?, state.directory.slot(principal)?);
    let is_in = is_in
        || state
            .schedules_for(slot, Privilege::Group { group, access })
            .any(|(_, record)| record.side() == AssignmentKind::Assignment && gives(record));
    let differs = state.directory.has(group_slot, slot, access) != is_in;
    differs.then(|| DirectoryEvent::edge((group, access), principal, is_in))
}
