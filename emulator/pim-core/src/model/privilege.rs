//! What is held.

use crate::id::{AdministrativeUnitId, AzureRoleDefinitionId, AzureScopeId, PrincipalId, RoleDefinitionId};
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// Where in the directory a role counts (SCO-1).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum DirectoryScope {
    /// The whole tenant: `/`.
    Tenant,
    /// The members of one administrative unit: `/administrativeUnits/{id}`.
    AdministrativeUnit(AdministrativeUnitId),
    /// One object: `/{id}`.
    Object(PrincipalId),
}

impl DirectoryScope {
    /// Reads Graph's spelling of a scope.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let path = text.strip_prefix('/')?;
        if path.is_empty() {
            return Some(Self::Tenant);
        }
        match path.split_once('/') {
            None => Uuid::try_parse(path).ok().map(|id| Self::Object(PrincipalId(id))),
            Some((unit, id)) if unit.eq_ignore_ascii_case("administrativeUnits") => {
                Uuid::try_parse(id).ok().map(|id| Self::AdministrativeUnit(AdministrativeUnitId(id)))
            }
            Some(_) => None,
        }
    }

    /// Whether a right at this scope is also one at `other` (SCO-4, SCO-6).
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self == Self::Tenant || self == other
    }
}

impl fmt::Display for DirectoryScope {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tenant => out.write_str("/"),
            Self::AdministrativeUnit(id) => write!(out, "/administrativeUnits/{id}"),
            Self::Object(id) => write!(out, "/{id}"),
        }
    }
}

/// How a principal belongs to a group: two relations with their own policies and eligibilities (GRP-21).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum GroupAccess {
    /// A member.
    Member,
    /// An owner.
    Owner,
}

impl GroupAccess {
    /// Both, in the service's order.
    pub const ALL: [Self; 2] = [Self::Member, Self::Owner];

    /// The service's word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Owner => "owner",
        }
    }

    /// The relation of that name, in any case.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name().eq_ignore_ascii_case(name))
    }
}

/// A family of privileges (MOD-1). Each has its own routes, and its data in [`crate::family`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Family {
    /// Directory roles.
    DirectoryRoles,
    /// Membership and ownership of groups.
    Groups,
    /// Roles on resources of Azure.
    AzureRoles,
}

/// What a privilege is about, whichever the scope or the relation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Resource {
    /// A directory role.
    DirectoryRole(RoleDefinitionId),
    /// A group.
    Group(PrincipalId),
    /// A scope of Azure, whichever the role: PIM reads what is held at a place.
    AzureScope(AzureScopeId),
}

/// What a principal may hold (MOD-1).
///
/// The life cycle knows nothing of what is inside. A further family is a further variant here, its file in
/// [`crate::family`] and its routes; no rule asks which variant it sees.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Privilege {
    /// A directory role at a scope; the same role at another scope is another privilege (ASG-11).
    DirectoryRole {
        /// The role.
        role: RoleDefinitionId,
        /// Where it counts.
        scope: DirectoryScope,
    },
    /// Membership or ownership of a group; the group is the scope (SCO-13).
    Group {
        /// The group.
        group: PrincipalId,
        /// Member or owner.
        access: GroupAccess,
    },
    /// A role at a scope of Azure, which counts below it too (SCO-10).
    AzureRole {
        /// The role.
        role: AzureRoleDefinitionId,
        /// Where it counts.
        scope: AzureScopeId,
    },
}

impl Privilege {
    /// The family it belongs to.
    #[must_use]
    pub const fn family(self) -> Family {
        match self {
            Self::DirectoryRole { .. } => Family::DirectoryRoles,
            Self::Group { .. } => Family::Groups,
            Self::AzureRole { .. } => Family::AzureRoles,
        }
    }

    /// What it is about.
    #[must_use]
    pub const fn resource(self) -> Resource {
        match self {
            Self::DirectoryRole { role, .. } => Resource::DirectoryRole(role),
            Self::Group { group, .. } => Resource::Group(group),
            Self::AzureRole { scope, .. } => Resource::AzureScope(scope),
        }
    }

    /// The directory role, if it is one.
    #[must_use]
    pub const fn role(self) -> Option<RoleDefinitionId> {
        match self {
            Self::DirectoryRole { role, .. } => Some(role),
            Self::Group { .. } | Self::AzureRole { .. } => None,
        }
    }

    /// The directory role, if it is one that counts in the whole tenant.
    #[must_use]
    pub fn tenant_wide_role(self) -> Option<RoleDefinitionId> {
        match self {
            Self::DirectoryRole { role, scope: DirectoryScope::Tenant } => Some(role),
            Self::DirectoryRole { .. } | Self::Group { .. } | Self::AzureRole { .. } => None,
        }
    }

    /// Whether both are the same right apart from the scope.
    #[must_use]
    pub fn same_right(self, other: Self) -> bool {
        match (self, other) {
            (Self::DirectoryRole { role: one, .. }, Self::DirectoryRole { role: other, .. }) => one == other,
            (Self::AzureRole { role: one, .. }, Self::AzureRole { role: other, .. }) => one == other,
            (Self::DirectoryRole { .. } | Self::Group { .. } | Self::AzureRole { .. }, _) => self == other,
        }
    }
}
