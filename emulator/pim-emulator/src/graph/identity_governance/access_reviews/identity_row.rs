//! Who is reviewed and who did something: identities as they are written.

use super::spelled::written;
use crate::graph::json::{Json, Property};
use pim_core::model::{CreatedBy, Principal};
use pim_core::{ClientId, PrincipalId, View};
use pim_odata::Value;
use serde::{Serialize, Serializer};
use uuid::Uuid;

/// A principal, by what is known of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct IdentityRow<'v> {
    kind: Option<&'static str>,
    id: Uuid,
    display_name: Option<&'v str>,
    own: Own<'v>,
}

/// What only some identities have.
#[derive(Clone, Copy, Debug)]
enum Own<'v> {
    UserPrincipalName(Option<&'v str>),
    AppId(ClientId),
    Nothing,
}

impl<'v> IdentityRow<'v> {
    /// Whoever is reviewed, there or deleted since.
    pub(super) fn reviewed(view: View<'v>, id: PrincipalId) -> Self {
        let found = view.principal(id).or_else(|| view.deleted(id).map(|(principal, _)| principal));
        let (kind, own) = match found {
            Some(Principal::User(user)) => {
                ("#microsoft.graph.userIdentity", Own::UserPrincipalName(Some(&user.user_principal_name)))
            }
            Some(Principal::ServicePrincipal(principal)) => {
                ("#microsoft.graph.servicePrincipalIdentity", Own::AppId(principal.app_id))
            }
            Some(Principal::Group(_)) | None => ("#microsoft.graph.identity", Own::Nothing),
        };
        Self { kind: Some(kind), id: id.0, display_name: found.map(Principal::display_name), own }
    }

    /// Whoever did something. The service itself, and nobody yet, are an id of zeros without a name.
    pub(super) fn actor(view: View<'v>, by: Option<CreatedBy>) -> Self {
        match by {
            Some(CreatedBy::User(id) | CreatedBy::Application(id)) => Self {
                kind: None,
                id: id.0,
                display_name: Some(view.name_of(id).unwrap_or_default()),
                own: Own::UserPrincipalName(Some(view.user_principal_name_of(id).unwrap_or_default())),
            },
            Some(CreatedBy::SetUp | CreatedBy::Service) | None => {
                Self { kind: None, id: Uuid::nil(), display_name: Some(""), own: Own::UserPrincipalName(Some("")) }
            }
        }
    }
}

impl<'v> Property<'v> for IdentityRow<'v> {
    fn write(&self, json: &mut Json) {
        json.open();
        if let Some(kind) = self.kind {
            json.kind(kind);
        }
        json.key("id");
        json.uuid(self.id);
        json.key("displayName");
        json.value(&self.display_name);
        match self.own {
            Own::UserPrincipalName(name) => {
                json.key("userPrincipalName");
                json.value(&name);
            }
            Own::AppId(id) => {
                json.key("appId");
                json.uuid(id.0);
            }
            Own::Nothing => {}
        }
        json.close();
    }

    fn value(self) -> Value<'v> {
        Value::Null
    }
}

impl Serialize for IdentityRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        written(self, serializer)
    }
}
