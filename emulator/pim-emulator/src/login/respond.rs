//! Answers in JSON, and the headers that all of them carry.

use super::aadsts::{AadstsError, Row};
use super::asked::{Asked, Version};
use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::Serialize;

/// How long an answer may be kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Caching {
    /// Not at all: it carries or leads to tokens.
    Never,
    /// A day.
    Day,
}

#[derive(Serialize)]
struct ErrorBody<'a> {
    error: &'a str,
    error_description: String,
    error_codes: &'a [u32],
    timestamp: &'a str,
    trace_id: String,
    correlation_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suberror: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    claims: Option<&'a str>,
}

/// An answer in JSON.
pub(super) fn json(asked: &Asked<'_>, status: StatusCode, caching: Caching, body: &impl Serialize) -> Response {
    match serde_json::to_vec(body) {
        Ok(bytes) => {
            let mut response = plain(asked, status, caching, Body::from(bytes));
            set(&mut response, header::CONTENT_TYPE, "application/json; charset=utf-8");
            open_to_browsers(response.headers_mut());
            response
        }
        // Structs of texts and numbers can always be written to memory.
        Err(_) => plain(asked, StatusCode::INTERNAL_SERVER_ERROR, Caching::Never, Body::empty()),
    }
}

/// A refusal in JSON.
pub(super) fn refusal(asked: &Asked<'_>, error: &AadstsError) -> Response {
    let row = error.row();
    let timestamp = timestamp(asked);
    let codes = [row.code];
    let body = ErrorBody {
        error: if takes_interaction(asked, &row) { "interaction_required" } else { row.error },
        error_description: description(asked, error),
        error_codes: if row.code == 0 { &[] } else { &codes },
        timestamp: &timestamp,
        trace_id: asked.trace.to_string(),
        correlation_id: asked.correlation.to_string(),
        error_uri: error_uri(asked, row.code),
        suberror: error.suberror(),
        claims: error.claims(),
    };
    let mut response = json(asked, row.status, Caching::Never, &body);
    if row.status == StatusCode::METHOD_NOT_ALLOWED {
        set(&mut response, header::ALLOW, "POST, OPTIONS");
    }
    response
}

/// Whether a refusal has the words of OpenID Connect: of multifactor authentication it does at the first version of the
/// endpoint, and where an application acts on behalf of somebody.
fn takes_interaction(asked: &Asked<'_>, row: &Row) -> bool {
    let is_elsewhere = asked.version == Version::V1 || asked.body.get("requested_token_use").is_some();
    row.code == 50076 && is_elsewhere
}

/// Where a person can read about a number.
pub(super) fn error_uri(asked: &Asked<'_>, code: u32) -> Option<String> {
    (code != 0).then(|| format!("{}/error?code={code}", asked.origin))
}

/// The sentence with everything that the service appends to it.
pub(super) fn description(asked: &Asked<'_>, error: &AadstsError) -> String {
    let row = error.row();
    let number = if row.code == 0 { String::new() } else { format!("AADSTS{}: ", row.code) };
    let (trace, correlation, timestamp) = (asked.trace, asked.correlation, timestamp(asked));
    format!("{number}{} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {timestamp}", row.text)
}

fn timestamp(asked: &Asked<'_>) -> String {
    asked.now.to_utc().format("%Y-%m-%d %H:%M:%SZ").to_string()
}

/// An answer with the headers that all answers of sign-in carry.
pub(super) fn plain(asked: &Asked<'_>, status: StatusCode, caching: Caching, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    match caching {
        Caching::Never => {
            set(&mut response, header::CACHE_CONTROL, "no-store, no-cache");
            set(&mut response, header::PRAGMA, "no-cache");
            set(&mut response, header::EXPIRES, "-1");
        }
        Caching::Day => set(&mut response, header::CACHE_CONTROL, "max-age=86400, private"),
    }
    set(&mut response, header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    set(&mut response, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(&mut response, HeaderName::from_static("p3p"), "CP=\"DSP CUR OTPi IND OTRi ONL FIN\"");
    set(&mut response, HeaderName::from_static("x-ms-request-id"), &asked.trace.to_string());
    set(&mut response, HeaderName::from_static("x-ms-ests-server"), "2.1.0 - pim-emulator");
    set(&mut response, HeaderName::from_static("x-ms-clitelem"), "1,0,0,,");
    let wants_id = asked.headers.get("return-client-request-id");
    if wants_id.is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"true")) {
        set(&mut response, HeaderName::from_static("client-request-id"), &asked.correlation.to_string());
    }
    response
}

/// What a browser asks before it sends a request to another site.
pub(super) fn preflight(asked: &Asked<'_>) -> Response {
    let mut response = plain(asked, StatusCode::OK, Caching::Never, Body::empty());
    open_to_browsers(response.headers_mut());
    set(&mut response, header::ACCESS_CONTROL_MAX_AGE, "86400");
    if let Some(wanted) = asked.headers.get(header::ACCESS_CONTROL_REQUEST_HEADERS) {
        response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_HEADERS, wanted.clone());
    }
    response
}

fn open_to_browsers(headers: &mut HeaderMap) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST, OPTIONS"));
}

/// Sets a header; a value that cannot be one is left out.
pub(super) fn set(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
