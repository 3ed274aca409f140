//! Who is reviewed: whoever holds the thing when an occurrence starts.

use super::rights;
use crate::decide::guard;
use crate::family::groups;
use crate::id::PrincipalId;
use crate::model::access_review::{
    AccessReviewAssignments, AccessReviewPrincipals, AccessReviewRecommendation, AccessReviewResource,
    AccessReviewScope,
};
use crate::model::{
    AssignmentKind, Group, GroupAccess, GroupType, Principal, PrincipalKind, Privilege, Resource, ScheduleKind,
    UserType,
};
use crate::state::{ScheduleRecord, Slot, State};
use crate::time::{Instant, Length};
use crate::view::View;
use std::collections::BTreeMap;

crate::implements![
    "REV-6", "REV-7", "REV-8", "REV-10", "REV-12", "REV-13", "REV-24", "REV-25", "REV-26", "REV-45", "REV-46", "MIS-20"
];

/// Somebody who is reviewed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reviewed {
    pub(crate) principal: PrincipalId,
    /// Whether it is held by a group alone, so that the review cannot take it (REV-35).
    pub(crate) is_indirect: bool,
    /// When the principal last signed in, as far as that is known.
    pub(crate) last_sign_in: Option<Instant>,
}

/// Whoever is reviewed of a thing at an instant, in the order of ids: each once, however many assignments there are.
pub(crate) fn reviewed(
    state: &State,
    at: Instant,
    resource: AccessReviewResource,
    scope: &AccessReviewScope,
) -> Vec<Reviewed> {
    let mut found: BTreeMap<PrincipalId, bool> = BTreeMap::new();
    let mut find = |slot: Slot, is_indirect: bool| {
        let known = found.entry(state.directory.id(slot)).or_insert(true);
        *known &= is_indirect;
    };
    for holder in holders(state, at, resource, scope) {
        match expanded(state, at, resource, scope, holder) {
            Some(people) => people.into_iter().for_each(|it| find(it, true)),
            None => find(holder, false),
        }
    }
    (found.into_iter())
        .filter_map(|(principal, is_indirect)| {
            let object = state.directory.get(principal)?;
            let last_sign_in = last_sign_in(state, principal);
            let is_wanted = is_of(object, &scope.principals) && is_inactive(scope, at, object, last_sign_in);
            is_wanted.then_some(Reviewed { principal, is_indirect, last_sign_in })
        })
        .collect()
}

/// The places of those who hold it themselves.
fn holders(state: &State, at: Instant, resource: AccessReviewResource, scope: &AccessReviewScope) -> Vec<Slot> {
    if let AccessReviewResource::Group(group) = resource
        && let Some((slot, _)) = groups::find(state, group)
        && !rights::is_managed(state, group)
    {
        return state.directory.members_of(slot);
    }
    let assignments = assignments(resource, scope.assignments);
    privileges(state, resource)
        .flat_map(|privilege| state.schedules.of_privilege(privilege, 0))
        .filter_map(|slot| state.schedules.records.get(slot))
        .filter(|record| record.is_open(at) && is_reviewed(assignments, record.kind))
        .map(|record| record.principal)
        .collect()
}

/// What is held of a thing: a role at whichever scope of the directory, membership of a group, a role at its place of Azure.
fn privileges(state: &State, resource: AccessReviewResource) -> impl Iterator<Item = Slot> {
    let of_resource = match resource {
        AccessReviewResource::DirectoryRole(role) => Resource::DirectoryRole(role),
        AccessReviewResource::Group(group) => Resource::Group(group),
        AccessReviewResource::AzureRole { scope, .. } => Resource::AzureScope(scope),
    };
    let all = state.privileges.of(of_resource).iter().copied();
    all.filter(move |slot| match (state.privileges.get(*slot), resource) {
        (Privilege::Group { access, .. }, _) => access == GroupAccess::Member,
        (Privilege::AzureRole { role, .. }, AccessReviewResource::AzureRole { role: wanted, .. }) => role == wanted,
        (Privilege::DirectoryRole { .. } | Privilege::AzureRole { .. }, _) => true,
    })
}

/// Which assignments count: of a group that PIM manages eligible and active ones together, whatever is asked for (REV-10).
const fn assignments(resource: AccessReviewResource, asked: AccessReviewAssignments) -> AccessReviewAssignments {
    match resource {
        AccessReviewResource::Group(_) => AccessReviewAssignments::All,
        AccessReviewResource::DirectoryRole(_) | AccessReviewResource::AzureRole { .. } => asked,
    }
}

/// Whether an assignment of that kind counts, activated or not (REV-7).
const fn is_reviewed(assignments: AccessReviewAssignments, kind: ScheduleKind) -> bool {
    match (assignments, kind) {
        (AccessReviewAssignments::All, _)
        | (AccessReviewAssignments::Eligible, ScheduleKind::Eligibility)
        | (AccessReviewAssignments::Active, ScheduleKind::Assigned | ScheduleKind::AssignedOutside) => true,
        (AccessReviewAssignments::Eligible | AccessReviewAssignments::Active, _) => false,
    }
}

/// The assignments that somebody holds of a thing and that a review of it takes away when they are denied.
pub(super) fn held<'a>(
    state: &'a State,
    at: Instant,
    resource: AccessReviewResource,
    scope: &AccessReviewScope,
    principal: Slot,
) -> Vec<(Slot, &'a ScheduleRecord)> {
    let assignments = assignments(resource, scope.assignments);
    let kinds = [AssignmentKind::Eligibility, AssignmentKind::Assignment];
    privileges(state, resource)
        .map(|privilege| state.privileges.get(privilege))
        .flat_map(|privilege| kinds.map(|side| guard::on_side(state, at, principal, privilege, side)))
        .flatten()
        .filter(|(_, record)| record.is_open(at) && is_reviewed(assignments, record.kind))
        .collect()
}

/// The people behind a group that is reviewed as its people and not as itself: in Azure whoever is directly in it (REV-26), in
/// a group whoever is in it by whichever way where that is asked for. A group that holds a directory role is one line.
fn expanded(
    state: &State,
    at: Instant,
    resource: AccessReviewResource,
    scope: &AccessReviewScope,
    holder: Slot,
) -> Option<Vec<Slot>> {
    let Some(Principal::Group(group)) = state.directory.at(holder) else { return None };
    let deeply = || {
        let members = View::new(state, at).transitive_members(group.id);
        members.into_iter().filter_map(|it| state.present(it.id())).collect()
    };
    match resource {
        AccessReviewResource::DirectoryRole(_) => None,
        AccessReviewResource::Group(_) => scope.is_transitive.then(deeply),
        AccessReviewResource::AzureRole { .. } if scope.is_transitive => Some(deeply()),
        AccessReviewResource::AzureRole { .. } => {
            let members = state.directory.members_of(holder).into_iter();
            Some(members.filter(|it| state.belongs(at, holder, *it, GroupAccess::Member)).collect())
        }
    }
}

/// Whether a principal is of one of these sorts (REV-6).
fn is_of(principal: &Principal, sorts: &[AccessReviewPrincipals]) -> bool {
    sorts.iter().any(|sort| match (principal, sort) {
        (Principal::User(_), AccessReviewPrincipals::Users)
        | (Principal::Group(_), AccessReviewPrincipals::Groups)
        | (Principal::ServicePrincipal(_), AccessReviewPrincipals::ServicePrincipals) => true,
        (Principal::User(user), AccessReviewPrincipals::Guests) => user.user_type == UserType::Guest,
        (
            Principal::User(_) | Principal::Group(_) | Principal::ServicePrincipal(_),
            AccessReviewPrincipals::Users
            | AccessReviewPrincipals::Guests
            | AccessReviewPrincipals::Groups
            | AccessReviewPrincipals::ServicePrincipals,
        ) => false,
    })
}

/// Where only the inactive are reviewed: whoever has not signed in for so long before the start, and was there all that time
/// (REV-8).
fn is_inactive(scope: &AccessReviewScope, at: Instant, principal: &Principal, last_sign_in: Option<Instant>) -> bool {
    let Some(length) = scope.inactive_for else { return true };
    let since = at.minus(length);
    let signs_in = principal.kind() != PrincipalKind::Group;
    signs_in && principal.created() <= since && last_sign_in.is_none_or(|last| last < since)
}

/// What is recommended about somebody: to go where nobody signed in within the time looked back over, which ends at the
/// start (REV-24, REV-25).
pub(crate) fn recommendation(
    last_sign_in: Option<Instant>,
    at: Instant,
    look_back: Option<Length>,
) -> AccessReviewRecommendation {
    match (last_sign_in, look_back) {
        (Some(last), Some(look_back)) if last >= at.minus(look_back) => AccessReviewRecommendation::Approve,
        (Some(_), Some(_)) => AccessReviewRecommendation::Deny,
        (None, _) | (_, None) => AccessReviewRecommendation::NoInfoAvailable,
    }
}

/// When somebody last signed in, whatever came of it, as far as that is known.
fn last_sign_in(state: &State, principal: PrincipalId) -> Option<Instant> {
    state.sign_ins.activity(principal).last()
}

/// The Microsoft 365 groups that have guests, but for dynamic and role-assignable ones, in the order of ids.
pub(crate) fn groups_with_guests(state: &State) -> Vec<PrincipalId> {
    let is_guest = |slot: &Slot| match state.directory.at(*slot) {
        Some(Principal::User(user)) => user.user_type == UserType::Guest,
        Some(Principal::Group(_) | Principal::ServicePrincipal(_)) | None => false,
    };
    let mut found: Vec<PrincipalId> = (state.directory.of_kind(PrincipalKind::Group, 0))
        .filter_map(|(slot, principal)| match principal {
            Principal::Group(group) if is_reviewed_for_guests(group) => Some((slot, group.id)),
            Principal::Group(_) | Principal::User(_) | Principal::ServicePrincipal(_) => None,
        })
        .filter(|(slot, _)| state.directory.members_of(*slot).iter().any(is_guest))
        .map(|(_, id)| id)
        .collect();
    found.sort_unstable();
    found
}

fn is_reviewed_for_guests(group: &Group) -> bool {
    group.group_type == GroupType::Microsoft365 && group.membership_rule.is_none() && !group.is_assignable_to_role
}
