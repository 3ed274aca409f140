//! The parameter `claims`: what a client asks to be in its token.

use super::aadsts::AadstsError;
use serde::Deserialize;

/// What of it the emulator understands.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct AskedClaims {
    /// The client says that it can answer claims challenges.
    pub(super) takes_claims_challenges: bool,
    /// Whether the sign-in must have satisfied multifactor authentication (MFA-3).
    pub(super) mfa: bool,
    /// The authentication contexts that it needs, such as `c1`.
    pub(super) authentication_contexts: Vec<String>,
    /// The parameter as it came.
    pub(super) text: String,
}

#[derive(Deserialize)]
struct Claims {
    access_token: Option<TokenClaims>,
    id_token: Option<TokenClaims>,
}

#[derive(Default, Deserialize)]
struct TokenClaims {
    xms_cc: Option<Wanted>,
    acrs: Option<Wanted>,
    amr: Option<Wanted>,
}

#[derive(Deserialize)]
struct Wanted {
    value: Option<String>,
    values: Option<Vec<String>>,
}

impl Wanted {
    fn all(wanted: Option<Self>) -> Vec<String> {
        let Some(Self { value, values }) = wanted else { return Vec::new() };
        value.into_iter().chain(values.into_iter().flatten()).collect()
    }
}

impl AskedClaims {
    /// Reads the parameter.
    pub(super) fn parse(text: Option<&str>) -> Result<Self, AadstsError> {
        let Some(text) = text else { return Ok(Self::default()) };
        let claims: Claims = serde_json::from_str(text).map_err(|_| AadstsError::Malformed("claims"))?;
        let TokenClaims { xms_cc, acrs, amr } = claims.access_token.unwrap_or_default();
        let methods = Wanted::all(amr).into_iter().chain(Wanted::all(claims.id_token.and_then(|token| token.amr)));
        Ok(Self {
            takes_claims_challenges: Wanted::all(xms_cc).iter().any(|value| value.eq_ignore_ascii_case("cp1")),
            mfa: methods.into_iter().any(|method| method == "mfa" || method == "ngcmfa"),
            authentication_contexts: Wanted::all(acrs),
            text: text.to_owned(),
        })
    }
}
