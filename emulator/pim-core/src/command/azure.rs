//! What may be asked of the tree of Azure scopes.

use crate::id::AzureScopeId;
use crate::model::{AzureScopeKind, LockLevel};
use std::collections::BTreeMap;

/// A scope to be made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewAzureScope {
    /// The id in the tree, where it is chosen.
    pub id: Option<AzureScopeId>,
    /// What it is.
    pub kind: AzureScopeKind,
    /// What it is below.
    pub parent: AzureScopeId,
    /// The last part of its path: a subscription's id, the name of anything else.
    pub name: String,
    /// The name people see; the name where none is given.
    pub display_name: Option<String>,
    /// The region.
    pub location: Option<String>,
    /// Tags.
    pub tags: BTreeMap<String, String>,
}

/// What a caller may change of a scope. What is not given stays.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AzureScopeChange {
    /// A new name for people.
    pub display_name: Option<String>,
    /// Other tags.
    pub tags: Option<BTreeMap<String, String>>,
    /// Another management group above it.
    pub parent: Option<AzureScopeId>,
    /// Locks by name; `None` takes one away.
    pub locks: Vec<(String, Option<LockLevel>)>,
}
