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

/// A provider; where it is asked for in a subscription, also what it is to that.
#[derive(Debug)]
pub(super) struct ProviderRow<'v> {
    id: Option<String>,
    pub(super) namespace: &'v str,
    registration_policy: Option<&'static str>,
    resource_types: Vec<TypeRow<'v>>,
    registration_state: Option<&'static str>,
}

#[derive(Debug)]
struct TypeRow<'v> {
    resource_type: &'v str,
    locations: Vec<&'static str>,
    api_versions: Vec<&'static str>,
    default_api_version: Option<&'static str>,
    capabilities: &'static str,
}

crate::arm_object! {
    ProviderRow<'_> {
        id / "id",
        namespace / "namespace",
        registration_policy / "registrationPolicy",
        resource_types / "resourceTypes",
        registration_state / "registrationState",
    }
    TypeRow<'_> {
        resource_type / "resourceType",
        locations / "locations",
        api_versions / "apiVersions",
        default_api_version / "defaultApiVersion",
        capabilities / "capabilities",
    }
}

impl ProviderRow<'_> {
    /// The same in a subscription.
    pub(super) fn of(self, subscription: &str, registration_policy: &'static str) -> Self {
        Self {
            id: Some(format!("{subscription}/providers/{}", self.namespace)),
            registration_policy: Some(registration_policy),
            registration_state: Some("Registered"),
            ..self
        }
    }

    const fn bare<'v>(namespace: &'v str, resource_types: Vec<TypeRow<'v>>) -> ProviderRow<'v> {
        ProviderRow { id: None, namespace, registration_policy: None, resource_types, registration_state: None }
    }
}

/// A provider that is served.
pub(super) fn served(namespace: &'static str) -> ProviderRow<'static> {
    let of_it = RESOURCE_TYPES.iter().filter(|kind| kind.namespace == namespace);
    ProviderRow::bare(namespace, of_it.map(|kind| type_row(kind)).collect())
}

/// A provider that is not, with those of its types that there are resources of. Nobody knows its versions here.
pub(super) fn other<'v>(namespace: &'v str, kinds: &[&'v str]) -> ProviderRow<'v> {
    let row = |kind: &&'v str| TypeRow {
        resource_type: kind,
        locations: Vec::new(),
        api_versions: Vec::new(),
        default_api_version: None,
        capabilities: "None",
    };
    ProviderRow::bare(namespace, kinds.iter().map(row).collect())
}

fn type_row(kind: &'static ResourceType) -> TypeRow<'static> {
    let is_final = |version: &&&str| !version.ends_with("-preview");
    let newest_first: Vec<_> = kind.versions.iter().rev().copied().collect();
    let newest = kind.versions.iter().rev().find(is_final).or(kind.versions.last());
    TypeRow {
        resource_type: kind.name,
        locations: Vec::new(),
        api_versions: newest_first,
        default_api_version: newest.copied(),
        capabilities: "None",
    }
}

fn list(_: &Call<'_>) -> Result<Reply, ArmError> {
    Ok(Reply::Ok(bytes(&List::of(NAMESPACES.into_iter().map(served).collect()))))
}

fn get(call: &Call<'_>) -> Result<Reply, ArmError> {
    let asked = call.key(0);
    let namespace = NAMESPACES.into_iter().find(|namespace| namespace.eq_ignore_ascii_case(asked));
    let namespace = namespace.ok_or_else(|| ArmError::InvalidNamespace(asked.to_owned()))?;
    Ok(Reply::Ok(bytes(&served(namespace))))
}
