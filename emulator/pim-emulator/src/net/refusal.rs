//! What the port says, in its own name, to requests it does not pass on.
//!
//! The same few answers are given in two ways: as bytes to a `CONNECT`, before any HTTP is spoken, and as a response
//! to a request that names a host of someone else. The body is JSON and says what to do; it borrows the envelope of
//! no surface, since it comes from none.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, Response, StatusCode, header};
use serde_json::json;

use super::hosts::SERVED_HOSTS;

/// Why a request is not passed on.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The host is not one of ours.
    HostNotServed(String),
    /// The request cannot be read.
    Malformed(&'static str),
    /// The head of the request is longer than this many bytes.
    HeadTooLarge(usize),
}

impl Refusal {
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::HostNotServed(_) => StatusCode::FORBIDDEN,
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::HeadTooLarge(_) => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::HostNotServed(_) => "HostNotServed",
            Self::Malformed(_) => "MalformedRequest",
            Self::HeadTooLarge(_) => "RequestHeadTooLarge",
        }
    }

    fn message(&self) -> String {
        match self {
            Self::HostNotServed(host) => {
                let served: Vec<&str> = SERVED_HOSTS.iter().map(|(name, _)| *name).collect();
                format!(
                    "'{host}' is not served by this emulator, and the emulator never reaches the real network. It \
                     serves {} and localhost.",
                    served.join(", ")
                )
            }
            Self::Malformed(what) => (*what).to_owned(),
            Self::HeadTooLarge(limit) => {
                format!("The head of a CONNECT request may have {limit} bytes at most.")
            }
        }
    }

    pub(super) fn body(&self) -> String {
        json!({ "error": { "code": self.code(), "message": self.message() } }).to_string()
    }

    /// The whole answer as bytes of HTTP/1.1, after which the connection ends.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let body = self.body();
        format!(
            "HTTP/1.1 {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.status(),
            body.len()
        )
        .into_bytes()
    }
}

/// The answer to a request that [`super::gate`] holds back.
pub(super) async fn answer(request: Request) -> Response<Body> {
    let refusal = match request.uri().host() {
        _ if request.method() == Method::CONNECT => {
            Refusal::Malformed("CONNECT is understood as the first request of a connection, and not inside a tunnel.")
        }
        Some(host) if request.uri().scheme().is_some() => Refusal::HostNotServed(host.to_owned()),
        Some(_) | None => Refusal::Malformed("The request target is neither a path nor a URL."),
    };
    let mut response = Response::new(Body::from(refusal.body()));
    *response.status_mut() = refusal.status();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
