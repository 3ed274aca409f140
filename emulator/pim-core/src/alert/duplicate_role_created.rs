//! `DuplicateRoleCreated`: several custom roles of Azure allow the same.

use super::Found;
use crate::id::AzureScopeId;
use crate::model::{AzurePermissions, AzureRoleDefinition, Incident};
use crate::state::State;
use std::collections::{BTreeMap, BTreeSet};

crate::implements!["ALR-32"];

/// What a role allows, whatever the order and the case it was written in.
type Rights = BTreeSet<[BTreeSet<String>; 4]>;

/// The custom roles that can be given somewhere in the subscription and allow the same as another (ALR-32).
pub(super) fn look(state: &State, subscription: AzureScopeId) -> Found {
    let mut alike: BTreeMap<Rights, Vec<&AzureRoleDefinition>> = BTreeMap::new();
    for role in state.azure.custom_roles().filter(|role| is_of(state, role, subscription)) {
        alike.entry(rights(role)).or_default().push(role);
    }
    let twins = alike.into_values().filter(|roles| roles.len() > 1);
    let incidents = twins.flat_map(|roles| {
        let ids: Vec<_> = roles.iter().map(|role| role.id).collect();
        ids.clone().into_iter().map(move |role| Incident::Duplicate {
            role,
            duplicates: ids.iter().copied().filter(|other| *other != role).collect(),
        })
    });
    Found::now(incidents.collect())
}

fn is_of(state: &State, role: &AzureRoleDefinition, subscription: AzureScopeId) -> bool {
    let mut scopes = role.assignable_scopes.iter();
    scopes.any(|scope| state.azure.covers(*scope, subscription) || state.azure.covers(subscription, *scope))
}

fn rights(role: &AzureRoleDefinition) -> Rights {
    let set = |actions: &[String]| actions.iter().map(|action| action.to_ascii_lowercase()).collect();
    let of = |AzurePermissions { actions, not_actions, data_actions, not_data_actions }: &AzurePermissions| {
        [set(actions), set(not_actions), set(data_actions), set(not_data_actions)]
    };
    role.permissions.iter().map(of).collect()
}
