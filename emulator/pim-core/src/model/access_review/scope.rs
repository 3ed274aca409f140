//! What an access review is about: what is held, by whom, and in which way.

use crate::id::{AzureRoleDefinitionId, AzureScopeId, PrincipalId, RoleDefinitionId};
use crate::time::Length;
use serde::{Deserialize, Serialize};

/// One thing whose holders are reviewed (REV-1).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AccessReviewResource {
    /// A directory role, at whichever scope it is held.
    DirectoryRole(RoleDefinitionId),
    /// Membership of a group.
    Group(PrincipalId),
    /// A role at a scope of Azure.
    AzureRole {
        /// The role.
        role: AzureRoleDefinitionId,
        /// Where it is held.
        scope: AzureScopeId,
    },
}

/// What a definition makes instances for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AccessReviewTarget {
    /// One thing.
    One(AccessReviewResource),
    /// Every Microsoft 365 group that has guests when an occurrence starts, but for dynamic and role-assignable ones: an
    /// instance for each.
    GroupsWithGuests,
}

/// A sort of principals that are reviewed (REV-6).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AccessReviewPrincipals {
    /// Users, guests among them.
    Users,
    /// Guests alone.
    Guests,
    /// Groups, each in one line (REV-26). Azure's are expanded to their people, whether they are asked for or not.
    Groups,
    /// Service principals.
    ServicePrincipals,
}

/// Which assignments are reviewed (REV-7).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AccessReviewAssignments {
    /// All of them.
    All,
    /// Eligible ones, activated or not.
    Eligible,
    /// Active ones that are not activations.
    Active,
}

/// Whose access is reviewed to what.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessReviewScope {
    /// What is held.
    pub target: AccessReviewTarget,
    /// By which sorts of principals; not none.
    pub principals: Vec<AccessReviewPrincipals>,
    /// By which assignments. Of a group that PIM manages it is always all of them (REV-10).
    pub assignments: AccessReviewAssignments,
    /// Whether members of groups in a group are reviewed too, or instead of these groups.
    pub is_transitive: bool,
    /// Only those who have not signed in for so long before the start (REV-8).
    pub inactive_for: Option<Length>,
}
