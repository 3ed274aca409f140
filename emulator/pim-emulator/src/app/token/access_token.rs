//! What a verified access token says.

use super::audience::{Audience, Resource};
use pim_core::model::conditional_access::AuthenticationContexts;
use pim_core::time::Instant;
use pim_core::{ClientId, PrincipalId, TenantId};

/// A verified access token.
#[derive(Clone, PartialEq, Debug)]
pub struct AccessToken {
    /// The tenant that it belongs to.
    pub tenant: TenantId,
    /// Who calls.
    pub caller: Caller,
    /// The client that got it.
    pub app_id: ClientId,
    /// When it was issued, in real time.
    pub issued: Instant,
    /// From when it is valid, in real time.
    pub not_before: Instant,
    /// From when on it is not valid any more, in real time.
    pub expires: Instant,
    /// Whether the client said that it can answer claims challenges (`xms_cc` contains `cp1`).
    pub takes_claims_challenges: bool,
    /// What distinguishes it from every other token (`uti`).
    pub id: String,
    pub(super) resource: Resource,
}

/// Who calls.
#[derive(Clone, PartialEq, Debug)]
pub enum Caller {
    /// A signed-in user, through a client.
    User {
        /// The user.
        id: PrincipalId,
        /// What the client may do in the user's name.
        scopes: Scopes,
        /// Whether the sign-in satisfied multifactor authentication (MFA-1): `amr` says so (MFA-2).
        mfa: bool,
        /// The authentication contexts that the sign-in satisfied, such as `c1`.
        authentication_contexts: AuthenticationContexts,
    },
    /// An application on its own.
    Application {
        /// Its service principal.
        id: PrincipalId,
        /// The application permissions that it has.
        roles: Vec<String>,
    },
}

impl Caller {
    /// The object id of the caller.
    #[must_use]
    pub const fn id(&self) -> PrincipalId {
        match self {
            Self::User { id, .. } | Self::Application { id, .. } => *id,
        }
    }
}

impl AccessToken {
    /// Whether that surface takes it.
    #[must_use]
    pub fn is_for(&self, audience: Audience) -> bool {
        self.resource.opens(audience)
    }
}

/// The delegated permissions of a token.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Scopes {
    /// Sorted.
    names: Box<[Box<str>]>,
}

impl Scopes {
    /// The permissions in a text, separated by spaces.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut names: Vec<Box<str>> = text.split_ascii_whitespace().map(Box::from).collect();
        names.sort_unstable();
        names.dedup();
        Self { names: names.into() }
    }

    /// Whether a permission is among them, spelled exactly as Graph spells it.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.names.binary_search_by(|candidate| (**candidate).cmp(name)).is_ok()
    }

    /// All of them, in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|name| &**name)
    }
}
