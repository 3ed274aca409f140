//! `/subscribedSkus`: what the tenant pays for. Tools look for the service plan of Entra ID P2 to tell whether there is PIM.

use super::call::Call;
use super::collection::{Context, Query, single};
use super::error::GraphError;
use super::expand::{Navigation, Related};
use super::json::{Composed, Json, Word};
use super::permission::READ_SUBSCRIBED_SKUS;
use super::reply::Reply;
use super::router::{BOTH, Method, Operation};
use pim_core::View;
use pim_core::model::{License, PrincipalKind, Tenant};
use serde::Serialize;
use uuid::{Uuid, uuid};

/// How many units of what it pays for a tenant has.
const UNITS: usize = 100;

/// What can be paid for.
#[derive(Debug)]
struct Sku {
    id: Uuid,
    part_number: &'static str,
    plans: &'static [(Uuid, &'static str)],
}

const P1_PLAN: (Uuid, &str) = (uuid!("41781fb2-bc02-4b7c-bd55-b576c07bb09d"), "AAD_PREMIUM");
const P2_PLAN: (Uuid, &str) = (uuid!("eec0eb4f-6444-4f95-aba0-50c24d67f998"), "AAD_PREMIUM_P2");

static P1: Sku =
    Sku { id: uuid!("078d2b04-f1bd-4111-bbd4-b4b1b354cef4"), part_number: "AAD_PREMIUM", plans: &[P1_PLAN] };
static P2: Sku = Sku {
    id: uuid!("84a661c4-e949-4bd2-a560-ed7766fcaf2b"),
    part_number: "AAD_PREMIUM_P2",
    plans: &[P1_PLAN, P2_PLAN],
};

const fn sku(license: License) -> Option<&'static Sku> {
    match license {
        License::None => None,
        License::P1 => Some(&P1),
        License::P2 | License::Governance => Some(&P2),
    }
}

/// What a tenant pays for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SkuRow<'v> {
    tenant: &'v Tenant,
    sku: &'static Sku,
    users: usize,
}

impl<'v> SkuRow<'v> {
    fn of(view: View<'v>) -> Option<Self> {
        let tenant = view.tenant()?;
        Some(Self { tenant, sku: sku(tenant.license)?, users: view.count(PrincipalKind::User) })
    }
}

crate::entity! {
    /// Something that a tenant pays for.
    SubscribedSkuResource(SkuRow<'r>) = "subscribedSku" {
        "accountId": string = |it| it.tenant.id.0;
        "accountName": string = |it| it.tenant.display_name.as_str();
        "appliesTo": string = |_it| Word("User");
        "capabilityStatus": string = |_it| Word("Enabled");
        "consumedUnits": integer = |it| u32::try_from(it.users.min(UNITS)).ok();
        "id": string = |it| format!("{}_{}", it.tenant.id, it.sku.id);
        "skuId": string = |it| it.sku.id;
        "skuPartNumber": string = |it| it.sku.part_number;
        "subscriptionIds": texts = |it| vec![it.tenant.id.0];
        "prepaidUnits": opaque = |_it| Composed(PrepaidUnits { enabled: UNITS, suspended: 0, warning: 0, locked_out: 0 });
        "servicePlans": opaque = |it| Composed(it.sku.plans.iter().map(ServicePlan::of).collect::<Vec<_>>());
    }
    navigations []
}

/// `licenseUnitsDetail`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PrepaidUnits {
    enabled: usize,
    suspended: usize,
    warning: usize,
    locked_out: usize,
}

/// `servicePlanInfo`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ServicePlan {
    service_plan_id: Uuid,
    service_plan_name: &'static str,
    provisioning_status: Word,
    applies_to: Word,
}

impl ServicePlan {
    fn of((id, name): &(Uuid, &'static str)) -> Self {
        Self {
            service_plan_id: *id,
            service_plan_name: name,
            provisioning_status: Word("Success"),
            applies_to: Word("User"),
        }
    }
}

impl Related for SkuRow<'_> {
    fn write_related(&self, _: &Navigation, json: &mut Json) {
        json.raw("null");
    }
}

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] =
    &[operation("/subscribedSkus", list), operation("/subscribedSkus/{id}", get)];

const fn operation(path: &'static str, handler: super::router::Handler) -> Operation {
    Operation { method: Method::Get, path, versions: BOTH, permission: &READ_SUBSCRIBED_SKUS, handler }
}

const PATH: &str = "subscribedSkus";

/// It takes `$select` and nothing else.
fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    if call.options()?.filter.is_some() {
        return Err(GraphError::UnsupportedOption("$filter"));
    }
    let query = Query::<SubscribedSkuResource>::of(call, usize::MAX)?;
    call.tenant.read(|view| Ok(query.answer(call, &Context::at(PATH), |_| (0..).zip(SkuRow::of(view)))))
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let is_it = |row: &SkuRow<'_>| format!("{}_{}", row.tenant.id, row.sku.id).eq_ignore_ascii_case(call.key(0));
        let row = SkuRow::of(view).filter(is_it).ok_or_else(|| GraphError::ObjectNotFound(call.key(0).to_owned()))?;
        single::<SubscribedSkuResource>(call, &Context::at(PATH), &row).map(Reply::Ok)
    })
}
