//! What differs between the providers: what their resources and roles are, and who may see what.

use super::azure;
use super::role_definitions::relation_id;
use crate::graph::call::Call;
use crate::graph::error::GraphError;
use crate::graph::identity_governance::privileged_access::group::Relation;
use crate::graph::pim::Held;
use crate::graph::pim::demand::Demand;
use crate::graph::role_management::directory::Role;
use pim_core::model::{DirectoryScope, Family, GroupAccess, Privilege, Resource};
use pim_core::{
    AdministrativeUnitId, AzureRoleDefinitionId, AzureScopeId, PrincipalId, Rejection, RoleDefinitionId, View,
};
use pim_odata::{Entity, Literal, Pager};
use uuid::Uuid;

/// A family of privileges, as the older routes name it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Provider {
    /// Directory roles. Their one resource is the tenant.
    AadRoles,
    /// Membership and ownership of groups. Each group that PIM manages is a resource.
    AadGroups,
    /// Roles on resources of Azure. Each scope below the root is a resource, also without having been registered (AZR-2).
    AzureResources,
}

impl Provider {
    /// The provider of a privilege.
    pub(super) const fn of(privilege: Privilege) -> Self {
        match privilege.family() {
            Family::DirectoryRoles => Self::AadRoles,
            Family::Groups => Self::AadGroups,
            Family::AzureRoles => Self::AzureResources,
        }
    }

    /// Its name in paths.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::AadRoles => "aadRoles",
            Self::AadGroups => "aadGroups",
            Self::AzureResources => "azureResources",
        }
    }

    /// The path of a collection of it.
    pub(super) fn path(self, collection: &str) -> String {
        format!("privilegedAccess/{}/{collection}", self.name())
    }

    /// What a filter demands, in the names of these routes. All directory roles are in one resource, so that the role is what
    /// narrows them.
    pub(super) fn demand<E: Entity>(self, pager: &Pager<E>) -> Demand {
        let id = |names: [&str; 2]| names.into_iter().find_map(|name| pager.equality(name).and_then(Literal::guid));
        let resource = match self {
            Self::AadRoles => {
                let role = id(["roleDefinitionId", "roleDefinition/id"]);
                role.map(|id| Resource::DirectoryRole(RoleDefinitionId(id)))
            }
            Self::AadGroups => id(["resourceId", "resource/id"]).map(|id| Resource::Group(PrincipalId(id))),
            Self::AzureResources => id(["resourceId", "resource/id"]).map(|id| Resource::AzureScope(AzureScopeId(id))),
        };
        Demand { principal: id(["subjectId", "subject/id"]).map(PrincipalId), resource }
    }

    /// Refuses whoever may not see what a filter demands and, of groups, whoever demands nothing.
    pub(super) fn may_list(self, call: &Call<'_>, view: View<'_>, demand: Demand) -> Result<(), GraphError> {
        view.licensed().map_err(GraphError::Pim)?;
        match self {
            Self::AadRoles => Role::may_list(call, view, demand),
            Self::AadGroups if demand == Demand::default() => Err(GraphError::MissingParameters("ResourceId")),
            Self::AadGroups => Relation::may_list(call, view, demand),
            Self::AzureResources => azure::may_list(call, view, demand),
        }
    }

    /// Whether a list that the caller may have shows this.
    pub(super) fn is_listed(self, call: &Call<'_>, view: View<'_>, demand: Demand, privilege: Privilege) -> bool {
        match self {
            Self::AadRoles => Role::of(privilege).is_some_and(|it| it.is_listed(call, view, demand)),
            Self::AadGroups => Relation::of(privilege).is_some_and(|it| it.is_listed(call, view, demand)),
            Self::AzureResources => azure::is_listed(call, view, demand, privilege),
        }
    }

    /// Refuses whoever may not see this of somebody.
    pub(super) fn may_see(
        self,
        call: &Call<'_>,
        view: View<'_>,
        (privilege, holder): (Privilege, PrincipalId),
    ) -> Result<(), GraphError> {
        let seen = match self {
            Self::AadRoles => Role::of(privilege).map(|it| it.may_see(call, view, holder)),
            Self::AadGroups => Relation::of(privilege).map(|it| it.may_see(call, view, holder)),
            Self::AzureResources => Some(azure::may_see(call, view, privilege, holder)),
        };
        seen.unwrap_or(Err(GraphError::ResourceNotFound))
    }

    /// The privilege that a resource, a role of it and a scope inside it make.
    pub(super) fn privilege(
        self,
        view: View<'_>,
        (resource, role): (Uuid, Uuid),
        scope: Option<Uuid>,
    ) -> Result<Privilege, GraphError> {
        let no_role = || GraphError::Pim(Rejection::RoleNotFound(RoleDefinitionId(role)));
        match self {
            Self::AadRoles if view.tenant().is_none_or(|tenant| tenant.id.0 != resource) => {
                Err(GraphError::ResourceNotFound)
            }
            Self::AadRoles => {
                let scope = match scope {
                    None => DirectoryScope::Tenant,
                    Some(id) if view.administrative_unit(AdministrativeUnitId(id)).is_some() => {
                        DirectoryScope::AdministrativeUnit(AdministrativeUnitId(id))
                    }
                    Some(id) => DirectoryScope::Object(PrincipalId(id)),
                };
                Ok(Privilege::DirectoryRole { role: RoleDefinitionId(role), scope })
            }
            Self::AadGroups => {
                let group = PrincipalId(resource);
                let mut all = GroupAccess::ALL.into_iter();
                let access = all.find(|access| relation_id(group, *access) == role).ok_or_else(no_role)?;
                Ok(Privilege::Group { group, access })
            }
            Self::AzureResources => Ok(Privilege::AzureRole {
                role: AzureRoleDefinitionId(role),
                scope: AzureScopeId(scope.unwrap_or(resource)),
            }),
        }
    }
}

/// The id of the resource that a privilege belongs to.
pub(super) fn resource_id(view: View<'_>, privilege: Privilege) -> Uuid {
    match privilege {
        Privilege::DirectoryRole { .. } => view.tenant().map_or_else(Uuid::nil, |tenant| tenant.id.0),
        Privilege::Group { group, .. } => group.0,
        Privilege::AzureRole { scope, .. } => scope.0,
    }
}

/// The id of the role that it is.
pub(super) fn role_definition_id(privilege: Privilege) -> Uuid {
    match privilege {
        Privilege::DirectoryRole { role, .. } => role.0,
        Privilege::Group { group, access } => relation_id(group, access),
        Privilege::AzureRole { role, .. } => role.0,
    }
}

/// What of the resource it is for, if not for all of it.
pub(super) const fn scoped_resource_id(privilege: Privilege) -> Option<Uuid> {
    match privilege {
        Privilege::DirectoryRole { scope: DirectoryScope::Tenant, .. }
        | Privilege::Group { .. }
        | Privilege::AzureRole { .. } => None,
        Privilege::DirectoryRole { scope: DirectoryScope::AdministrativeUnit(unit), .. } => Some(unit.0),
        Privilege::DirectoryRole { scope: DirectoryScope::Object(object), .. } => Some(object.0),
    }
}
