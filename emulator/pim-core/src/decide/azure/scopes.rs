//! Management groups, subscriptions, resource groups and resources: made, changed, moved and deleted.

use super::{require, role_definitions};
use crate::command::{AzureScopeChange, NewAzureScope, Outcome};
use crate::decide::{Context, Decision, grant};
use crate::event::{AzureEvent, EndCause, Event};
use crate::id::{AzureScopeId, IdKind};
use crate::model::{AzureRoleDefinition, AzureScope, AzureScopeKind, LockLevel, Privilege, Resource};
use crate::rejection::{AzureFault, Rejection};
use crate::state::{ScheduleRecord, State};
use std::collections::{BTreeMap, BTreeSet};

/// What whoever makes, changes or deletes such a scope must be allowed.
fn action(kind: &AzureScopeKind, verb: &str) -> String {
    match kind {
        AzureScopeKind::TenantRoot | AzureScopeKind::ManagementGroup => {
            format!("Microsoft.Management/managementGroups/{verb}")
        }
        AzureScopeKind::Subscription => format!("Microsoft.Resources/subscriptions/{verb}"),
        AzureScopeKind::ResourceGroup => format!("Microsoft.Resources/subscriptions/resourceGroups/{verb}"),
        AzureScopeKind::Resource { resource_type } => format!("{resource_type}/{verb}"),
    }
}

fn find(state: &State, id: AzureScopeId) -> Result<&AzureScope, Rejection> {
    state.azure.scope(id).ok_or(Rejection::Azure(AzureFault::ScopeNotFound(id)))
}

/// What making a scope would do.
pub(in crate::decide) fn create(context: &mut Context<'_>, new: &NewAzureScope) -> Result<Decision, Rejection> {
    let parent = below_root_group(&new.kind, new.parent);
    require(context, &action(&new.kind, "write"), parent)?;
    let parent = find(context.state, parent)?;
    not_read_only(context.state, parent.id)?;
    let is_name = !new.name.is_empty() && !new.name.contains('/') && new.name.trim() == new.name;
    let path = parent.path_of(&new.kind, &new.name).filter(|_| is_name);
    let path = path.ok_or(Rejection::InvalidProperty { property: "name" })?;
    if context.state.azure.at(&path).is_some() {
        return Err(Rejection::NameTaken { property: "name", value: new.name.clone(), holder: None });
    }
    let id = match new.id {
        Some(id) if context.state.azure.scope(id).is_some() => {
            return Err(Rejection::NameTaken { property: "id", value: id.to_string(), holder: None });
        }
        Some(id) => id,
        None => AzureScopeId(context.ids.mint(IdKind::AzureScope)),
    };
    let scope = AzureScope {
        id,
        kind: new.kind.clone(),
        parent: Some(parent.id),
        path,
        name: new.name.clone(),
        display_name: new.display_name.clone().unwrap_or_else(|| new.name.clone()),
        location: new.location.clone(),
        tags: new.tags.clone(),
        locks: BTreeMap::new(),
        created: context.now,
    };
    let outcome = Outcome { made: Some(id.0), ..Outcome::default() };
    Ok(Decision { events: vec![AzureEvent::ScopeSet(Box::new(scope)).into()], outcome })
}

/// What changing a scope would do. The root is what it is.
pub(in crate::decide) fn change(
    context: &Context<'_>,
    id: AzureScopeId,
    change: &AzureScopeChange,
) -> Result<Decision, Rejection> {
    let before = find(context.state, id)?;
    if before.parent.is_none() {
        return Err(Rejection::InvalidProperty { property: "scope" });
    }
    let mut scope = before.clone();
    set_locks(context, &mut scope, &change.locks)?;
    let AzureScopeChange { display_name, tags, parent, locks } = change;
    let is_only_of_locks = !locks.is_empty() && display_name.is_none() && tags.is_none() && parent.is_none();
    if !is_only_of_locks {
        require(context, &action(&before.kind, "write"), id)?;
        not_read_only(context.state, id)?;
    }
    let moved = parent.map(|parent| move_below(context, &mut scope, parent)).transpose()?;
    scope.display_name = display_name.clone().unwrap_or(scope.display_name);
    scope.tags = tags.clone().unwrap_or(scope.tags);
    let mut events = moved.unwrap_or_default();
    events.push(AzureEvent::ScopeSet(Box::new(scope)).into());
    Ok(Decision { events, ..Decision::default() })
}

/// Locks have a right of their own, and are put on subscriptions and what is below them.
fn set_locks(
    context: &Context<'_>,
    scope: &mut AzureScope,
    locks: &[(String, Option<LockLevel>)],
) -> Result<(), Rejection> {
    let can_be_locked = match scope.kind {
        AzureScopeKind::TenantRoot | AzureScopeKind::ManagementGroup => false,
        AzureScopeKind::Subscription | AzureScopeKind::ResourceGroup | AzureScopeKind::Resource { .. } => true,
    };
    for (name, level) in locks {
        let verb = if level.is_some() { "write" } else { "delete" };
        require(context, &format!("Microsoft.Authorization/locks/{verb}"), scope.id)?;
        match level {
            Some(_) if !can_be_locked => return Err(Rejection::InvalidProperty { property: "locks" }),
            Some(level) => drop(scope.locks.insert(name.clone(), *level)),
            None => drop(scope.locks.remove(name)),
        }
    }
    Ok(())
}

/// Puts a management group or a subscription below another management group, and answers what ends with that: the activations
/// of eligibilities that do not cover them any more. A custom role that somebody holds there must still be one that can be
/// given there.
fn move_below(context: &Context<'_>, scope: &mut AzureScope, parent: AzureScopeId) -> Result<Vec<Event>, Rejection> {
    let state = context.state;
    let above = find(state, below_root_group(&scope.kind, parent))?;
    let moves = matches!(scope.kind, AzureScopeKind::ManagementGroup | AzureScopeKind::Subscription);
    if !moves || above.path_of(&scope.kind, &scope.name).is_none() || state.azure.covers(scope.id, above.id) {
        return Err(Rejection::InvalidProperty { property: "parent" });
    }
    require(context, &action(&above.kind, "write"), above.id)?;
    scope.parent = Some(above.id);
    let inside = state.azure.downwards(scope.id);
    let covering: BTreeSet<_> = inside.iter().copied().chain(state.azure.upwards(above.id)).map(|it| it.id).collect();
    let held = (inside.iter())
        .flat_map(|it| state.privileges.of(Resource::AzureScope(it.id)))
        .flat_map(|privilege| state.schedules.of_privilege(*privilege, 0))
        .filter_map(|slot| state.schedules.records.get(slot));
    let mut events = Vec::new();
    for record in held {
        let fits = |role: &AzureRoleDefinition| role.assignable_scopes.iter().any(|it| covering.contains(it));
        if let Some(role) = role_of(state, record).filter(|role| record.is_live(context.now) && !fits(role)) {
            return Err(Rejection::Azure(AzureFault::RoleIsAssigned(role.id)));
        }
        let eligibility = state.schedules.records.get(record.eligibility);
        if eligibility.is_some_and(|it| scope_of(state, it).is_some_and(|from| !covering.contains(&from))) {
            events.extend(grant::ended(state, record, EndCause::EligibilityEnded));
        }
    }
    Ok(events)
}

fn role_of<'a>(state: &'a State, record: &ScheduleRecord) -> Option<&'a AzureRoleDefinition> {
    match state.privileges.get(record.privilege) {
        Privilege::AzureRole { role, .. } => state.azure.role(role),
        Privilege::DirectoryRole { .. } | Privilege::Group { .. } => None,
    }
}

fn scope_of(state: &State, record: &ScheduleRecord) -> Option<AzureScopeId> {
    match state.privileges.get(record.privilege) {
        Privilege::AzureRole { scope, .. } => Some(scope),
        Privilege::DirectoryRole { .. } | Privilege::Group { .. } => None,
    }
}

/// What is put directly below the root stands below the management group that every tenant has.
fn below_root_group(kind: &AzureScopeKind, parent: AzureScopeId) -> AzureScopeId {
    let goes_below = matches!(kind, AzureScopeKind::ManagementGroup | AzureScopeKind::Subscription);
    if goes_below && parent == AzureScopeId::ROOT { AzureScopeId::ROOT_GROUP } else { parent }
}

fn not_read_only(state: &State, id: AzureScopeId) -> Result<(), Rejection> {
    if state.azure.lock(id) == Some(LockLevel::ReadOnly) {
        Err(Rejection::Azure(AzureFault::ResourceIsLocked(id)))
    } else {
        Ok(())
    }
}

/// What deleting a scope would do: everything below goes with it, what is held there ends, what waits for it fails. A management
/// group must be empty, and the tenant's own stays.
pub(in crate::decide) fn delete(context: &Context<'_>, id: AzureScopeId) -> Result<Decision, Rejection> {
    let state = context.state;
    let scope = find(state, id)?;
    require(context, &action(&scope.kind, "delete"), id)?;
    let below = state.azure.downwards(id);
    let is_group = matches!(scope.kind, AzureScopeKind::TenantRoot | AzureScopeKind::ManagementGroup);
    if is_group && (below.len() > 1 || scope.parent.is_none_or(|parent| parent == AzureScopeId::ROOT)) {
        return Err(Rejection::Azure(AzureFault::ScopeInUse(id)));
    }
    if below.iter().any(|it| state.azure.lock(it.id).is_some()) {
        return Err(Rejection::Azure(AzureFault::ResourceIsLocked(id)));
    }
    let mut events = Vec::new();
    for gone in below.iter().rev() {
        events.extend(grant::emptied(state, state.privileges.of(Resource::AzureScope(gone.id))));
        events.push(AzureEvent::ScopeDeleted(gone.id).into());
    }
    let gone: BTreeSet<_> = below.iter().map(|it| it.id).collect();
    // A role that can be given nowhere any more goes as well.
    let pointless = state.azure.custom_roles().filter(|role| role.assignable_scopes.iter().all(|it| gone.contains(it)));
    let at = events.len().saturating_sub(1);
    let roles = pointless.flat_map(|role| role_definitions::gone(state, role.id, |it| !gone.contains(&it)));
    let roles: Vec<_> = roles.collect();
    events.splice(at..at, roles);
    Ok(Decision { events, ..Decision::default() })
}
