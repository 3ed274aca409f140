//! Believing a token, or saying why not.

use super::Tokens;
use super::access_token::{AccessToken, Caller, Scopes};
use super::audience::{Audience, Resource};
use super::claims::{ReadClaims, issuer};
use super::signing_key::SigningKey;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pim_core::model::conditional_access::AuthenticationContextId;
use pim_core::time::Instant;
use std::sync::Arc;

/// Longer texts are not looked at: a token of the emulator has about two thousand bytes.
const LONGEST: usize = 64 * 1024;

/// Why a token is not believed. In the order in which it is checked; the first that applies is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TokenFault {
    /// There is none.
    Empty,
    /// It is not three parts of base64url, or not of JSON.
    Malformed,
    /// It was not signed by this emulator, or not with RS256, or was changed.
    BadSignature,
    /// Its time has not come.
    NotYetValid,
    /// Its time is over.
    Expired,
    /// It is meant for somebody else. An id token, too, is meant for somebody else.
    WrongAudience,
    /// Its issuer does not fit its tenant.
    WrongIssuer,
    /// Its tenant is not here, or not any more. Told by [`App::authenticate`](crate::app::App::authenticate), not by
    /// [`Tokens::verify`], which knows no tenants.
    UnknownTenant,
}

impl Tokens {
    /// What a token says, if it is to be believed for that audience now (in real time).
    ///
    /// # Errors
    /// The first [`TokenFault`] that applies.
    pub fn verify(&self, bearer: &str, audience: Audience, now: Instant) -> Result<Arc<AccessToken>, TokenFault> {
        let token = match self.seen.get(bearer) {
            Some(token) => token,
            None => self.verify_afresh(bearer)?,
        };
        if now < token.not_before {
            Err(TokenFault::NotYetValid)
        } else if now >= token.expires {
            Err(TokenFault::Expired)
        } else if !token.is_for(audience) {
            Err(TokenFault::WrongAudience)
        } else {
            Ok(token)
        }
    }

    /// Checks whatever does not depend on the time or on who asks, and remembers the outcome when it is good.
    fn verify_afresh(&self, bearer: &str) -> Result<Arc<AccessToken>, TokenFault> {
        if bearer.trim().is_empty() {
            return Err(TokenFault::Empty);
        }
        // Without a key nothing was signed, so nothing is believed.
        let key = self.key().map_err(|_| TokenFault::BadSignature)?;
        let payload = signed_payload(key, bearer)?;
        let claims: ReadClaims<'_> = serde_json::from_slice(&payload).map_err(|_| TokenFault::Malformed)?;
        let token = Arc::new(token(claims)?);
        self.seen.insert(bearer, Arc::clone(&token));
        Ok(token)
    }
}

/// The payload of a token that `key` signed.
pub(super) fn signed_payload(key: &SigningKey, bearer: &str) -> Result<Vec<u8>, TokenFault> {
    let (message, signature) = bearer.rsplit_once('.').ok_or(TokenFault::Malformed)?;
    let (header, payload) = message.split_once('.').ok_or(TokenFault::Malformed)?;
    if payload.contains('.') || bearer.len() > LONGEST {
        return Err(TokenFault::Malformed);
    }
    let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).map_err(|_| TokenFault::Malformed);
    let (signature, payload) = (decode(signature)?, decode(payload)?);
    // Every token of this key has this very header. That leaves no room for another algorithm or another key.
    if header != key.header() {
        let readable = serde_json::from_slice::<serde::de::IgnoredAny>(&decode(header)?).is_ok();
        return Err(if readable { TokenFault::BadSignature } else { TokenFault::Malformed });
    }
    if key.verifies(message.as_bytes(), &signature) { Ok(payload) } else { Err(TokenFault::BadSignature) }
}

fn token(claims: ReadClaims<'_>) -> Result<AccessToken, TokenFault> {
    let Some(app_id) = claims.appid else { return Err(TokenFault::WrongAudience) };
    let resource =
        Resource::named(&claims.aud).filter(|_| claims.xms_tcdt.is_some()).ok_or(TokenFault::WrongAudience)?;
    if *claims.iss != *issuer(claims.tid) {
        return Err(TokenFault::WrongIssuer);
    }
    let caller = if claims.idtyp.as_deref() == Some("app") {
        Caller::Application { id: claims.oid, roles: claims.roles }
    } else {
        Caller::User {
            id: claims.oid,
            scopes: Scopes::parse(claims.scp.as_deref().unwrap_or_default()),
            mfa: claims.amr.iter().any(|method| matches!(&**method, "mfa" | "ngcmfa")),
            authentication_contexts: (claims.acrs.iter())
                .filter_map(|context| AuthenticationContextId::parse(context))
                .collect(),
        }
    };
    let at = |seconds: i64| Instant::from_milliseconds(seconds.saturating_mul(1000));
    Ok(AccessToken {
        tenant: claims.tid,
        caller,
        app_id,
        issued: at(claims.iat),
        not_before: at(claims.nbf),
        expires: at(claims.exp),
        takes_claims_challenges: claims.xms_cc.iter().any(|capability| capability.eq_ignore_ascii_case("cp1")),
        id: claims.uti,
        resource,
    })
}
