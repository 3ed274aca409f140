//! `/organization`.

use super::call::Call;
use super::collection::{Context, Query, single};
use super::error::GraphError;
use super::expand::{Navigation, Related};
use super::json::{Json, Property, Word};
use super::permission::READ_ORGANIZATION;
use super::reply::Reply;
use super::router::{BOTH, Method, Operation};
use pim_core::model::{License, Tenant};
use pim_core::time::Instant;
use pim_odata::Value;
use serde::Serialize;
use uuid::{Uuid, uuid};

crate::entity! {
    /// The organization that the tenant belongs to.
    OrganizationResource(&'r Tenant) = "organization" {
        "id": string = |it| it.id.0;
        "deletedDateTime": instant = |_it| None::<Instant>;
        "businessPhones": texts = |_it| Vec::<Word>::new();
        "city": string = |_it| None::<Word>;
        "country": string = |_it| None::<Word>;
        "countryLetterCode": string = |_it| None::<Word>;
        "createdDateTime": instant = |it| it.created;
        "displayName": string = |it| it.display_name.as_str();
        "marketingNotificationEmails": texts = |_it| Vec::<Word>::new();
        "onPremisesSyncEnabled": boolean = |_it| None::<bool>;
        "preferredLanguage": string = |_it| None::<Word>;
        "technicalNotificationMails": texts = |_it| Vec::<Word>::new();
        "tenantType": string = |_it| Word("AAD");
        "assignedPlans": opaque = |it| plans(it);
        "verifiedDomains": opaque = |it| vec![VerifiedDomain { name: &it.domain }];
    }
    navigations []
}

/// A service plan that the tenant has. Tools look for that of Entra ID P2 to tell whether there is PIM.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct AssignedPlan<'a> {
    assigned_date_time: Instant,
    capability_status: Word,
    service: &'a str,
    service_plan_id: Uuid,
}

/// A domain of the tenant: there is one.
#[derive(Clone, Copy, Debug)]
struct VerifiedDomain<'a> {
    name: &'a str,
}

impl Serialize for VerifiedDomain<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("capabilities", "Email, OfficeCommunicationsOnline")?;
        map.serialize_entry("isDefault", &true)?;
        map.serialize_entry("isInitial", &true)?;
        map.serialize_entry("name", self.name)?;
        map.serialize_entry("type", "Managed")?;
        map.end()
    }
}

impl<'a> Property<'a> for VerifiedDomain<'a> {
    fn write(&self, json: &mut Json) {
        json.raw("{\"capabilities\":\"Email, OfficeCommunicationsOnline\",\"isDefault\":true,\"isInitial\":true");
        json.key("name");
        json.text(self.name);
        json.key("type");
        json.plain("Managed");
        json.close();
    }

    fn value(self) -> Value<'a> {
        Value::Null
    }
}

crate::complex! {
    AssignedPlan {
        assigned_date_time / "assignedDateTime",
        capability_status / "capabilityStatus",
        service / "service",
        service_plan_id / "servicePlanId",
    }
}

/// The service plans that come with a licence.
fn plans(tenant: &Tenant) -> Vec<AssignedPlan<'_>> {
    const P1: Uuid = uuid!("41781fb2-bc02-4b7c-bd55-b576c07bb09d");
    const P2: Uuid = uuid!("eec0eb4f-6444-4f95-aba0-50c24d67f998");
    let ids: &[Uuid] = match tenant.license {
        License::None => &[],
        License::P1 => &[P1],
        License::P2 | License::Governance => &[P1, P2],
    };
    let plan = |id: &Uuid| AssignedPlan {
        assigned_date_time: tenant.created,
        capability_status: Word("Enabled"),
        service: "AADPremiumService",
        service_plan_id: *id,
    };
    ids.iter().map(plan).collect()
}

impl Related for &Tenant {
    fn write_related(&self, _: &Navigation, json: &mut Json) {
        json.raw("null");
    }
}

/// What can be done with it.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: Method::Get,
        path: "/organization",
        versions: BOTH,
        permission: &READ_ORGANIZATION,
        handler: list,
    },
    Operation {
        method: Method::Get,
        path: "/organization/{id}",
        versions: BOTH,
        permission: &READ_ORGANIZATION,
        handler: get,
    },
];

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<OrganizationResource>::of(call, usize::MAX)?;
    call.tenant.read(|view| Ok(query.answer(call, &Context::at("organization"), |_| (0..).zip(view.tenant()))))
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let tenant = view.tenant().filter(|tenant| Some(tenant.id.0) == call.id(0));
        let tenant = tenant.ok_or_else(|| GraphError::ObjectNotFound(call.key(0).to_owned()))?;
        single::<OrganizationResource>(call, &Context::at("organization"), &tenant).map(Reply::Ok)
    })
}
