//! `/tenants`: those that the caller belongs to, which is one.

use super::call::Call;
use super::error::ArmError;
use super::front_door::types;
use super::json::{List, bytes};
use super::reply::Reply;
use super::router::{Handler, Method, Operation, Place, Resource};
use uuid::Uuid;

/// What can be done with them.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::TENANTS,
    place: Place::At("tenants"),
    operations: &[Operation { method: Method::Get, path: "", versions: None, handler: Handler::Signed(list) }],
};

#[derive(Debug)]
struct Row<'a> {
    id: String,
    tenant_id: Uuid,
    country_code: &'a str,
    display_name: &'a str,
    domains: Vec<&'a str>,
    tenant_category: &'a str,
    default_domain: &'a str,
    tenant_type: &'a str,
}

crate::arm_object! {
    Row<'_> {
        id / "id",
        tenant_id / "tenantId",
        country_code / "countryCode",
        display_name / "displayName",
        domains / "domains",
        tenant_category / "tenantCategory",
        default_domain / "defaultDomain",
        tenant_type / "tenantType",
    }
}

fn list(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.tenant.read(|view| {
        let rows = view.tenant().map(|tenant| Row {
            id: format!("/tenants/{}", tenant.id),
            tenant_id: tenant.id.0,
            country_code: "NL",
            display_name: &tenant.display_name,
            domains: vec![&tenant.domain],
            tenant_category: "Home",
            default_domain: &tenant.domain,
            tenant_type: "AAD",
        });
        Ok(Reply::Ok(bytes(&List::counted(rows.into_iter().collect()))))
    })
}
