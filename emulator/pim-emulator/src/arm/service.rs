//! The way of a request through Azure Resource Manager.
//!
//! What is checked, and in this order: the token, that a version is named, the subscription, the type, the version, the method.
//! What a caller may do is the handler's to ask.

use super::batch;
use super::body;
use super::call::Call;
use super::error::{ArmError, Context};
use super::front_door::{self, Query, ResourceType, ScopePath, Subject, Target};
use super::quotas::{Quota, Quotas};
use super::reply::{Around, Reply};
use super::router::{Handler, Keys, Method, Operation};
use super::scopes;
use crate::app::token::{AccessToken, Audience, Caller};
use crate::app::{App, Tenant, real_now};
use crate::encoding;
use crate::net::{Origin, ServedHost, client_address, origin};
use axum::body::{Body, to_bytes};
use axum::http::{HeaderName, HeaderValue, Request, Response, StatusCode, header, request};
use std::sync::Arc;

/// The largest body that is read.
const LARGEST_BODY: usize = 4 * 1024 * 1024;

/// Azure Resource Manager before all tenants.
#[derive(Debug)]
pub(crate) struct ResourceManager {
    app: Arc<App>,
    quotas: Quotas,
}

/// What a request turned out to be, as far as it was understood.
struct Understood {
    around: Around,
    context: Context,
}

/// Whether a request stands alone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Alone,
    InBatch,
}

impl ResourceManager {
    /// That of these tenants.
    pub(crate) fn new(app: Arc<App>) -> Self {
        Self { app, quotas: Quotas::default() }
    }

    /// Answers a request.
    pub(crate) async fn serve(&self, request: Request<Body>) -> Response<Body> {
        if request.method() == axum::http::Method::OPTIONS {
            return preflight();
        }
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, LARGEST_BODY).await.map_err(|_| ArmError::BodyTooLarge);
        let payload = match &body {
            Ok(body) => encoding::unpacked(&parts.headers, body, LARGEST_BODY).map_err(|fault| match fault {
                encoding::Fault::TooLarge => ArmError::BodyTooLarge,
                encoding::Fault::Unknown => ArmError::UnsupportedEncoding,
                encoding::Fault::Damaged => ArmError::UnreadableBody("the body is no gzip".to_owned()),
            }),
            Err(error) => Err(error.clone()),
        };
        let payload = payload.as_deref().map_err(Clone::clone);
        let response = self.respond(&parts, payload, Standing::Alone);
        encoding::packed(response, &parts.headers).map(Body::from)
    }

    fn respond(
        &self,
        parts: &request::Parts,
        payload: Result<&[u8], ArmError>,
        standing: Standing,
    ) -> Response<Vec<u8>> {
        let mut understood = Understood { around: Around::of(&parts.headers, real_now()), context: Context::default() };
        let answer = payload.and_then(|payload| self.answer(parts, payload, standing, &mut understood));
        let Understood { mut around, context } = understood;
        match answer {
            Ok(reply) => reply.into_response(&around),
            Err(error) => {
                around.authority = self.authority(&origin(parts));
                error.answer(&context).into_response(&around)
            }
        }
    }

    fn answer(
        &self,
        parts: &request::Parts,
        payload: &[u8],
        standing: Standing,
        understood: &mut Understood,
    ) -> Result<Reply, ArmError> {
        let segments = front_door::segments(parts.uri.path()).ok_or(ArmError::UnreadablePath)?;
        let query = Query::parse(parts.uri.query().unwrap_or_default());
        let target = front_door::target(&segments);
        let origin = origin(parts);
        if let Some(reply) = open(&target, parts, &query, &origin) {
            return reply;
        }
        if !parts.headers.contains_key(header::AUTHORIZATION) {
            return Err(ArmError::NoAuthorization);
        }
        let (token, tenant) = self.app.authenticate_request(&parts.headers, Audience::ResourceManager)?;
        understood.context = caller(&token, &tenant);
        let is_below_subscription = segments.first().is_some_and(|it| it.eq_ignore_ascii_case("subscriptions"));
        let quota = Quota::of(&parts.method, is_below_subscription);
        let who = (token.tenant, token.caller.id());
        understood.around.left = Some((quota, self.quotas.count(who, quota, real_now())));
        let asked = front_door::api_version(&query)?;
        let Target { scope, subject } = target?;
        scopes::subscription_is_there(&tenant, &scope)?;
        let found = find(subject, &parts.method, asked)?;
        understood.around.is_pim = found.kind.is_pim;
        understood.context.over = over(&scope, &found, &segments);
        let (operation, version) = found.operation?;
        understood.context.action = operation.action(found.kind, &scope);
        match operation.handler {
            Handler::Signed(handler) => handler(&Call {
                tenant: &tenant,
                token: &token,
                scope: &scope,
                version,
                context: &understood.context,
                origin: &origin,
                keys: found.keys,
                query: &query,
                payload,
                address: client_address(&parts.extensions),
                is_in_batch: standing == Standing::InBatch,
            }),
            Handler::Open(handler) => Ok(handler(&origin, version)),
            Handler::Batch => self.batch(parts, payload, standing, &tenant),
        }
    }

    /// Carries out the requests of a batch, one after the other.
    fn batch(
        &self,
        parts: &request::Parts,
        payload: &[u8],
        standing: Standing,
        tenant: &Tenant,
    ) -> Result<Reply, ArmError> {
        if standing == Standing::InBatch {
            return Err(ArmError::InvalidBatch("a batch cannot stand in a batch".to_owned()));
        }
        let requests = batch::requests(parts, payload, body::closes_braces(tenant))?;
        let answers: Vec<_> = (requests.into_iter())
            .map(|it| (it.name, self.respond(&it.parts, Ok(&it.content), Standing::InBatch)))
            .collect();
        Ok(Reply::Ok(batch::answer(&answers)))
    }

    /// Where whoever brings no good token is sent to sign in. Tools read the tenant out of it.
    fn authority(&self, origin: &Origin<'_>) -> String {
        let base = match origin.served_host() {
            Some(ServedHost::ResourceManager) => "https://login.windows.net".to_owned(),
            Some(ServedHost::Graph | ServedHost::Login | ServedHost::PrivilegedAccess | ServedHost::ByPath) | None => {
                origin.to_string()
            }
        };
        match self.app.tenants().as_slice() {
            [only] => format!("{base}/{}", only.id()),
            _ => format!("{base}/common"),
        }
    }
}

/// The answer of what takes no token; nothing where a token is wanted.
fn open(
    target: &Result<Target<'_>, ArmError>,
    parts: &request::Parts,
    query: &Query<'_>,
    origin: &Origin<'_>,
) -> Option<Result<Reply, ArmError>> {
    let Ok(Target { subject: Subject::Served { kind, operations, .. }, .. }) = target else { return None };
    let operation = operations.iter().find(|it| Some(it.method) == Method::of(&parts.method))?;
    let Handler::Open(handler) = operation.handler else { return None };
    let version = front_door::api_version(query).and_then(|asked| kind.version(asked, kind.versions));
    Some(version.map(|version| handler(origin, version)))
}

/// A type, and the operation of a request if it has that.
struct Found<'p> {
    kind: &'static ResourceType,
    keys: Keys<'p>,
    operation: Result<(&'static Operation, &'static str), ArmError>,
}

fn find<'p>(subject: Subject<'p>, method: &axum::http::Method, asked: &str) -> Result<Found<'p>, ArmError> {
    let without = |kind: &'static ResourceType, error| Found {
        kind,
        keys: Keys::new(),
        operation: kind.version(asked, kind.versions).and(Err(error)),
    };
    match subject {
        Subject::Served { kind, operations, keys } => {
            let operation = operations.into_iter().find(|it| Some(it.method) == Method::of(method));
            let operation = match operation {
                Some(it) => kind.version(asked, it.versions.unwrap_or(kind.versions)).map(|version| (it, version)),
                None => kind
                    .version(asked, kind.versions)
                    .and_then(|_| Err(ArmError::MethodNotAllowed(method.as_str().to_owned()))),
            };
            Ok(Found { kind, keys, operation })
        }
        Subject::Nowhere(kind) => Ok(without(kind, ArmError::NotFound)),
        Subject::Unserved(kind) => Ok(without(kind, ArmError::NotEmulated(kind.to_string()))),
        Subject::UnknownType { namespace, name } => Err(ArmError::InvalidResourceType {
            name,
            namespace: namespace.to_owned(),
            version: asked.to_owned(),
            supported: &[],
        }),
        Subject::UnknownNamespace(namespace) => Err(ArmError::InvalidNamespace(namespace)),
        Subject::Nothing => Err(ArmError::NotFound),
    }
}

/// What a refusal says that the caller may not touch: the one thing that the path names, else its provider at the scope.
fn over(scope: &ScopePath, found: &Found<'_>, segments: &[String]) -> String {
    if found.kind.is_of_scopes() {
        return scope.to_string();
    }
    let collection = format!("{}/providers/{}", scope.prefix(), found.kind.namespace);
    let is_type = |it: &&String| it.eq_ignore_ascii_case(found.kind.name) || **it == found.kind.in_ids();
    let below: Vec<_> = segments.iter().rev().take_while(|it| !is_type(it)).map(String::as_str).collect();
    if found.keys.is_empty() || below.is_empty() {
        return collection;
    }
    let below: Vec<_> = below.into_iter().rev().collect();
    format!("{collection}/{}/{}", found.kind.name, below.join("/"))
}

fn caller(token: &AccessToken, tenant: &Tenant) -> Context {
    let name = match &token.caller {
        Caller::User { id, .. } => tenant.read(|view| view.user(*id).map(|user| user.user_principal_name.clone())),
        Caller::Application { .. } => None,
    };
    Context {
        caller: name.unwrap_or_else(|| token.app_id.to_string()),
        object_id: token.caller.id(),
        tenant: token.tenant,
        ..Context::default()
    }
}

/// What a browser asks before it calls from a page.
fn preflight() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    set(header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    set(header::ACCESS_CONTROL_ALLOW_HEADERS, "*, Authorization");
    set(header::ACCESS_CONTROL_MAX_AGE, "3600");
    response
}
