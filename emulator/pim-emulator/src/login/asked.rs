//! A request to sign-in, as everything in here looks at it.

use super::aadsts::AadstsError;
use super::authority::Authority;
use super::claims::AskedClaims;
use super::form::Form;
use crate::app::token::IdTokenFormat;
use crate::app::{App, ids, real_now};
use crate::net;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use pim_core::time::Instant;
use std::net::IpAddr;
use uuid::Uuid;

/// Which generation of the endpoint was asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Version {
    /// `resource`, and numbers as texts.
    V1,
    /// `scope`.
    V2,
}

/// A request.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    pub(super) app: &'a App,
    pub(super) version: Version,
    pub(super) method: Method,
    pub(super) headers: &'a HeaderMap,
    /// Scheme, host and port under which the client reached us.
    pub(super) origin: String,
    /// The segments of the path.
    pub(super) segments: Vec<String>,
    /// The parameters of the query.
    pub(super) query: Form,
    /// The parameters of the body; none when it is of another type.
    pub(super) body: Form,
    /// Where the request came from, if over a network.
    pub(super) address: Option<IpAddr>,
    /// Real time.
    pub(super) now: Instant,
    /// What the answer is known by.
    pub(super) trace: Uuid,
    /// What the client calls its attempt.
    pub(super) correlation: Uuid,
}

impl<'a> Asked<'a> {
    pub(super) fn new(app: &'a App, version: Version, parts: &'a Parts, segments: Vec<String>, body: &[u8]) -> Self {
        let query = Form::parse(parts.uri.query().unwrap_or_default().as_bytes());
        let named = parts.headers.get("client-request-id").and_then(|value| value.to_str().ok());
        let correlation = named.or_else(|| query.get("client-request-id")).and_then(|text| Uuid::try_parse(text).ok());
        Self {
            app,
            version,
            method: parts.method.clone(),
            headers: &parts.headers,
            origin: origin_of(parts),
            segments,
            query,
            body: if is_form(&parts.headers) { Form::parse(body) } else { Form::default() },
            address: net::client_address(&parts.extensions),
            now: real_now(),
            trace: ids::random_uuid(),
            correlation: correlation.unwrap_or_else(ids::random_uuid),
        }
    }

    /// The tenant's segment.
    pub(super) fn segment(&self) -> &str {
        self.segments.first().map_or("", String::as_str)
    }

    /// The tenant or tenants that the path names.
    pub(super) fn authority(&self) -> Result<Authority, AadstsError> {
        Authority::named(self.app, self.segment())
    }

    /// A parameter of the body that must be there.
    pub(super) fn required(&self, name: &'static str) -> Result<&str, AadstsError> {
        self.body.get(name).ok_or(AadstsError::Missing(name))
    }

    /// What the client asks to be in the token.
    pub(super) fn claims(&self) -> Result<AskedClaims, AadstsError> {
        AskedClaims::parse(self.body.get("claims").or_else(|| self.query.get("claims")))
    }

    /// The format of id tokens at the endpoint that was asked.
    pub(super) fn id_token_format(&self, mfa: bool) -> IdTokenFormat<'_> {
        match self.version {
            Version::V1 => IdTokenFormat::First { mfa },
            Version::V2 => IdTokenFormat::Second { origin: &self.origin },
        }
    }

    /// Whether the client wants to know the account (`client_info=1`).
    pub(super) fn wants_client_info(&self) -> bool {
        [&self.body, &self.query].iter().any(|form| form.get("client_info") == Some("1"))
    }
}

/// A body without a type is a form, too: MSAL for Java asks for device codes that way.
fn is_form(headers: &HeaderMap) -> bool {
    let Some(kind) = headers.get(header::CONTENT_TYPE) else { return true };
    let kind = kind.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// Scheme, host and port under which the client reached us.
fn origin_of(parts: &Parts) -> String {
    net::origin(parts).to_string()
}
