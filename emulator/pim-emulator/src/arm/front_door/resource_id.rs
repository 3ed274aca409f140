//! Full ids of what Microsoft.Authorization has, as bodies and filters name roles, schedules and approvals.

use super::resource_types::{self, ResourceType};
use super::{ScopePath, segments};
use std::fmt;

/// `{scope}/providers/Microsoft.Authorization/{type}/{name}`. It displays in its canonical form, with a slash in front.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct ResourceId {
    /// Where it is.
    pub(crate) scope: ScopePath,
    /// What it is.
    pub(crate) kind: &'static ResourceType,
    /// Its name: nearly always a GUID.
    pub(crate) name: String,
}

impl ResourceId {
    /// The id in a text, with or without a slash in front, in any case; `None` for anything else, such as a bare GUID.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let segments = segments(text)?;
        let (rest, [providers, namespace, kind, name]) = segments.split_last_chunk()?;
        let kind = resource_types::find(namespace, kind)?;
        let scope = ScopePath::parse(rest).ok().filter(|_| providers.eq_ignore_ascii_case("providers"))?;
        Some(Self { scope, kind, name: name.clone() })
    }
}

impl fmt::Display for ResourceId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/providers/{}/{}/{}", self.scope.prefix(), self.kind.namespace, self.kind.in_ids(), self.name)
    }
}
