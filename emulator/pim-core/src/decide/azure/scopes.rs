//! Management groups, subscriptions, resource groups and resources: made, changed, moved and deleted.

use super::require;
use crate::command::{AzureScopeChange, NewAzureScope, Outcome};
use crate::decide::{Context, Decision, grant};
use crate::event::{AzureEvent, Event, StatusCause};
use crate::id::{AzureScopeId, IdKind};
use crate::model::{AssignmentKind, AzureScope, AzureScopeKind, LockLevel, RequestStatus, Resource};
use crate::rejection::{AzureFault, Rejection};
use crate::state::{RequestRecord, State};
use std::collections::BTreeMap;

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
    require(context, &action(&new.kind, "write"), new.parent)?;
    let parent = find(context.state, new.parent)?;
    not_read_only(context.state, new.parent)?;
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
        parent: Some(new.parent),
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

/// What changing a scope would do. Only management groups and subscriptions move, below another management group.
pub(in crate::decide) fn change(
    context: &Context<'_>,
    id: AzureScopeId,
    change: &AzureScopeChange,
) -> Result<Decision, Rejection> {
    let state = context.state;
    let before = find(state, id)?;
    let is_lock = change.locks != Vec::new();
    let wanted = if is_lock { "Microsoft.Authorization/locks/write".to_owned() } else { action(&before.kind, "write") };
    require(context, &wanted, id)?;
    if !is_lock {
        not_read_only(state, id)?;
    }
    let mut scope = before.clone();
    if let Some(parent) = change.parent {
        let above = find(state, parent)?;
        let moves = matches!(scope.kind, AzureScopeKind::ManagementGroup | AzureScopeKind::Subscription);
        if !moves || above.path_of(&scope.kind, &scope.name).is_none() || state.azure.covers(id, parent) {
            return Err(Rejection::InvalidProperty { property: "parent" });
        }
        require(context, &action(&above.kind, "write"), parent)?;
        scope.parent = Some(parent);
    }
    scope.display_name = change.display_name.clone().unwrap_or(scope.display_name);
    scope.tags = change.tags.clone().unwrap_or(scope.tags);
    for (name, level) in &change.locks {
        match level {
            Some(level) => drop(scope.locks.insert(name.clone(), *level)),
            None => drop(scope.locks.remove(name)),
        }
    }
    Ok(Decision::event(Event::Azure(AzureEvent::ScopeSet(Box::new(scope)))))
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
        events.extend(emptied(context, gone.id));
        events.push(AzureEvent::ScopeDeleted(gone.id).into());
    }
    Ok(Decision { events, ..Decision::default() })
}

/// What is held and asked for at one scope comes to its end. Activations end before the eligibilities that they came from.
fn emptied(context: &Context<'_>, id: AzureScopeId) -> Vec<Event> {
    let state = context.state;
    let privileges = state.privileges.of(Resource::AzureScope(id));
    let mut events = Vec::new();
    for side in [AssignmentKind::Assignment, AssignmentKind::Eligibility] {
        let held = privileges.iter().flat_map(|privilege| state.schedules.of_privilege(*privilege, 0));
        let held = held.filter_map(|slot| state.schedules.records.get(slot)).filter(|it| it.side() == side);
        events.extend(held.flat_map(|record| grant::ended_with_scope(state, record)));
    }
    let waits = |request: &RequestRecord| request.status.is_pending() || request.status == RequestStatus::Granted;
    let is_settled = |request: &RequestRecord| {
        events.iter().any(|event| matches!(event, Event::RequestStatusChanged { request: id, .. } if *id == request.id))
    };
    let failed: Vec<_> = (privileges.iter())
        .flat_map(|privilege| state.requests.of_privilege(*privilege, 0))
        .filter_map(|slot| state.requests.records.get(slot))
        .filter(|request| waits(request) && !is_settled(request))
        .map(|request| grant::failed(request.id, StatusCause::ScopeDeleted))
        .collect();
    events.extend(failed);
    events
}
