//! The week in numbers.

use super::{Moment, recipients};
use crate::id::RoleDefinitionId;
use crate::model::{Action, Digest, Mail, Notice, RequestStatus, ScheduleKind, SchedulePhase};
use crate::state::{ScheduleRecord, Slot, State};
use crate::time::{Instant, Length};
use std::collections::{BTreeMap, BTreeSet};

crate::implements!["NOT-15"];

/// How many roles the digest lists at most.
const TOP: usize = 5;

/// The administrators get the numbers of the week that ends, also when nothing happened in it (NOT-15).
pub(super) fn week(moment: Moment<'_>) -> Option<Mail> {
    let people = &recipients::administrators(moment).recipients;
    // The only look at everything there is; once a week, and only for somebody.
    (!people.is_empty()).then(|| Mail {
        digest: Some(Box::new(digest(moment.state, moment.at.minus(Length::days(7)), moment.at))),
        ..Mail::to_administrators(Notice::WeeklyDigest, people.clone())
    })
}

/// The numbers of the days from `start` until `end`, of directory roles alone.
fn digest(state: &State, start: Instant, end: Instant) -> Digest {
    let is_within = |at: Instant| start <= at && at < end;
    let users_activated: BTreeSet<Slot> = (state.requests.records.from(0))
        .filter(|(_, it)| it.action == Action::SelfActivate && is_within(it.completed))
        .filter(|(_, it)| matches!(it.status, RequestStatus::Provisioned | RequestStatus::Granted))
        .filter(|(_, it)| state.privileges.get(it.privilege).role().is_some())
        .map(|(_, it)| it.principal)
        .collect();
    let mut users_made_permanent = BTreeSet::new();
    let (mut assigned_in_pim, mut assigned_outside_pim) = (0, 0);
    let mut holders: BTreeMap<RoleDefinitionId, u32> = BTreeMap::new();
    for (_, record) in state.schedules.records.from(0).filter(|(_, it)| it.phase != SchedulePhase::Expired) {
        let Some(role) = state.privileges.get(record.privilege).role() else { continue };
        let is_new = is_within(record.created);
        if is_new && record.kind == ScheduleKind::Assigned && record.end == Instant::LAST {
            users_made_permanent.insert(record.principal);
        }
        match record.kind {
            ScheduleKind::Eligibility | ScheduleKind::Assigned if is_new => assigned_in_pim += 1,
            ScheduleKind::AssignedOutside if is_new => assigned_outside_pim += 1,
            ScheduleKind::Eligibility
            | ScheduleKind::Assigned
            | ScheduleKind::AssignedOutside
            | ScheduleKind::Activated => {}
        }
        if counts(record) {
            *holders.entry(role).or_default() += 1;
        }
    }
    let mut top_roles: Vec<_> = holders.into_iter().collect();
    top_roles.sort_by_key(|(role, count)| (std::cmp::Reverse(*count), *role));
    top_roles.truncate(TOP);
    Digest {
        users_activated: number(users_activated.len()),
        users_made_permanent: number(users_made_permanent.len()),
        assigned_in_pim,
        assigned_outside_pim,
        top_roles,
    }
}

/// Whether an assignment counts among those of its role: eligible ones and permanent ones.
fn counts(record: &ScheduleRecord) -> bool {
    match record.kind {
        ScheduleKind::Eligibility => true,
        ScheduleKind::Assigned | ScheduleKind::AssignedOutside => record.end == Instant::LAST,
        ScheduleKind::Activated => false,
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
