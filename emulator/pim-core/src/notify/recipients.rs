//! The people behind a mail: holders of roles, members of groups, approvers.

use super::Moment;
use crate::decide::{authority, review};
use crate::id::{PrincipalId, RoleDefinitionId};
use crate::model::{DirectoryScope, Principal, Privilege, UserType, roles};
use crate::state::{ApprovalRecord, RequestRecord, Slot};
use std::collections::BTreeSet;

crate::implements!["NOT-23", "EXT-4"];

/// Whoever is told of what happens in PIM (NOT-11, NOT-12, NOT-14, NOT-15).
const ADMINISTRATORS: [RoleDefinitionId; 3] =
    [roles::PRIVILEGED_ROLE_ADMINISTRATOR, roles::SECURITY_ADMINISTRATOR, roles::GLOBAL_ADMINISTRATOR];

/// The administrators of the tenant.
pub(super) fn administrators(moment: Moment<'_>) -> BTreeSet<Slot> {
    holders(moment, &ADMINISTRATORS)
}

/// Whoever decides on more time (EXT-4).
pub(super) fn managers(moment: Moment<'_>) -> BTreeSet<Slot> {
    holders(moment, &authority::MANAGERS)
}

/// Whoever is told that an activation waits: the approvers, and Privileged Role Administrators where nobody is named, even
/// where Global Administrators decide as well (NOT-10, UNC-7). Not whoever asked: nobody decides for oneself (APR-8).
pub(super) fn approvers(moment: Moment<'_>, request: &RequestRecord, approval: &ApprovalRecord) -> BTreeSet<Slot> {
    let directory = &moment.state.directory;
    let named = review::approvers(moment.state, request, approval);
    let mut people = if named.is_empty() {
        holders(moment, &[roles::PRIVILEGED_ROLE_ADMINISTRATOR])
    } else {
        named.iter().filter_map(|it| directory.slot(it.id)).flat_map(|it| people(moment, it)).collect()
    };
    people.remove(&request.principal);
    if let Some(creator) = request.creator.principal() {
        people.remove(&creator);
    }
    people
}

/// Whoever holds one of these roles for the whole tenant by now, directly or through a role-assignable group. Found by the
/// privilege, not among everybody.
fn holders(moment: Moment<'_>, roles: &[RoleDefinitionId]) -> BTreeSet<Slot> {
    let Moment { state, at, .. } = moment;
    (roles.iter())
        .filter_map(|role| {
            state.privileges.find(Privilege::DirectoryRole { role: *role, scope: DirectoryScope::Tenant })
        })
        .flat_map(|privilege| state.schedules.assignments_of(privilege))
        .filter_map(|slot| state.schedules.records.get(slot))
        .filter(|record| record.is_open(at))
        .flat_map(|record| people(moment, record.principal))
        .collect()
}

/// The people behind a principal: itself, or the members of a group. Only those who can read a mail.
pub(super) fn people(moment: Moment<'_>, principal: Slot) -> Vec<Slot> {
    let directory = &moment.state.directory;
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

/// The same people without one.
pub(super) fn but(mut people: BTreeSet<Slot>, one: Option<Slot>) -> BTreeSet<Slot> {
    if let Some(one) = one {
        people.remove(&one);
    }
    people
}

/// The people by id.
pub(super) fn ids(moment: Moment<'_>, people: BTreeSet<Slot>) -> Vec<PrincipalId> {
    people.into_iter().map(|slot| moment.state.directory.id(slot)).collect()
}
