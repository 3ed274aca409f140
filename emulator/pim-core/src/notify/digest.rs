//! The week in numbers.

use super::{Moment, recipients};
use crate::apply::WEEK;
use crate::id::RoleDefinitionId;
use crate::model::{Action, Digest, Mail, Notice, RequestStatus, ScheduleKind, SchedulePhase};
use crate::state::{RequestRecord, ScheduleRecord, Slot, State};
use crate::time::Instant;
use std::collections::{BTreeMap, BTreeSet};

crate::implements!["NOT-15"];

/// How many roles the digest lists at most.
const TOP: usize = 5;

/// The administrators get the numbers of the week that ends, also when nothing happened in it (NOT-15).
pub(super) fn week(moment: Moment<'_>) -> Option<Mail> {
    let Moment { state, at, .. } = moment;
    let people = &recipients::administrators(moment).recipients;
    (!people.is_empty()).then(|| {
        let digest = digest(state, at, (state.requests.lately(), state.schedules.lately()));
        debug_assert_eq!(digest, digest_of_everything(state, at), "something was not noted that happened lately");
        Mail { digest: Some(Box::new(digest)), ..Mail::to_administrators(Notice::WeeklyDigest, people.clone()) }
    })
}

/// The same, for comparison: a look at everything there is takes a large tenant too long to be done every week.
fn digest_of_everything(state: &State, end: Instant) -> Digest {
    let activations = (state.requests.records.from(0))
        .map(|(_, request)| request)
        .filter(|request| request.action == Action::SelfActivate);
    digest(state, end, (activations, state.schedules.records.from(0).map(|(_, schedule)| schedule)))
}

/// The numbers of the week until `end`, of directory roles alone, out of activations and schedules among which are those of the
/// week.
fn digest<'a>(
    state: &State,
    end: Instant,
    (activations, schedules): (impl Iterator<Item = &'a RequestRecord>, impl Iterator<Item = &'a ScheduleRecord>),
) -> Digest {
    let is_within = |at: Instant| end.minus(WEEK) <= at && at < end;
    let role = |privilege: Slot| state.privileges.get(privilege).role();
    let users_activated: BTreeSet<Slot> = activations
        .filter(|it| is_within(it.completed))
        .filter(|it| matches!(it.status, RequestStatus::Provisioned | RequestStatus::Granted))
        .filter(|it| role(it.privilege).is_some())
        .map(|it| it.principal)
        .collect();
    let mut users_made_permanent = BTreeSet::new();
    let (mut assigned_in_pim, mut assigned_outside_pim) = (0, 0);
    let made = schedules
        .filter(|it| is_within(it.created) && it.phase != SchedulePhase::Expired && role(it.privilege).is_some());
    for record in made {
        if record.kind == ScheduleKind::Assigned && record.end == Instant::LAST {
            users_made_permanent.insert(record.principal);
        }
        match record.kind {
            ScheduleKind::Eligibility | ScheduleKind::Assigned => assigned_in_pim += 1,
            ScheduleKind::AssignedOutside => assigned_outside_pim += 1,
            ScheduleKind::Activated => {}
        }
    }
    Digest {
        users_activated: number(users_activated.len()),
        users_made_permanent: number(users_made_permanent.len()),
        assigned_in_pim,
        assigned_outside_pim,
        top_roles: top_roles(state),
    }
}

/// The roles with the most eligible and permanent assignments, whichever the scope.
fn top_roles(state: &State) -> Vec<(RoleDefinitionId, u32)> {
    let mut holders: BTreeMap<RoleDefinitionId, u32> = BTreeMap::new();
    for (privilege, count) in state.schedules.counted().filter(|(_, count)| *count > 0) {
        if let Some(role) = state.privileges.get(privilege).role() {
            *holders.entry(role).or_default() += count;
        }
    }
    let mut top_roles: Vec<_> = holders.into_iter().collect();
    top_roles.sort_by_key(|(role, count)| (std::cmp::Reverse(*count), *role));
    top_roles.truncate(TOP);
    top_roles
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
