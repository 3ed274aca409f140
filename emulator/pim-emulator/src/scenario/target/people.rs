//! The file of a target, key by key: which id each name of a world has there, and how its people sign in.
//!
//! It has the form in which an emulator answers the names of a tenant, so that such an answer can be used as it is.

use super::super::wire::{Audience, Caller};
use super::addresses::TargetError;
use crate::app::world::instant;
use pim_core::time::Instant;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;
use uuid::Uuid;

/// What a scenario has to know of a target.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TargetFile {
    /// The tenant's id or domain.
    pub tenant_id: String,
    /// One of its domains, for the reader.
    pub domain: Option<String>,
    /// What its clock shows when the run begins; real time when left out.
    #[serde(default, deserialize_with = "instant")]
    pub now: Option<Instant>,
    /// The client with which people sign in by their passwords. When left out, Microsoft's own command lines.
    pub client_id: Option<Uuid>,
    /// Users by name.
    #[serde(default)]
    pub users: BTreeMap<String, TargetUser>,
    /// Groups by name.
    #[serde(default)]
    pub groups: BTreeMap<String, TargetId>,
    /// Applications by name.
    #[serde(default)]
    pub applications: BTreeMap<String, TargetApplication>,
    /// Managed identities by name.
    #[serde(default)]
    pub managed_identities: BTreeMap<String, TargetIdentity>,
    /// Administrative units by name.
    #[serde(default)]
    pub administrative_units: BTreeMap<String, TargetId>,
    /// Roles of the tenant's own; the built-in ones are known.
    #[serde(default)]
    pub roles: BTreeMap<String, TargetId>,
    /// Management groups by name.
    #[serde(default)]
    pub management_groups: BTreeMap<String, TargetPlace>,
    /// Subscriptions by name.
    #[serde(default)]
    pub subscriptions: BTreeMap<String, TargetPlace>,
    /// Resource groups, as `prod/web`.
    #[serde(default)]
    pub resource_groups: BTreeMap<String, TargetPlace>,
    /// Resources, as `prod/web/kv`.
    #[serde(default)]
    pub resources: BTreeMap<String, TargetPlace>,
    /// Roles of Azure of the tenant's own; the built-in ones are known.
    #[serde(default)]
    pub azure_roles: BTreeMap<String, TargetId>,
}

/// A user of a target.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TargetUser {
    /// The object id.
    pub id: Uuid,
    /// The name to sign in with.
    pub user_principal_name: String,
    /// The password, or `env:NAME` for a variable that has it. Such a session never satisfies multifactor authentication.
    pub password: Option<Secret>,
    /// Sessions that were signed in otherwise. They come before the password.
    #[serde(default)]
    pub sessions: Vec<SessionEntry>,
}

/// An application of a target.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TargetApplication {
    /// The object id of the registration; only needed where a role is held for the application alone.
    pub id: Option<Uuid>,
    /// The client id.
    pub client_id: Uuid,
    /// The object id of the service principal.
    pub service_principal_id: Uuid,
    /// A client secret, or `env:NAME` for a variable that has it.
    pub secret: Option<Secret>,
    /// Tokens that it got otherwise. They come before the secret.
    #[serde(default)]
    pub sessions: Vec<SessionEntry>,
}

/// A managed identity of a target: it holds things, and does nothing itself.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TargetIdentity {
    /// The object id of its service principal.
    pub id: Uuid,
    /// The client id, for the reader.
    pub client_id: Option<Uuid>,
    /// The resource that it belongs to, for the reader.
    pub resource_id: Option<String>,
}

/// Anything else that has an id.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetId {
    /// The id.
    pub id: Uuid,
}

/// A place of Azure.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetPlace {
    /// What Azure calls its id, for the reader.
    pub id: Option<String>,
    /// Its path, such as `/subscriptions/…`.
    pub path: String,
}

/// A token that somebody got, and what is known of its session.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct SessionEntry {
    /// Whom the token is for.
    pub audience: SessionAudience,
    /// Whether the session satisfied multifactor authentication.
    #[serde(default)]
    pub mfa: bool,
    /// The authentication contexts that it satisfied.
    #[serde(default)]
    pub contexts: Vec<String>,
    /// The access token, or `env:NAME` for a variable that has it.
    pub token: Secret,
}

/// Whom a token is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SessionAudience {
    /// Microsoft Graph.
    Graph,
    /// Azure Resource Manager.
    Arm,
}

/// Something that is shown to nobody.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub(super) String);

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("(secret)")
    }
}

impl Secret {
    fn resolve(&mut self, variable: &dyn Fn(&str) -> Option<String>) -> Result<(), TargetError> {
        let Some(name) = self.0.strip_prefix("env:") else { return Ok(()) };
        let value = variable(name).filter(|value| !value.is_empty());
        self.0 =
            value.ok_or_else(|| TargetError(format!("the variable {name} that the target's file names is not set")))?;
        Ok(())
    }
}

impl TargetFile {
    /// Reads what is left to the environment.
    pub(super) fn resolve(&mut self, variable: &dyn Fn(&str) -> Option<String>) -> Result<(), TargetError> {
        let users = self.users.values_mut().map(|it| (&mut it.password, &mut it.sessions));
        let applications = self.applications.values_mut().map(|it| (&mut it.secret, &mut it.sessions));
        for (secret, sessions) in users.chain(applications) {
            let tokens = sessions.iter_mut().map(|session| &mut session.token);
            secret.iter_mut().chain(tokens).try_for_each(|it| it.resolve(variable))?;
        }
        Ok(())
    }

    /// The sessions of somebody, and whether another can be had with a password or a secret.
    pub(super) fn sessions(&self, who: &Caller) -> (&[SessionEntry], bool) {
        if who.is_application {
            self.applications.get(&who.name).map_or((&[], false), |it| (&it.sessions, it.secret.is_some()))
        } else {
            self.users.get(&who.name).map_or((&[], false), |it| (&it.sessions, it.password.is_some()))
        }
    }
}

impl SessionEntry {
    /// Whether it is as a step wants it.
    pub(super) fn fits(&self, who: &Caller, audience: Audience) -> bool {
        let for_it = match self.audience {
            SessionAudience::Graph => Audience::Graph,
            SessionAudience::Arm => Audience::Arm,
        };
        for_it == audience && self.satisfies(who)
    }

    /// Whether it satisfied what a step wants of a session.
    pub(super) fn satisfies(&self, who: &Caller) -> bool {
        who.mfa.is_none_or(|wanted| wanted == self.mfa) && who.contexts.iter().all(|it| self.contexts.contains(it))
    }
}
