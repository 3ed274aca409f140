//! Tokens as another issuer would give them, for tests of workload identity federation. They open nothing by themselves.

use super::issue::{Validity, payload, seconds, sign, unique_id};
use super::{SigningKeyError, Tokens};
use serde::Serialize;

/// What a token of another issuer is to say.
#[derive(Clone, Copy, Debug)]
pub struct ForeignTokenRequest<'a> {
    /// The issuer.
    pub issuer: &'a str,
    /// Whom it is about.
    pub subject: &'a str,
    /// For whom it is meant.
    pub audience: &'a str,
    /// When it is valid.
    pub validity: Validity,
}

#[derive(Serialize)]
struct ForeignClaims<'a> {
    aud: &'a str,
    exp: i64,
    iat: i64,
    iss: &'a str,
    jti: &'a str,
    nbf: i64,
    sub: &'a str,
}

impl Tokens {
    /// A token that is signed with the key of the emulator.
    ///
    /// # Errors
    /// When there is no key.
    pub fn issue_foreign(&self, request: &ForeignTokenRequest<'_>) -> Result<String, SigningKeyError> {
        let claims = ForeignClaims {
            aud: request.audience,
            exp: seconds(request.validity.expires),
            iat: seconds(request.validity.issued),
            iss: request.issuer,
            jti: &unique_id(),
            nbf: seconds(request.validity.not_before),
            sub: request.subject,
        };
        sign(self.key()?, &payload(&claims))
    }
}
