//! `/_emulator/tenants/{tid}/snapshot`: a tenant as one document, and back.

use super::body::{RawJson, TenantAt};
use super::openapi::{Routes, endpoint};
use super::problem::{Kind, Problem, ProblemDetails};
use super::{Handle, LARGE_BODY_LIMIT};
use crate::app::event_log::EventLog;
use crate::app::world::{self, TenantAnswer};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use pim_core::TenantId;
use std::sync::Arc;
use uuid::Uuid;

/// Everything that a tenant is, as one document. Its content may change from one version of the emulator to the next; its
/// `format` tells.
#[utoipa::path(
    get, path = "/_emulator/tenants/{tid}/snapshot", tag = "tenants",
    params(("tid" = String, Path, description = "The tenant's id or domain.")),
    responses(
        (status = 200, body = serde_json::Value, description = "The snapshot."),
        (status = 404, body = ProblemDetails),
    ),
)]
async fn get_snapshot(TenantAt(tenant): TenantAt) -> Result<Response, Problem> {
    let work = move || serde_json::to_vec(&tenant.snapshot());
    let result = tokio::task::spawn_blocking(work).await.map_err(|error| Problem::lost(&error))?;
    let document = result.map_err(|error| Problem::new(Kind::Internal, error.to_string()))?;
    Ok(([(header::CONTENT_TYPE, "application/json")], document).into_response())
}

/// Makes a tenant from a snapshot: a copy under an id that is free, or in the place of the tenant that has the id.
///
/// Where a tenant is replaced, the numbers of its events go on after the last one before. A reset leads back to the snapshot.
#[utoipa::path(
    put, path = "/_emulator/tenants/{tid}/snapshot", tag = "tenants",
    params(("tid" = Uuid, Path, description = "The id that the tenant gets.")),
    request_body(content = serde_json::Value, description = "The snapshot."),
    responses(
        (status = 200, body = TenantAnswer, description = "A tenant was replaced."),
        (status = 201, body = TenantAnswer, description = "A tenant was made."),
        (status = 400, body = ProblemDetails, description = "This is not a snapshot; nothing has changed."),
    ),
)]
async fn put_snapshot(
    State(control): State<Handle>,
    Path(tid): Path<String>,
    RawJson(body): RawJson,
) -> Result<Response, Problem> {
    let Ok(id) = Uuid::try_parse(&tid) else {
        return Err(Problem::new(Kind::InvalidParameter, format!("'{tid}' is not a tenant id")).at("tid"));
    };
    let id = TenantId(id);
    let _one = control.replacing.lock().await;
    let app = Arc::clone(&control.app);
    let work = move || {
        let last = app.tenant(id).map(|earlier| earlier.log().last());
        let log = EventLog::starting_after(last.unwrap_or(0));
        let tenant = world::restore(Arc::from(&*body), id, log)?;
        let status = if last.is_some() { StatusCode::OK } else { StatusCode::CREATED };
        Ok::<_, Problem>((status, app.replace(tenant).answer()))
    };
    let (status, answer) = tokio::task::spawn_blocking(work).await.map_err(|error| Problem::lost(&error))??;
    Ok((status, Json(answer)).into_response())
}

pub(super) fn routes() -> Routes {
    Routes::new().at(endpoint!(get_snapshot, put_snapshot)).largest_body(LARGE_BODY_LIMIT)
}
