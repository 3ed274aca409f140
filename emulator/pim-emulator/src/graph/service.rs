//! The way of a request through Graph.

use super::Version;
use super::call::Call;
use super::error::GraphError;
use super::operations::{MOVED, NOT_EMULATED, NOT_EMULATED_BELOW, router};
use super::path::{self, Segment};
use super::permission::Gate;
use super::preferences::Preferences;
use super::reply::{Reply, Trace};
use super::router::Method;
use super::staged;
use crate::app::token::{AccessToken, Audience, TokenFault};
use crate::app::traffic::{Began, End, Ended, Surface, Visit};
use crate::app::{Access, App, Tenant, real_now};
use crate::net::{Dropped, client_address, origin};
use axum::body::{Body, to_bytes};
use axum::http::{HeaderName, Request, Response, StatusCode, header, request};
use pim_core::Rejection;
use std::borrow::Cow;

/// The largest body that is read.
const LARGEST_BODY: usize = 4 * 1024 * 1024;
const CONSISTENCY_LEVEL: HeaderName = HeaderName::from_static("consistencylevel");

/// Answers a request to Graph.
pub(crate) async fn serve(app: &App, request: Request<Body>) -> Response<Body> {
    serve_at(app, request, Audience::Graph).await
}

/// Answers a request to PIM's own service, whose routes are below `/api/v2`.
pub(crate) async fn serve_privileged_access(app: &App, request: Request<Body>) -> Response<Body> {
    serve_at(app, request, Audience::PrivilegedAccess).await
}

async fn serve_at(app: &App, request: Request<Body>, audience: Audience) -> Response<Body> {
    let (parts, body) = request.into_parts();
    if parts.method == axum::http::Method::OPTIONS {
        return preflight();
    }
    let payload = payload(&parts, body).await;
    respond(app, audience, &parts, payload.as_deref().map_err(Clone::clone)).await
}

/// Answers one request, which may be a part of a greater one: with whatever the tenant has between itself and its callers.
async fn respond(
    app: &App,
    audience: Audience,
    parts: &request::Parts,
    payload: Result<&[u8], GraphError>,
) -> Response<Body> {
    let trace = Trace::of(&parts.headers);
    let refused = |error: &GraphError| {
        let answer = error.answer();
        let code = answer.code;
        (answer.into_response(&trace, real_now(), &origin(parts).to_string()), Some(Cow::Borrowed(code)))
    };
    let answered = |result| match result {
        Ok(reply) => (Reply::into_response(reply, &trace), None),
        Err(error) => refused(&error),
    };
    let body = payload.as_ref().copied().unwrap_or_default();
    let (token, tenant) = match app.authenticate_request(&parts.headers, audience) {
        Ok(known) => known,
        Err(fault) => return answered(payload.and_then(|_| unauthenticated(audience, parts, fault))).0,
    };
    let visit = visit(audience, parts, &token, &tenant);
    let course = tenant.traffic().meet(&visit);
    if !course.delay.is_zero() {
        tokio::time::sleep(course.delay).await;
    }
    let (response, error) = match &course.end {
        End::CarriedOut(fate) => {
            let access = Access::new(&tenant, fate);
            answered(payload.and_then(|payload| answer(&token, &access, audience, parts, payload)))
        }
        End::Refused(refusal, _) => {
            let origin = origin(parts).to_string();
            let response = staged::response(refusal, &token, &trace, real_now(), &origin);
            (response, Some(Cow::Owned(staged::code(refusal))))
        }
        End::Dropped => (Dropped::response(), None),
    };
    let status = (!matches!(course.end, End::Dropped)).then(|| response.status());
    let ended = Ended { status, error: error.as_deref(), request_id: trace.id, body };
    tenant.traffic().note(&visit, &course, &ended);
    response
}

fn visit<'a>(audience: Audience, parts: &'a request::Parts, token: &AccessToken, tenant: &Tenant) -> Visit<'a> {
    Visit {
        began: Began::in_tenant(tenant),
        surface: match audience {
            Audience::Graph | Audience::ResourceManager => Surface::Graph,
            Audience::PrivilegedAccess => Surface::PrivilegedAccess,
        },
        method: &parts.method,
        path: parts.uri.path(),
        query: parts.uri.query().unwrap_or_default(),
        headers: &parts.headers,
        principal: Some(token.caller.id()),
        application: Some(token.app_id),
        is_device_poll: false,
    }
}

/// What is wrong with a path is told before what is wrong with a token.
fn unauthenticated(audience: Audience, parts: &request::Parts, fault: TokenFault) -> Result<Reply, GraphError> {
    let segments = segments(parts)?;
    read_version(audience, &segments)?;
    Err(fault.into())
}

/// Reads the body, where the method has one.
async fn payload(parts: &request::Parts, body: Body) -> Result<axum::body::Bytes, GraphError> {
    match Method::of(&parts.method) {
        Some(Method::Get | Method::Delete) => Ok(axum::body::Bytes::new()),
        Some(Method::Post | Method::Put | Method::Patch) | None => {
            to_bytes(body, LARGEST_BODY).await.map_err(|_| GraphError::PayloadTooLarge)
        }
    }
}

fn segments(parts: &request::Parts) -> Result<Vec<Segment<'_>>, GraphError> {
    let unreadable = || GraphError::UnknownSegment(parts.uri.path().to_owned());
    path::segments(parts.uri.path()).ok_or_else(unreadable)
}

/// The version, and what comes after it.
fn read_version<'s, 'p>(
    audience: Audience,
    segments: &'s [Segment<'p>],
) -> Result<(Version, &'s [Segment<'p>]), GraphError> {
    match audience {
        Audience::Graph | Audience::ResourceManager => versioned(segments),
        Audience::PrivilegedAccess => Ok((Version::Service, below_api(segments)?)),
    }
}

fn answer(
    token: &AccessToken,
    tenant: &Access<'_>,
    audience: Audience,
    parts: &request::Parts,
    payload: &[u8],
) -> Result<Reply, GraphError> {
    let segments = segments(parts)?;
    let (version, segments) = read_version(audience, &segments)?;
    let found = router().find(version, Method::of(&parts.method), segments);
    let (operation, keys) = found.map_err(|error| not_emulated(error, version, segments))?;
    let call = Call {
        tenant,
        token,
        version,
        origin: origin(parts),
        keys,
        query: parts.uri.query().unwrap_or_default(),
        has_content_type: parts.headers.contains_key(header::CONTENT_TYPE),
        consistency_is_eventual: (parts.headers.get(CONSISTENCY_LEVEL))
            .is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"eventual")),
        preferences: Preferences::of(&parts.headers),
        payload,
        address: client_address(&parts.extensions),
    };
    match operation.permission.gate {
        // PIM's own service looks at who calls alone.
        _ if version == Version::Service => {}
        Gate::Pim | Gate::Directory | Gate::Reports => tenant.read(|view| call.require(view, operation.permission))?,
        Gate::PimByScope => {}
    }
    (operation.handler)(&call).map_err(|error| challenged(error, &call))
}

/// A missing authentication context becomes a challenge where the switch says so, for clients that take one (MFA-8, MFA-10).
fn challenged(error: GraphError, call: &Call<'_>) -> GraphError {
    let GraphError::Pim(Rejection::AuthenticationContextRequired { context, words_of }) = error else { return error };
    let is_challenge =
        call.token.takes_claims_challenges && call.tenant.read(|view| view.behaviour().context_failure_is_challenge);
    if is_challenge { GraphError::ClaimsChallenge(context, words_of) } else { error }
}

/// The version and what comes after it. Some clients put the tenant's id in between; it says nothing new.
fn versioned<'s, 'p>(segments: &'s [Segment<'p>]) -> Result<(Version, &'s [Segment<'p>]), GraphError> {
    let text = |segment: &Segment<'_>| match segment {
        Segment::Plain(text) | Segment::Call { name: text, .. } => text.clone().into_owned(),
    };
    let Some((first, rest)) = segments.split_first() else {
        return Err(GraphError::UnknownVersion(String::new()));
    };
    let version = Version::parse(&text(first)).ok_or_else(|| GraphError::UnknownVersion(text(first)))?;
    match rest {
        [Segment::Plain(tenant), inner @ ..] if !inner.is_empty() && uuid::Uuid::try_parse(tenant).is_ok() => {
            Ok((version, inner))
        }
        [] => Err(GraphError::NotEmulated("the service document".to_owned())),
        _ => Ok((version, rest)),
    }
}

/// What comes after `api/v2`.
fn below_api<'s, 'p>(segments: &'s [Segment<'p>]) -> Result<&'s [Segment<'p>], GraphError> {
    let is = |segment: &Segment<'_>, text: &str| matches!(segment, Segment::Plain(it) if it.eq_ignore_ascii_case(text));
    match segments {
        [api, version, rest @ ..] if is(api, "api") && is(version, "v2") => Ok(rest),
        [api, ..] if is(api, "api") => Err(GraphError::UnknownSegment("api".to_owned())),
        [Segment::Plain(first) | Segment::Call { name: first, .. }, ..] => {
            Err(GraphError::UnknownSegment(first.clone().into_owned()))
        }
        [] => Err(GraphError::NotEmulated("the service document".to_owned())),
    }
}

/// What real Graph has and this build has not is said by name instead of denied, and so is what the service denies by name.
fn not_emulated(error: GraphError, version: Version, segments: &[Segment<'_>]) -> GraphError {
    let GraphError::UnknownSegment(unknown) = &error else { return error };
    let name = |segment: &Segment<'_>| match segment {
        Segment::Plain(text) | Segment::Call { name: text, .. } => text.to_ascii_lowercase(),
    };
    let path = segments.iter().map(name).collect::<Vec<_>>().join("/");
    let is_below = |known: &str| {
        let known = known.to_ascii_lowercase();
        path == known || path.strip_prefix(&known).is_some_and(|rest| rest.starts_with('/'))
    };
    if version == Version::Beta && is_below(MOVED) {
        return GraphError::RolesHaveMoved;
    }
    let known = NOT_EMULATED.iter().find(|known| is_below(known));
    let below = NOT_EMULATED_BELOW.iter().find(|known| segments.len() > 1 && known.eq_ignore_ascii_case(unknown));
    match known.or(below) {
        Some(known) => GraphError::NotEmulated(format!("/{known}")),
        None => error,
    }
}

/// What a browser asks before it calls from a page.
fn preflight() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, axum::http::HeaderValue::from_static(value));
    };
    set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    set(header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PUT, PATCH, DELETE, OPTIONS");
    set(header::ACCESS_CONTROL_ALLOW_HEADERS, "*, Authorization");
    set(header::ACCESS_CONTROL_MAX_AGE, "3600");
    response
}
