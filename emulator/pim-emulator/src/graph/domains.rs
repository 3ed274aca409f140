//! `/domains`: the tenant has one, its initial one.

use super::call::Call;
use super::collection::{Context, Query, single};
use super::error::GraphError;
use super::expand::{Navigation, Related};
use super::json::{Json, Word};
use super::permission::READ_DOMAINS;
use super::reply::Reply;
use super::router::{BOTH, Method, Operation};
use pim_core::model::Tenant;

/// A domain of a tenant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DomainRow<'r>(&'r Tenant);

crate::entity! {
    /// A domain.
    DomainResource(DomainRow<'r>) = "domain" {
        "authenticationType": string = |_it| Word("Managed");
        "availabilityStatus": string = |_it| None::<Word>;
        "id": string = |it| it.0.domain.as_str();
        "isAdminManaged": boolean = |_it| true;
        "isDefault": boolean = |_it| true;
        "isInitial": boolean = |_it| true;
        "isRoot": boolean = |_it| true;
        "isVerified": boolean = |_it| true;
        "manufacturer": string = |_it| None::<Word>;
        "model": string = |_it| None::<Word>;
        "passwordNotificationWindowInDays": integer = |_it| None::<u32>;
        "passwordValidityPeriodInDays": integer = |_it| None::<u32>;
        "state": opaque = |_it| None::<Word>;
        "supportedServices": texts = |_it| vec![Word("Email"), Word("OfficeCommunicationsOnline")];
    }
    navigations []
}

impl Related for DomainRow<'_> {
    fn write_related(&self, _: &Navigation, json: &mut Json) {
        json.raw("null");
    }
}

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[operation("/domains", list), operation("/domains/{id}", get)];

const fn operation(path: &'static str, handler: super::router::Handler) -> Operation {
    Operation { method: Method::Get, path, versions: BOTH, permission: &READ_DOMAINS, handler }
}

const PATH: &str = "domains";

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<DomainResource>::of(call, usize::MAX)?;
    call.tenant.read(|view| Ok(query.answer(call, &Context::at(PATH), |_| (0..).zip(view.tenant().map(DomainRow)))))
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let tenant = view.tenant().filter(|tenant| tenant.domain.eq_ignore_ascii_case(call.key(0)));
        let tenant = tenant.ok_or_else(|| GraphError::ObjectNotFound(call.key(0).to_owned()))?;
        single::<DomainResource>(call, &Context::at(PATH), &DomainRow(tenant)).map(Reply::Ok)
    })
}
