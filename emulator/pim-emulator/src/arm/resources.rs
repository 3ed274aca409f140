//! `resources` of a subscription and of a resource group: those that the caller may read, of every provider.

use super::call::Call;
use super::error::ArmError;
use super::filter::{Condition, RESOURCES};
use super::front_door::types;
use super::json::{List, bytes};
use super::reply::Reply;
use super::router::{Handler, Method, Operation, Place, Resource};
use super::scopes;
use pim_core::model::{AzureScope, AzureScopeKind};
use std::collections::BTreeMap;

/// What can be done with those of a subscription.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::RESOURCES,
    place: Place::At("subscriptions/{subscription}/resources"),
    operations: &[Operation { method: Method::Get, path: "", versions: None, handler: Handler::Signed(list) }],
};

/// What can be done with those of a resource group.
pub(crate) static OF_GROUP: Resource = Resource {
    kind: &types::GROUP_RESOURCES,
    place: Place::At("subscriptions/{subscription}/resourceGroups/{group}/resources"),
    operations: &[Operation { method: Method::Get, path: "", versions: None, handler: Handler::Signed(list) }],
};

#[derive(Debug)]
struct Row<'v> {
    id: &'v str,
    name: &'v str,
    kind: &'v str,
    location: Option<&'v str>,
    tags: Option<&'v BTreeMap<String, String>>,
}

crate::arm_object! {
    Row<'_> { id / "id", name / "name", kind / "type", location / "location", tags / "tags" }
}

/// The type of a resource; nothing of any other scope.
pub(super) fn resource_type(scope: &AzureScope) -> Option<&str> {
    match &scope.kind {
        AzureScopeKind::Resource { resource_type } => Some(resource_type),
        AzureScopeKind::TenantRoot
        | AzureScopeKind::ManagementGroup
        | AzureScopeKind::Subscription
        | AzureScopeKind::ResourceGroup => None,
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "only conditions that the list takes come here")]
fn list(call: &Call<'_>) -> Result<Reply, ArmError> {
    let filter = call.filter(RESOURCES)?;
    call.read(|view| {
        let here = scopes::find(view, call.scope)?;
        let mut rows = Vec::new();
        for scope in view.azure_downwards(here.id) {
            let Some(kind) = resource_type(scope) else { continue };
            let is_asked = filter.holds(&|condition| match condition {
                Condition::ResourceType(asked) => kind.eq_ignore_ascii_case(asked),
                Condition::Name(name) => scope.name.eq_ignore_ascii_case(name),
                Condition::Location(location) => {
                    scope.location.as_deref().is_some_and(|it| it.eq_ignore_ascii_case(location))
                }
                Condition::TagName(name) => scope.tags.keys().any(|it| it.eq_ignore_ascii_case(name)),
                Condition::TagValue(value) => scope.tags.values().any(|it| it == value),
                _ => false,
            });
            if is_asked && view.azure_permits(call.caller_id(), &format!("{kind}/read"), scope.id) {
                rows.push(Row {
                    id: &scope.path,
                    name: &scope.name,
                    kind,
                    location: scope.location.as_deref(),
                    tags: Some(&scope.tags).filter(|tags| !tags.is_empty()),
                });
            }
        }
        rows.truncate(call.top()?);
        Ok(Reply::Ok(bytes(&List::of(rows))))
    })
}
