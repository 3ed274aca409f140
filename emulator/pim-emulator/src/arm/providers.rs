//! `/providers`: the providers and the types that they have, with their versions, out of the one table of types.

use super::call::Call;
use super::error::ArmError;
use super::front_door::{NAMESPACES, RESOURCE_TYPES, ResourceType, types};
use super::json::{List, bytes};
use super::reply::Reply;
use super::router::{Handler, Method, Operation, Place, Resource};

/// What can be done with them.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::PROVIDERS,
    place: Place::At("providers"),
    operations: &[
        Operation { method: Method::Get, path: "", versions: None, handler: Handler::Signed(list) },
        Operation { method: Method::Get, path: "{namespace}", versions: None, handler: Handler::Signed(get) },
    ],
};

#[derive(Debug)]
struct Row {
    namespace: &'static str,
    resource_types: Vec<TypeRow>,
}

#[derive(Debug)]
struct TypeRow {
    resource_type: &'static str,
    locations: Vec<&'static str>,
    api_versions: Vec<&'static str>,
    default_api_version: &'static str,
    capabilities: &'static str,
}

crate::arm_object! {
    Row { namespace / "namespace", resource_types / "resourceTypes" }
    TypeRow {
        resource_type / "resourceType",
        locations / "locations",
        api_versions / "apiVersions",
        default_api_version / "defaultApiVersion",
        capabilities / "capabilities",
    }
}

fn row(namespace: &'static str) -> Row {
    let of_it = RESOURCE_TYPES.iter().filter(|kind| kind.namespace == namespace);
    Row { namespace, resource_types: of_it.map(|kind| type_row(kind)).collect() }
}

fn type_row(kind: &'static ResourceType) -> TypeRow {
    let is_final = |version: &&&str| !version.ends_with("-preview");
    let newest_first: Vec<_> = kind.versions.iter().rev().copied().collect();
    let newest = kind.versions.iter().rev().find(is_final).or(kind.versions.last());
    TypeRow {
        resource_type: kind.name,
        locations: Vec::new(),
        api_versions: newest_first,
        default_api_version: newest.copied().unwrap_or_default(),
        capabilities: "None",
    }
}

fn list(_: &Call<'_>) -> Result<Reply, ArmError> {
    Ok(Reply::Ok(bytes(&List::of(NAMESPACES.into_iter().map(row).collect()))))
}

fn get(call: &Call<'_>) -> Result<Reply, ArmError> {
    let asked = call.key(0);
    let namespace = NAMESPACES.into_iter().find(|namespace| namespace.eq_ignore_ascii_case(asked));
    let namespace = namespace.ok_or_else(|| ArmError::InvalidNamespace(asked.to_owned()))?;
    Ok(Reply::Ok(bytes(&row(namespace))))
}
