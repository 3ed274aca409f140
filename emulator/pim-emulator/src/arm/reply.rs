//! What a handler answers, and the headers that Azure Resource Manager puts around it.

use super::error::{Answer, Form};
use super::quotas::Quota;
use crate::app::ids;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use pim_core::time::Instant;
use serde_json::json;
use uuid::Uuid;

/// An answer that is not an error.
#[derive(Debug)]
pub(crate) enum Reply {
    /// 200 with a body.
    Ok(Vec<u8>),
    /// Nothing but a status: 200 or 204.
    Empty(StatusCode),
    /// 201 with a body.
    Created(Vec<u8>),
    /// 202: where to look whether it is done.
    Accepted(String),
    /// The same, with what is known of it by now.
    Started {
        /// The body.
        body: Vec<u8>,
        /// Where to look.
        location: String,
    },
}

const REQUEST_ID: HeaderName = HeaderName::from_static("x-ms-request-id");
const CORRELATION_ID: HeaderName = HeaderName::from_static("x-ms-correlation-request-id");
const CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("x-ms-client-request-id");
const ROUTING_ID: HeaderName = HeaderName::from_static("x-ms-routing-request-id");
const FAILURE_CAUSE: HeaderName = HeaderName::from_static("x-ms-failure-cause");
const SLICE: HeaderName = HeaderName::from_static("mspimslice");
const DETAIL: HeaderName = HeaderName::from_static("x-emulator-detail");

/// Where the answers say that they come from.
const REGION: &str = "WESTEUROPE";

/// What the headers of an answer tell beside it; filled as the request is understood.
#[derive(Debug)]
pub(crate) struct Around {
    pub(super) id: Uuid,
    correlation: HeaderValue,
    client: Option<HeaderValue>,
    now: Instant,
    /// Whether PIM serves what was asked for.
    pub(crate) is_pim: bool,
    /// How many calls of that sort the caller has left.
    pub(crate) left: Option<(Quota, u32)>,
    /// Where to sign in.
    pub(crate) authority: String,
}

impl Around {
    /// That of a request, which may bring ids of its own.
    pub(crate) fn of(headers: &HeaderMap, now: Instant) -> Self {
        let id = ids::request_id();
        Self {
            id,
            correlation: headers.get(&CORRELATION_ID).cloned().unwrap_or_else(|| value(&id.to_string())),
            client: headers.get(&CLIENT_REQUEST_ID).cloned(),
            now,
            is_pim: false,
            left: None,
            authority: String::new(),
        }
    }

    pub(super) fn response(&self, status: StatusCode, body: Vec<u8>) -> Response<Vec<u8>> {
        let has_body = !body.is_empty();
        let mut response = Response::new(body);
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.reserve(16);
        let mut set = |name: HeaderName, fixed: &'static str| {
            headers.insert(name, HeaderValue::from_static(fixed));
        };
        set(header::CACHE_CONTROL, "no-cache");
        set(header::PRAGMA, "no-cache");
        set(header::EXPIRES, "-1");
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
        set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        set(header::ACCESS_CONTROL_EXPOSE_HEADERS, "*");
        set(header::VARY, "Accept-Encoding");
        if has_body {
            set(header::CONTENT_TYPE, "application/json; charset=utf-8");
        }
        if self.is_pim {
            set(SLICE, "PROD");
        }
        headers.insert(REQUEST_ID, value(&self.id.to_string()));
        headers.insert(CORRELATION_ID, self.correlation.clone());
        headers.insert(ROUTING_ID, value(&self.routing()));
        if let Some(client) = &self.client {
            headers.insert(CLIENT_REQUEST_ID, client.clone());
        }
        if let Some((quota, left)) = self.left {
            headers.insert(quota.header(), HeaderValue::from(left));
        }
        response
    }

    /// Where whoever brings no good token is sent, and why.
    pub(super) fn challenge(&self, message: &str) -> String {
        let authority = &self.authority;
        format!("Bearer authorization_uri=\"{authority}\", error=\"invalid_token\", error_description=\"{message}\"")
    }

    fn routing(&self) -> String {
        format!("{REGION}:{}:{}", self.now.to_utc().format("%Y%m%dT%H%M%SZ"), self.id)
    }
}

pub(super) fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""))
}

impl Reply {
    /// The response.
    pub(crate) fn into_response(self, around: &Around) -> Response<Vec<u8>> {
        match self {
            Self::Ok(body) => around.response(StatusCode::OK, body),
            Self::Created(body) => around.response(StatusCode::CREATED, body),
            Self::Empty(status) => around.response(status, Vec::new()),
            Self::Started { body, location } => {
                let mut response = around.response(StatusCode::ACCEPTED, body);
                response.headers_mut().insert(header::LOCATION, value(&location));
                response
            }
            Self::Accepted(location) => {
                let mut response = around.response(StatusCode::ACCEPTED, Vec::new());
                response.headers_mut().insert(header::LOCATION, value(&location));
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
                response
            }
        }
    }
}

impl Answer {
    /// The response: the only place where the envelope of errors is built.
    pub(crate) fn into_response(self, around: &Around) -> Response<Vec<u8>> {
        let body = match self.form {
            Form::Envelope => json!({ "error": { "code": self.code, "message": self.message } }),
            Form::Message => json!({ "message": self.message }),
            Form::Text => json!(self.message),
        };
        let mut response = around.response(self.status, body.to_string().into_bytes());
        let headers = response.headers_mut();
        if self.is_gateway {
            headers.insert(FAILURE_CAUSE, HeaderValue::from_static("gateway"));
        }
        if self.status == StatusCode::METHOD_NOT_ALLOWED {
            headers.insert(header::ALLOW, HeaderValue::from_static("GET, PUT, POST"));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, value(&around.challenge(&self.message)));
        }
        if let Some(Ok(detail)) = self.detail.map(|detail| HeaderValue::from_bytes(detail.as_bytes())) {
            headers.insert(DETAIL, detail);
        }
        response
    }
}
