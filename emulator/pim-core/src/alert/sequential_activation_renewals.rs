//! `SequentialActivationRenewalsAlert`: the same person activates the same role again and again.

use super::Found;
use crate::id::RequestId;
use crate::model::{AlertSettings, Family, Incident, RequestStatus};
use crate::state::{RequestRecord, Slot, State};
use crate::time::{Instant, Length};
use std::collections::BTreeMap;

crate::implements!["ALR-14", "ALR-15", "ALR-25", "ACT-15"];

/// How far a scan looks back: what was long ago is nobody's haste any more.
const LOOKS_BACK: Length = Length::days(7);

/// The rows of activations of one role by one person of which each began at most so long after the one before (ALR-25), where
/// there are so many (ALR-14, ALR-15).
pub(super) fn look(state: &State, now: Instant, settings: AlertSettings) -> Found {
    let AlertSettings::Sequence { count, interval } = settings else { return Found::default() };
    let mut found = Found::default();
    let mut activations: BTreeMap<(Slot, Slot), Vec<(Instant, RequestId)>> = BTreeMap::new();
    for request in state.requests.lately().filter(|request| began(state, now, request)) {
        activations.entry((request.principal, request.privilege)).or_default().push((request.completed, request.id));
    }
    for ((principal, privilege), mut starts) in activations {
        starts.sort_unstable();
        for row in starts.chunk_by(|(one, _), (next, _)| next.since(*one) <= interval) {
            let [(start, first), .., (end, _)] = row else { continue };
            if row.len() < count as usize {
                continue;
            }
            found.look_again(start.plus(LOOKS_BACK));
            found.incidents.push(Incident::Sequence {
                first: *first,
                principal: state.directory.id(principal),
                privilege: state.privileges.get(privilege),
                count: u32::try_from(row.len()).unwrap_or(u32::MAX),
                start: *start,
                end: *end,
            });
        }
    }
    found
}

/// Whether a request is an activation of a directory role that began lately.
fn began(state: &State, now: Instant, request: &RequestRecord) -> bool {
    let is_in_effect = matches!(request.status, RequestStatus::Provisioned | RequestStatus::Granted);
    let is_lately = now.minus(LOOKS_BACK) < request.completed && request.completed <= now;
    is_in_effect && is_lately && state.privileges.get(request.privilege).family() == Family::DirectoryRoles
}
