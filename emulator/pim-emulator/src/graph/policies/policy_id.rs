//! Ids of policies: `DirectoryRole_{tenantId}_{guid}` and `Group_{groupId}_{guid}` (POL-15).
//!
//! Of a role, the GUID is made from its id and that of the tenant: it is another one in every tenant, like the service's. Of a
//! group, it is made from the group, the relation and the edition of the policy, so that it changes whenever the policy does
//! (POL-17). Either can be turned back without an index.

use super::scope::{GROUP, RoleScope};
use crate::graph::json::{Json, Property};
use pim_core::model::{GroupAccess, PolicySubject};
use pim_core::{PrincipalId, RoleDefinitionId, TenantId, View};
use pim_odata::Value;
use serde::{Serialize, Serializer};
use std::fmt;
use uuid::Uuid;

/// The id of a policy.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum PolicyId {
    /// Of a directory role.
    DirectoryRole { scope: RoleScope, tenant: TenantId, role: RoleDefinitionId },
    /// Of a relation of a group.
    Group { group: PrincipalId, access: GroupAccess, edition: Edition },
}

/// Which of its policies a relation of a group has: the default one before PIM manages the group, another one from then on,
/// and yet another one after each change (POL-17).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Edition(u32);

impl Edition {
    /// The one that there is now.
    fn now(view: View<'_>, group: PrincipalId, access: GroupAccess) -> Self {
        let changes = || view.policy(PolicySubject::Group(group, access)).map_or(0, |it| it.revision);
        Self(if view.is_onboarded(group) { changes().saturating_add(1) } else { 0 })
    }

    /// The one after so many changes.
    #[cfg(test)]
    pub(super) const fn numbered(number: u32) -> Self {
        Self(number)
    }
}

impl PolicyId {
    /// The id that the policy of a relation of a group has now.
    pub(super) fn of_group(view: View<'_>, group: PrincipalId, access: GroupAccess) -> Self {
        Self::Group { group, access, edition: Edition::now(view, group, access) }
    }

    /// Reads the id of a policy of a tenant, in any case.
    pub(super) fn parse(text: &str, tenant: TenantId) -> Option<Self> {
        let (kind, rest) = text.split_once('_')?;
        let (of, guid) = rest.split_once('_')?;
        let (of, guid) = (Uuid::try_parse(of).ok()?, Uuid::try_parse(guid).ok()?);
        if kind.eq_ignore_ascii_case(GROUP) {
            let (access, edition) = unmixed(of, guid)?;
            return Some(Self::Group { group: PrincipalId(of), access, edition });
        }
        let role = RoleDefinitionId(Uuid::from_u128(guid.as_u128() ^ tenant.0.as_u128()));
        let scope = RoleScope::parse(kind)?;
        (of == tenant.0).then_some(Self::DirectoryRole { scope, tenant, role })
    }

    /// Whose policy it is.
    pub(super) const fn subject(self) -> PolicySubject {
        match self {
            Self::DirectoryRole { role, .. } => PolicySubject::DirectoryRole(role),
            Self::Group { group, access, .. } => PolicySubject::Group(group, access),
        }
    }

    /// The id that the same policy has now.
    pub(super) fn current(self, view: View<'_>) -> Self {
        match self {
            Self::DirectoryRole { .. } => self,
            Self::Group { group, access, .. } => Self::of_group(view, group, access),
        }
    }

    /// Whether the same policy had this id before it had the other one.
    pub(super) fn is_older_than(self, other: Self) -> bool {
        match (self, other) {
            (Self::Group { edition: one, .. }, Self::Group { edition: other, .. }) => one < other,
            (Self::DirectoryRole { .. } | Self::Group { .. }, _) => false,
        }
    }

    /// The type of scope, as it is answered.
    pub(super) const fn scope_type(self) -> &'static str {
        match self {
            Self::DirectoryRole { scope, .. } => scope.name(),
            Self::Group { .. } => GROUP,
        }
    }

    /// What stands between the type of scope and the GUID.
    const fn of_whom(self) -> Uuid {
        match self {
            Self::DirectoryRole { tenant, .. } => tenant.0,
            Self::Group { group, .. } => group.0,
        }
    }

    fn guid(self) -> Uuid {
        match self {
            Self::DirectoryRole { tenant, role, .. } => Uuid::from_u128(role.0.as_u128() ^ tenant.0.as_u128()),
            Self::Group { group, access, edition } => mixed(group.0, access, edition),
        }
    }

    fn write_parts(self, json: &mut Json) {
        json.raw(self.scope_type());
        for id in [self.of_whom(), self.guid()] {
            json.raw("_");
            json.raw(id.hyphenated().encode_lower(&mut [0; 36]));
        }
    }
}

/// An odd number, by which multiplying loses nothing, and the one that undoes it.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
const GATHER: u64 = inverse(SPREAD);

/// The number that multiplies with an odd one to 1, by Newton's iteration: each step doubles the bits that are right.
const fn inverse(odd: u64) -> u64 {
    let (mut inverse, mut step) = (odd, 0);
    while step < 5 {
        inverse = inverse.wrapping_mul(2_u64.wrapping_sub(odd.wrapping_mul(inverse)));
        step += 1;
    }
    inverse
}

/// Relation and edition, spread over a GUID together with the group.
fn mixed(group: Uuid, access: GroupAccess, edition: Edition) -> Uuid {
    let relation = match access {
        GroupAccess::Member => 0,
        GroupAccess::Owner => 1,
    };
    let spread = (u64::from(edition.0) << 1 | relation).wrapping_add(1).wrapping_mul(SPREAD);
    let (one, other) = group.as_u64_pair();
    Uuid::from_u64_pair(other ^ spread, one ^ spread.rotate_left(29))
}

/// What a GUID was made from; `None` for one that was not made so.
fn unmixed(group: Uuid, guid: Uuid) -> Option<(GroupAccess, Edition)> {
    let spread = guid.as_u64_pair().0 ^ group.as_u64_pair().1;
    let number = spread.wrapping_mul(GATHER).wrapping_sub(1);
    let access = if number & 1 == 0 { GroupAccess::Member } else { GroupAccess::Owner };
    let edition = Edition(u32::try_from(number >> 1).ok()?);
    (mixed(group, access, edition) == guid).then_some((access, edition))
}

impl fmt::Display for PolicyId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}_{}_{}", self.scope_type(), self.of_whom(), self.guid())
    }
}

/// The id of what says whose a policy is: that of the policy, and that of the role or the name of the relation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct PolicyAssignmentId(pub(super) PolicyId);

impl PolicyAssignmentId {
    /// Reads one of a tenant, in any case.
    pub(super) fn parse(text: &str, tenant: TenantId) -> Option<Self> {
        let (policy, whose) = text.rsplit_once('_')?;
        let policy = PolicyId::parse(policy, tenant)?;
        let is_its_own = match policy {
            PolicyId::DirectoryRole { role, .. } => Uuid::try_parse(whose) == Ok(role.0),
            PolicyId::Group { access, .. } => GroupAccess::parse(whose) == Some(access),
        };
        is_its_own.then_some(Self(policy))
    }
}

impl fmt::Display for PolicyAssignmentId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            PolicyId::DirectoryRole { role, .. } => write!(out, "{}_{role}", self.0),
            PolicyId::Group { access, .. } => write!(out, "{}_{}", self.0, access.name()),
        }
    }
}

impl<'a> Property<'a> for PolicyId {
    fn write(&self, json: &mut Json) {
        json.raw("\"");
        self.write_parts(json);
        json.raw("\"");
    }

    fn value(self) -> Value<'a> {
        Value::Text(self.to_string().into())
    }
}

impl<'a> Property<'a> for PolicyAssignmentId {
    fn write(&self, json: &mut Json) {
        json.raw("\"");
        self.0.write_parts(json);
        json.raw("_");
        match self.0 {
            PolicyId::DirectoryRole { role, .. } => json.raw(role.0.hyphenated().encode_lower(&mut [0; 36])),
            PolicyId::Group { access, .. } => json.raw(access.name()),
        }
        json.raw("\"");
    }

    fn value(self) -> Value<'a> {
        Value::Text(self.to_string().into())
    }
}

impl Serialize for PolicyId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for PolicyAssignmentId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
