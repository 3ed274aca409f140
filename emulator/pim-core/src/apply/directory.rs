//! Events of the directory.

use crate::event::DirectoryEvent;
use crate::id::{ApplicationId, PrincipalId, RoleDefinitionId};
use crate::model::{DeletedApplication, PolicySubject, Principal, RoleDefinition};
use crate::state::{State, Timer};
use crate::time::{Instant, Length};

/// How long an application that was deleted can be brought back.
pub(crate) const RESTORABLE_FOR: Length = Length::days(30);

/// Makes the directory what it is after `event` at `at`: a line per event.
pub(super) fn apply(state: &mut State, at: Instant, event: &DirectoryEvent) {
    match event {
        DirectoryEvent::UserCreated(user) => state.directory.insert(Principal::User((**user).clone())),
        DirectoryEvent::GroupCreated(group) => state.directory.insert(Principal::Group((**group).clone())),
        DirectoryEvent::ServicePrincipalCreated(it) => {
            state.directory.insert(Principal::ServicePrincipal((**it).clone()));
        }
        DirectoryEvent::ApplicationCreated(application) => {
            state.directory.set_application((**application).clone());
        }
        DirectoryEvent::ApplicationUpdated(it) => state.directory.set_application(it.now.clone()),
        DirectoryEvent::ServicePrincipalUpdated(it) => {
            state.directory.replace(Principal::ServicePrincipal(it.now.clone()));
        }
        DirectoryEvent::AdministrativeUnitCreated(unit) => {
            state.directory.administrative_units.insert((**unit).clone());
        }
        DirectoryEvent::AdministrativeUnitUpdated(it) => state.directory.administrative_units.update(&it.now),
        DirectoryEvent::AdministrativeUnitDeleted(id) => state.directory.administrative_units.remove(*id),
        DirectoryEvent::UnitMemberAdded { unit, member } => {
            state.directory.administrative_units.set_member(*unit, *member, true);
        }
        DirectoryEvent::UnitMemberRemoved { unit, member } => {
            state.directory.administrative_units.set_member(*unit, *member, false);
        }
        DirectoryEvent::MemberAdded { group, member } => set_member(state, *group, *member, true),
        DirectoryEvent::MemberRemoved { group, member } => set_member(state, *group, *member, false),
        DirectoryEvent::ApplicationDeleted(id) => delete_application(state, at, *id),
        DirectoryEvent::ApplicationRestored(id) => restore_application(state, *id),
        DirectoryEvent::ApplicationPurged(id) => drop(take_deleted_application(state, *id)),
        DirectoryEvent::AppRoleAssigned(it) => {
            state.directory.app_role_assignments.insert(it.id, (**it).clone());
        }
        DirectoryEvent::AppRoleAssignmentRemoved(id) => {
            state.directory.app_role_assignments.remove(id);
        }
        DirectoryEvent::PermissionGrantSet(it) => {
            state.directory.permission_grants.insert(it.id, (**it).clone());
        }
        DirectoryEvent::PermissionGrantRevoked(id) => {
            state.directory.permission_grants.remove(id);
        }
        DirectoryEvent::DirectoryRoleActivated(role) => {
            state.directory.activated_roles.insert(*role);
        }
        DirectoryEvent::OwnerAdded { group, owner } => set_owner(state, *group, *owner, true),
        DirectoryEvent::OwnerRemoved { group, owner } => set_owner(state, *group, *owner, false),
        DirectoryEvent::UserUpdated(it) => state.directory.replace(Principal::User(it.now.clone())),
        DirectoryEvent::GroupUpdated(it) => state.directory.replace(Principal::Group(it.now.clone())),
        DirectoryEvent::PrincipalDeleted(id) => keeping_timer(state, |it| it.directory.delete(*id, at)),
        DirectoryEvent::PrincipalRestored(id) => keeping_timer(state, |it| it.directory.restore(*id)),
        DirectoryEvent::PrincipalPurged(id) => {
            state.sign_ins.forget(*id);
            keeping_timer(state, |it| it.directory.purge(*id));
        }
    }
}

/// Changes who is deleted, and sets the timer for the first that goes for good.
fn keeping_timer(state: &mut State, change: impl FnOnce(&mut State)) {
    let before = state.directory.deleted.first_due();
    change(state);
    set_purge(state, before);
}

/// Sets the timer for the first of the deleted principals, where it was set to `before`.
pub(crate) fn set_purge(state: &mut State, before: Instant) {
    state.timers.clear(before, Timer::PurgeDeleted);
    let due = state.directory.deleted.first_due();
    if due != Instant::LAST {
        state.timers.set(due, Timer::PurgeDeleted);
    }
}

/// The service principal is still there: it goes right after.
fn delete_application(state: &mut State, at: Instant, id: ApplicationId) {
    let Some(application) = state.directory.take_application(id) else { return };
    let service_principal = state.directory.client(application.app_id).map(|slot| state.directory.id(slot));
    let purged = at.plus(RESTORABLE_FOR);
    insert_deleted_application(state, DeletedApplication { application, service_principal, deleted: at, purged });
}

/// Adds an application that was deleted, with the timer that takes it for good.
pub(crate) fn insert_deleted_application(state: &mut State, deleted: DeletedApplication) {
    state.timers.set(deleted.purged, Timer::PurgeApplications);
    state.directory.deleted_applications.insert(deleted.application.id, deleted);
}

fn take_deleted_application(state: &mut State, id: ApplicationId) -> Option<DeletedApplication> {
    let deleted = state.directory.deleted_applications.remove(&id)?;
    if state.directory.deleted_applications.values().all(|it| it.purged != deleted.purged) {
        state.timers.clear(deleted.purged, Timer::PurgeApplications);
    }
    Some(deleted)
}

/// Owners that have gone since do not come back with it. Its service principal comes back right after.
fn restore_application(state: &mut State, id: ApplicationId) {
    let Some(DeletedApplication { mut application, .. }) = take_deleted_application(state, id) else { return };
    application.owners.retain(|owner| state.directory.get(*owner).is_some());
    state.directory.set_application(application);
}

fn set_member(state: &mut State, group: PrincipalId, member: PrincipalId, is_member: bool) {
    if let (Some(group), Some(member)) = (state.directory.slot(group), state.directory.slot(member)) {
        state.directory.set_member(group, member, is_member);
    }
}

fn set_owner(state: &mut State, group: PrincipalId, owner: PrincipalId, is_owner: bool) {
    if let (Some(group), Some(owner)) = (state.directory.slot(group), state.directory.slot(owner)) {
        state.directory.set_owner(group, owner, is_owner);
    }
}

/// From now on PIM manages the group, for good (GRP-8).
pub(super) fn onboard(state: &mut State, at: Instant, group: PrincipalId) {
    if let Some(slot) = state.directory.slot(group) {
        state.directory.onboarded.entry(slot).or_insert(at);
    }
}

pub(super) fn set_role(state: &mut State, role: &RoleDefinition) {
    state.directory.custom_roles.insert(role.id, role.clone());
}

/// With a role goes its policy.
pub(super) fn delete_role(state: &mut State, id: RoleDefinitionId) {
    state.directory.custom_roles.remove(&id);
    state.policies.forget(PolicySubject::DirectoryRole(id));
}
