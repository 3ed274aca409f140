//! Events of the directory.

use crate::event::DirectoryEvent;
use crate::id::{ApplicationId, PrincipalId, RoleDefinitionId};
use crate::model::{AdministrativeUnit, Application, PolicySubject, Principal, RoleDefinition};
use crate::state::{State, Timer};
use crate::time::Instant;

/// Makes the directory what it is after `event`: a line per event.
pub(super) fn apply(state: &mut State, at: Instant, event: &DirectoryEvent) {
    match event {
        DirectoryEvent::UserCreated(user) => state.directory.insert(Principal::User((**user).clone())),
        DirectoryEvent::GroupCreated(group) => state.directory.insert(Principal::Group((**group).clone())),
        DirectoryEvent::ServicePrincipalCreated(it) => {
            state.directory.insert(Principal::ServicePrincipal((**it).clone()));
        }
        DirectoryEvent::ApplicationCreated(application) => set_application(state, application),
        DirectoryEvent::AdministrativeUnitCreated(unit) => set_administrative_unit(state, unit),
        DirectoryEvent::MemberAdded { group, member } => set_member(state, *group, *member, true),
        DirectoryEvent::MemberRemoved { group, member } => set_member(state, *group, *member, false),
        DirectoryEvent::OwnerAdded { group, owner } => set_owner(state, *group, *owner, true),
        DirectoryEvent::OwnerRemoved { group, owner } => set_owner(state, *group, *owner, false),
        DirectoryEvent::UserUpdated(user) => state.directory.replace(Principal::User((**user).clone())),
        DirectoryEvent::GroupUpdated(group) => state.directory.replace(Principal::Group((**group).clone())),
        DirectoryEvent::PrincipalDeleted(id) => keeping_timer(state, |it| it.directory.delete(*id, at)),
        DirectoryEvent::PrincipalRestored(id) => keeping_timer(state, |it| it.directory.restore(*id)),
        DirectoryEvent::PrincipalPurged(id) => keeping_timer(state, |it| drop(it.directory.deleted.remove(*id))),
        DirectoryEvent::ApplicationDeleted(id) => delete_application(state, *id),
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

fn set_application(state: &mut State, application: &Application) {
    state.directory.applications.insert(application.id, application.clone());
}

fn delete_application(state: &mut State, id: ApplicationId) {
    state.directory.applications.remove(&id);
}

fn set_administrative_unit(state: &mut State, unit: &AdministrativeUnit) {
    state.directory.administrative_units.insert(unit.id, unit.clone());
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
pub(super) fn onboard(state: &mut State, group: PrincipalId) {
    if let Some(slot) = state.directory.slot(group) {
        state.directory.onboarded.insert(slot);
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
