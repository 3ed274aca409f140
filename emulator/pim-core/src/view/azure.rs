//! Reading the tree of Azure scopes, its roles, and what somebody may do there.

use super::View;
use crate::family::azure_roles;
use crate::id::{AzureRoleDefinitionId, AzureScopeId, PrincipalId};
use crate::model::{AzurePermissions, AzureRoleDefinition, AzureScope, LockLevel, Privilege, built_in_azure_roles};

impl<'a> View<'a> {
    /// A scope of Azure.
    #[must_use]
    pub fn azure_scope(self, id: AzureScopeId) -> Option<&'a AzureScope> {
        self.state.azure.scope(id)
    }

    /// The scope of a path, in any case; `/` is the root.
    #[must_use]
    pub fn azure_scope_at(self, path: &str) -> Option<&'a AzureScope> {
        self.state.azure.at(path)
    }

    /// Every scope, in the order of ids.
    pub fn azure_scopes(self) -> impl Iterator<Item = &'a AzureScope> {
        self.state.azure.scopes()
    }

    /// The scopes directly below one, in the order of ids.
    pub fn azure_children(self, id: AzureScopeId) -> impl Iterator<Item = &'a AzureScope> {
        self.state.azure.children(id)
    }

    /// A scope and everything above it, up to the root.
    pub fn azure_upwards(self, id: AzureScopeId) -> impl Iterator<Item = &'a AzureScope> {
        self.state.azure.upwards(id)
    }

    /// A scope and everything below it, each before what is below it.
    #[must_use]
    pub fn azure_downwards(self, id: AzureScopeId) -> Vec<&'a AzureScope> {
        self.state.azure.downwards(id)
    }

    /// Whether one scope is the other or lies above it (SCO-10).
    #[must_use]
    pub fn azure_covers(self, wide: AzureScopeId, narrow: AzureScopeId) -> bool {
        self.state.azure.covers(wide, narrow)
    }

    /// The strictest lock that holds at a scope: its own or one from above.
    #[must_use]
    pub fn azure_lock(self, id: AzureScopeId) -> Option<LockLevel> {
        self.state.azure.lock(id)
    }

    /// A role of Azure, built in or the tenant's own.
    #[must_use]
    pub fn azure_role(self, id: AzureRoleDefinitionId) -> Option<&'a AzureRoleDefinition> {
        self.state.azure.role(id)
    }

    /// Every role of Azure: the built-in ones, then the tenant's own.
    pub fn azure_roles(self) -> impl Iterator<Item = &'a AzureRoleDefinition> {
        built_in_azure_roles().iter().chain(self.state.azure.custom_roles())
    }

    /// Whether a role can be given at a scope (SCO-14).
    #[must_use]
    pub fn azure_role_fits(self, role: AzureRoleDefinitionId, scope: AzureScopeId) -> bool {
        crate::family::can_be_held(self.state, Privilege::AzureRole { role, scope }).is_ok()
    }

    /// What a principal may do at a scope: the permissions of each of its roles there and above, its own and those of groups.
    pub fn azure_permissions(
        self,
        principal: PrincipalId,
        scope: AzureScopeId,
    ) -> impl Iterator<Item = &'a AzurePermissions> {
        azure_roles::permissions(self.state, self.now, principal, scope)
    }

    /// Whether a principal may do that at a scope; everybody may everything where permissions are not enforced (AUT-5, AUT-9).
    #[must_use]
    pub fn azure_permits(self, principal: PrincipalId, action: &str, scope: AzureScopeId) -> bool {
        !self.behaviour().permission_enforcement || azure_roles::permits(self.state, self.now, principal, action, scope)
    }
}
