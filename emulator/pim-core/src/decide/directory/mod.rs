//! The directory: principals, applications, administrative units and the edges between them.

pub(super) mod administrative_units;
pub(crate) mod applications;
mod certificates;
pub(super) mod deletion;
pub(super) mod edges;
pub(super) mod grants;
pub(super) mod groups;
mod owners;
pub(super) mod restoring;
pub(crate) mod roles_in_use;
mod secrets;
pub(super) mod service_principals;
pub(super) mod users;
pub(super) mod writers;

use super::{Context, authority};
use crate::command::Actor;
use crate::id::{AdministrativeUnitId, ApplicationId, IdKind, PrincipalId, RoleDefinitionId};
use crate::model::{DirectoryScope, Privilege, ScheduleKind, roles};
use crate::rejection::Rejection;
use crate::state::State;
use uuid::Uuid;

/// No other object may have that id.
fn id_is_free(state: &State, id: Uuid) -> Result<(), Rejection> {
    let taken = state.directory.slot(PrincipalId(id)).is_some()
        || state.directory.application(ApplicationId(id)).is_some()
        || state.directory.deleted_applications.contains_key(&ApplicationId(id))
        || state.directory.administrative_units.get(AdministrativeUnitId(id)).is_some();
    let fault = || Rejection::NameTaken { property: "id", value: id.to_string(), holder: None };
    if taken { Err(fault()) } else { Ok(()) }
}

/// The id that an object was given, or a new one. The last thing before events are written down.
fn id_or_new(context: &mut Context<'_>, id: Uuid) -> Uuid {
    if id.is_nil() { context.ids.mint(IdKind::DirectoryObject) } else { id }
}

/// Whoever may change applications and service principals of everybody.
const APPLICATION_MANAGERS: [RoleDefinitionId; 3] =
    [roles::GLOBAL_ADMINISTRATOR, roles::APPLICATION_ADMINISTRATOR, roles::CLOUD_APPLICATION_ADMINISTRATOR];

/// Whether the caller holds one of these roles for the whole tenant or for one of these scopes. An application was measured
/// by its permissions already.
fn holds_any_for(
    context: &Context<'_>,
    wanted: &[RoleDefinitionId],
    scopes: impl IntoIterator<Item = DirectoryScope>,
) -> bool {
    let Context { state, now, .. } = *context;
    let Actor::User { id, .. } = context.actor else { return true };
    if !state.behaviour.permission_enforcement {
        return true;
    }
    let Some(slot) = state.present(id) else { return false };
    let groups = state.groups_of(now, slot).filter(|group| state.is_role_assignable(*group));
    let holders: Vec<_> = std::iter::once(slot).chain(groups).collect();
    let scopes: Vec<_> = std::iter::once(DirectoryScope::Tenant).chain(scopes).collect();
    wanted.iter().any(|role| {
        let privileges = scopes.iter().map(|scope| Privilege::DirectoryRole { role: *role, scope: *scope });
        let mut pairs = privileges.flat_map(|privilege| holders.iter().map(move |holder| (*holder, privilege)));
        pairs.any(|(holder, privilege)| {
            let mut held = state.schedules_for(holder, privilege);
            held.any(|(_, record)| record.kind != ScheduleKind::Eligibility && record.is_open(now))
        })
    })
}

/// Refuses whoever may not change an application or service principal: its owners may, and those with a role for it.
fn require_application_manager(
    context: &Context<'_>,
    owners: &[PrincipalId],
    objects: &[Uuid],
) -> Result<(), Rejection> {
    let owns = match context.actor {
        Actor::User { id, .. } => owners.contains(&id),
        Actor::Application { .. } | Actor::SetUp => false,
    };
    let scopes = objects.iter().map(|object| DirectoryScope::Object(PrincipalId(*object)));
    if owns || holds_any_for(context, &APPLICATION_MANAGERS, scopes) { Ok(()) } else { Err(Rejection::NotPermitted) }
}

/// Takes one thing out of several.
fn remove<T>(from: &mut Vec<T>, which: impl Fn(&T) -> bool, id: Uuid) -> Result<(), Rejection> {
    let place = from.iter().position(which).ok_or(Rejection::ObjectNotFound(id))?;
    from.remove(place);
    Ok(())
}

/// Who is noted as the maker of an object: a user who holds no role. What administrators make is nobody's.
fn creator(context: &Context<'_>) -> Option<PrincipalId> {
    let Actor::User { id, .. } = context.actor else { return None };
    authority::active_roles(context.state, context.now, id).is_empty().then_some(id)
}

/// Keeps what is to be kept as it was written, and lets go of the rest.
fn keep(kept: &mut std::collections::BTreeMap<String, String>, changes: &[(String, Option<String>)]) {
    for (property, text) in changes {
        match text {
            Some(text) => kept.insert(property.clone(), text.clone()),
            None => kept.remove(property),
        };
    }
}

/// A name that people are to see must be there.
fn visible(display_name: &str) -> Result<(), Rejection> {
    if display_name.trim().is_empty() { Err(Rejection::InvalidProperty { property: "displayName" }) } else { Ok(()) }
}

/// The longest name that people see.
const LONGEST_NAME: usize = 256;
/// The longest name that only programs see.
const LONGEST_UNIQUE_NAME: usize = 256;
/// The longest nickname.
const LONGEST_NICKNAME: usize = 64;

/// A text that must be there and cannot be longer than that.
fn text(property: &'static str, text: &str, longest: usize) -> Result<(), Rejection> {
    let is_good = !text.trim().is_empty() && text.chars().count() <= longest;
    if is_good { Ok(()) } else { Err(Rejection::InvalidProperty { property }) }
}
