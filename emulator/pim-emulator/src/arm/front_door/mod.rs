//! What happens before a resource type is asked: the path is made plain, taken apart and looked up, and the api-version is
//! checked.
//!
//! Only paths are looked at, never the name of the host: clients are pointed here in many ways.

mod api_version;
mod path;
mod query;
mod resource_id;
mod resource_types;
mod scope;
mod target;
#[cfg(test)]
mod tests;

pub(crate) use api_version::of_request as api_version;
pub(crate) use path::segments;
pub(crate) use query::Query;
pub(crate) use resource_id::ResourceId;
pub(crate) use resource_types::{AUTHORIZATION, NAMESPACES, RESOURCE_TYPES, ResourceType, types};
pub(crate) use scope::{ScopeFault, ScopePath};
pub(crate) use target::{Subject, Target, target};
