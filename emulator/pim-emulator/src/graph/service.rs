//! The way of a request through Graph.

use super::Version;
use super::call::Call;
use super::error::GraphError;
use super::limits;
use super::media::{self, Metadata};
use super::metadata;
use super::operations::{MOVED, NOT_EMULATED, NOT_EMULATED_BELOW, router};
use super::path::{self, Segment};
use super::permission::Gate;
use super::preferences::{Applied, Preferences, Returned};
use super::reply::Reply;
use super::router::{Method, Operation};
use super::sent::{Around, Sent};
use super::staged;
use crate::app::token::{AccessToken, Audience, TokenFault};
use crate::app::traffic::{Began, End, Ended, Surface, Visit};
use crate::app::{Access, App, Tenant, real_now};
use crate::encoding;
use crate::net::{Dropped, Origin, client_address, origin};
use crate::receiving;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, Request, Response, StatusCode, header, request};
use pim_core::Rejection;
use std::borrow::Cow;
use std::cell::Cell;
use std::net::IpAddr;
use std::time::Duration;

/// The largest body that is read.
const LARGEST_BODY: usize = 4 * 1024 * 1024;
const CONSISTENCY_LEVEL: HeaderName = HeaderName::from_static("consistencylevel");

/// Who calls and where: known once, for the request and for every step of it when it is a batch.
#[derive(Clone, Debug)]
pub(super) struct Place<'a> {
    pub(super) tenant: &'a Access<'a>,
    pub(super) token: &'a AccessToken,
    pub(super) version: Version,
    pub(super) origin: Origin<'a>,
    /// Where the call comes from, where it may change something.
    pub(super) address: Option<IpAddr>,
}

/// What is asked, alone or as a step of a batch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    /// The method, if any operation has it.
    pub(super) method: Option<Method>,
    /// The path below the version.
    pub(super) segments: &'a [Segment<'a>],
    /// What comes after the question mark.
    pub(super) query: &'a str,
    pub(super) headers: &'a HeaderMap,
    pub(super) payload: &'a [u8],
}

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
    let response = respond(app, audience, &parts, payload.as_deref().map_err(Clone::clone)).await;
    encoding::packed(response, &parts.headers).map(Body::from)
}

/// Answers one request: with whatever the tenant has between itself and its callers.
async fn respond(
    app: &App,
    audience: Audience,
    parts: &request::Parts,
    payload: Result<&[u8], GraphError>,
) -> Response<Vec<u8>> {
    let mut around = Around::of(&parts.headers);
    let body = payload.as_ref().copied().unwrap_or_default();
    if let Some(document) = document(audience, parts) {
        return sent(payload.and(document), &around, parts);
    }
    let (token, tenant) = match app.authenticate_request(&parts.headers, audience) {
        Ok(known) => known,
        Err(fault) => return sent(payload.and_then(|_| unauthenticated(audience, parts, fault)), &around, parts),
    };
    let visit = visit(audience, parts, &token, &tenant);
    let course = tenant.traffic().meet(&visit);
    if !course.delay.is_zero() {
        tokio::time::sleep(course.delay).await;
    }
    let (response, error) = match &course.end {
        End::CarriedOut(fate) => {
            let access = Access::new(&tenant, fate);
            let result = payload.and_then(|payload| answer(&token, &access, audience, parts, payload, &mut around));
            let error = result.as_ref().err().map(|error| Cow::Borrowed(error.answer().code));
            if !around.delay.is_zero() {
                tokio::time::sleep(around.delay).await;
            }
            (sent(result, &around, parts), error)
        }
        End::Refused(refusal, _) => {
            let sent = staged::sent(refusal, &token, &around, real_now(), &origin(parts));
            (sent.into_response(&around), Some(Cow::Owned(staged::code(refusal))))
        }
        End::Dropped => (Dropped::response(), None),
    };
    let status = (!Dropped::is(&response)).then(|| response.status());
    let ended = Ended { status, error: error.as_deref(), request_id: around.id, body };
    tenant.traffic().note(&visit, &course, &ended);
    response
}

fn sent(result: Result<Reply, GraphError>, around: &Around, parts: &request::Parts) -> Response<Vec<u8>> {
    Sent::of(result, around, || origin(parts)).into_response(around)
}

/// What the service says of itself to whoever asks.
fn document(audience: Audience, parts: &request::Parts) -> Option<Result<Reply, GraphError>> {
    let segments = segments(parts).ok()?;
    let (version, segments) = read_version(audience, &segments).ok()?;
    metadata::document(version, Method::of(&parts.method), segments, &origin(parts))
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
async fn payload(parts: &request::Parts, body: Body) -> Result<Bytes, GraphError> {
    match Method::of(&parts.method) {
        Some(Method::Get | Method::Delete) => {
            receiving::nothing(body, LARGEST_BODY).await;
            Ok(Bytes::new())
        }
        Some(Method::Post | Method::Put | Method::Patch) | None => {
            let body = receiving::whole(body, LARGEST_BODY).await.map_err(|_| GraphError::PayloadTooLarge)?;
            match encoding::unpacked(&parts.headers, &body, LARGEST_BODY) {
                Ok(Cow::Borrowed(_)) => Ok(body),
                Ok(Cow::Owned(unpacked)) => Ok(Bytes::from(unpacked)),
                Err(encoding::Fault::TooLarge) => Err(GraphError::PayloadTooLarge),
                Err(encoding::Fault::Damaged) => Err(GraphError::UnreadableBody("the body is no gzip".to_owned())),
                Err(encoding::Fault::Unknown) => {
                    let encoding = parts.headers.get(header::CONTENT_ENCODING).and_then(|it| it.to_str().ok());
                    Err(GraphError::UnsupportedMediaType(encoding.unwrap_or_default().to_owned()))
                }
            }
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
    around: &mut Around,
) -> Result<Reply, GraphError> {
    let segments = segments(parts)?;
    let (version, segments) = read_version(audience, &segments)?;
    let method = Method::of(&parts.method);
    let origin = origin(parts);
    let place = Place { tenant, token, version, origin, address: client_address(&parts.extensions) };
    let asked =
        Asked { method, segments, query: parts.uri.query().unwrap_or_default(), headers: &parts.headers, payload };
    carry_out(&place, &asked, around)
}

/// Carries out what somebody asks who is known by now.
pub(super) fn carry_out(place: &Place<'_>, asked: &Asked<'_>, around: &mut Around) -> Result<Reply, GraphError> {
    let found = router().find(place.version, asked.method, asked.segments);
    let (operation, keys) = found.map_err(|error| not_emulated(error, place.version, asked.segments))?;
    around.metadata = Metadata::accepted(asked.headers)?;
    media::is_json(asked.headers, asked.payload)?;
    let call = Call {
        tenant: place.tenant,
        token: place.token,
        version: place.version,
        origin: place.origin.clone(),
        keys,
        query: asked.query,
        has_content_type: asked.headers.contains_key(header::CONTENT_TYPE),
        consistency_is_eventual: is_eventual(asked),
        preferences: Preferences::of(asked.headers),
        metadata: around.metadata,
        applied: Cell::new(None),
        delay: Cell::new(Duration::ZERO),
        payload: asked.payload,
        address: place.address,
    };
    permit(&call, operation, around)?;
    let reply = (operation.handler)(&call).map_err(|error| challenged(error, &call))?;
    around.delay = call.delay.get();
    let reply = represented(&call, operation, asked, reply);
    around.applied = call.applied.get();
    Ok(reply)
}

/// Refuses whoever lacks the permission or has asked too often.
fn permit(call: &Call<'_>, operation: &Operation, around: &mut Around) -> Result<(), GraphError> {
    let is_throttled = match operation.permission.gate {
        // PIM's own service looks at who calls alone.
        _ if call.version == Version::Service => return Ok(()),
        Gate::Pim | Gate::Directory | Gate::Policies | Gate::Reviews | Gate::Reports => call.tenant.read(|view| {
            let is_throttled = view.behaviour().throttling;
            call.require(view, operation.permission).map(|()| is_throttled)
        })?,
        Gate::PimByScope | Gate::Steps => return Ok(()),
    };
    around.units = limits::units(operation, call.query);
    if is_throttled {
        around.share = limits::count(call, operation, around.units)?;
    }
    Ok(())
}

/// Whether the client has said that the answer may lag: in a header, or where a browser cannot send one, in the query.
fn is_eventual(asked: &Asked<'_>) -> bool {
    let in_query = |pair: &str| pair.eq_ignore_ascii_case("ConsistencyLevel=eventual");
    match asked.headers.get(CONSISTENCY_LEVEL) {
        Some(value) => value.as_bytes().eq_ignore_ascii_case(b"eventual"),
        None => asked.query.split('&').any(in_query),
    }
}

/// What was changed, as a whole, where the client would like to see it and may read it; else the answer as it is.
fn represented(call: &Call<'_>, operation: &Operation, asked: &Asked<'_>, reply: Reply) -> Reply {
    let wants = call.preferences.returned == Some(Returned::Representation);
    let (Reply::NoContent, Method::Patch, true) = (&reply, operation.method, wants) else { return reply };
    let Ok((reading, _)) = router().find(call.version, Some(Method::Get), asked.segments) else { return reply };
    let may_read = call.tenant.read(|view| call.require(view, reading.permission)).is_ok();
    match may_read.then(|| (reading.handler)(call)) {
        Some(Ok(whole)) => {
            call.applied.set(Some(Applied::Returned(Returned::Representation)));
            whole
        }
        Some(Err(_)) | None => reply,
    }
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
