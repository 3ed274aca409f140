//! `/subscriptions/{id}/locations`: some regions, for tools that offer them. Resources can be in any other as well.

use super::call::Call;
use super::error::ArmError;
use super::front_door::types;
use super::json::{List, bytes};
use super::reply::Reply;
use super::router::{Handler, Method, Operation, Place, Resource};
use super::subscriptions;

/// What can be done with them.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::LOCATIONS,
    place: Place::At("subscriptions/{subscription}/locations"),
    operations: &[Operation { method: Method::Get, path: "", versions: None, handler: Handler::Signed(list) }],
};

/// Name, the name people see, and the same with its continent.
const REGIONS: [(&str, &str, &str); 8] = [
    ("eastus", "East US", "(US) East US"),
    ("westus2", "West US 2", "(US) West US 2"),
    ("northeurope", "North Europe", "(Europe) North Europe"),
    ("westeurope", "West Europe", "(Europe) West Europe"),
    ("germanywestcentral", "Germany West Central", "(Europe) Germany West Central"),
    ("uksouth", "UK South", "(Europe) UK South"),
    ("southeastasia", "Southeast Asia", "(Asia Pacific) Southeast Asia"),
    ("australiaeast", "Australia East", "(Asia Pacific) Australia East"),
];

#[derive(Debug)]
struct Row {
    id: String,
    name: &'static str,
    kind: &'static str,
    display_name: &'static str,
    regional_display_name: &'static str,
}

crate::arm_object! {
    Row {
        id / "id",
        name / "name",
        kind / "type",
        display_name / "displayName",
        regional_display_name / "regionalDisplayName",
    }
}

fn list(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        let here = subscriptions::visible(call, view)?;
        let rows = REGIONS.into_iter().map(|(name, display_name, regional_display_name)| Row {
            id: format!("{}/locations/{name}", here.path),
            name,
            kind: "Region",
            display_name,
            regional_display_name,
        });
        Ok(Reply::Ok(bytes(&List::of(rows.collect()))))
    })
}
