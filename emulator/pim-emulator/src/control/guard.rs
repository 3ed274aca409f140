//! Who may use the control API at all.
//!
//! A web page in the browser of whoever runs the emulator can send requests to loopback. It is kept out by three checks: the
//! page's own origin (`Origin`) must be ours or loopback; the name under which the emulator was addressed (`Host`) must be
//! one of ours, because a page can give its own name our address; and bodies must be JSON, or YAML where a scenario may be
//! sent, which a page cannot send without asking first. When a key is set it must be brought along, and then any name will do.

use super::Handle;
use super::body::format;
use super::problem::{Kind, Problem};
use crate::net::ServedHost;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Method, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Where the key is brought.
const KEY: &str = "x-emulator-key";

/// What anybody may see, so that a client can find out that the emulator is up and trust it.
const OPEN: [&str; 2] = ["/_emulator/health", "/_emulator/ca.pem"];

/// Lets a request through, or refuses it.
pub(super) async fn check(State(control): State<Handle>, request: Request, next: Next) -> Response {
    match refusal(&control, &request) {
        Some(problem) => {
            // What was sent is taken in all the same: a client that is still sending takes an early answer over HTTP/2 for a
            // broken connection.
            let _ = to_bytes(request.into_body(), super::BODY_LIMIT).await;
            problem.into_response()
        }
        None => next.run(request).await,
    }
}

fn refusal(control: &Handle, request: &Request) -> Option<Problem> {
    let headers = request.headers();
    let host = addressed_as(headers, request.uri());
    if let Some(origin) = headers.get(header::ORIGIN)
        && !origin.to_str().is_ok_and(|origin| is_own(origin, host.as_ref()))
    {
        return Some(Problem::new(Kind::CrossSite, "web pages of other sites may not use the control API"));
    }
    match control.options.admin_key.as_deref().filter(|key| !key.is_empty()) {
        Some(key) if !(brings(headers, key) || is_open(request)) => {
            return Some(Problem::new(Kind::KeyRequired, "bring the admin key in the header X-Emulator-Key"));
        }
        None if host.as_ref().is_some_and(|host| !is_ours(host, &control.options.hosts)) => {
            let detail = "the emulator does not go by the name in the Host header; use localhost or an address";
            return Some(Problem::new(Kind::CrossSite, detail));
        }
        Some(_) | None => {}
    }
    if headers.contains_key(header::CONTENT_TYPE) && format(headers).is_none() && request.method() != Method::GET {
        return Some(Problem::new(Kind::UnsupportedMediaType, "send the body as content-type: application/json"));
    }
    None
}

/// The name under which the emulator was addressed. Browsers always give one.
fn addressed_as(headers: &HeaderMap, uri: &Uri) -> Option<Authority> {
    let host = headers.get(header::HOST).map(|host| host.as_bytes());
    match host {
        // What cannot be read is nobody's name.
        Some(host) => Some(Authority::try_from(host).unwrap_or_else(|_| Authority::from_static("unreadable"))),
        None => uri.authority().cloned(),
    }
}

/// Whether a page comes from the emulator itself or from loopback.
fn is_own(origin: &str, host: Option<&Authority>) -> bool {
    let bare = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    let Some(origin) = bare.and_then(|bare| bare.parse::<Authority>().ok()) else { return false };
    ServedHost::of(origin.host()) == Some(ServedHost::ByPath) || host == Some(&origin)
}

/// Whether a name is loopback, one of the cloud's that are served, or the one that is listened on.
fn is_ours(host: &Authority, more: &[String]) -> bool {
    let name = host.host();
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    ServedHost::of(name).is_some()
        || more.iter().any(|it| it.eq_ignore_ascii_case(name) || it.eq_ignore_ascii_case(bare))
}

/// Whether the request brings the key. Takes as long for a nearly right one as for any other.
fn brings(headers: &HeaderMap, key: &str) -> bool {
    let brought = headers.get(KEY).map(|value| value.as_bytes()).unwrap_or_default();
    aws_lc_rs::constant_time::verify_slices_are_equal(brought, key.as_bytes()).is_ok()
}

/// Whether anybody may ask this.
fn is_open(request: &Request) -> bool {
    request.method() == Method::GET && OPEN.contains(&request.uri().path())
}
