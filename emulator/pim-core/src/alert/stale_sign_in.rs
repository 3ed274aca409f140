//! `StaleSignInAlert`: an account that holds a role does not sign in.

use super::{Found, of_directory_roles};
use crate::model::{AlertSettings, Incident, Principal, ScheduleKind};
use crate::state::State;
use crate::time::Instant;

crate::implements!["ALR-16", "ALR-17"];

/// The eligible and active assignments of accounts that have not signed in for so long (ALR-16), whether or not they activate
/// (ALR-17). An account that never signed in is counted from when it was made.
pub(super) fn look(state: &State, now: Instant, settings: AlertSettings) -> Found {
    let AlertSettings::Duration(duration) = settings else { return Found::default() };
    let mut found = Found::default();
    for record in of_directory_roles(state, now).filter(|record| record.kind != ScheduleKind::Activated) {
        let Some(Principal::User(user)) = state.directory.at(record.principal) else { continue };
        let last_sign_in = state.sign_ins.activity(user.id).last();
        let due = last_sign_in.unwrap_or(user.created).plus(duration);
        if due > now {
            found.look_again(due);
        } else {
            found.incidents.push(Incident::Stale {
                schedule: record.id,
                principal: user.id,
                privilege: state.privileges.get(record.privilege),
                assigned: record.created,
                last_sign_in,
            });
        }
    }
    found
}
