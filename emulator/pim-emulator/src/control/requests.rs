//! `/_emulator/tenants/{tid}/requests`: which requests a tenant has had.

use super::body::{QueryOf, TenantAt};
use super::openapi::{Routes, endpoint};
use super::problem::{Kind, Problem, ProblemDetails};
use super::who;
use crate::app::Tenant;
use crate::app::traffic::{Hardship, Noted, PathPattern, Surface, Wanted};
use axum::Json;
use axum::http::StatusCode;
use pim_core::PrincipalId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// How many requests are answered at once, at most.
const MOST: usize = 1000;

/// Which requests are wanted.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct RequestsWanted {
    /// Those with a higher number than this.
    #[serde(default)]
    after: u64,
    /// How many, at most 1000; 100 when left out.
    limit: Option<usize>,
    /// Those with that method.
    method: Option<String>,
    /// Those whose path fits a pattern.
    path: Option<String>,
    /// Those of somebody.
    principal: Option<String>,
    /// Those that were answered with that status.
    status: Option<u16>,
    /// Those to a part of the emulator.
    surface: Option<Surface>,
    /// Those that their client called so.
    client_request_id: Option<String>,
}

/// Who called.
#[derive(Debug, Serialize, ToSchema)]
struct Caller {
    /// The object id.
    id: Uuid,
    /// The name in the world, else the one to sign in with or to be shown; null for somebody who is gone.
    name: Option<String>,
}

/// The body of a request.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct RequestBody {
    /// As it was sent, up to 4096 bytes; `***` stands for secrets.
    text: String,
    /// Whether it was longer.
    is_cut: bool,
}

/// A request.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct RequestAnswer {
    /// Its number. Numbers count up by one, in the order in which requests ended, and are never given twice.
    sequence: u64,
    /// When it came, in real time.
    #[schema(format = DateTime)]
    at: String,
    /// The same in the tenant's time.
    #[schema(format = DateTime)]
    tenant_time: String,
    /// The part of the emulator that it was for: `graph`, `pim`, `arm` or `login`.
    surface: Surface,
    /// The method.
    method: String,
    /// The path as it was written.
    path: String,
    /// The path as it was read: without doubled slashes and percent-encoding, and with keys behind slashes.
    read_as: String,
    /// The query as it was written; `***` stands for secrets.
    query: String,
    /// The status; null where the connection was closed without an answer.
    status: Option<u16>,
    /// The code of the error that was answered; at sign-in with its number, as `AADSTS7000215`.
    error: Option<String>,
    /// Who called; at sign-in whoever wants to sign in, as far as the request says.
    principal: Option<Caller>,
    /// The client id of the application.
    application: Option<Uuid>,
    /// What the client calls itself.
    user_agent: Option<String>,
    /// What the client called the request.
    client_request_id: Option<String>,
    /// What the answer called it.
    request_id: Uuid,
    /// How long it took, in milliseconds.
    duration: f64,
    /// The body, of requests that may change something.
    body: Option<RequestBody>,
    /// The faults that applied, by their place in the list of that time.
    faults: Vec<u8>,
    /// What it met of a hostile tenant.
    #[schema(example = json!(["throttled"]))]
    hardships: Vec<&'static str>,
}

/// Some requests, in order.
#[derive(Debug, Serialize, ToSchema)]
struct RequestPage {
    /// The requests.
    value: Vec<RequestAnswer>,
    /// How many there are in all after that number, of those that were asked for.
    count: usize,
    /// The number to ask after the next time.
    next: u64,
    /// The number of the first request that is kept.
    first: u64,
    /// The number of the last one.
    last: u64,
}

/// The requests that the tenant has had, in the order in which they ended. A request belongs to the tenant whose token it
/// carries, or which the path of sign-in names; one without a good token belongs to no tenant and is not here. The latest
/// 10,000 are kept, or as many as `serve --requests` says.
#[utoipa::path(
    get, path = "/_emulator/tenants/{tid}/requests", tag = "inside",
    params(("tid" = String, Path, description = "The tenant's id or domain."),
        ("after" = Option<u64>, Query, description = "Those with a higher number than this; all when left out."),
        ("limit" = Option<usize>, Query, description = "How many, at most 1000; 100 when left out. 0 only counts."),
        ("method" = Option<String>, Query, description = "Those with that method."),
        ("path" = Option<String>, Query, description = "Those whose path fits a pattern, such as /users/*/memberOf or \
            /roleManagement/**. Case, doubled slashes, encoding and, where it names none, the version do not count."),
        ("principal" = Option<String>, Query, description = "Those of a user or an application, by id, user principal name \
            or name in the world."),
        ("status" = Option<u16>, Query, description = "Those that were answered with that status."),
        ("surface" = Option<Surface>, Query, description = "Those to graph, pim, arm or login."),
        ("clientRequestId" = Option<String>, Query, description = "Those that their client called so.")),
    responses(
        (status = 200, body = RequestPage), (status = 400, body = ProblemDetails), (status = 404, body = ProblemDetails),
    ),
)]
async fn list_requests(
    TenantAt(tenant): TenantAt,
    QueryOf(asked): QueryOf<RequestsWanted>,
) -> Result<Json<RequestPage>, Problem> {
    let limit = asked.limit.unwrap_or(100).min(MOST);
    let after = asked.after;
    let wanted = wanted(&tenant, asked)?;
    let work = move || {
        let (first, last, count, noted) = tenant.traffic().journal().after(after, limit, &wanted);
        let next = match noted.last() {
            // Nothing else up to the last one is wanted.
            _ if count == noted.len() => last,
            Some(noted) => noted.number,
            None => after,
        };
        let value = noted.into_iter().map(|it| answer(&tenant, it)).collect();
        RequestPage { value, count, next, first, last }
    };
    tokio::task::spawn_blocking(work).await.map(Json).map_err(|error| Problem::lost(&error))
}

fn wanted(tenant: &Tenant, asked: RequestsWanted) -> Result<Wanted, Problem> {
    let bad = |field: &'static str, detail: String| Problem::new(Kind::InvalidParameter, detail).at(field);
    let path = asked.path.as_deref().map(PathPattern::parse).transpose().map_err(|detail| bad("path", detail))?;
    let principal = asked.principal.as_deref().map(|text| who::caller(tenant, text));
    Ok(Wanted {
        surface: asked.surface,
        method: asked.method,
        path,
        principal: principal.transpose().map_err(|detail| bad("principal", detail))?,
        status: asked.status,
        client_request_id: asked.client_request_id,
    })
}

fn answer(tenant: &Tenant, noted: Noted) -> RequestAnswer {
    RequestAnswer {
        sequence: noted.number,
        at: noted.at.to_string(),
        tenant_time: noted.tenant_at.to_string(),
        surface: noted.surface,
        method: noted.method,
        path: noted.path,
        read_as: noted.read_as,
        query: noted.query,
        status: noted.status,
        error: noted.error,
        principal: noted.principal.map(|id| Caller { id: id.0, name: name(tenant, id) }),
        application: noted.application.map(|it| it.0),
        user_agent: noted.user_agent,
        client_request_id: noted.client_request_id,
        request_id: noted.request_id,
        duration: f64::from(noted.microseconds) / 1000.0,
        body: noted.body.map(|(text, is_cut)| RequestBody { text, is_cut }),
        faults: noted.faults,
        hardships: noted.hardships.into_iter().map(Hardship::name).collect(),
    }
}

fn name(tenant: &Tenant, id: PrincipalId) -> Option<String> {
    let names = tenant.names();
    let user = names.users.iter().find(|(_, it)| **it == id).map(|(name, _)| name);
    let application = || names.applications.iter().find(|(_, it)| it.service_principal == id).map(|(name, _)| name);
    let in_world = user.or_else(application).cloned();
    in_world.or_else(|| {
        tenant.read(|view| match view.user(id) {
            Some(user) => Some(user.user_principal_name.clone()),
            None => view.principal(id).map(|it| it.display_name().to_owned()),
        })
    })
}

/// Forgets every request. Numbers go on after the last one.
#[utoipa::path(
    delete, path = "/_emulator/tenants/{tid}/requests", tag = "inside",
    params(("tid" = String, Path, description = "The tenant's id or domain.")),
    responses((status = 204), (status = 404, body = ProblemDetails)),
)]
async fn forget_requests(TenantAt(tenant): TenantAt) -> StatusCode {
    tenant.traffic().journal().clear();
    StatusCode::NO_CONTENT
}

pub(super) fn routes() -> Routes {
    Routes::new().at(endpoint!(list_requests, forget_requests))
}
