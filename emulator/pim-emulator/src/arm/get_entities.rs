//! `getEntities`: the management groups and subscriptions that the caller sees, with what it may do with each.

use super::call::Call;
use super::error::ArmError;
use super::front_door::types;
use super::json::bytes;
use super::management_groups::{Id, above, below, kind};
use super::reply::Reply;
use super::router::{Handler, Method, Operation, Place, Resource};
use super::scopes;
use pim_core::model::{AssignmentKind, AzureScope, AzureScopeKind};
use pim_core::{AzureScopeId, View};
use uuid::Uuid;

/// What can be done with them.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::GET_ENTITIES,
    place: Place::At("providers/Microsoft.Management/getEntities"),
    operations: &[Operation { method: Method::Post, path: "", versions: None, handler: Handler::Signed(list) }],
};

#[derive(Debug)]
struct Entities<'v> {
    value: Vec<Entity<'v>>,
    count: usize,
}

#[derive(Debug)]
struct Entity<'v> {
    id: &'v str,
    kind: Option<&'static str>,
    name: &'v str,
    properties: Properties<'v>,
}

#[derive(Debug)]
struct Properties<'v> {
    tenant_id: Option<Uuid>,
    display_name: &'v str,
    parent: Option<Id<'v>>,
    permissions: &'static str,
    inherited_permissions: &'static str,
    number_of_descendants: usize,
    number_of_children: usize,
    number_of_child_groups: usize,
    parent_display_name_chain: Vec<&'v str>,
    parent_name_chain: Vec<&'v str>,
}

crate::arm_object! {
    Entities<'_> { value / "value", count / "count" }
    Entity<'_> { id / "id", kind / "type", name / "name", properties / "properties" }
    Properties<'_> {
        tenant_id / "tenantId",
        display_name / "displayName",
        parent / "parent",
        permissions / "permissions",
        inherited_permissions / "inheritedPermissions",
        number_of_descendants / "numberOfDescendants",
        number_of_children / "numberOfChildren",
        number_of_child_groups / "numberOfChildGroups",
        parent_display_name_chain / "parentDisplayNameChain",
        parent_name_chain / "parentNameChain",
    }
}

/// What the caller may do with a scope, in the one word for the most of it.
fn permissions(call: &Call<'_>, view: View<'_>, scope: &AzureScope) -> &'static str {
    let kind =
        if scope.kind == AzureScopeKind::Subscription { &types::SUBSCRIPTIONS } else { &types::MANAGEMENT_GROUPS };
    let may = |verb: &str| {
        let action = format!("{}/{}/{verb}", kind.namespace, kind.name);
        view.azure_permits(call.caller_id(), &action, scope.id)
    };
    [("delete", "delete"), ("write", "edit"), ("read", "view")]
        .into_iter()
        .find_map(|(verb, word)| may(verb).then_some(word))
        .unwrap_or("noaccess")
}

fn entity<'v>(call: &Call<'_>, view: View<'v>, scope: &'v AzureScope) -> Entity<'v> {
    let parent = above(view, scope);
    let children = || view.azure_children(scope.id).filter(|it| kind(it).is_some());
    let chain: Vec<_> = std::iter::successors(parent, |it| above(view, it)).collect();
    Entity {
        id: &scope.path,
        kind: kind(scope),
        name: &scope.name,
        properties: Properties {
            tenant_id: view.tenant().map(|it| it.id.0),
            display_name: &scope.display_name,
            parent: parent.map(|it| Id { id: &it.path }),
            permissions: permissions(call, view, scope),
            inherited_permissions: parent.map_or("noaccess", |it| permissions(call, view, it)),
            number_of_descendants: below(view, scope).len(),
            number_of_children: children().count(),
            number_of_child_groups: children().filter(|it| it.kind == AzureScopeKind::ManagementGroup).count(),
            parent_display_name_chain: chain.iter().rev().map(|it| it.display_name.as_str()).collect(),
            parent_name_chain: chain.iter().rev().map(|it| it.name.as_str()).collect(),
        },
    }
}

fn list(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        let held = scopes::held(call, view, AssignmentKind::Assignment);
        let all = view.azure_scope(AzureScopeId::ROOT).map(|root| below(view, root)).unwrap_or_default();
        let seen = all.into_iter().filter(|scope| scopes::sees(view, &held, scope));
        let value: Vec<_> = seen.map(|scope| entity(call, view, scope)).collect();
        Ok(Reply::Ok(bytes(&Entities { count: value.len(), value })))
    })
}
