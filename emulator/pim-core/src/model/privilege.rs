//! What is held.

use crate::id::{AdministrativeUnitId, PrincipalId, RoleDefinitionId};
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

/// What a principal may hold: for now a directory role at a scope (MOD-1).
///
/// The life cycle knows nothing of what is inside. A further family is a further variant here, its rows in
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
}

impl Privilege {
    /// The role definition.
    #[must_use]
    pub const fn role(self) -> RoleDefinitionId {
        match self {
            Self::DirectoryRole { role, .. } => role,
        }
    }

    /// Where it counts.
    #[must_use]
    pub const fn scope(self) -> DirectoryScope {
        match self {
            Self::DirectoryRole { scope, .. } => scope,
        }
    }

    /// Whether both are the same right apart from the scope.
    #[must_use]
    pub fn same_role(self, other: Self) -> bool {
        self.role() == other.role()
    }

    /// Whether holding this is also holding `other`: the same role at a scope that covers the other's.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self.same_role(other) && self.scope().covers(other.scope())
    }
}
