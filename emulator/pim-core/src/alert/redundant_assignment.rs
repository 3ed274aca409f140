//! `RedundantAssignmentAlert`: somebody is eligible and does not activate.

use super::{Found, of_directory_roles};
use crate::model::{AlertSettings, Incident, ScheduleKind};
use crate::state::State;
use crate::time::Instant;

crate::implements!["ALR-12", "ASG-10"];

/// The eligibilities that have not been activated for so long (ALR-12), counted from their start where they never were. Of a
/// group's it counts when one of its members activates.
pub(super) fn look(state: &State, now: Instant, settings: AlertSettings) -> Found {
    let AlertSettings::Duration(duration) = settings else { return Found::default() };
    let mut found = Found::default();
    for record in of_directory_roles(state, now).filter(|record| record.kind == ScheduleKind::Eligibility) {
        let due = record.start.max(record.last_activation).plus(duration);
        if due > now {
            found.look_again(due);
        } else {
            found.incidents.push(Incident::Unused {
                schedule: record.id,
                principal: state.directory.id(record.principal),
                privilege: state.privileges.get(record.privilege),
                last_activation: (record.last_activation != Instant::FIRST).then_some(record.last_activation),
            });
        }
    }
    found
}
