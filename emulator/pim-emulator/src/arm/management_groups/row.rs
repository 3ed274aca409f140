//! Management groups as they are written.

use crate::arm::json::Member;
use crate::arm::json::member;
use crate::json::Json;
use pim_core::View;
use pim_core::model::{AzureScope, AzureScopeKind};
use uuid::Uuid;

/// What a management group or a subscription is called where both can be; nothing of what is below subscriptions.
pub(in crate::arm) fn kind(scope: &AzureScope) -> Option<&'static str> {
    match scope.kind {
        AzureScopeKind::ManagementGroup => Some("Microsoft.Management/managementGroups"),
        AzureScopeKind::Subscription => Some("/subscriptions"),
        AzureScopeKind::TenantRoot | AzureScopeKind::ResourceGroup | AzureScopeKind::Resource { .. } => None,
    }
}

/// What else of a group is asked for.
#[expect(clippy::struct_excessive_bools, reason = "each is a word of $expand or a parameter of its own")]
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Expand {
    pub(super) children: bool,
    pub(super) recurse: bool,
    pub(super) path: bool,
    pub(super) ancestors: bool,
}

/// A group.
#[derive(Debug)]
pub(super) struct Group<'v> {
    id: &'v str,
    kind: Option<&'static str>,
    name: &'v str,
    properties: Properties<'v>,
}

#[derive(Debug)]
struct Properties<'v> {
    tenant_id: Option<Uuid>,
    display_name: &'v str,
    details: Option<Details<'v>>,
    children: Option<Vec<Child<'v>>>,
}

#[derive(Debug)]
struct Details<'v> {
    parent: Option<Parent<'v>>,
    path: Option<Vec<Name<'v>>>,
    ancestors: Option<Vec<&'v str>>,
    ancestors_chain: Option<Vec<Name<'v>>>,
}

#[derive(Debug)]
struct Parent<'v> {
    id: &'v str,
    name: &'v str,
    display_name: &'v str,
}

#[derive(Debug)]
struct Name<'v> {
    name: &'v str,
    display_name: &'v str,
}

#[derive(Debug)]
struct Child<'v> {
    scope: &'v AzureScope,
    children: Option<Vec<Self>>,
}

crate::arm_object! {
    Group<'_> { id / "id", kind / "type", name / "name", properties / "properties" }
    Properties<'_> {
        tenant_id / "tenantId",
        display_name / "displayName",
        details / "details",
        children / "children",
    }
    Details<'_> {
        parent / "parent",
        path / "path",
        ancestors / "managementGroupAncestors",
        ancestors_chain / "managementGroupAncestorsChain",
    }
    Parent<'_> { id / "id", name / "name", display_name / "displayName" }
    Name<'_> { name / "name", display_name / "displayName" }
}

impl Member for Child<'_> {
    fn write(&self, json: &mut Json) {
        json.open();
        member(json, "id", &self.scope.path);
        member(json, "type", &kind(self.scope));
        member(json, "name", &self.scope.name);
        member(json, "displayName", &self.scope.display_name);
        member(json, "children", &self.children);
        json.close();
    }
}

/// The management group that a group or a subscription is directly below.
pub(in crate::arm) fn above<'v>(view: View<'v>, scope: &AzureScope) -> Option<&'v AzureScope> {
    view.azure_scope(scope.parent?).filter(|it| it.kind == AzureScopeKind::ManagementGroup)
}

fn children<'v>(view: View<'v>, scope: &AzureScope, recurse: bool) -> Vec<Child<'v>> {
    let child = |scope: &'v AzureScope| Child {
        scope,
        children: (recurse && scope.kind == AzureScopeKind::ManagementGroup).then(|| children(view, scope, true)),
    };
    view.azure_children(scope.id).filter(|it| kind(it).is_some()).map(child).collect()
}

impl<'v> Group<'v> {
    /// As it stands in a list.
    pub(super) fn brief(view: View<'v>, scope: &'v AzureScope) -> Self {
        Self {
            id: &scope.path,
            kind: kind(scope),
            name: &scope.name,
            properties: Properties {
                tenant_id: view.tenant().map(|it| it.id.0),
                display_name: &scope.display_name,
                details: None,
                children: None,
            },
        }
    }

    /// With where it is, and what else is asked for.
    pub(super) fn of(view: View<'v>, scope: &'v AzureScope, expand: &Expand) -> Self {
        let mut group = Self::brief(view, scope);
        let is_group = |it: &&AzureScope| it.kind == AzureScopeKind::ManagementGroup;
        let upwards: Vec<_> = view.azure_upwards(scope.id).filter(is_group).collect();
        let name = |it: &&'v AzureScope| Name { name: &it.name, display_name: &it.display_name };
        let ancestors = upwards.get(1..).unwrap_or_default();
        group.properties.details = Some(Details {
            parent: above(view, scope).map(|it| Parent {
                id: &it.path,
                name: &it.name,
                display_name: &it.display_name,
            }),
            path: expand.path.then(|| upwards.iter().rev().map(name).collect()),
            ancestors: expand.ancestors.then(|| ancestors.iter().map(|it| it.name.as_str()).collect()),
            ancestors_chain: expand.ancestors.then(|| ancestors.iter().map(name).collect()),
        });
        group.properties.children = expand.children.then(|| children(view, scope, expand.recurse));
        group
    }
}

/// A group or a subscription below a group.
#[derive(Debug)]
pub(super) struct Descendant<'v> {
    id: &'v str,
    kind: Option<&'static str>,
    name: &'v str,
    properties: DescendantProperties<'v>,
}

#[derive(Debug)]
struct DescendantProperties<'v> {
    display_name: &'v str,
    parent: Option<Id<'v>>,
}

/// A reference.
#[derive(Debug)]
pub(in crate::arm) struct Id<'v> {
    pub(in crate::arm) id: &'v str,
}

crate::arm_object! {
    Descendant<'_> { id / "id", kind / "type", name / "name", properties / "properties" }
    DescendantProperties<'_> { display_name / "displayName", parent / "parent" }
    Id<'_> { id / "id" }
}

impl<'v> Descendant<'v> {
    pub(super) fn of(view: View<'v>, scope: &'v AzureScope) -> Self {
        Self {
            id: &scope.path,
            kind: kind(scope),
            name: &scope.name,
            properties: DescendantProperties {
                display_name: &scope.display_name,
                parent: above(view, scope).map(|it| Id { id: &it.path }),
            },
        }
    }
}
