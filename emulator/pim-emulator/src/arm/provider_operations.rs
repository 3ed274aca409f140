//! `providerOperations`: the catalogue of rights, provider by provider. It has those of the operations that are served.

use super::call::Call;
use super::catalogue::{self, OfType};
use super::error::ArmError;
use super::front_door::{NAMESPACES, types};
use super::json::{List, bytes};
use super::reply::Reply;
use super::router::{Handler, Method, Operation, Place, Resource};

/// What can be done with them.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::PROVIDER_OPERATIONS,
    place: Place::At("providers/Microsoft.Authorization/providerOperations"),
    operations: &[
        Operation { method: Method::Get, path: "", versions: None, handler: Handler::Signed(list) },
        Operation { method: Method::Get, path: "{namespace}", versions: None, handler: Handler::Signed(get) },
    ],
};

#[derive(Debug)]
struct Provider {
    id: String,
    kind: String,
    name: &'static str,
    display_name: &'static str,
    resource_types: Vec<TypeRow>,
    operations: Vec<ActionRow>,
}

#[derive(Debug)]
struct TypeRow {
    name: &'static str,
    display_name: &'static str,
    operations: Vec<ActionRow>,
}

#[derive(Debug)]
struct ActionRow {
    name: String,
    is_data_action: bool,
}

crate::arm_object! {
    Provider {
        id / "id",
        kind / "type",
        name / "name",
        display_name / "displayName",
        resource_types / "resourceTypes",
        operations / "operations",
    }
    TypeRow { name / "name", display_name / "displayName", operations / "operations" }
    ActionRow { name / "name", is_data_action / "isDataAction" }
}

fn provider(namespace: &'static str) -> Provider {
    let row = |OfType { kind, actions }| TypeRow {
        name: kind.name,
        display_name: kind.name,
        operations: actions.into_iter().map(|name| ActionRow { name, is_data_action: false }).collect(),
    };
    Provider {
        id: format!("/providers/{}/{namespace}", types::PROVIDER_OPERATIONS),
        kind: types::PROVIDER_OPERATIONS.to_string(),
        name: namespace,
        display_name: namespace,
        resource_types: catalogue::of(namespace).into_iter().map(row).collect(),
        operations: Vec::new(),
    }
}

fn list(_: &Call<'_>) -> Result<Reply, ArmError> {
    Ok(Reply::Ok(bytes(&List::of(NAMESPACES.into_iter().map(provider).collect()))))
}

fn get(call: &Call<'_>) -> Result<Reply, ArmError> {
    let asked = call.key(0);
    let namespace = NAMESPACES.into_iter().find(|namespace| namespace.eq_ignore_ascii_case(asked));
    let namespace = namespace.ok_or_else(|| ArmError::InvalidNamespace(asked.to_owned()))?;
    Ok(Reply::Ok(bytes(&provider(namespace))))
}
