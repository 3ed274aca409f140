//! The directory: principals, applications, administrative units and the edges between them.

pub(super) mod administrative_units;
pub(super) mod applications;
pub(super) mod deletion;
pub(super) mod edges;
pub(super) mod grants;
pub(super) mod groups;
pub(super) mod restoring;
pub(crate) mod roles_in_use;
pub(super) mod service_principals;
pub(super) mod users;
pub(super) mod writers;

use super::Context;
use crate::command::Actor;
use crate::id::{IdKind, PrincipalId, RoleDefinitionId};
use crate::model::{DirectoryScope, GroupAccess, Principal, Privilege, ScheduleKind, roles};
use crate::rejection::Rejection;
use crate::state::State;
use uuid::Uuid;

/// No other object may have that id.
fn id_is_free(state: &State, id: Uuid) -> Result<(), Rejection> {
    let taken = state.directory.slot(PrincipalId(id)).is_some()
        || state.directory.applications.keys().any(|it| it.0 == id)
        || state.directory.deleted_applications.keys().any(|it| it.0 == id)
        || state.directory.administrative_units.keys().any(|it| it.0 == id);
    if taken { Err(Rejection::NameTaken { property: "id", value: id.to_string() }) } else { Ok(()) }
}

/// The id that an object was given, or a new one. The last thing before events are written down.
fn id_or_new(context: &mut Context<'_>, id: Uuid) -> Uuid {
    if id.is_nil() { context.ids.mint(IdKind::DirectoryObject) } else { id }
}

/// Whoever may change applications and service principals of everybody.
const APPLICATION_MANAGERS: [RoleDefinitionId; 3] =
    [roles::GLOBAL_ADMINISTRATOR, roles::APPLICATION_ADMINISTRATOR, roles::CLOUD_APPLICATION_ADMINISTRATOR];

/// Whether the caller holds one of these roles for the whole tenant or for one of these objects. An application was measured
/// by its permissions already.
fn holds_any_for(context: &Context<'_>, wanted: &[RoleDefinitionId], objects: &[Uuid]) -> bool {
    let Context { state, now, .. } = *context;
    let Actor::User { id, .. } = context.actor else { return true };
    if !state.behaviour.permission_enforcement {
        return true;
    }
    let Some(slot) = state.present(id) else { return false };
    let groups = state.groups_of(now, slot).filter(|group| state.is_role_assignable(*group));
    let holders: Vec<_> = std::iter::once(slot).chain(groups).collect();
    let scopes = objects.iter().map(|object| DirectoryScope::Object(PrincipalId(*object)));
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
    if owns || holds_any_for(context, &APPLICATION_MANAGERS, objects) { Ok(()) } else { Err(Rejection::NotPermitted) }
}

/// One owner more. A group owns nothing of the sort.
fn add_owner(state: &State, owners: &mut Vec<PrincipalId>, owner: PrincipalId) -> Result<(), Rejection> {
    match state.directory.get(owner) {
        None => Err(Rejection::PrincipalNotFound(owner)),
        Some(Principal::Group(_)) => Err(Rejection::InvalidProperty { property: "owners" }),
        Some(Principal::User(_) | Principal::ServicePrincipal(_)) if owners.contains(&owner) => {
            Err(Rejection::ReferenceExists { access: GroupAccess::Owner })
        }
        Some(Principal::User(_) | Principal::ServicePrincipal(_)) => {
            owners.push(owner);
            Ok(())
        }
    }
}

/// One owner less.
fn remove_owner(owners: &mut Vec<PrincipalId>, owner: PrincipalId) -> Result<(), Rejection> {
    let before = owners.len();
    owners.retain(|it| *it != owner);
    if owners.len() < before { Ok(()) } else { Err(Rejection::ObjectNotFound(owner.0)) }
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
/// The longest nickname.
const LONGEST_NICKNAME: usize = 64;

/// A text that must be there and cannot be longer than that.
fn text(property: &'static str, text: &str, longest: usize) -> Result<(), Rejection> {
    let is_good = !text.trim().is_empty() && text.chars().count() <= longest;
    if is_good { Ok(()) } else { Err(Rejection::InvalidProperty { property }) }
}
