//! The Azure of a world: management groups, subscriptions with what is in them, custom roles. Locks come last of all, so that
//! they do not keep the world from giving what it gives.

use super::azure_entry::{
    AzureCustomRoleEntry, AzureEntry, LockWord, ManagementGroupEntry, ResourceEntry, ResourceGroupEntry,
    SubscriptionEntry,
};
use super::error::{Fault, Step, steps};
use super::handles::{ROOT_GROUP, at};
use super::load::Loader;
use super::nearest::did_you_mean;
use pim_core::model::{AzurePermissions, AzureRoleDefinition, AzureScopeKind};
use pim_core::time::Instant;
use pim_core::{AzureRoleDefinitionId, AzureScopeChange, AzureScopeId, Command, IdKind, IdSource, NewAzureScope};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// What a lock is called that a world asks for.
const LOCK: &str = "lock";

/// Where a resource group is that does not say it.
const LOCATION: &str = "westeurope";

/// Makes everything but the locks.
pub(super) fn make(loader: &mut Loader<'_>) -> Result<(), Fault> {
    let Some(azure) = &loader.world.azure else { return Ok(()) };
    let groups = management_groups(azure);
    let above = subscriptions_below(azure, &groups)?;
    make_management_groups(loader, &groups)?;
    for (place, subscription) in azure.subscriptions.iter().enumerate() {
        let parent = match above.get(subscription.name.as_str()) {
            Some(group) => at(loader.handles.azure_scope(group), || steps!["azure", "subscriptions", place])?,
            None => AzureScopeId::ROOT_GROUP,
        };
        make_subscription(loader, place, subscription, parent)?;
    }
    for (place, role) in azure.custom_roles.iter().enumerate() {
        make_role(loader, place, role)?;
    }
    Ok(())
}

/// Puts the locks in place, at the very end.
pub(super) fn lock(loader: &mut Loader<'_>) -> Result<(), Fault> {
    for (scope, word, path) in std::mem::take(&mut loader.locks) {
        let locks = vec![(LOCK.to_owned(), word.level())];
        let change = Box::new(AzureScopeChange { locks, ..AzureScopeChange::default() });
        loader.issue(loader.now, &Command::ChangeAzureScope { scope, change }, || path)?;
    }
    Ok(())
}

/// A management group of the file, wherever it stands.
#[derive(Debug)]
struct Group<'a> {
    entry: &'a ManagementGroupEntry,
    /// The group among whose groups it stands.
    around: Option<&'a str>,
    path: Vec<Step>,
}

/// All of them, each before those that stand among its own.
fn management_groups(azure: &AzureEntry) -> Vec<Group<'_>> {
    fn collect<'a>(
        entries: &'a [ManagementGroupEntry],
        around: Option<&'a str>,
        path: &[Step],
        groups: &mut Vec<Group<'a>>,
    ) {
        for (place, entry) in entries.iter().enumerate() {
            let path = longer(path, &["managementGroups".into(), place.into()]);
            groups.push(Group { entry, around, path: path.clone() });
            collect(&entry.management_groups, Some(&entry.name), &path, groups);
        }
    }
    let mut groups = Vec::new();
    let path = steps!["azure"];
    collect(&azure.management_groups, None, &path, &mut groups);
    groups
}

fn longer(path: &[Step], steps: &[Step]) -> Vec<Step> {
    [path, steps].concat()
}

/// The management group of each subscription that one names.
fn subscriptions_below<'a>(azure: &'a AzureEntry, groups: &[Group<'a>]) -> Result<HashMap<&'a str, &'a str>, Fault> {
    let mut above: HashMap<&str, &str> = HashMap::new();
    for group in groups {
        for (nth, name) in group.entry.subscriptions.iter().enumerate() {
            let fault = |message| Fault { path: longer(&group.path, &["subscriptions".into(), nth.into()]), message };
            let known = || azure.subscriptions.iter().map(|it| it.name.as_str());
            if !known().any(|it| it == name) {
                return Err(fault(format!("there is no subscription named '{name}'{}", did_you_mean(name, known()))));
            }
            if let Some(other) = above.insert(name, &group.entry.name) {
                return Err(fault(format!("'{name}' is below the management group '{other}' already")));
            }
        }
    }
    Ok(above)
}

/// Makes the groups, whichever stands first, those above before those below.
fn make_management_groups(loader: &mut Loader<'_>, groups: &[Group<'_>]) -> Result<(), Fault> {
    let mut waiting: Vec<&Group<'_>> = Vec::with_capacity(groups.len());
    for group in groups {
        let parent = match (group.around, &group.entry.parent) {
            (Some(around), Some(_)) => {
                let message = format!("it stands among the groups of '{around}', and so is below that");
                return Err(Fault { path: longer(&group.path, &["parent".into()]), message });
            }
            (around, parent) => around.or(parent.as_deref()),
        };
        let known = || groups.iter().map(|it| it.entry.name.as_str()).chain([ROOT_GROUP]);
        if let Some(parent) = parent.filter(|parent| !known().any(|it| it == *parent)) {
            let message = format!("there is no management group named '{parent}'{}", did_you_mean(parent, known()));
            return Err(Fault { path: longer(&group.path, &["parent".into()]), message });
        }
        waiting.push(group);
    }
    while let Some(first) = waiting.first().copied() {
        let (ready, rest): (Vec<&Group<'_>>, Vec<&Group<'_>>) =
            waiting.iter().partition(|group| parent(loader, group).is_some());
        if ready.is_empty() {
            let group = in_a_circle(groups, first);
            let message = format!("'{}' is below itself", group.entry.name);
            return Err(Fault { path: longer(&group.path, &["parent".into()]), message });
        }
        for group in ready {
            make_management_group(loader, group)?;
        }
        waiting = rest;
    }
    Ok(())
}

/// Where the way up from a group goes round and round, a group on that way.
fn in_a_circle<'a>(groups: &'a [Group<'a>], from: &'a Group<'a>) -> &'a Group<'a> {
    let up = |group: &Group<'a>| {
        let above = group.around.or(group.entry.parent.as_deref())?;
        groups.iter().find(|it| it.entry.name == above)
    };
    (0..groups.len()).fold(from, |group, _| up(group).unwrap_or(group))
}

/// What a management group is below, once that is there.
fn parent(loader: &Loader<'_>, group: &Group<'_>) -> Option<AzureScopeId> {
    match group.around.or(group.entry.parent.as_deref()) {
        Some(name) => loader.handles.azure_scope(name).ok(),
        None => Some(AzureScopeId::ROOT_GROUP),
    }
}

fn make_management_group(loader: &mut Loader<'_>, group: &Group<'_>) -> Result<(), Fault> {
    let Group { entry, path, .. } = group;
    let parent = parent(loader, group).unwrap_or(AzureScopeId::ROOT_GROUP);
    let new = NewAzureScope {
        display_name: entry.display_name.clone(),
        ..new(AzureScopeKind::ManagementGroup, parent, &entry.name)
    };
    let id = make_scope(loader, &entry.name, new, path)?;
    loader.names.management_groups.insert(entry.name.clone(), id);
    Ok(())
}

fn make_subscription(
    loader: &mut Loader<'_>,
    place: usize,
    entry: &SubscriptionEntry,
    parent: AzureScopeId,
) -> Result<(), Fault> {
    let path = steps!["azure", "subscriptions", place];
    let subscription = entry.id.unwrap_or_else(|| loader.ids.mint(IdKind::AzureScope));
    let new = NewAzureScope {
        id: Some(AzureScopeId(subscription)),
        display_name: Some(entry.display_name.clone().unwrap_or_else(|| entry.name.clone())),
        tags: entry.tags.clone(),
        ..new(AzureScopeKind::Subscription, parent, &subscription.to_string())
    };
    let id = make_scope(loader, &entry.name, new, &path)?;
    loader.names.subscriptions.insert(entry.name.clone(), id);
    for (nth, group) in entry.resource_groups.iter().enumerate() {
        let path = longer(&path, &["resourceGroups".into(), nth.into()]);
        make_resource_group(loader, (&entry.name, id), group, &path)?;
    }
    loader.locked(id, entry.lock, &path);
    Ok(())
}

fn make_resource_group(
    loader: &mut Loader<'_>,
    (above, parent): (&str, AzureScopeId),
    entry: &ResourceGroupEntry,
    path: &[Step],
) -> Result<(), Fault> {
    let name = format!("{above}/{}", entry.name);
    let location = entry.location.as_deref().unwrap_or(LOCATION);
    let new = NewAzureScope {
        location: Some(location.to_owned()),
        tags: entry.tags.clone(),
        ..new(AzureScopeKind::ResourceGroup, parent, &entry.name)
    };
    let id = make_scope(loader, &name, new, path)?;
    loader.names.resource_groups.insert(name.clone(), id);
    for (nth, resource) in entry.resources.iter().enumerate() {
        let path = longer(path, &["resources".into(), nth.into()]);
        make_resource(loader, (&name, id, None, location), resource, &path)?;
    }
    loader.locked(id, entry.lock, path);
    Ok(())
}

/// What a resource is in: its name, its id, its type where that is a resource too, and its region.
type Above<'a> = (&'a str, AzureScopeId, Option<&'a str>, &'a str);

fn make_resource(
    loader: &mut Loader<'_>,
    (above, parent, parent_type, region): Above<'_>,
    entry: &ResourceEntry,
    path: &[Step],
) -> Result<(), Fault> {
    let resource_type =
        resource_type(entry, parent_type).map_err(|message| Fault { path: longer(path, &["type".into()]), message })?;
    let name = format!("{above}/{}", entry.name);
    let location = entry.location.as_deref().unwrap_or(region);
    let new = NewAzureScope {
        location: Some(location.to_owned()),
        tags: entry.tags.clone(),
        ..new(AzureScopeKind::Resource { resource_type }, parent, &entry.name)
    };
    let id = make_scope(loader, &name, new, path)?;
    loader.names.resources.insert(name.clone(), id);
    for (nth, resource) in entry.resources.iter().enumerate() {
        let path = longer(path, &["resources".into(), nth.into()]);
        make_resource(loader, (&name, id, Some(&entry.resource_type), location), resource, &path)?;
    }
    loader.locked(id, entry.lock, path);
    Ok(())
}

/// The type of a resource. It has a namespace, and one word after it for each resource that it is in and for itself.
fn resource_type(entry: &ResourceEntry, above: Option<&str>) -> Result<String, String> {
    let text = &entry.resource_type;
    let mut parts = text.split('/');
    let has_namespace = parts.next().is_some_and(|it| it.contains('.')) && parts.all(|it| !it.is_empty());
    let words = text.matches('/').count();
    match above {
        _ if !has_namespace || words == 0 => {
            Err(format!("'{text}' is not a type with its namespace, such as Microsoft.KeyVault/vaults"))
        }
        None if words > 1 => Err(format!("'{text}' is the type of something in another resource; list it there")),
        Some(above) if !text.rsplit_once('/').is_some_and(|(it, _)| it.eq_ignore_ascii_case(above)) => {
            Err(format!("'{text}' is not the type of something in a {above}"))
        }
        None | Some(_) => Ok(text.clone()),
    }
}

/// A scope with nothing but what each has.
fn new(kind: AzureScopeKind, parent: AzureScopeId, name: &str) -> NewAzureScope {
    NewAzureScope {
        id: None,
        kind,
        parent,
        name: name.to_owned(),
        display_name: None,
        location: None,
        tags: BTreeMap::new(),
    }
}

/// Makes a scope and notes it under the name that the file uses.
fn make_scope(loader: &mut Loader<'_>, name: &str, new: NewAzureScope, path: &[Step]) -> Result<AzureScopeId, Fault> {
    at(loader.handles.azure_name_is_free(name), || longer(path, &["name".into()]))?;
    let outcome = loader.issue(loader.begin, &Command::CreateAzureScope(Box::new(new)), || path.to_vec())?;
    let id = AzureScopeId(outcome.made.unwrap_or_default());
    loader.handles.add_azure_scope(name, id);
    Ok(id)
}

fn make_role(loader: &mut Loader<'_>, place: usize, entry: &AzureCustomRoleEntry) -> Result<(), Fault> {
    let role_name = entry.display_name.clone().unwrap_or_else(|| entry.name.clone());
    let mut assignable_scopes = Vec::with_capacity(entry.scopes.len().max(1));
    for (nth, name) in entry.scopes.iter().enumerate() {
        assignable_scopes.push(at(loader.azure_scope(name), || steps!["azure", "customRoles", place, "scopes", nth])?);
    }
    if assignable_scopes.is_empty() {
        assignable_scopes.push(AzureScopeId::ROOT_GROUP);
    }
    let role = AzureRoleDefinition {
        id: AzureRoleDefinitionId(entry.id.unwrap_or(Uuid::nil())),
        role_name: role_name.clone(),
        description: entry.description.clone().unwrap_or_default(),
        is_built_in: false,
        permissions: vec![AzurePermissions {
            actions: entry.actions.clone(),
            not_actions: entry.not_actions.clone(),
            data_actions: entry.data_actions.clone(),
            not_data_actions: entry.not_data_actions.clone(),
        }],
        assignable_scopes,
        created: Instant::FIRST,
        updated: Instant::FIRST,
        updated_by: None,
    };
    let here = || steps!["azure", "customRoles", place];
    let outcome = loader.issue(loader.begin, &Command::SetAzureRoleDefinition(Box::new(role)), here)?;
    let id = AzureRoleDefinitionId(outcome.made.unwrap_or_default());
    loader.azure_roles_named.insert(id);
    at(loader.handles.add_azure_role(&entry.name, &role_name, id), || steps!["azure", "customRoles", place, "name"])
}

impl Loader<'_> {
    /// A lock to be put in place once everything else is.
    fn locked(&mut self, scope: AzureScopeId, word: LockWord, path: &[Step]) {
        if word != LockWord::None {
            self.locks.push((scope, word, longer(path, &["lock".into()])));
        }
    }
}
