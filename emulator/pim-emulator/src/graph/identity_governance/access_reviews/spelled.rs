//! JSON that goes as it came: what is kept of a body, and what is put together in its place.

use crate::graph::json::{Json, Property};
use pim_core::model::access_review::{
    AccessReviewPrincipals, AccessReviewProperties, AccessReviewResource, AccessReviewReviewers, AccessReviewTarget,
    ReviewerScope,
};
use pim_core::{AzureScopeId, View};
use pim_odata::Value;
use serde::de::{Deserialize, Deserializer};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// A member of a body as it was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct AsWritten(pub(super) String);

impl<'de> Deserialize<'de> for AsWritten {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(Box::<RawValue>::deserialize(deserializer)?.get().to_owned()))
    }
}

/// JSON that is written as it stands.
#[derive(Clone, Debug)]
pub(super) struct Spelled<'a>(pub(super) Cow<'a, str>);

impl Serialize for Spelled<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde_json::from_str::<&RawValue>(&self.0).map_err(serde::ser::Error::custom)?.serialize(serializer)
    }
}

impl<'a> Property<'a> for Spelled<'a> {
    fn write(&self, json: &mut Json) {
        json.raw(&self.0);
    }

    fn value(self) -> Value<'a> {
        Value::Null
    }
}

impl<'a> Spelled<'a> {
    /// What is kept of a property of a review.
    pub(super) fn kept(properties: &'a AccessReviewProperties, property: &str, otherwise: &'static str) -> Self {
        Self(Cow::Borrowed(properties.kept(property).unwrap_or(otherwise)))
    }

    /// Those who review.
    pub(super) fn reviewers(list: &'a [ReviewerScope]) -> Self {
        let mut json = Json::with_capacity(list.len() * 128);
        json.raw("[");
        for scope in list {
            json.next();
            match &scope.kept {
                Some(kept) => json.raw(kept),
                None => write_reviewer(scope.who, &mut json),
            }
        }
        json.raw("]");
        Self(Cow::Owned(String::from_utf8(json.into_bytes()).unwrap_or_default()))
    }

    /// Whose access to what.
    pub(super) fn scope(properties: &'a AccessReviewProperties, view: View<'_>) -> Self {
        match properties.kept("scope") {
            Some(kept) => Self(Cow::Borrowed(kept)),
            None => Self(Cow::Owned(scope(properties, view))),
        }
    }

    /// The same of one of many groups.
    pub(super) fn scope_of_instance(
        properties: &'a AccessReviewProperties,
        resource: AccessReviewResource,
        view: View<'_>,
    ) -> Self {
        match (properties.scope.target, resource) {
            (AccessReviewTarget::GroupsWithGuests, AccessReviewResource::Group(group)) => {
                let query = format!("/v1.0/groups/{group}/members/microsoft.graph.user/?$filter=(userType eq 'Guest')");
                Self(Cow::Owned(query_scope(&query, "MicrosoftGraph")))
            }
            (AccessReviewTarget::GroupsWithGuests, _) | (AccessReviewTarget::One(_), _) => {
                Self::scope(properties, view)
            }
        }
    }
}

fn query_scope(query: &str, kind: &str) -> String {
    let mut json = Json::with_capacity(192);
    json.open();
    json.kind("#microsoft.graph.accessReviewQueryScope");
    write_query((query, kind, None), &mut json);
    json.close();
    String::from_utf8(json.into_bytes()).unwrap_or_default()
}

fn write_query((query, kind, root): (&str, &str, Option<&str>), json: &mut Json) {
    json.key("query");
    json.text(query);
    json.key("queryType");
    json.plain(kind);
    json.key("queryRoot");
    json.value(&root);
}

/// A reviewer that no client of Graph wrote.
fn write_reviewer(who: AccessReviewReviewers, json: &mut Json) {
    let (query, root) = match who {
        AccessReviewReviewers::User(id) => (format!("/users/{id}"), None),
        AccessReviewReviewers::GroupMembers(id) => (format!("/groups/{id}/transitiveMembers"), None),
        AccessReviewReviewers::GroupOwners(id) => (format!("/groups/{id}/owners"), None),
        AccessReviewReviewers::OwnersOfReviewedGroup => ("./owners".to_owned(), None),
        AccessReviewReviewers::Managers => ("./manager".to_owned(), Some("decisions")),
        AccessReviewReviewers::ServicePrincipalOwners(id) => (format!("/servicePrincipals/{id}/owners"), None),
    };
    json.open();
    write_query((&query, "MicrosoftGraph", root), json);
    json.close();
}

/// A scope that no client of Graph wrote: made in Azure, or by the world.
fn scope(properties: &AccessReviewProperties, view: View<'_>) -> String {
    let path = |scope: AzureScopeId| view.azure_scope(scope).map_or_else(String::new, |it| it.path.clone());
    match properties.scope.target {
        AccessReviewTarget::One(AccessReviewResource::DirectoryRole(role)) => {
            let query = format!("/roleManagement/directory/roleDefinitions/{role}");
            query_scope(&query, "MicrosoftGraph")
        }
        AccessReviewTarget::One(AccessReviewResource::Group(group)) => {
            let guests = properties.scope.principals == [AccessReviewPrincipals::Guests];
            let filter = if guests { "/?$filter=(userType eq 'Guest')" } else { "" };
            let query = format!("/groups/{group}/transitiveMembers/microsoft.graph.user{filter}");
            query_scope(&query, "MicrosoftGraph")
        }
        AccessReviewTarget::One(AccessReviewResource::AzureRole { role, scope }) => {
            let query = format!("{}/providers/Microsoft.Authorization/roleDefinitions/{role}", path(scope));
            query_scope(&query, "ARM")
        }
        AccessReviewTarget::GroupsWithGuests => {
            query_scope("./members/microsoft.graph.user/?$filter=(userType eq 'Guest')", "MicrosoftGraph")
        }
    }
}

/// What a property writes, for serde.
pub(super) fn written<'a, S: Serializer>(property: &impl Property<'a>, serializer: S) -> Result<S::Ok, S::Error> {
    let mut json = Json::with_capacity(160);
    property.write(&mut json);
    let bytes = json.into_bytes();
    serde_json::from_slice::<&RawValue>(&bytes).map_err(serde::ser::Error::custom)?.serialize(serializer)
}
