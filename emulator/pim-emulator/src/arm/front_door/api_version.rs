//! The api-version that every request names.

use super::{Query, ResourceType, types};
use crate::arm::error::ArmError;

/// The version that a request names, if it names any.
///
/// # Errors
/// When it names none.
pub(crate) fn of_request<'q>(query: &'q Query<'_>) -> Result<&'q str, ArmError> {
    query.get("api-version").ok_or(ArmError::MissingApiVersion)
}

impl ResourceType {
    /// The version by that name, in any case.
    ///
    /// # Errors
    /// When the type, or what is asked of it, has none of that name. What the front door serves itself says so in other words;
    /// of other providers nobody knows the versions here, so that any will do.
    pub(crate) fn version(
        &'static self,
        name: &str,
        versions: &'static [&'static str],
    ) -> Result<&'static str, ArmError> {
        if *self == types::OTHERS {
            return Ok("");
        }
        let known = versions.iter().find(|known| known.eq_ignore_ascii_case(name));
        known.copied().ok_or_else(|| match self.is_front_door() {
            true => ArmError::InvalidApiVersion { version: name.to_owned(), supported: versions },
            false => ArmError::InvalidResourceType {
                name: self.name.to_owned(),
                namespace: self.namespace.to_owned(),
                version: name.to_owned(),
                supported: versions,
            },
        })
    }
}
