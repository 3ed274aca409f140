//! The people behind a mail: holders of roles, members of groups, approvers.

use super::Moment;
use super::audience::Audience;
use crate::decide::review;
use crate::id::RoleDefinitionId;
use crate::model::{DirectoryScope, Principal, Privilege, Recipient, Recipients, UserType, roles};
use crate::state::{ApprovalRecord, RequestRecord, ScheduleRecord, Slot, State};
use crate::time::Instant;
use std::collections::BTreeSet;

crate::implements!["NOT-23", "EXT-4"];

/// Whoever is told of what happens in PIM (NOT-11, NOT-12, NOT-14, NOT-15).
pub(super) const ADMINISTRATORS: [RoleDefinitionId; 3] =
    [roles::PRIVILEGED_ROLE_ADMINISTRATOR, roles::SECURITY_ADMINISTRATOR, roles::GLOBAL_ADMINISTRATOR];

/// The administrators of the tenant.
pub(super) fn administrators(moment: Moment<'_>) -> &Audience {
    moment.audiences.administrators((moment.state, moment.at))
}

/// Whoever decides on more time (EXT-4).
pub(super) fn managers(moment: Moment<'_>) -> &Audience {
    moment.audiences.managers((moment.state, moment.at))
}

/// Whoever is told that an activation waits: the approvers, and Privileged Role Administrators where nobody is named, even
/// where Global Administrators decide as well (NOT-10, UNC-7). Not whoever asked: nobody decides for oneself (APR-8).
pub(super) fn approvers(moment: Moment<'_>, request: &RequestRecord, approval: &ApprovalRecord) -> Recipients {
    let state = moment.state;
    let named = review::approvers(state, request, approval);
    let mut people: BTreeSet<Slot> = if named.is_empty() {
        holders((state, moment.at), &[roles::PRIVILEGED_ROLE_ADMINISTRATOR])
            .flat_map(|it| people(state, it.principal))
            .collect()
    } else {
        named.iter().filter_map(|it| state.directory.slot(it.id)).flat_map(|it| people(state, it)).collect()
    };
    people.remove(&request.principal);
    if let Some(creator) = request.creator.principal() {
        people.remove(&creator);
    }
    recipients(state, people)
}

/// The people behind the holder of something.
pub(super) fn behind(moment: Moment<'_>, holder: Slot) -> Recipients {
    recipients(moment.state, people(moment.state, holder))
}

/// The schedules by which somebody holds one of these roles for the whole tenant at an instant, directly or through a
/// role-assignable group. Found by the privilege, not among everybody.
pub(super) fn holders<'a>(
    (state, at): (&'a State, Instant),
    roles: &'a [RoleDefinitionId],
) -> impl Iterator<Item = &'a ScheduleRecord> {
    assigned(state, roles).filter(move |record| record.is_open(at))
}

/// The same, whenever they begin and end.
pub(super) fn assigned<'a>(
    state: &'a State,
    roles: &'a [RoleDefinitionId],
) -> impl Iterator<Item = &'a ScheduleRecord> {
    (roles.iter())
        .filter_map(|role| {
            state.privileges.find(Privilege::DirectoryRole { role: *role, scope: DirectoryScope::Tenant })
        })
        .flat_map(|privilege| state.schedules.assignments_of(privilege))
        .filter_map(|slot| state.schedules.records.get(slot))
}

/// The people behind a principal: itself, or the members of a group. Only those who can read a mail.
pub(super) fn people(state: &State, principal: Slot) -> Vec<Slot> {
    let directory = &state.directory;
    let mut people = match directory.at(principal) {
        Some(Principal::User(_)) => vec![principal],
        Some(Principal::Group(_)) => directory.members_of(principal),
        Some(Principal::ServicePrincipal(_)) | None => Vec::new(),
    };
    people.retain(|slot| has_mailbox(directory.at(*slot)));
    people
}

/// Nobody is told who has no mailbox (NOT-23): a disabled account, or a guest of whom no address is known. A member without
/// an address is reached under the name to sign in with.
fn has_mailbox(principal: Option<&Principal>) -> bool {
    match principal {
        Some(Principal::User(user)) => {
            user.account_enabled && (user.mail.is_some() || user.user_type == UserType::Member)
        }
        Some(Principal::Group(_) | Principal::ServicePrincipal(_)) | None => false,
    }
}

/// People as those who get a mail.
pub(super) fn recipients(state: &State, people: impl IntoIterator<Item = Slot>) -> Recipients {
    people.into_iter().map(|slot| Recipient::User(state.directory.id(slot))).collect()
}
