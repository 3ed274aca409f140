//! Ids of policies: `DirectoryRole_{tenantId}_{guid}` (POL-15).
//!
//! The GUID is made from the id of the role and that of the tenant. So it is another one in every tenant, like the service's,
//! and can be turned back into the role without an index.

use crate::graph::json::{Json, Property};
use pim_core::{RoleDefinitionId, TenantId};
use pim_odata::Value;
use serde::{Serialize, Serializer};
use std::fmt;
use uuid::Uuid;

/// How the type of scope of a directory role is spelled: whoever asks for `Directory` is answered `Directory` (POL-12).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ScopeType {
    /// `DirectoryRole`.
    DirectoryRole,
    /// `Directory`.
    Directory,
}

impl ScopeType {
    pub(super) const ALL: [Self; 2] = [Self::DirectoryRole, Self::Directory];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::DirectoryRole => "DirectoryRole",
            Self::Directory => "Directory",
        }
    }

    /// The one of that name, in any case.
    pub(super) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name().eq_ignore_ascii_case(name))
    }
}

/// The id of a policy.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct PolicyId {
    pub(super) scope_type: ScopeType,
    pub(super) tenant: TenantId,
    pub(super) role: RoleDefinitionId,
}

impl PolicyId {
    /// Reads the id of a policy of a tenant, in any case.
    pub(super) fn parse(text: &str, tenant: TenantId) -> Option<Self> {
        let (scope_type, rest) = text.split_once('_')?;
        let (of_tenant, guid) = rest.split_once('_')?;
        let role = Uuid::try_parse(guid).ok()?.as_u128() ^ tenant.0.as_u128();
        let id =
            Self { scope_type: ScopeType::parse(scope_type)?, tenant, role: RoleDefinitionId(Uuid::from_u128(role)) };
        (Uuid::try_parse(of_tenant) == Ok(tenant.0)).then_some(id)
    }

    fn guid(self) -> Uuid {
        Uuid::from_u128(self.role.0.as_u128() ^ self.tenant.0.as_u128())
    }

    fn write_parts(self, json: &mut Json) {
        json.raw(self.scope_type.name());
        for id in [self.tenant.0, self.guid()] {
            json.raw("_");
            json.raw(id.hyphenated().encode_lower(&mut [0; 36]));
        }
    }
}

impl fmt::Display for PolicyId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}_{}_{}", self.scope_type.name(), self.tenant, self.guid())
    }
}

/// The id of what says whose a policy is: that of the policy and that of the role.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct PolicyAssignmentId(pub(super) PolicyId);

impl PolicyAssignmentId {
    /// Reads one of a tenant, in any case.
    pub(super) fn parse(text: &str, tenant: TenantId) -> Option<Self> {
        let (policy, role) = text.rsplit_once('_')?;
        let policy = PolicyId::parse(policy, tenant)?;
        (Uuid::try_parse(role) == Ok(policy.role.0)).then_some(Self(policy))
    }
}

impl fmt::Display for PolicyAssignmentId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}_{}", self.0, self.0.role)
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
        json.raw(self.0.role.0.hyphenated().encode_lower(&mut [0; 36]));
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
