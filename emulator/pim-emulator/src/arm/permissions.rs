//! `permissions`: what the caller may do at a scope, role by role. Whoever may nothing is told that, and needs no right to ask.

use super::call::Call;
use super::error::ArmError;
use super::front_door::types;
use super::json::{List, Member, OrNull, bytes, member};
use super::reply::Reply;
use super::router::{Handler, Method, Operation, Place, Resource};
use super::scopes;
use crate::json::Json;
use pim_core::model::AzurePermissions;

/// What can be done with them.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::PERMISSIONS,
    place: Place::AnyScope,
    operations: &[Operation { method: Method::Get, path: "", versions: None, handler: Handler::Signed(list) }],
};

/// What a role allows, as it is written.
#[derive(Debug)]
pub(super) struct PermissionRow<'v> {
    permissions: &'v AzurePermissions,
    with_conditions: bool,
}

impl<'v> PermissionRow<'v> {
    /// In the newest version the conditions are written, too; there are none.
    pub(super) const fn of(permissions: &'v AzurePermissions, with_conditions: bool) -> Self {
        Self { permissions, with_conditions }
    }
}

impl Member for PermissionRow<'_> {
    fn write(&self, json: &mut Json) {
        let AzurePermissions { actions, not_actions, data_actions, not_data_actions } = self.permissions;
        json.open();
        member(json, "actions", actions);
        member(json, "notActions", not_actions);
        member(json, "dataActions", data_actions);
        member(json, "notDataActions", not_data_actions);
        if self.with_conditions {
            member(json, "condition", &OrNull::<String>(None));
            member(json, "conditionVersion", &OrNull::<String>(None));
        }
        json.close();
    }
}

fn list(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        let here = scopes::find(view, call.scope)?;
        let rows = view.azure_permissions(call.caller_id(), here.id).map(|it| PermissionRow::of(it, false));
        Ok(Reply::Ok(bytes(&List::of(rows.collect()))))
    })
}
