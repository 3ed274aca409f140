//! What a handler answers, and the headers that Graph puts around it.

use super::call::Call;
use super::error::{Answer, Conflict};
use super::json::Json;
use crate::app::ids;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pim_core::time::Instant;
use uuid::Uuid;

/// An answer that is not an error.
#[derive(Debug)]
pub(crate) enum Reply {
    /// 200 with a body.
    Ok(Vec<u8>),
    /// 200 with a bare number.
    Count(u64),
    /// 201 with a body and the URL of what was made.
    Created {
        /// The body.
        body: Vec<u8>,
        /// The URL.
        location: String,
    },
    /// 204.
    NoContent,
}

const JSON: HeaderValue = HeaderValue::from_static(
    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
);
pub(super) const PLAIN_JSON: HeaderValue = HeaderValue::from_static("application/json");
const TEXT: HeaderValue = HeaderValue::from_static("text/plain");
const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");
const CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("client-request-id");
const DIAGNOSTIC: HeaderName = HeaderName::from_static("x-ms-ags-diagnostic");
const ODATA_VERSION: HeaderName = HeaderName::from_static("odata-version");
const DETAIL: HeaderName = HeaderName::from_static("x-emulator-detail");

/// What identifies one request in the headers and in the bodies of errors.
#[derive(Clone, Debug)]
pub(super) struct Trace {
    pub(super) id: Uuid,
    pub(super) client: HeaderValue,
}

impl Trace {
    /// A new one; the client's own id is repeated.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let id = ids::request_id();
        let client = headers.get(&CLIENT_REQUEST_ID).cloned().unwrap_or_else(|| uuid_value(id));
        Self { id, client }
    }
}

fn uuid_value(id: Uuid) -> HeaderValue {
    let mut buffer = [0; 36];
    HeaderValue::from_str(id.hyphenated().encode_lower(&mut buffer)).unwrap_or(HeaderValue::from_static(""))
}

impl Reply {
    /// 200 with true or false as a value.
    pub(super) fn boolean(call: &Call<'_>, value: bool) -> Self {
        let context = call.url("$metadata#Edm.Boolean");
        let mut json = Json::with_capacity(128);
        json.open();
        json.key("@odata.context");
        json.text(&context);
        json.key("value");
        json.raw(if value { "true" } else { "false" });
        json.close();
        Self::Ok(json.into_bytes())
    }

    /// The response.
    pub(super) fn into_response(self, trace: &Trace) -> Response<Body> {
        match self {
            Self::Ok(body) => with_headers(StatusCode::OK, Some(JSON), body, trace),
            Self::Count(count) => with_headers(StatusCode::OK, Some(TEXT), count.to_string().into_bytes(), trace),
            Self::NoContent => with_headers(StatusCode::NO_CONTENT, None, Vec::new(), trace),
            Self::Created { body, location } => {
                let mut response = with_headers(StatusCode::CREATED, Some(JSON), body, trace);
                if let Ok(location) = HeaderValue::from_str(&location) {
                    response.headers_mut().insert(header::LOCATION, location);
                }
                response
            }
        }
    }
}

impl Answer {
    /// The response: the only place where the envelope of errors is built.
    pub(super) fn into_response(self, trace: &Trace, now: Instant, origin: &str) -> Response<Body> {
        let envelope = Envelope {
            error: Error {
                code: self.code,
                message: &self.message,
                details: self.conflicts.iter().map(|conflict| Detail::of(conflict, &self.message)).collect(),
                inner_error: Inner {
                    date: now.to_utc().format("%Y-%m-%dT%H:%M:%S").to_string(),
                    request_id: trace.id,
                    client_request_id: trace.client.to_str().unwrap_or_default(),
                },
            },
        };
        let body = serde_json::to_vec(&envelope).unwrap_or_default();
        let mut response = with_headers(self.status, Some(PLAIN_JSON), body, trace);
        let headers = response.headers_mut();
        if self.status == StatusCode::UNAUTHORIZED {
            challenge(headers, origin, self.claims.as_deref());
        }
        if let Some(Ok(detail)) = self.detail.map(|detail| HeaderValue::from_bytes(detail.as_bytes())) {
            headers.insert(DETAIL, detail);
        }
        response
    }
}

#[derive(serde::Serialize)]
struct Envelope<'a> {
    error: Error<'a>,
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct Error<'a> {
    code: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    details: Vec<Detail<'a>>,
    inner_error: Inner<'a>,
}

/// One thing that an error is about.
#[derive(serde::Serialize)]
struct Detail<'a> {
    code: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<&'a str>,
}

impl<'a> Detail<'a> {
    fn of(conflict: &'a Conflict, message: &'a str) -> Self {
        match conflict {
            Conflict::Property(property) => Self { code: "ObjectConflict", message, target: Some(property) },
            Conflict::Object(object) => Self { code: "ConflictingObjects", message, target: object.as_deref() },
        }
    }
}

#[derive(serde::Serialize)]
#[serde(rename_all = "kebab-case")]
struct Inner<'a> {
    date: String,
    request_id: Uuid,
    client_request_id: &'a str,
}

/// Where whoever brings no good token is sent, and what the token must have.
pub(super) fn challenge(headers: &mut HeaderMap, origin: &str, claims: Option<&str>) {
    let mut challenge = format!(
        "Bearer realm=\"\", authorization_uri=\"{origin}/common/oauth2/authorize\", \
         client_id=\"00000003-0000-0000-c000-000000000000\""
    );
    if let Some(claims) = claims {
        let claims = STANDARD.encode(claims);
        challenge.push_str(&format!(", error=\"insufficient_claims\", claims=\"{claims}\""));
    }
    if let Ok(challenge) = HeaderValue::from_str(&challenge) {
        headers.insert(header::WWW_AUTHENTICATE, challenge);
    }
}

pub(super) fn with_headers(
    status: StatusCode,
    content_type: Option<HeaderValue>,
    body: Vec<u8>,
    trace: &Trace,
) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.reserve(12);
    if let Some(content_type) = content_type {
        headers.insert(header::CONTENT_TYPE, content_type);
    }
    headers.insert(ODATA_VERSION, HeaderValue::from_static("4.0"));
    headers.insert(REQUEST_ID, uuid_value(trace.id));
    headers.insert(CLIENT_REQUEST_ID, trace.client.clone());
    headers.insert(
        DIAGNOSTIC,
        HeaderValue::from_static(
            r#"{"ServerInfo":{"DataCenter":"Emulator","Slice":"E","Ring":"0","ScaleUnit":"000","RoleInstance":"PIMEMULATOR"}}"#,
        ),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static(
            "ETag, Location, Preference-Applied, Content-Range, request-id, client-request-id, ReadWriteConsistencyToken, SdkVersion, WWW-Authenticate, x-ms-client-gcc-tenant",
        ),
    );
    response
}
