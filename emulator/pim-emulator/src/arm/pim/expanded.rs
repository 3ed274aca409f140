//! `expandedProperties`: names for the ids in a row.

use super::ids;
use pim_core::model::{AzureScope, Principal, PrincipalKind};
use pim_core::{AzureRoleDefinitionId, PrincipalId, View};

/// The names of principal, role and scope.
#[derive(Debug)]
pub(in crate::arm) struct Expanded<'v> {
    principal: Somebody<'v>,
    role_definition: Named<'v>,
    scope: Named<'v>,
}

#[derive(Debug)]
struct Somebody<'v> {
    id: PrincipalId,
    display_name: Option<&'v str>,
    email: Option<&'v str>,
    kind: Option<&'static str>,
}

/// Something with a name and a sort.
#[derive(Debug)]
pub(in crate::arm) struct Named<'v> {
    pub(in crate::arm) id: String,
    pub(in crate::arm) display_name: Option<&'v str>,
    pub(in crate::arm) kind: &'v str,
}

crate::arm_object! {
    Expanded<'_> { principal / "principal", role_definition / "roleDefinition", scope / "scope" }
    Somebody<'_> { id / "id", display_name / "displayName", email / "email", kind / "type" }
    Named<'_> { id / "id", display_name / "displayName", kind / "type" }
}

impl<'v> Expanded<'v> {
    /// Those of a row.
    pub(in crate::arm) fn of(
        view: View<'v>,
        principal: PrincipalId,
        role: AzureRoleDefinitionId,
        scope: &'v AzureScope,
    ) -> Self {
        Self {
            principal: Somebody {
                id: principal,
                display_name: view.name_of(principal),
                email: view.principal(principal).and_then(email),
                kind: kind(view, principal),
            },
            role_definition: Named::role(view, role, scope),
            scope: Named::scope(scope),
        }
    }
}

impl<'v> Named<'v> {
    /// A role at a scope.
    pub(in crate::arm) fn role(view: View<'v>, role: AzureRoleDefinitionId, scope: &AzureScope) -> Self {
        let definition = view.azure_role(role);
        Self {
            id: ids::role_definition_id(scope, role),
            display_name: definition.map(|it| it.role_name.as_str()),
            kind: if definition.is_none_or(|it| it.is_built_in) { "BuiltInRole" } else { "CustomRole" },
        }
    }

    /// A scope.
    pub(in crate::arm) fn scope(scope: &'v AzureScope) -> Self {
        Self { id: scope.path.clone(), display_name: Some(&scope.display_name), kind: scope.kind.name() }
    }
}

/// What somebody is; nothing of whoever was never known.
pub(in crate::arm) fn kind(view: View<'_>, principal: PrincipalId) -> Option<&'static str> {
    view.kind_of(principal).map(|kind| match kind {
        PrincipalKind::User => "User",
        PrincipalKind::Group => "Group",
        PrincipalKind::ServicePrincipal => "ServicePrincipal",
    })
}

/// The address of a user: its mail, else the name to sign in with.
fn email(principal: &Principal) -> Option<&str> {
    match principal {
        Principal::User(user) => Some(user.mail.as_deref().unwrap_or(&user.user_principal_name)),
        Principal::Group(_) | Principal::ServicePrincipal(_) => None,
    }
}
