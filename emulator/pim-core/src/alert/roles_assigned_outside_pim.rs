//! `RolesAssignedOutsidePimAlert`: a directory role was given outside PIM.

use super::{Found, of_directory_roles};
use crate::model::{Incident, ScheduleKind};
use crate::state::{ScheduleRecord, State};
use crate::time::Instant;

crate::implements!["ALR-13"];

/// Every active assignment that was made outside PIM (ALR-13).
pub(super) fn look(state: &State, now: Instant) -> Found {
    Found::now(of_directory_roles(state, now).filter_map(|record| outside(state, record)).collect())
}

/// The assignment, if it was made outside PIM.
pub(super) fn outside(state: &State, record: &ScheduleRecord) -> Option<Incident> {
    (record.kind == ScheduleKind::AssignedOutside).then(|| Incident::Outside {
        schedule: record.id,
        principal: state.directory.id(record.principal),
        privilege: state.privileges.get(record.privilege),
        assigned: record.created,
        by: state.schedules.details.get(&record.id).and_then(|details| details.made_by),
    })
}
