//! Signing in: the entries of the sign-in log, and what is remembered of each account.

use crate::id::{ClientId, PrincipalId};
use crate::time::Instant;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;
use uuid::Uuid;

/// What sort of sign-in it was. The service keeps a log of each.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SignInKind {
    /// A user did something for it: gave a password, chose an account, typed a code.
    Interactive,
    /// A client did it in the name of a user who had signed in before.
    NonInteractive,
    /// An application signed in on its own.
    ServicePrincipal,
    /// What runs in Azure signed in as its managed identity.
    ManagedIdentity,
}

/// How it was done.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SignInProtocol {
    /// On a page in a browser.
    Browser,
    /// With a user's name and password, given to the client.
    Password,
    /// With a code that a device showed.
    DeviceCode,
    /// With a refresh token.
    RefreshToken,
    /// On behalf of a user whose token the client was sent.
    OnBehalfOf,
    /// With credentials of the client's own.
    ClientCredentials,
}

/// Why nobody was let in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignInFailure {
    /// The number behind `AADSTS`.
    pub code: u32,
    /// The reason in a sentence.
    pub reason: String,
}

/// One attempt to sign in, whatever came of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignInEntry {
    /// The request that it was; the trace id that the client was told.
    pub id: Uuid,
    /// When it was.
    pub at: Instant,
    /// What sort it was.
    pub kind: SignInKind,
    /// How it was done.
    pub protocol: SignInProtocol,
    /// Who signed in: a user, or the service principal of the client.
    pub principal: PrincipalId,
    /// Through which client.
    pub client: ClientId,
    /// What the token is for.
    pub resource: Option<ClientId>,
    /// What the client calls its attempt.
    pub correlation: Uuid,
    /// Where the call came from, if it came over a network.
    pub address: Option<IpAddr>,
    /// Whether multifactor authentication was satisfied.
    pub mfa: bool,
    /// Why nobody was let in; none for a success.
    pub failure: Option<SignInFailure>,
}

/// A moment of signing in, and the request that it was.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignInMoment {
    /// When.
    pub at: Instant,
    /// Which entry of the log says so.
    pub request: Uuid,
}

/// What is remembered of an account when the log has long forgotten.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignInActivity {
    /// The last interactive attempt, successful or not.
    pub last_interactive: Option<SignInMoment>,
    /// The last time that a client did it in the account's name, or that an application signed in on its own; successful or not.
    pub last_non_interactive: Option<SignInMoment>,
    /// The last time that a token was given, in either way.
    pub last_successful: Option<SignInMoment>,
}

impl SignInActivity {
    /// The last attempt of any sort; none where nothing is known of the account (REV-8, ALR-17).
    #[must_use]
    pub fn last(&self) -> Option<Instant> {
        [self.last_interactive, self.last_non_interactive].into_iter().flatten().map(|moment| moment.at).max()
    }

    /// What is remembered once an attempt has been made. One that lies further back than what is remembered adds nothing.
    pub(crate) fn after(&mut self, entry: &SignInEntry) {
        let moment = SignInMoment { at: entry.at, request: entry.id };
        let remember = |last: &mut Option<SignInMoment>| {
            if last.is_none_or(|last| last.at <= moment.at) {
                *last = Some(moment);
            }
        };
        match entry.kind {
            SignInKind::Interactive => remember(&mut self.last_interactive),
            SignInKind::NonInteractive | SignInKind::ServicePrincipal | SignInKind::ManagedIdentity => {
                remember(&mut self.last_non_interactive);
            }
        }
        if entry.failure.is_none() {
            remember(&mut self.last_successful);
        }
    }
}
