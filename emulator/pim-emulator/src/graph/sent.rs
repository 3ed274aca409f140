//! Answers on their way out: onto the wire with the headers that Graph puts around them, or into the answer of a batch.

use super::error::{Answer, Conflict, GraphError};
use super::json::Json;
use super::media::Metadata;
use super::preferences::Applied;
use super::reply::Reply;
use crate::app::{ids, real_now};
use crate::net::Origin;
use axum::http::header::InvalidHeaderValue;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pim_core::BatchTextBody;
use pim_core::time::Instant;
use uuid::Uuid;

/// What nearly every answer is, unless the client asks for less or more.
pub(super) const JSON: HeaderValue = HeaderValue::from_static(
    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
);
const BARE_JSON: HeaderValue = HeaderValue::from_static(
    "application/json;odata.metadata=none;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
);
const FULL_JSON: HeaderValue = HeaderValue::from_static(
    "application/json;odata.metadata=full;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
);
/// What a bare number is.
pub(super) const TEXT: HeaderValue = HeaderValue::from_static("text/plain");
/// What the description of the service is.
pub(super) const XML: HeaderValue = HeaderValue::from_static("application/xml");
const PLAIN_JSON: HeaderValue = HeaderValue::from_static("application/json");
const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");
const CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("client-request-id");
const DIAGNOSTIC: HeaderName = HeaderName::from_static("x-ms-ags-diagnostic");
const ODATA_VERSION: HeaderName = HeaderName::from_static("odata-version");
const DETAIL: HeaderName = HeaderName::from_static("x-emulator-detail");
const RESOURCE_UNIT: HeaderName = HeaderName::from_static("x-ms-resource-unit");
const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");
const LIMIT_SHARE: HeaderName = HeaderName::from_static("x-ms-throttle-limit-percentage");
const THROTTLE_SCOPE: HeaderName = HeaderName::from_static("x-ms-throttle-scope");
const THROTTLE_INFORMATION: HeaderName = HeaderName::from_static("x-ms-throttle-information");

/// What the headers of an answer tell beside it; filled as the request is understood.
#[derive(Clone, Debug)]
pub(super) struct Around {
    /// What identifies the request in the headers and in the bodies of errors.
    id: Uuid,
    client: HeaderValue,
    /// How much the answer says of itself.
    pub(super) metadata: Metadata,
    /// What the request cost of the directory's limits.
    pub(super) units: Option<u32>,
    /// The share of a limit that is used, where it is worth saying.
    pub(super) share: Option<String>,
    /// What of the client's wishes was done.
    pub(super) applied: Option<Applied>,
}

impl Around {
    /// That of a request; the client's own id is repeated.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let id = ids::request_id();
        let client = headers.get(&CLIENT_REQUEST_ID).cloned().unwrap_or_else(|| uuid_value(id));
        Self { id, client, metadata: Metadata::Minimal, units: None, share: None, applied: None }
    }
}

fn uuid_value(id: Uuid) -> HeaderValue {
    let mut buffer = [0; 36];
    HeaderValue::from_str(id.hyphenated().encode_lower(&mut buffer)).unwrap_or(HeaderValue::from_static(""))
}

/// An answer with what is its own of the headers.
#[derive(Debug)]
pub(super) struct Sent {
    /// The status.
    pub(super) status: StatusCode,
    content_type: Option<HeaderValue>,
    body: Vec<u8>,
    /// What few answers have.
    more: Vec<(HeaderName, HeaderValue)>,
}

impl Sent {
    pub(super) const fn new(status: StatusCode, content_type: Option<HeaderValue>, body: Vec<u8>) -> Self {
        Self { status, content_type, body, more: Vec::new() }
    }

    /// The same with one header more, where that can be one.
    pub(super) fn with<E>(mut self, name: HeaderName, value: Result<HeaderValue, E>) -> Self {
        if let Ok(value) = value {
            self.more.push((name, value));
        }
        self
    }

    /// The answer to a request, whatever came of it. Where the client found the emulator is asked for where that is told.
    pub(super) fn of<'o>(
        result: Result<Reply, GraphError>,
        around: &Around,
        origin: impl FnOnce() -> Origin<'o>,
    ) -> Self {
        let mut sent = match result {
            Ok(reply) => reply.sent(),
            Err(error) => Self::refused(error.answer(), around, real_now(), &origin()),
        };
        match around.metadata {
            Metadata::Minimal => {}
            Metadata::None if sent.content_type == Some(JSON) => sent.content_type = Some(BARE_JSON),
            Metadata::Full if sent.content_type == Some(JSON) => sent.content_type = Some(FULL_JSON),
            Metadata::None | Metadata::Full => {}
        }
        if let Some(units) = around.units {
            sent = sent.with(RESOURCE_UNIT, Ok::<_, InvalidHeaderValue>(HeaderValue::from(units)));
        }
        if let Some(share) = &around.share {
            sent = sent.with(LIMIT_SHARE, HeaderValue::from_str(share));
        }
        if let Some(applied) = around.applied {
            sent = sent.with(PREFERENCE_APPLIED, HeaderValue::try_from(applied.to_string()));
        }
        sent
    }

    /// The only place where the envelope of errors is built.
    fn refused(answer: Answer, around: &Around, now: Instant, origin: &Origin<'_>) -> Self {
        let envelope = Envelope {
            error: Error {
                code: answer.code,
                message: &answer.message,
                details: answer.conflicts.iter().map(|conflict| Detail::of(conflict, &answer.message)).collect(),
                inner_error: Inner {
                    code: answer.throttled.as_ref().map(|_| "429"),
                    date: now.to_utc().format("%Y-%m-%dT%H:%M:%S").to_string(),
                    message: answer.throttled.as_ref().map(|_| "Please retry after"),
                    request_id: around.id,
                    client_request_id: around.client.to_str().unwrap_or_default(),
                    status: answer.throttled.as_ref().map(|_| "429"),
                },
            },
        };
        let body = serde_json::to_vec(&envelope).unwrap_or_default();
        let mut sent = Self::new(answer.status, Some(PLAIN_JSON), body);
        if answer.status == StatusCode::UNAUTHORIZED {
            let mut challenge = format!(
                "Bearer realm=\"\", authorization_uri=\"{origin}/common/oauth2/authorize\", \
                 client_id=\"00000003-0000-0000-c000-000000000000\""
            );
            if let Some(claims) = answer.claims {
                let claims = STANDARD.encode(claims);
                challenge.push_str(&format!(", error=\"insufficient_claims\", claims=\"{claims}\""));
            }
            sent = sent.with(header::WWW_AUTHENTICATE, HeaderValue::from_str(&challenge));
        }
        if let Some(throttled) = &answer.throttled {
            sent = sent
                .with(header::RETRY_AFTER, Ok::<_, InvalidHeaderValue>(HeaderValue::from(throttled.retry_after)))
                .with(THROTTLE_SCOPE, HeaderValue::from_str(&throttled.scope))
                .with(THROTTLE_INFORMATION, HeaderValue::from_str(throttled.information))
                .with(LIMIT_SHARE, HeaderValue::from_str("1.0"));
        }
        match answer.detail {
            Some(detail) => sent.with(DETAIL, HeaderValue::from_bytes(detail.as_bytes())),
            None => sent,
        }
    }

    /// The response, with the headers that all have.
    pub(super) fn into_response(self, around: &Around) -> Response<Vec<u8>> {
        let mut response = Response::new(self.body);
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.reserve(12);
        if let Some(content_type) = self.content_type {
            headers.insert(header::CONTENT_TYPE, content_type);
        }
        headers.insert(ODATA_VERSION, HeaderValue::from_static("4.0"));
        headers.insert(REQUEST_ID, uuid_value(around.id));
        headers.insert(CLIENT_REQUEST_ID, around.client.clone());
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
        headers.extend(self.more);
        response
    }

    /// Writes the answer as that of one step of a batch: what is said of the connection stands around the whole.
    pub(super) fn write_step(&self, id: &str, around: &Around, texts: BatchTextBody, json: &mut Json) {
        json.open();
        json.key("id");
        json.text(id);
        json.key("status");
        json.raw(self.status.as_str());
        json.key("headers");
        json.open();
        let mut header = |name: &str, value: &HeaderValue| {
            json.key(name);
            json.text(value.to_str().unwrap_or_default());
        };
        header("Cache-Control", &HeaderValue::from_static("no-cache"));
        header("OData-Version", &HeaderValue::from_static("4.0"));
        header("request-id", &uuid_value(around.id));
        header("client-request-id", &around.client);
        if let Some(content_type) = &self.content_type {
            header("Content-Type", content_type);
        }
        for (name, value) in &self.more {
            header(titled(name), value);
        }
        json.close();
        match &self.content_type {
            None => {}
            Some(kind) if kind == TEXT || kind == XML => {
                json.key("body");
                let text = std::str::from_utf8(&self.body).unwrap_or_default();
                match texts {
                    BatchTextBody::Number if kind == TEXT => json.raw(text),
                    BatchTextBody::Number | BatchTextBody::Text => json.text(text),
                    BatchTextBody::Base64 => json.plain(&STANDARD.encode(text)),
                }
            }
            Some(_) => {
                json.key("body");
                json.raw(std::str::from_utf8(&self.body).unwrap_or("null"));
            }
        }
        json.close();
    }
}

/// A header's name as people write it. In a batch it is a key of JSON, which some clients look up as it stands.
fn titled(name: &HeaderName) -> &str {
    const TITLES: [(HeaderName, &str); 4] = [
        (header::LOCATION, "Location"),
        (header::RETRY_AFTER, "Retry-After"),
        (header::WWW_AUTHENTICATE, "WWW-Authenticate"),
        (PREFERENCE_APPLIED, "Preference-Applied"),
    ];
    TITLES.iter().find(|(known, _)| known == name).map_or(name.as_str(), |(_, title)| title)
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
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'a str>,
    request_id: Uuid,
    client_request_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'a str>,
}
