//! The way of a request through Azure Resource Manager.
//!
//! What is checked, and in this order: the token, that a version is named, the subscription, the type, the version, the method.
//! What a caller may do is the handler's to ask.

use super::batch;
use super::body;
use super::call::Call;
use super::error::{ArmError, Context};
use super::front_door::{self, Query, ResourceType, ScopePath, Subject, Target};
use super::pages;
use super::quotas::{Quota, Quotas};
use super::reply::{Around, Reply};
use super::router::{Handler, Keys, Method, Operation};
use super::scopes;
use super::staged;
use crate::app::token::{AccessToken, Audience, Caller, TokenFault};
use crate::app::traffic::{Began, End, Ended, Surface, Visit};
use crate::app::{Access, App, Tenant, real_now};
use crate::encoding;
use crate::net::{Dropped, Origin, ServedHost, client_address, origin};
use crate::receiving;
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Request, Response, StatusCode, header, request};
use std::borrow::Cow;
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

/// What came of a request that was carried out.
enum Answered {
    Reply(Reply),
    /// It has requests in it.
    Batch(Vec<batch::Single>),
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
        let body = receiving::whole(body, LARGEST_BODY).await.map_err(|_| ArmError::BodyTooLarge);
        let payload = match &body {
            Ok(body) => encoding::unpacked(&parts.headers, body, LARGEST_BODY).map_err(|fault| match fault {
                encoding::Fault::TooLarge => ArmError::BodyTooLarge,
                encoding::Fault::Unknown => ArmError::UnsupportedEncoding,
                encoding::Fault::Damaged => ArmError::UnreadableBody("the body is no gzip".to_owned()),
            }),
            Err(error) => Err(error.clone()),
        };
        let payload = payload.as_deref().map_err(Clone::clone);
        let response = self.respond(&parts, payload, Standing::Alone).await;
        encoding::packed(response, &parts.headers).map(Body::from)
    }

    /// Answers one request, which may be a part of a batch: with whatever the tenant has between itself and its callers.
    async fn respond(
        &self,
        parts: &request::Parts,
        payload: Result<&[u8], ArmError>,
        standing: Standing,
    ) -> Response<Vec<u8>> {
        let mut understood = Understood { around: Around::of(&parts.headers, real_now()), context: Context::default() };
        let (token, tenant) = match self.app.authenticate_request(&parts.headers, Audience::ResourceManager) {
            Ok(known) => known,
            Err(fault) => {
                return self.finish(parts, understood, payload.and_then(|_| unauthenticated(parts, fault))).0;
            }
        };
        let request_id = understood.around.id;
        let body = payload.as_ref().copied().unwrap_or_default();
        let visit = visit(parts, &token, &tenant);
        let course = tenant.traffic().meet(&visit);
        if !course.delay.is_zero() {
            tokio::time::sleep(course.delay).await;
        }
        let (response, error) = match &course.end {
            End::CarriedOut(fate) => {
                let access = Access::new(&tenant, fate);
                let answer =
                    payload.and_then(|it| self.answer(parts, it, standing, (&token, &access), &mut understood));
                match answer {
                    Ok(Answered::Batch(requests)) => (self.batch(requests, &understood.around).await, None),
                    Ok(Answered::Reply(reply)) => self.finish(parts, understood, Ok(reply)),
                    Err(error) => self.finish(parts, understood, Err(error)),
                }
            }
            End::Refused(refusal, _) => {
                self.count(parts, &token, &mut understood.around);
                understood.around.authority = self.authority(&origin(parts));
                (staged::response(refusal, &mut understood.around), Some(Cow::Owned(staged::code(refusal))))
            }
            End::Dropped => (Dropped::response(), None),
        };
        let status = (!Dropped::is(&response)).then(|| response.status());
        tenant.traffic().note(&visit, &course, &Ended { status, error: error.as_deref(), request_id, body });
        response
    }

    /// The response to a request that was understood so far, and the code of its error.
    fn finish(
        &self,
        parts: &request::Parts,
        understood: Understood,
        answer: Result<Reply, ArmError>,
    ) -> (Response<Vec<u8>>, Option<Cow<'static, str>>) {
        let Understood { mut around, context } = understood;
        match answer {
            Ok(reply) => (reply.into_response(&around), None),
            Err(error) => {
                around.authority = self.authority(&origin(parts));
                let answer = error.answer(&context);
                let code = answer.code;
                (answer.into_response(&around), Some(Cow::Borrowed(code)))
            }
        }
    }

    /// Counts a call; the headers of its answer tell how many are left.
    fn count(&self, parts: &request::Parts, token: &AccessToken, around: &mut Around) {
        let segments = front_door::segments(parts.uri.path()).unwrap_or_default();
        let is_below_subscription = segments.first().is_some_and(|it| it.eq_ignore_ascii_case("subscriptions"));
        let quota = Quota::of(&parts.method, is_below_subscription);
        let who = (token.tenant, token.caller.id());
        around.left = Some((quota, self.quotas.count(who, quota, real_now())));
    }

    fn answer(
        &self,
        parts: &request::Parts,
        payload: &[u8],
        standing: Standing,
        (token, tenant): (&AccessToken, &Access<'_>),
        understood: &mut Understood,
    ) -> Result<Answered, ArmError> {
        let segments = front_door::segments(parts.uri.path()).ok_or(ArmError::UnreadablePath)?;
        let query = Query::parse(parts.uri.query().unwrap_or_default());
        let target = front_door::target(&segments);
        let origin = origin(parts);
        if let Some(reply) = open(&target, parts, &query, &origin) {
            return reply.map(Answered::Reply);
        }
        understood.context = caller(token, tenant);
        self.count(parts, token, &mut understood.around);
        let asked = front_door::api_version(&query)?;
        let Target { scope, subject } = target?;
        scopes::subscription_is_there(tenant, &scope)?;
        let found = find(subject, &parts.method, asked)?;
        understood.around.is_pim = found.kind.is_pim;
        understood.context.over = over(&scope, &found, &segments);
        let (operation, version) = found.operation?;
        understood.context.action = operation.action(found.kind, &scope);
        let reply = match operation.handler {
            Handler::Signed(handler) => handler(&Call {
                tenant,
                token,
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
            Handler::Batch if standing == Standing::InBatch => {
                Err(ArmError::InvalidBatch("a batch cannot stand in a batch".to_owned()))
            }
            Handler::Batch => {
                return batch::requests(parts, payload, body::closes_braces(tenant)).map(Answered::Batch);
            }
        };
        reply
            .map(|reply| match reply {
                Reply::Ok(body) => Reply::Ok(pages::page(body, tenant.fate(), parts, &query, &origin)),
                other @ (Reply::Empty(_) | Reply::Created(_) | Reply::Accepted(_) | Reply::Started { .. }) => other,
            })
            .map(Answered::Reply)
    }

    /// Carries out the requests of a batch, one after the other. One that is dropped takes the whole with it.
    async fn batch(&self, requests: Vec<batch::Single>, around: &Around) -> Response<Vec<u8>> {
        let mut answers = Vec::with_capacity(requests.len());
        for it in requests {
            let response = Box::pin(self.respond(&it.parts, Ok(&it.content), Standing::InBatch)).await;
            if Dropped::is(&response) {
                return response;
            }
            answers.push((it.name, response));
        }
        Reply::Ok(batch::answer(&answers)).into_response(around)
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

/// What is said to a request whose token is not good: whatever takes none, else why not.
fn unauthenticated(parts: &request::Parts, fault: TokenFault) -> Result<Reply, ArmError> {
    let segments = front_door::segments(parts.uri.path()).ok_or(ArmError::UnreadablePath)?;
    let query = Query::parse(parts.uri.query().unwrap_or_default());
    let without_token = || match parts.headers.contains_key(header::AUTHORIZATION) {
        true => Err(fault.into()),
        false => Err(ArmError::NoAuthorization),
    };
    open(&front_door::target(&segments), parts, &query, &origin(parts)).unwrap_or_else(without_token)
}

fn visit<'a>(parts: &'a request::Parts, token: &AccessToken, tenant: &Tenant) -> Visit<'a> {
    Visit {
        began: Began::in_tenant(tenant),
        surface: Surface::ResourceManager,
        method: &parts.method,
        path: parts.uri.path(),
        query: parts.uri.query().unwrap_or_default(),
        headers: &parts.headers,
        principal: Some(token.caller.id()),
        application: Some(token.app_id),
        is_device_poll: false,
    }
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
