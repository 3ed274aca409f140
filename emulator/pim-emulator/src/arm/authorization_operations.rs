//! `operations` of Microsoft.Authorization: the rights about what it has and serves, in one list.

use super::call::Call;
use super::catalogue::{self, OfType};
use super::error::ArmError;
use super::front_door::{AUTHORIZATION, types};
use super::json::{List, bytes};
use super::reply::Reply;
use super::router::{Handler, Method, Operation, Place, Resource};

/// What can be done with them.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::OPERATIONS,
    place: Place::At("providers/Microsoft.Authorization/operations"),
    operations: &[Operation { method: Method::Get, path: "", versions: None, handler: Handler::Signed(list) }],
};

#[derive(Debug)]
struct Row {
    name: String,
    is_data_action: bool,
    display: Display,
}

#[derive(Debug)]
struct Display {
    provider: &'static str,
    resource: &'static str,
}

crate::arm_object! {
    Row { name / "name", is_data_action / "isDataAction", display / "display" }
    Display { provider / "provider", resource / "resource" }
}

fn list(_: &Call<'_>) -> Result<Reply, ArmError> {
    let rows = |OfType { kind, actions }| {
        let display = || Display { provider: AUTHORIZATION, resource: kind.name };
        actions.into_iter().map(move |name| Row { name, is_data_action: false, display: display() })
    };
    let rows = catalogue::of(AUTHORIZATION).into_iter().flat_map(rows);
    Ok(Reply::Ok(bytes(&List::of(rows.collect()))))
}
