//! `/_emulator/tenants` and `/_emulator/tenants/{tid}`.

use super::body::{RawJson, TenantAt};
use super::openapi::{Routes, endpoint};
use super::problem::{Kind, Problem, ProblemDetails};
use super::{Handle, LARGE_BODY_LIMIT};
use crate::app::event_log::EventLog;
use crate::app::world::{self, Source, TenantAnswer, WorldFile};
use crate::app::{ClockMode, Tenant};
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use pim_core::model::License;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A tenant in the list.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct TenantSummary {
    /// The tenant's id.
    tenant_id: Uuid,
    /// Its initial domain.
    domain: String,
    /// The name of the organization.
    display_name: String,
    /// What it has paid for.
    #[schema(value_type = String, example = "p2")]
    license: License,
    /// What its clock shows.
    #[schema(format = DateTime)]
    now: String,
    /// How its clock moves: `manual`, `system` or `scaled`.
    clock: &'static str,
}

/// Every tenant.
#[derive(Debug, Serialize, ToSchema)]
struct TenantList {
    /// In the order in which they were made.
    value: Vec<TenantSummary>,
}

fn summary(tenant: &Tenant) -> TenantSummary {
    let clock = match tenant.clock().mode() {
        ClockMode::Manual => "manual",
        ClockMode::System => "system",
        ClockMode::Scaled(_) => "scaled",
    };
    tenant.read(|view| TenantSummary {
        tenant_id: tenant.id().0,
        domain: tenant.domain().to_owned(),
        display_name: view.tenant().map(|it| it.display_name.clone()).unwrap_or_default(),
        license: view.tenant().map_or(License::None, |it| it.license),
        now: view.now().to_string(),
        clock,
    })
}

/// Makes a tenant from a world or a built-in scenario, and answers which id each of its names got.
///
/// A seed that is used again while its tenant exists is a conflict, because the tenant's id follows from it.
#[utoipa::path(
    post, path = "/_emulator/tenants", tag = "tenants", request_body = WorldFile,
    responses(
        (status = 201, body = TenantAnswer),
        (status = 400, body = ProblemDetails, description = "With the field, line and column at fault."),
        (status = 409, body = ProblemDetails),
    ),
)]
async fn create_tenant(State(control): State<Handle>, RawJson(body): RawJson) -> Result<Response, Problem> {
    let text = String::from_utf8(body.into())
        .map_err(|error| Problem::new(Kind::InvalidBody, format!("the body is not UTF-8: {}", error.utf8_error())))?;
    let work = move || {
        let tenant = world::tenant(Source::request_body(text), None, EventLog::default())?;
        let tenant = control.app.add(tenant)?;
        Ok::<_, Problem>(tenant.answer())
    };
    let answer = tokio::task::spawn_blocking(work).await.map_err(|error| Problem::lost(&error))??;
    let location = format!("/_emulator/tenants/{}", answer.tenant_id);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(answer)).into_response())
}

/// Every tenant, in the order in which they were made.
#[utoipa::path(get, path = "/_emulator/tenants", tag = "tenants", responses((status = 200, body = TenantList)))]
async fn list_tenants(State(control): State<Handle>) -> Json<TenantList> {
    Json(TenantList { value: control.app.tenants().iter().map(|tenant| summary(tenant)).collect() })
}

/// A tenant, and which id each name of its world got.
#[utoipa::path(
    get, path = "/_emulator/tenants/{tid}", tag = "tenants",
    params(("tid" = String, Path, description = "The tenant's id or domain.")),
    responses((status = 200, body = TenantAnswer), (status = 404, body = ProblemDetails)),
)]
async fn get_tenant(TenantAt(tenant): TenantAt) -> Json<TenantAnswer> {
    Json(tenant.answer())
}

/// Removes a tenant and everything in it.
#[utoipa::path(
    delete, path = "/_emulator/tenants/{tid}", tag = "tenants",
    params(("tid" = String, Path, description = "The tenant's id or domain.")),
    responses((status = 204), (status = 404, body = ProblemDetails)),
)]
async fn delete_tenant(State(control): State<Handle>, TenantAt(tenant): TenantAt) -> StatusCode {
    let _one = control.replacing.lock().await;
    control.app.remove(tenant.id());
    StatusCode::NO_CONTENT
}

pub(super) fn routes() -> Routes {
    Routes::new()
        .at(endpoint!(create_tenant, list_tenants))
        .at(endpoint!(get_tenant, delete_tenant))
        .largest_body(LARGE_BODY_LIMIT)
}
