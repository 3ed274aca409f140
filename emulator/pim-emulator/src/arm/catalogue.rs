//! What can be done with the types that are served, as the right that it takes: made from the table of operations.

use super::front_door::{ResourceType, ScopePath};
use super::operations::RESOURCES;
use super::router::{Handler, Place};
use std::collections::BTreeSet;

/// The rights about one type.
#[derive(Debug)]
pub(super) struct OfType {
    /// The type.
    pub(super) kind: &'static ResourceType,
    /// Its rights, in the order of their names.
    pub(super) actions: BTreeSet<String>,
}

/// The types of a provider that take rights, in the order of the table.
pub(super) fn of(namespace: &'static str) -> Vec<OfType> {
    let here = RESOURCES.iter().filter(|it| it.kind.namespace == namespace && it.place != Place::Scope);
    let all = here.map(|resource| {
        let signed = resource.operations.iter().filter(|it| matches!(it.handler, Handler::Signed(_)));
        let actions = signed.map(|it| it.action(resource.kind, &ScopePath::Tenant)).collect();
        OfType { kind: resource.kind, actions }
    });
    all.filter(|it| !it.actions.is_empty()).collect()
}
