//! Reading a token that a client was sent, so as to act on behalf of the user who sent it.

use super::Tokens;
use super::verify::{TokenFault, signed_payload};
use pim_core::time::Instant;
use pim_core::{ClientId, PrincipalId, TenantId};
use serde::Deserialize;

/// The token of a user for some application.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UserAssertion {
    /// The tenant that it belongs to.
    pub tenant: TenantId,
    /// The user.
    pub user: PrincipalId,
    /// For whom it is meant.
    pub audience: String,
    /// Whether the sign-in satisfied multifactor authentication.
    pub mfa: bool,
    /// The authentication contexts that the sign-in satisfied.
    pub authentication_contexts: Vec<String>,
    /// When its time is over.
    pub expires: Instant,
}

/// Why nobody acts on behalf of whom a token names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AssertionFault {
    /// It is no token of ours, or was changed.
    Invalid,
    /// Its time has not come, or is over since then.
    OutOfTime(Instant),
    /// It tells a client who has signed in, and opens nothing.
    IdToken,
    /// It is about an application on its own.
    NoUser,
}

#[derive(Deserialize)]
struct Claims {
    aud: String,
    exp: i64,
    nbf: i64,
    tid: TenantId,
    oid: PrincipalId,
    appid: Option<ClientId>,
    azp: Option<ClientId>,
    idtyp: Option<String>,
    #[serde(default)]
    amr: Vec<String>,
    #[serde(default)]
    acrs: Vec<String>,
}

impl Tokens {
    /// What a token for an application of the tenant says of its user. For whom it is meant is for the caller to look at.
    ///
    /// # Errors
    /// The first [`AssertionFault`] that applies.
    pub fn read_assertion(&self, text: &str, now: Instant) -> Result<UserAssertion, AssertionFault> {
        let payload = self.key().map_err(|_| TokenFault::BadSignature).and_then(|key| signed_payload(key, text));
        let payload = payload.map_err(|_| AssertionFault::Invalid)?;
        let claims: Claims = serde_json::from_slice(&payload).map_err(|_| AssertionFault::Invalid)?;
        let at = |seconds: i64| Instant::from_milliseconds(seconds.saturating_mul(1000));
        if claims.appid.is_none() && claims.azp.is_none() {
            return Err(AssertionFault::IdToken);
        }
        if claims.idtyp.as_deref() == Some("app") {
            return Err(AssertionFault::NoUser);
        }
        if now < at(claims.nbf) || now >= at(claims.exp) {
            return Err(AssertionFault::OutOfTime(at(claims.exp)));
        }
        Ok(UserAssertion {
            tenant: claims.tid,
            user: claims.oid,
            audience: claims.aud,
            mfa: claims.amr.iter().any(|method| matches!(method.as_str(), "mfa" | "ngcmfa")),
            authentication_contexts: claims.acrs,
            expires: at(claims.exp),
        })
    }
}
