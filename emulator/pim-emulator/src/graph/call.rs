//! What a handler is given.

use super::Version;
use super::body;
use super::error::GraphError;
use super::json::Json;
use super::media::Metadata;
use super::permission::Permission;
use super::preferences::{Applied, Preferences};
use super::router::{Key, Keys};
use super::service::Place;
use crate::app::Tenant;
use crate::app::token::{AccessToken, Caller};
use crate::net::Origin;
use pim_core::{Actor, PrincipalId, View};
use pim_odata::QueryOptions;
use serde::de::DeserializeOwned;
use std::cell::Cell;
use std::net::IpAddr;
use uuid::Uuid;

/// One call of an operation whose token and permission have been checked.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub(crate) tenant: &'a Tenant,
    pub(crate) token: &'a AccessToken,
    pub(crate) version: Version,
    pub(crate) origin: Origin<'a>,
    pub(crate) keys: Keys<'a>,
    pub(crate) query: &'a str,
    pub(crate) has_content_type: bool,
    pub(crate) consistency_is_eventual: bool,
    pub(crate) preferences: Preferences,
    /// How much the answer says of itself.
    pub(crate) metadata: Metadata,
    /// What of the preferences was done.
    pub(crate) applied: Cell<Option<Applied>>,
    pub(crate) payload: &'a [u8],
    /// Where the call comes from, where it may change something.
    pub(crate) address: Option<IpAddr>,
}

impl Call<'_> {
    /// Who calls and where, for what is carried out inside this call.
    pub(super) fn place(&self) -> Place<'_> {
        Place {
            tenant: self.tenant,
            token: self.token,
            version: self.version,
            origin: self.origin.clone(),
            address: self.address,
        }
    }

    /// The key or parameter at a place of the path.
    pub(crate) fn key(&self, place: usize) -> &str {
        self.keys.get(place).map_or("", |key| key)
    }

    /// The property that the key at a place is a value of, where it is no id.
    pub(crate) fn property(&self, place: usize) -> Option<&'static str> {
        self.keys.get(place).and_then(Key::property)
    }

    /// The key at a place as an id; anything else names nothing.
    pub(crate) fn id(&self, place: usize) -> Option<Uuid> {
        Uuid::try_parse(self.key(place)).ok().filter(|_| self.property(place).is_none())
    }

    /// The query options.
    ///
    /// # Errors
    /// When they are not good.
    pub(crate) fn options(&self) -> Result<QueryOptions, GraphError> {
        Ok(QueryOptions::parse(self.query)?)
    }

    /// The body.
    ///
    /// # Errors
    /// When there is none, or it is not what was wanted.
    pub(crate) fn body<T: DeserializeOwned>(&self) -> Result<T, GraphError> {
        body::parse(self.payload, self.has_content_type)
    }

    /// Whether the token carries one of the permissions that would do.
    ///
    /// # Errors
    /// When it does not, and permissions are enforced.
    pub(crate) fn require(&self, view: View<'_>, permission: &'static Permission) -> Result<(), GraphError> {
        match permission.is_given(self.token) || !view.behaviour().permission_enforcement {
            true => Ok(()),
            false => Err(GraphError::MissingPermission(permission)),
        }
    }

    /// Who calls, as the machine knows it.
    pub(crate) const fn actor(&self) -> Actor {
        match &self.token.caller {
            Caller::User { id, mfa, authentication_contexts, .. } => {
                Actor::User { id: *id, mfa: *mfa, contexts: *authentication_contexts }
            }
            Caller::Application { id, .. } => Actor::Application { id: *id },
        }
    }

    /// The same with where from, for what may change something.
    pub(crate) const fn caller(&self) -> pim_core::Caller {
        pim_core::Caller { actor: self.actor(), address: self.address }
    }

    /// The signed-in user; an application has none.
    pub(crate) const fn user(&self) -> Option<PrincipalId> {
        match &self.token.caller {
            Caller::User { id, .. } => Some(*id),
            Caller::Application { .. } => None,
        }
    }

    /// The application that calls on its own; a user has none.
    pub(crate) const fn application(&self) -> Option<PrincipalId> {
        match &self.token.caller {
            Caller::Application { id, .. } => Some(*id),
            Caller::User { .. } => None,
        }
    }

    /// A text of JSON with room for so many bytes, which says as much of itself as the client wants to know.
    pub(crate) fn json(&self, bytes: usize) -> Json {
        let json = Json::with_capacity(bytes);
        if self.metadata == Metadata::None { json.bare() } else { json }
    }

    /// The same, opened, with what the answer is.
    pub(crate) fn json_of(&self, bytes: usize, context: &str) -> Json {
        let mut json = self.json(bytes);
        json.open();
        self.describe(context, &mut json);
        json
    }

    /// Writes what the answer is, after `$metadata#`, unless the client does not want to know.
    pub(crate) fn describe(&self, context: &str, json: &mut Json) {
        if self.metadata != Metadata::None {
            json.key("@odata.context");
            json.text(&self.url(&format!("$metadata#{context}")));
        }
    }

    /// The URL of something below the version.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}/{}/{path}", self.origin, self.version.segment())
    }
}
