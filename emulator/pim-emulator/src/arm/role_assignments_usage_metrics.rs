//! `roleAssignmentsUsageMetrics`: how many role assignments a subscription has, and how many it takes (AZR-13).

use super::call::Call;
use super::error::ArmError;
use super::front_door::types;
use super::json::bytes;
use super::reply::Reply;
use super::role_assignments;
use super::router::{Handler, Method, Operation, Place, Resource};
use super::scopes;
use pim_core::MOST_ASSIGNMENTS_OF_A_SUBSCRIPTION;

/// What can be done with them.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::ROLE_ASSIGNMENTS_USAGE_METRICS,
    place: Place::At("subscriptions/{subscription}/providers/Microsoft.Authorization/roleAssignmentsUsageMetrics"),
    operations: &[Operation { method: Method::Get, path: "", versions: None, handler: Handler::Signed(get) }],
};

#[derive(Debug)]
struct Metrics<'v> {
    subscription_id: &'v str,
    limit: usize,
    current: usize,
    remaining: usize,
}

crate::arm_object! {
    Metrics<'_> {
        subscription_id / "subscriptionId",
        limit / "roleAssignmentsLimit",
        current / "roleAssignmentsCurrentCount",
        remaining / "roleAssignmentsRemainingCount",
    }
}

fn get(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        let here = scopes::allowed_at(call, view)?;
        let limit = MOST_ASSIGNMENTS_OF_A_SUBSCRIPTION;
        let current = role_assignments::count(view, view.azure_downwards(here.id).into_iter().map(|it| it.id));
        let remaining = limit.saturating_sub(current);
        Ok(Reply::Ok(bytes(&Metrics { subscription_id: &here.name, limit, current, remaining })))
    })
}
