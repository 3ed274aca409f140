//! `roleManagementPolicies`: what is demanded before a role is given or activated at a scope.

use super::call::Call;
use super::error::ArmError;
use super::front_door::types;
use super::json::{List, bytes};
use super::policies::{self, PolicyId, PolicyRow};
use super::reply::Reply;
use super::router::{Handler, Method, Operation, Place, Resource};
use pim_core::model::{AzureScope, PolicyChange};
use pim_core::{Command, View};

/// What can be done with them. The service has a route to make one and nothing behind it; to delete one it has none.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::ROLE_MANAGEMENT_POLICIES,
    place: Place::AnyScope,
    operations: &[
        Operation { method: Method::Get, path: "", versions: None, handler: Handler::Signed(list) },
        Operation { method: Method::Get, path: "{name}", versions: None, handler: Handler::Signed(get) },
        Operation { method: Method::Patch, path: "{name}", versions: None, handler: Handler::Signed(update) },
        Operation {
            method: Method::Put,
            path: "{name}",
            versions: None,
            handler: Handler::Signed(|_| Err(ArmError::NotImplementedException)),
        },
    ],
};

fn list(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.tenant.read(|view| {
        let (here, ids) = policies::listed(call, view, RESOURCE.kind)?;
        let names: Vec<_> = ids.iter().map(|id| id.guid().to_string()).collect();
        let policies = ids
            .iter()
            .zip(&names)
            .filter_map(|(id, name)| PolicyRow::of(view, call.version, here, *id).map(|policy| policy.row(name)));
        Ok(Reply::Ok(bytes(&List::of(policies.collect()))))
    })
}

fn get(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.tenant.read(|view| {
        let (here, id) = policies::named(call, view, RESOURCE.kind)?;
        written(call, view, here, id)
    })
}

fn written(call: &Call<'_>, view: View<'_>, here: &AzureScope, id: PolicyId) -> Result<Reply, ArmError> {
    let policy = PolicyRow::of(view, call.version, here, id).ok_or(ArmError::NotFound)?;
    Ok(Reply::Ok(bytes(&policy.row(&id.guid().to_string()))))
}

/// Changes any of the rules: all that the body names, or none. The answer shows the policy under the name that it has from now on.
fn update(call: &Call<'_>) -> Result<Reply, ArmError> {
    let id = call.tenant.read(|view| policies::changeable(call, view))?;
    let rules = policies::rules(call.body()?, call.version)?;
    let change = PolicyChange { subject: id.subject(), rules };
    let changed = call.tenant.handle(call.caller(), &Command::UpdatePolicy(change), |view, _| {
        let here = super::scopes::find(view, call.scope)?;
        written(call, view, here, PolicyId::now(view, id.role(), here.id))
    });
    changed.map_err(ArmError::Pim)?
}
