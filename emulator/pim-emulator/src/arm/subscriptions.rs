//! `/subscriptions`: those at which the caller holds something active, or above or below which it does. Whoever is only eligible
//! sees none.

use super::call::Call;
use super::error::ArmError;
use super::front_door::types;
use super::json::{List, bytes};
use super::reply::Reply;
use super::router::{Handler, Method, Operation, Place, Resource};
use super::scopes;
use pim_core::View;
use pim_core::model::{AssignmentKind, AzureScope, AzureScopeKind};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What can be done with them.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::SUBSCRIPTIONS,
    place: Place::At("subscriptions"),
    operations: &[
        Operation { method: Method::Get, path: "", versions: None, handler: Handler::Signed(list) },
        Operation { method: Method::Get, path: "{subscription}", versions: None, handler: Handler::Signed(get) },
    ],
};

#[derive(Debug)]
struct Row<'v> {
    id: &'v str,
    authorization_source: &'static str,
    managed_by_tenants: Vec<String>,
    tags: Option<&'v BTreeMap<String, String>>,
    subscription_id: &'v str,
    tenant_id: Option<Uuid>,
    display_name: &'v str,
    state: &'static str,
    policies: Policies,
}

#[derive(Debug)]
struct Policies {
    location_placement_id: &'static str,
    quota_id: &'static str,
    spending_limit: &'static str,
}

crate::arm_object! {
    Row<'_> {
        id / "id",
        authorization_source / "authorizationSource",
        managed_by_tenants / "managedByTenants",
        tags / "tags",
        subscription_id / "subscriptionId",
        tenant_id / "tenantId",
        display_name / "displayName",
        state / "state",
        policies / "subscriptionPolicies",
    }
    Policies {
        location_placement_id / "locationPlacementId",
        quota_id / "quotaId",
        spending_limit / "spendingLimit",
    }
}

fn row<'v>(view: View<'v>, scope: &'v AzureScope) -> Row<'v> {
    Row {
        id: &scope.path,
        authorization_source: "RoleBased",
        managed_by_tenants: Vec::new(),
        tags: Some(&scope.tags).filter(|tags| !tags.is_empty()),
        subscription_id: &scope.name,
        tenant_id: view.tenant().map(|tenant| tenant.id.0),
        display_name: &scope.display_name,
        state: "Enabled",
        policies: Policies {
            location_placement_id: "Internal_2014-09-01",
            quota_id: "Internal_2014-09-01",
            spending_limit: "Off",
        },
    }
}

fn list(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        let held = scopes::held(call, view, AssignmentKind::Assignment);
        let all = view.azure_scopes().filter(|scope| scope.kind == AzureScopeKind::Subscription);
        let rows = all.filter(|scope| scopes::sees(view, &held, scope)).map(|scope| row(view, scope));
        Ok(Reply::Ok(bytes(&List::counted(rows.collect()))))
    })
}

fn get(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| visible(call, view).map(|scope| Reply::Ok(bytes(&row(view, scope)))))
}

/// The subscription of the path, if the caller sees it.
///
/// # Errors
/// [`ArmError::AuthorizationFailed`] where it does not.
pub(super) fn visible<'v>(call: &Call<'_>, view: View<'v>) -> Result<&'v AzureScope, ArmError> {
    let scope = scopes::find(view, call.scope)?;
    let is_visible = scopes::sees(view, &scopes::held(call, view, AssignmentKind::Assignment), scope);
    if is_visible { Ok(scope) } else { Err(ArmError::AuthorizationFailed) }
}
