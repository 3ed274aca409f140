//! What a handler is given.

use super::body;
use super::error::{ArmError, Context};
use super::filter::{Accepted, Filter};
use super::front_door::{Query, ScopePath};
use super::router::Keys;
use crate::app::Access;
use crate::app::token::{AccessToken, Caller};
use crate::net::Origin;
use pim_core::{Actor, Command, PrincipalId, View};
use serde::de::DeserializeOwned;
use std::net::IpAddr;
use uuid::Uuid;

/// One call of an operation whose token and version have been checked.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub(crate) tenant: &'a Access<'a>,
    pub(crate) token: &'a AccessToken,
    /// The scope that the path begins with.
    pub(crate) scope: &'a ScopePath,
    pub(crate) version: &'static str,
    /// The right that the operation takes, and what else a refusal would say.
    pub(crate) context: &'a Context,
    pub(crate) origin: &'a Origin<'a>,
    pub(crate) keys: Keys<'a>,
    pub(crate) query: &'a Query<'a>,
    pub(crate) payload: &'a [u8],
    /// Where the call comes from, where it may change something.
    pub(crate) address: Option<IpAddr>,
    /// Whether the call stands in a batch.
    pub(crate) is_in_batch: bool,
}

impl Call<'_> {
    /// The key at a place of the path.
    pub(crate) fn key(&self, place: usize) -> &str {
        self.keys.get(place).copied().unwrap_or_default()
    }
}

impl Call<'_> {
    /// The key at a place as a GUID; anything else names nothing.
    pub(crate) fn id(&self, place: usize) -> Option<Uuid> {
        Uuid::try_parse(self.key(place)).ok()
    }

    /// What `$filter` asks for; everything when there is none.
    ///
    /// # Errors
    /// When it makes no sense, or not for this list.
    pub(crate) fn filter(&self, accepted: Accepted) -> Result<Filter, ArmError> {
        self.query.get("$filter").map_or(Ok(Filter::All), |text| Filter::parse(text, accepted))
    }

    /// How many of a list `$top` asks for; all when it is not there.
    ///
    /// # Errors
    /// When it is no number, or none at all.
    pub(crate) fn top(&self) -> Result<usize, ArmError> {
        let Some(text) = self.query.get("$top") else { return Ok(usize::MAX) };
        let top = text.parse().ok().filter(|top| *top > 0);
        top.ok_or_else(|| ArmError::InvalidProperty(format!("$top is a number from 1 on, not '{text}'")))
    }

    /// The body.
    ///
    /// # Errors
    /// When there is none, or it is not what was wanted.
    pub(crate) fn body<T: DeserializeOwned>(&self) -> Result<T, ArmError> {
        body::parse(self.payload, body::closes_braces(self.tenant))
    }

    /// Reads the state for an answer.
    ///
    /// # Errors
    /// Those of the reader.
    pub(crate) fn read<R>(&self, read: impl FnOnce(View<'_>) -> Result<R, ArmError>) -> Result<R, ArmError> {
        self.tenant.read(read)
    }

    /// Carries out something outside PIM and reads the state after it.
    ///
    /// # Errors
    /// What the machine refuses, and those of the reader.
    pub(crate) fn carry_out<R>(
        &self,
        command: &Command,
        read: impl FnOnce(View<'_>) -> Result<R, ArmError>,
    ) -> Result<R, ArmError> {
        self.tenant.handle(self.caller(), command, |view, _| read(view)).map_err(ArmError::Classic)?
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

    /// The caller's object id.
    pub(crate) const fn caller_id(&self) -> PrincipalId {
        self.token.caller.id()
    }
}
