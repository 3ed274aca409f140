//! A signed text with which a client proves who it is (RFC 7523): taken apart, whoever signed it.
//!
//! Libraries differ in how they write one. Base64 in either alphabet is understood, with or without padding, and times with
//! fractions of a second.

use super::aadsts::AadstsError;
use crate::app::token::{RsaPublicKey, SignatureAlgorithm};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pim_core::time::{Instant, Length};
use serde::Deserialize;

/// By how much the clock of a client may be wrong.
const SKEW: Length = Length::minutes(5);

/// An assertion.
#[derive(Clone, Debug)]
pub(super) struct Assertion<'a> {
    pub(super) header: Header,
    pub(super) claims: Claims,
    /// What was signed.
    message: &'a str,
    signature: Vec<u8>,
}

/// The header, as far as it is looked at.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub(super) struct Header {
    alg: String,
    typ: Option<String>,
    /// What the key is called by.
    pub(super) kid: Option<String>,
    x5t: Option<String>,
    #[serde(rename = "x5t#S256")]
    x5t_s256: Option<String>,
}

/// The claims, as far as they are looked at.
#[derive(Clone, PartialEq, Debug, Deserialize)]
pub(super) struct Claims {
    /// Who issued it.
    pub(super) iss: String,
    /// Whom it is about.
    pub(super) sub: String,
    aud: Audiences,
    exp: f64,
    nbf: Option<f64>,
}

/// One audience or several.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(untagged)]
enum Audiences {
    One(String),
    Several(Vec<String>),
}

/// What the header says of the certificate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Thumbprint {
    /// Its SHA-1.
    Sha1(Vec<u8>),
    /// Its SHA-256.
    Sha256(Vec<u8>),
}

impl<'a> Assertion<'a> {
    /// Takes a text apart.
    pub(super) fn parse(text: &'a str) -> Result<Self, AadstsError> {
        let malformed = || AadstsError::MalformedAssertion;
        let (message, signature) = text.rsplit_once('.').ok_or_else(malformed)?;
        let (header, claims) = message.split_once('.').ok_or_else(malformed)?;
        let header: Header = json(header).ok_or_else(malformed)?;
        let claims = json(claims).ok_or_else(malformed)?;
        let kind = header.typ.as_deref().unwrap_or("JWT");
        if !["JWT", "http://openid.net/specs/jwt/1.0"].iter().any(|known| kind.eq_ignore_ascii_case(known)) {
            return Err(AadstsError::AssertionType);
        }
        Ok(Self { header, claims, message, signature: decode(signature).ok_or_else(malformed)? })
    }

    /// How it was signed.
    pub(super) fn algorithm(&self) -> Result<SignatureAlgorithm, AadstsError> {
        let name = &self.header.alg;
        SignatureAlgorithm::named(name).ok_or_else(|| AadstsError::AssertionAlgorithm { algorithm: name.clone() })
    }

    /// Whether that key signed it.
    pub(super) fn is_signed_by(&self, key: &RsaPublicKey) -> Result<bool, AadstsError> {
        Ok(key.verifies(self.algorithm()?, self.message.as_bytes(), &self.signature))
    }

    /// The certificate that it names.
    pub(super) fn thumbprint(&self) -> Option<Thumbprint> {
        let sha256 = self.header.x5t_s256.as_deref().and_then(decode).map(Thumbprint::Sha256);
        sha256.or_else(|| self.header.x5t.as_deref().and_then(decode).map(Thumbprint::Sha1))
    }

    /// Everybody that it is meant for.
    pub(super) fn audiences(&self) -> &[String] {
        match &self.claims.aud {
            Audiences::One(audience) => std::slice::from_ref(audience),
            Audiences::Several(audiences) => audiences,
        }
    }

    /// Whether its time has come and is not over, in real time.
    pub(super) fn check_time(&self, now: Instant) -> Result<(), AadstsError> {
        let expires = at(self.claims.exp);
        let starts = self.claims.nbf.map(at);
        let is_early = starts.is_some_and(|starts| now.plus(SKEW) < starts);
        if is_early || expires <= now.minus(SKEW) {
            let written = |at: Instant| at.to_utc().format("%Y-%m-%dT%H:%M:%S%.3f0000Z").to_string();
            return Err(AadstsError::AssertionOutOfTime {
                now: written(now),
                starts: starts.map_or_else(|| "(not said)".to_owned(), written),
                expires: written(expires),
            });
        }
        Ok(())
    }
}

fn json<T: for<'de> Deserialize<'de>>(segment: &str) -> Option<T> {
    serde_json::from_slice(&decode(segment)?).ok()
}

/// Base64 as anybody writes it.
fn decode(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=').replace('+', "-").replace('/', "_");
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// An instant in seconds since 1970, perhaps with a fraction. What lies beyond all time is brought back into it.
#[expect(clippy::cast_possible_truncation, reason = "conversions of floats stop at the ends")]
fn at(seconds: f64) -> Instant {
    let milliseconds = (seconds * 1000.0) as i64;
    Instant::from_milliseconds(milliseconds).clamp(Instant::FIRST, Instant::LAST)
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn base64_is_read_in_either_alphabet_with_and_without_padding() {
        for text in ["-_-_-A", "-_-_-A==", "+/+/+A", "+/+/+A=="] {
            assert_eq!(decode(text), Some(vec![0xfb, 0xff, 0xbf, 0xf8]), "{text}");
        }
        assert_eq!(decode("!"), None);
    }
}
