//! The tree of Azure scopes and the roles that a tenant made itself.

use crate::id::{AzureRoleDefinitionId, AzureScopeId};
use crate::model::{AzureRoleDefinition, AzureScope, AzureScopeKind, LockLevel, built_in_azure_roles};
use std::collections::{BTreeMap, BTreeSet};

/// Everything of Azure that roles are given on.
#[derive(Clone, Debug)]
pub(crate) struct Azure {
    scopes: BTreeMap<AzureScopeId, AzureScope>,
    /// By path in lower case: Azure compares names without case.
    by_path: BTreeMap<String, AzureScopeId>,
    children: BTreeSet<(AzureScopeId, AzureScopeId)>,
    custom_roles: BTreeMap<AzureRoleDefinitionId, AzureRoleDefinition>,
    /// How many active assignments are counted at each scope that counts any.
    assignments: BTreeMap<AzureScopeId, usize>,
}

impl Default for Azure {
    fn default() -> Self {
        let mut azure = Self {
            scopes: BTreeMap::new(),
            by_path: BTreeMap::new(),
            children: BTreeSet::new(),
            custom_roles: BTreeMap::new(),
            assignments: BTreeMap::new(),
        };
        azure.set_scope(AzureScope::root());
        azure
    }
}

impl Azure {
    /// A scope.
    pub(crate) fn scope(&self, id: AzureScopeId) -> Option<&AzureScope> {
        self.scopes.get(&id)
    }

    /// The scope of a path, in any case.
    pub(crate) fn at(&self, path: &str) -> Option<&AzureScope> {
        self.scope(*self.by_path.get(&path.to_ascii_lowercase())?)
    }

    /// Every scope, in the order of ids.
    pub(crate) fn scopes(&self) -> impl Iterator<Item = &AzureScope> {
        self.scopes.values()
    }

    /// The scopes directly below one.
    pub(crate) fn children(&self, id: AzureScopeId) -> impl Iterator<Item = &AzureScope> {
        let below = (id, AzureScopeId::LEAST)..=(id, AzureScopeId::GREATEST);
        self.children.range(below).filter_map(|(_, child)| self.scope(*child))
    }

    /// A scope and everything above it, up to the root.
    pub(crate) fn upwards(&self, id: AzureScopeId) -> impl Iterator<Item = &AzureScope> {
        std::iter::successors(self.scope(id), |scope| self.scope(scope.parent?))
    }

    /// A scope and everything below it, each before what is below it.
    pub(crate) fn downwards(&self, id: AzureScopeId) -> Vec<&AzureScope> {
        let mut found: Vec<_> = self.scope(id).into_iter().collect();
        let mut next = 0;
        while let Some(scope) = found.get(next) {
            let below = self.children(scope.id);
            next += 1;
            found.extend(below);
        }
        found
    }

    /// Whether one scope is the other or lies above it.
    pub(crate) fn covers(&self, wide: AzureScopeId, narrow: AzureScopeId) -> bool {
        self.upwards(narrow).any(|scope| scope.id == wide)
    }

    /// The strictest lock that holds at a scope: its own or one from above.
    pub(crate) fn lock(&self, id: AzureScopeId) -> Option<LockLevel> {
        self.upwards(id).flat_map(|scope| scope.locks.values()).max().copied()
    }

    /// The scope that counts the assignments of another: its subscription for itself and everything below it, a management
    /// group and the root only for themselves (AZR-13).
    pub(crate) fn counts_at(&self, id: AzureScopeId) -> Option<&AzureScope> {
        self.upwards(id).find(|scope| match scope.kind {
            AzureScopeKind::Subscription | AzureScopeKind::ManagementGroup | AzureScopeKind::TenantRoot => true,
            AzureScopeKind::ResourceGroup | AzureScopeKind::Resource { .. } => false,
        })
    }

    /// How many active assignments, now or later, a scope that counts them has.
    pub(crate) fn assignments(&self, id: AzureScopeId) -> usize {
        self.assignments.get(&id).copied().unwrap_or(0)
    }

    /// Counts an active assignment at a scope, or no longer.
    pub(crate) fn count_assignment(&mut self, id: AzureScopeId, is_there: bool) {
        let Some(counter) = self.counts_at(id).map(|scope| scope.id) else { return };
        let count = self.assignments.entry(counter).or_default();
        *count = if is_there { count.saturating_add(1) } else { count.saturating_sub(1) };
    }

    /// Takes in a scope as it is now.
    pub(crate) fn set_scope(&mut self, scope: AzureScope) {
        if let Some(before) = self.scopes.get(&scope.id)
            && let Some(parent) = before.parent
        {
            self.children.remove(&(parent, scope.id));
        }
        if let Some(parent) = scope.parent {
            self.children.insert((parent, scope.id));
        }
        self.by_path.insert(scope.path.to_ascii_lowercase(), scope.id);
        self.scopes.insert(scope.id, scope);
    }

    /// Takes a scope out. What is below it went before. Roles can be given there no longer.
    pub(crate) fn remove_scope(&mut self, id: AzureScopeId) {
        let Some(scope) = self.scopes.remove(&id) else { return };
        self.by_path.remove(&scope.path.to_ascii_lowercase());
        self.assignments.remove(&id);
        for role in self.custom_roles.values_mut() {
            role.assignable_scopes.retain(|assignable| *assignable != id);
        }
        if let Some(parent) = scope.parent {
            self.children.remove(&(parent, id));
        }
    }

    /// A role, built in or the tenant's own.
    pub(crate) fn role(&self, id: AzureRoleDefinitionId) -> Option<&AzureRoleDefinition> {
        let built_in = built_in_azure_roles();
        match built_in.binary_search_by_key(&id, |role| role.id) {
            Ok(place) => built_in.get(place),
            Err(_) => self.custom_roles.get(&id),
        }
    }

    /// The roles that the tenant made itself, in the order of ids.
    pub(crate) fn custom_roles(&self) -> impl Iterator<Item = &AzureRoleDefinition> {
        self.custom_roles.values()
    }

    /// Takes in a role as it is now.
    pub(crate) fn set_role(&mut self, role: AzureRoleDefinition) {
        self.custom_roles.insert(role.id, role);
    }

    /// Takes a role out.
    pub(crate) fn remove_role(&mut self, id: AzureRoleDefinitionId) {
        self.custom_roles.remove(&id);
    }
}
