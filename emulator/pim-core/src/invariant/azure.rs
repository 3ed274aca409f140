//! What always holds in Azure.

use crate::family;
use crate::model::{AssignmentKind, Privilege, SchedulePhase};
use crate::state::{ScheduleRecord, State};
use crate::time::Instant;
use std::collections::BTreeMap;

/// The schedules of Azure roles that are so.
fn broken(state: &State, breaks: impl Fn(Privilege, &ScheduleRecord) -> bool) -> Vec<String> {
    (state.schedules.records.from(0))
        .filter(|(_, record)| match state.privileges.get(record.privilege) {
            privilege @ Privilege::AzureRole { .. } => breaks(privilege, record),
            Privilege::DirectoryRole { .. } | Privilege::Group { .. } => false,
        })
        .map(|(_, record)| record.id.to_string())
        .collect()
}

/// What is above a scope is there, and it is found by its path and among what is below.
pub(super) fn every_azure_scope_has_its_place_in_the_tree(state: &State, _: Instant) -> Vec<String> {
    (state.azure.scopes())
        .filter(|scope| {
            let found = state.azure.at(&scope.path).map(|it| it.id) == Some(scope.id);
            let below = scope.parent.is_none_or(|parent| state.azure.children(parent).any(|it| it.id == scope.id));
            let rooted = state.azure.upwards(scope.id).last().is_some_and(|top| top.parent.is_none());
            !found || !below || !rooted
        })
        .map(|scope| scope.path.clone())
        .collect()
}

pub(super) fn every_schedule_of_an_azure_role_is_of_a_role_and_at_a_scope_that_are_there(
    state: &State,
    _: Instant,
) -> Vec<String> {
    broken(state, |privilege, _| family::exists(state, privilege).is_err())
}

/// SCO-14.
pub(super) fn every_azure_role_is_held_where_it_can_be_given(state: &State, now: Instant) -> Vec<String> {
    broken(state, |privilege, record| record.is_live(now) && family::can_be_held(state, privilege).is_err())
}

pub(super) fn every_request_that_waits_is_for_something_that_is_there(state: &State, _: Instant) -> Vec<String> {
    (state.requests.records.from(0))
        .filter(|(_, it)| it.status.is_pending())
        .filter(|(_, it)| family::exists(state, state.privileges.get(it.privilege)).is_err())
        .map(|(_, it)| it.id.to_string())
        .collect()
}

/// AZR-13.
pub(super) fn every_active_assignment_of_an_azure_role_is_counted_once(state: &State, _: Instant) -> Vec<String> {
    let mut counted: BTreeMap<_, usize> = state.azure.scopes().map(|scope| (scope.id, 0)).collect();
    for (_, record) in state.schedules.records.from(0) {
        let counts = record.side() == AssignmentKind::Assignment && record.phase != SchedulePhase::Expired;
        if let (true, Privilege::AzureRole { scope, .. }) = (counts, state.privileges.get(record.privilege))
            && let Some(counter) = state.azure.counts_at(scope)
        {
            *counted.entry(counter.id).or_default() += 1;
        }
    }
    let wrong = counted.into_iter().filter(|(scope, count)| state.azure.assignments(*scope) != *count);
    wrong.map(|(scope, _)| scope.to_string()).collect()
}
