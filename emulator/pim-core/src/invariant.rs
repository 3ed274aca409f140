//! What always holds, each as a function whose name is the sentence.

mod access_reviews;
mod azure;
mod warnings;

use crate::apply;
use crate::family;
use crate::model::{
    ApprovalStatus, AssignmentKind, GroupAccess, Principal, PrincipalKind, Privilege, RequestStatus, ScheduleKind,
    SchedulePhase,
};
use crate::state::{NOWHERE, ScheduleRecord, Slot, State, Timer};
use crate::time::Instant;
use access_reviews::{
    every_instance_is_of_an_access_review_that_is_there, every_instance_that_goes_on_is_due,
    every_line_of_an_instance_asks_a_panel_that_is_there,
    every_line_of_an_instance_has_its_place_and_a_principal_of_its_own,
    no_line_takes_effect_before_its_instance_is_applied,
};
use azure::{
    every_active_assignment_of_an_azure_role_is_counted_once, every_azure_role_is_held_where_it_can_be_given,
    every_azure_scope_has_its_place_in_the_tree, every_request_that_waits_is_for_something_that_is_there,
    every_schedule_of_an_azure_role_is_of_a_role_and_at_a_scope_that_are_there,
};
use std::collections::BTreeSet;
use warnings::{
    no_conditional_access_policy_locks_out_every_active_global_administrator,
    somebody_can_decide_on_every_activation_of_a_protected_role,
};

/// What it means when an invariant does not hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Severity {
    /// The machine is broken.
    Error,
    /// The tenant is set up so that somebody may be locked out.
    Warning,
}

/// One invariant, as found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Invariant {
    /// The sentence.
    pub name: String,
    /// What it means when it does not hold.
    pub severity: Severity,
    /// The ids of what breaks it; none when it holds.
    pub violations: Vec<String>,
}

type Check = fn(&State, Instant) -> Vec<String>;

macro_rules! invariants {
    ($($severity:ident { $($name:ident),* $(,)? })*) => {
        /// Every invariant, checked.
        pub(crate) fn check(state: &State, now: Instant) -> Vec<Invariant> {
            let checks: &[(Severity, &str, Check)] =
                &[$($((Severity::$severity, stringify!($name), $name)),*),*];
            checks
                .iter()
                .map(|(severity, name, check)| Invariant {
                    name: name.replace('_', " "),
                    severity: *severity,
                    violations: check(state, now),
                })
                .collect()
        }
    };
}

invariants! {
    Error {
    every_index_agrees_with_the_records,
    every_end_has_a_timer_and_every_timer_has_an_end,
    every_phase_agrees_with_its_window,
    every_schedule_is_held_by_somebody_who_is_there,
    every_activation_names_an_eligibility_of_the_same_principal_and_privilege,
    every_activation_ends_and_no_later_than_its_eligibility,
    no_two_schedules_of_one_principal_are_open_for_one_privilege_on_one_side,
    no_two_requests_wait_for_one_principal_and_privilege_on_one_side,
    no_service_principal_is_eligible,
    every_open_role_of_a_group_is_held_by_a_role_assignable_one,
    whoever_belongs_to_a_group_that_pim_manages_has_an_open_assignment_of_it,
    no_group_is_in_a_role_assignable_group,
    no_group_owns_a_group,
    every_request_that_waits_for_approvers_has_an_approval_in_progress,
    every_request_that_waits_is_for_something_that_is_there,
    every_azure_scope_has_its_place_in_the_tree,
    every_schedule_of_an_azure_role_is_of_a_role_and_at_a_scope_that_are_there,
    every_azure_role_is_held_where_it_can_be_given,
    every_active_assignment_of_an_azure_role_is_counted_once,
    every_instance_is_of_an_access_review_that_is_there,
    every_line_of_an_instance_has_its_place_and_a_principal_of_its_own,
    every_line_of_an_instance_asks_a_panel_that_is_there,
    no_line_takes_effect_before_its_instance_is_applied,
    every_instance_that_goes_on_is_due,
    }
    Warning {
        no_conditional_access_policy_locks_out_every_active_global_administrator,
        somebody_can_decide_on_every_activation_of_a_protected_role,
    }
}

fn broken<'a>(
    state: &'a State,
    breaks: impl Fn(Slot, &ScheduleRecord) -> bool + 'a,
) -> impl Iterator<Item = String> + 'a {
    (state.schedules.records.from(0))
        .filter(move |(slot, record)| breaks(*slot, record))
        .map(|(_, it)| it.id.to_string())
}

fn every_index_agrees_with_the_records(state: &State, _: Instant) -> Vec<String> {
    let mut violations = Vec::new();
    if !state.schedules.indices_agree() {
        violations.push("schedules".to_owned());
    }
    if !state.requests.indices_agree() {
        violations.push("requests".to_owned());
    }
    if !state.approvals.indices_agree() {
        violations.push("approvals".to_owned());
    }
    if !state.access_reviews.indices_agree() {
        violations.push("access reviews".to_owned());
    }
    if !state.directory.indices_agree() {
        violations.push("directory".to_owned());
    }
    violations
}

fn every_end_has_a_timer_and_every_timer_has_an_end(state: &State, _: Instant) -> Vec<String> {
    let mut wanted = BTreeSet::new();
    for (slot, record) in state.schedules.records.from(0) {
        if record.phase == SchedulePhase::Scheduled {
            wanted.insert((record.start, Timer::Start(slot)));
        }
        if record.due != Instant::LAST {
            wanted.insert((record.due, apply::due_timer(record.phase, record.due, record.end, slot)));
        }
    }
    for (slot, record) in state.requests.records.from(0) {
        if record.due != Instant::LAST {
            wanted.insert((record.due, apply::requests::due_timer(record.status, slot)));
        }
    }
    for (slot, approval) in state.approvals.all() {
        if approval.mail_due != Instant::LAST {
            wanted.insert((approval.mail_due, Timer::TellApprovers(slot)));
        }
    }
    for deleted in state.directory.deleted_applications.values() {
        wanted.insert((deleted.purged, Timer::PurgeApplications));
    }
    if state.week_ends != Instant::FIRST && state.week_ends != Instant::LAST {
        wanted.insert((state.week_ends, Timer::Week));
    }
    if state.alerts.due != Instant::LAST {
        wanted.insert((state.alerts.due, Timer::Scan));
    }
    if state.directory.deleted.first_due() != Instant::LAST {
        wanted.insert((state.directory.deleted.first_due(), Timer::PurgeDeleted));
    }
    wanted.extend(state.access_reviews.first_due().map(|(at, _)| (at, Timer::AccessReviews)));
    let set: BTreeSet<_> = state.timers.iter().collect();
    wanted.symmetric_difference(&set).map(|timer| format!("{timer:?}")).collect()
}

fn every_phase_agrees_with_its_window(state: &State, now: Instant) -> Vec<String> {
    broken(state, |_, record| match record.phase {
        SchedulePhase::Scheduled => record.start <= now,
        SchedulePhase::Open => record.start > now || record.end <= now,
        SchedulePhase::Held | SchedulePhase::Expired => record.end > now,
    })
    .collect()
}

fn every_schedule_is_held_by_somebody_who_is_there(state: &State, _: Instant) -> Vec<String> {
    broken(state, |_, record| state.directory.at(record.principal).is_none()).collect()
}

fn every_activation_names_an_eligibility_of_the_same_principal_and_privilege(state: &State, _: Instant) -> Vec<String> {
    broken(state, |_, record| {
        let Some(eligibility) = state.schedules.records.get(record.eligibility) else {
            return record.eligibility != NOWHERE;
        };
        // Membership may have ended since the activation; the group is then still a group.
        let holder_fits = eligibility.principal == record.principal
            || state.directory.at(eligibility.principal).map(Principal::kind) == Some(PrincipalKind::Group);
        let (wide, narrow) = (state.privileges.get(eligibility.privilege), state.privileges.get(record.privilege));
        let covers = family::covers(state, wide, narrow);
        record.kind != ScheduleKind::Activated
            || eligibility.kind != ScheduleKind::Eligibility
            || !holder_fits
            || !covers
    })
    .collect()
}

fn every_activation_ends_and_no_later_than_its_eligibility(state: &State, _: Instant) -> Vec<String> {
    let capped = state.behaviour.activation_capped_by_eligibility;
    broken(state, |_, record| {
        let eligibility = state.schedules.records.get(record.eligibility);
        let outlives = eligibility.is_some_and(|it| it.phase != SchedulePhase::Held && record.end > it.end);
        record.kind == ScheduleKind::Activated && (record.end == Instant::LAST || (capped && outlives))
    })
    .collect()
}

fn no_two_schedules_of_one_principal_are_open_for_one_privilege_on_one_side(
    state: &State,
    now: Instant,
) -> Vec<String> {
    let mut seen = BTreeSet::new();
    broken_in_order(state, |record| {
        record.is_open(now) && !seen.insert((record.principal, record.privilege, record.side()))
    })
}

fn broken_in_order(state: &State, mut breaks: impl FnMut(&ScheduleRecord) -> bool) -> Vec<String> {
    (state.schedules.records.from(0)).filter(|(_, record)| breaks(record)).map(|(_, it)| it.id.to_string()).collect()
}

fn no_two_requests_wait_for_one_principal_and_privilege_on_one_side(state: &State, _: Instant) -> Vec<String> {
    let mut seen = BTreeSet::new();
    (state.requests.records.from(0))
        .filter(|(_, it)| it.status.is_pending() && !seen.insert((it.principal, it.privilege, it.side)))
        .map(|(_, it)| it.id.to_string())
        .collect()
}

fn no_service_principal_is_eligible(state: &State, _: Instant) -> Vec<String> {
    broken(state, |_, record| {
        record.side() == AssignmentKind::Eligibility
            && state.directory.at(record.principal).map(Principal::kind) == Some(PrincipalKind::ServicePrincipal)
    })
    .collect()
}

fn every_open_role_of_a_group_is_held_by_a_role_assignable_one(state: &State, _: Instant) -> Vec<String> {
    broken(state, |_, record| match state.directory.at(record.principal) {
        Some(Principal::Group(group)) => {
            !group.is_assignable_to_role && state.privileges.get(record.privilege).role().is_some()
        }
        Some(Principal::User(_) | Principal::ServicePrincipal(_)) | None => false,
    })
    .collect()
}

/// In one direction and in the other (ACT-22, GRP-30).
fn whoever_belongs_to_a_group_that_pim_manages_has_an_open_assignment_of_it(state: &State, _: Instant) -> Vec<String> {
    let directory = &state.directory;
    let edges = |(access, (group, principal)): (GroupAccess, (Slot, Slot))| (group, principal, access);
    let there: BTreeSet<_> = (directory.memberships().map(|edge| (GroupAccess::Member, edge)))
        .chain(directory.ownerships().map(|edge| (GroupAccess::Owner, edge)))
        .map(edges)
        .filter(|(group, ..)| directory.onboarded.contains_key(group))
        .collect();
    let held: BTreeSet<_> = (state.schedules.records.from(0))
        .filter(|(_, it)| it.side() == AssignmentKind::Assignment)
        .filter(|(_, it)| matches!(it.phase, SchedulePhase::Open | SchedulePhase::Held))
        .filter_map(|(_, it)| match state.privileges.get(it.privilege) {
            Privilege::Group { group, access } => Some((directory.slot(group)?, it.principal, access)),
            Privilege::DirectoryRole { .. } | Privilege::AzureRole { .. } => None,
        })
        .collect();
    there
        .symmetric_difference(&held)
        .map(|(group, principal, access)| {
            format!("{} {} {}", directory.id(*principal), access.name(), directory.id(*group))
        })
        .collect()
}

/// GRP-16.
fn no_group_is_in_a_role_assignable_group(state: &State, _: Instant) -> Vec<String> {
    (state.directory.memberships())
        .filter(|(group, _)| state.is_role_assignable(*group))
        .filter(|(_, member)| state.directory.at(*member).map(Principal::kind) == Some(PrincipalKind::Group))
        .map(|(group, member)| format!("{} in {}", state.directory.id(member), state.directory.id(group)))
        .collect()
}

/// PRI-8.
fn no_group_owns_a_group(state: &State, _: Instant) -> Vec<String> {
    (state.directory.ownerships())
        .filter(|(_, owner)| state.directory.at(*owner).map(Principal::kind) == Some(PrincipalKind::Group))
        .map(|(group, owner)| format!("{} of {}", state.directory.id(owner), state.directory.id(group)))
        .collect()
}

fn every_request_that_waits_for_approvers_has_an_approval_in_progress(state: &State, _: Instant) -> Vec<String> {
    (state.requests.records.from(0))
        .filter(|(slot, it)| {
            let approval = state.approvals.get(*slot);
            let in_progress = approval.is_some_and(|approval| approval.status == ApprovalStatus::InProgress);
            in_progress != (it.status == RequestStatus::PendingApproval)
        })
        .map(|(_, it)| it.id.to_string())
        .collect()
}
