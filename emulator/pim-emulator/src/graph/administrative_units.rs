//! `/directory/administrativeUnits`, in beta also `/administrativeUnits`, to be read.

use super::Version;
use super::call::Call;
use super::collection::{Context, PAGE_SIZE, Query, single};
use super::error::GraphError;
use super::expand::{Navigation, Related};
use super::json::{Json, Word};
use super::permission::READ_ADMINISTRATIVE_UNITS;
use super::reply::Reply;
use super::router::{BOTH, Method, Operation};
use pim_core::model::AdministrativeUnit;
use pim_core::time::Instant;
use pim_core::{AdministrativeUnitId, View};

crate::entity! {
    /// An administrative unit.
    AdministrativeUnitResource(&'r AdministrativeUnit) = "administrativeUnit" {
        "id": string = |it| it.id.0;
        "deletedDateTime": instant = |_it| None::<Instant>;
        "displayName": string = |it| it.display_name.as_str();
        "description": string = |it| it.description.as_deref();
        "isMemberManagementRestricted": boolean = |_it| false;
        "membershipType": string = |_it| None::<Word>;
        "membershipRule": string = |_it| None::<Word>;
        "membershipRuleProcessingState": string = |_it| None::<Word>;
        "visibility": string = |_it| None::<Word>;
    }
    navigations []
}

impl Related for &AdministrativeUnit {
    fn write_related(&self, _: &Navigation, json: &mut Json) {
        json.raw("null");
    }
}

const BETA: &[Version] = &[Version::Beta];

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    operation("/directory/administrativeUnits", BOTH, list),
    operation("/directory/administrativeUnits/{id}", BOTH, get),
    operation("/directory/administrativeUnits/{id}/members", BOTH, members),
    operation("/administrativeUnits", BETA, list),
    operation("/administrativeUnits/{id}", BETA, get),
    operation("/administrativeUnits/{id}/members", BETA, members),
];

const fn operation(path: &'static str, versions: &'static [Version], handler: super::router::Handler) -> Operation {
    Operation { method: Method::Get, path, versions, permission: &READ_ADMINISTRATIVE_UNITS, handler }
}

const PATH: &str = "directory/administrativeUnits";

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    super::collection::only_directory_options(call)?;
    let query = Query::<AdministrativeUnitResource>::of(call, PAGE_SIZE)?;
    call.tenant.read(|view| Ok(query.answer(call, &Context::at(PATH), |_| (0..).zip(view.administrative_units()))))
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant
        .read(|view| single::<AdministrativeUnitResource>(call, &Context::at(PATH), &find(call, view)?).map(Reply::Ok))
}

fn members(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let unit = find(call, view)?;
        let members: Vec<_> = unit.members.iter().filter_map(|id| view.principal(*id)).collect();
        super::objects::list_all(call, view, &format!("{PATH}/{}/members", unit.id), &members)
    })
}

fn find<'v>(call: &Call<'_>, view: View<'v>) -> Result<&'v AdministrativeUnit, GraphError> {
    let id = call.id(0).ok_or_else(|| GraphError::InvalidObjectIdentifier(call.key(0).to_owned()))?;
    let unit = view.administrative_unit(AdministrativeUnitId(id));
    unit.ok_or_else(|| GraphError::ObjectNotFound(call.key(0).to_owned()))
}
