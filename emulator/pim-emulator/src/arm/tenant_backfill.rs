//! `tenantBackfillStatus` and `startTenantBackfill`: whether every subscription has been put below the tenant's root group.
//! Here each is from the beginning.

use super::call::Call;
use super::error::ArmError;
use super::front_door::types;
use super::json::bytes;
use super::reply::Reply;
use super::router::{Handler, Method, Operation, Place, Resource};
use uuid::Uuid;

/// How far it is.
pub(crate) static STATUS: Resource = Resource {
    kind: &types::TENANT_BACKFILL_STATUS,
    place: Place::At("providers/Microsoft.Management/tenantBackfillStatus"),
    operations: &[
        Operation { method: Method::Get, path: "", versions: None, handler: Handler::Signed(status) },
        Operation { method: Method::Post, path: "", versions: None, handler: Handler::Signed(status) },
    ],
};

/// Beginning with it, which finds it done.
pub(crate) static START: Resource = Resource {
    kind: &types::START_TENANT_BACKFILL,
    place: Place::At("providers/Microsoft.Management/startTenantBackfill"),
    operations: &[Operation { method: Method::Post, path: "", versions: None, handler: Handler::Signed(status) }],
};

#[derive(Debug)]
struct Backfill {
    tenant_id: Uuid,
    status: &'static str,
}

crate::arm_object! {
    Backfill { tenant_id / "tenantId", status / "status" }
}

fn status(call: &Call<'_>) -> Result<Reply, ArmError> {
    Ok(Reply::Ok(bytes(&Backfill { tenant_id: call.tenant.id().0, status: "Completed" })))
}
