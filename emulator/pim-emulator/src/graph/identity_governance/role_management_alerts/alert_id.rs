//! `DirectoryRole_{tenant}_{name}`: the id of an alert, its definition and its configuration (ALR-1).

use crate::graph::json::{Json, Property};
use pim_core::TenantId;
use pim_core::model::{Alert, AlertScope};
use pim_odata::Value;
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use uuid::Uuid;

/// The type of scope of every alert.
pub(super) const SCOPE_TYPE: &str = "DirectoryRole";

/// The id of an alert.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct AlertId {
    pub(super) tenant: TenantId,
    pub(super) alert: Alert,
}

impl AlertId {
    /// The id that a text is, if it is one of this tenant's.
    pub(super) fn parse(text: &str, tenant: TenantId) -> Option<Self> {
        let mut parts = text.splitn(3, '_');
        let is_kind = parts.next()?.eq_ignore_ascii_case(SCOPE_TYPE);
        let is_tenant = Uuid::try_parse(parts.next()?) == Ok(tenant.0);
        let alert = AlertScope::DirectoryRoles.named(parts.next()?)?;
        (is_kind && is_tenant).then_some(Self { tenant, alert })
    }
}

impl fmt::Display for AlertId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{SCOPE_TYPE}_{}_{}", self.tenant, self.alert.definition().name)
    }
}

impl Serialize for AlertId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'a> Property<'a> for AlertId {
    fn write(&self, json: &mut Json) {
        json.plain(&self.to_string());
    }

    fn value(self) -> Value<'a> {
        Value::Text(Cow::Owned(self.to_string()))
    }
}
