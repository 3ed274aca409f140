//! The people behind a mail: holders of roles, members of groups, approvers.

use super::Moment;
use super::audience::Audience;
use crate::decide::review;
use crate::id::{AzureScopeId, PrincipalId, RoleDefinitionId};
use crate::model::{
    DirectoryScope, Family, GroupAccess, Principal, Privilege, Recipient, Recipients, ScheduleKind, UserType,
    azure_roles, roles,
};
use crate::state::{ApprovalRecord, RequestRecord, ScheduleRecord, Slot, State};
use crate::time::Instant;
use std::collections::BTreeSet;

crate::implements!["NOT-17", "NOT-18", "NOT-23", "EXT-4"];

/// Whoever is told of what happens in PIM (NOT-11, NOT-12, NOT-14, NOT-15).
pub(super) const ADMINISTRATORS: [RoleDefinitionId; 3] =
    [roles::PRIVILEGED_ROLE_ADMINISTRATOR, roles::SECURITY_ADMINISTRATOR, roles::GLOBAL_ADMINISTRATOR];

/// The administrators of the tenant.
pub(super) fn administrators(moment: Moment<'_>) -> &Audience {
    moment.audiences.administrators((moment.state, moment.at))
}

/// Whoever is told of what happens to a privilege, but for some: of a role the administrators of the tenant, of a group its
/// permanent owners (NOT-18), of a place of Azure its Owners and User Access Administrators (NOT-17).
pub(super) fn administrators_of(moment: Moment<'_>, privilege: Privilege, some: &[Slot]) -> Recipients {
    match privilege {
        Privilege::DirectoryRole { .. } => administrators(moment).but(some),
        Privilege::Group { group, .. } => permanent_owners(moment, group, some),
        Privilege::AzureRole { scope, .. } => those_of_azure(moment, scope, some),
    }
}

/// Whoever decides on more time (EXT-4), but for some: of a group its permanent owners (NOT-18).
pub(super) fn managers_of(moment: Moment<'_>, privilege: Privilege, some: &[Slot]) -> Recipients {
    match privilege {
        Privilege::DirectoryRole { .. } => moment.audiences.managers((moment.state, moment.at)).but(some),
        Privilege::Group { group, .. } => permanent_owners(moment, group, some),
        Privilege::AzureRole { scope, .. } => those_of_azure(moment, scope, some),
    }
}

/// Whoever is told that somebody waits although others decide: of a place of Azure those who manage it (NOT-17), but for the
/// approvers, who are told as such, and whoever asks. Of a role or a group there is nobody (APR-31), and no cell for them.
pub(super) fn watchers(
    moment: Moment<'_>,
    privilege: Privilege,
    asks: Slot,
    approvers: &Recipients,
) -> Option<Recipients> {
    match privilege {
        Privilege::DirectoryRole { .. } | Privilege::Group { .. } => None,
        Privilege::AzureRole { scope, .. } => {
            let managers = those_of_azure(moment, scope, &[asks]);
            Some(managers.iter().filter(|it| !approvers.contains(it)).cloned().collect())
        }
    }
}

/// Whoever owns a group for good: neither for a time nor by an activation (NOT-18).
fn permanent_owners(moment: Moment<'_>, group: PrincipalId, but: &[Slot]) -> Recipients {
    let Moment { state, at, .. } = moment;
    let owner = state.privileges.find(Privilege::Group { group, access: GroupAccess::Owner });
    let owners: BTreeSet<Slot> = owner
        .into_iter()
        .flat_map(|privilege| state.schedules.assignments_of(privilege))
        .filter_map(|slot| state.schedules.records.get(slot))
        .filter(|record| record.is_open(at) && record.end == Instant::LAST && record.kind != ScheduleKind::Activated)
        .flat_map(|record| people(state, record.principal))
        .filter(|slot| !but.contains(slot))
        .collect();
    recipients(state, owners)
}

/// Owners and User Access Administrators of a scope and of those above it, for good or eligible: not those who hold it for a
/// time only (NOT-17).
fn those_of_azure(moment: Moment<'_>, scope: AzureScopeId, but: &[Slot]) -> Recipients {
    let Moment { state, at, .. } = moment;
    let roles = [azure_roles::OWNER, azure_roles::USER_ACCESS_ADMINISTRATOR];
    let privileges = (state.azure.upwards(scope))
        .flat_map(|above| roles.map(|role| Privilege::AzureRole { role, scope: above.id }))
        .filter_map(|privilege| state.privileges.find(privilege));
    let people: BTreeSet<Slot> = privileges
        .flat_map(|privilege| state.schedules.of_privilege(privilege, 0))
        .filter_map(|slot| state.schedules.records.get(slot))
        .filter(|record| record.is_open(at))
        .filter(|record| record.kind == ScheduleKind::Eligibility || record.end == Instant::LAST)
        .flat_map(|record| people(state, record.principal))
        .filter(|slot| !but.contains(slot))
        .collect();
    recipients(state, people)
}

/// Whoever is told that an activation waits: the approvers. Where nobody is named, for a role the Privileged Role
/// Administrators, even where Global Administrators decide as well (NOT-10, UNC-7); a group has nobody then (APR-15). Not
/// whoever asked: nobody decides for oneself (APR-8).
pub(super) fn approvers(moment: Moment<'_>, request: &RequestRecord, approval: &ApprovalRecord) -> Recipients {
    let state = moment.state;
    let named = review::approvers(state, request, approval);
    let default: &[_] = match state.privileges.get(request.privilege).family() {
        Family::DirectoryRoles if named.is_empty() => &[roles::PRIVILEGED_ROLE_ADMINISTRATOR],
        Family::DirectoryRoles | Family::Groups | Family::AzureRoles => &[],
    };
    let default = holders((state, moment.at), default).map(|it| it.principal);
    let named = named.iter().filter_map(|it| state.directory.slot(it.id));
    let mut people: BTreeSet<Slot> = named.chain(default).flat_map(|it| people(state, it)).collect();
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
pub(super) fn people(state: &State, principal: Slot) -> impl Iterator<Item = Slot> {
    let directory = &state.directory;
    let (itself, members) = match directory.at(principal) {
        Some(Principal::User(_)) => (Some(principal), Vec::new()),
        Some(Principal::Group(_)) => (None, directory.members_of(principal)),
        Some(Principal::ServicePrincipal(_)) | None => (None, Vec::new()),
    };
    itself.into_iter().chain(members).filter(|slot| has_mailbox(directory.at(*slot)))
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
