//! `/_emulator/tenants/{tid}/hostile`: a tenant that is as hard on its clients as the service can be.

use super::body::{Body, TenantAt};
use super::openapi::{Routes, endpoint};
use super::problem::{Kind, Problem, ProblemDetails};
use crate::app::Tenant;
use crate::app::traffic::{Hardship, Profile, Report};
use axum::Json;
use axum::http::StatusCode;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// How hostile a tenant is, and what came of it.
#[derive(Debug, Default, Serialize, ToSchema)]
struct HostileAnswer {
    /// The profile; null while the tenant is not hostile.
    profile: Option<Profile>,
    /// How many requests have met it.
    met: u64,
    /// How many of them felt each hardship, by the name of its share.
    felt: BTreeMap<&'static str, u64>,
}

fn answer(tenant: &Tenant) -> Json<HostileAnswer> {
    let report = tenant.traffic().hostility().report();
    Json(report.map_or_else(HostileAnswer::default, |Report { profile, met, felt }| HostileAnswer {
        profile: Some(profile),
        met,
        felt: felt.into_iter().map(|(hardship, times)| (Hardship::name(hardship), times)).collect(),
    }))
}

/// How hostile the tenant is, and how often its clients have felt it.
#[utoipa::path(
    get, path = "/_emulator/tenants/{tid}/hostile", tag = "inside",
    params(("tid" = String, Path, description = "The tenant's id or domain.")),
    responses((status = 200, body = HostileAnswer), (status = 404, body = ProblemDetails)),
)]
async fn get_hostile(TenantAt(tenant): TenantAt) -> Json<HostileAnswer> {
    answer(&tenant)
}

/// Makes the tenant hostile, counted from nothing; `{}` takes every default.
///
/// All chance follows from the seed and the number of the request: the same requests in the same order meet the same. The same
/// request is never refused more than `longestStreak` times in a row, and what was made is seen everywhere after `longestLag`
/// requests of the tenant, so that a client with the documented retries gets through.
#[utoipa::path(
    put, path = "/_emulator/tenants/{tid}/hostile", tag = "inside", request_body = Profile,
    params(("tid" = String, Path, description = "The tenant's id or domain.")),
    responses(
        (status = 200, body = HostileAnswer), (status = 400, body = ProblemDetails), (status = 404, body = ProblemDetails),
    ),
)]
async fn set_hostile(TenantAt(tenant): TenantAt, Body(profile): Body<Profile>) -> Result<Json<HostileAnswer>, Problem> {
    let profile = profile.checked().map_err(|it| Problem::new(Kind::InvalidBody, it.message).at(it.field))?;
    tenant.traffic().set_hostile(Some(profile));
    Ok(answer(&tenant))
}

/// Makes the tenant kind again. Whatever was held back is seen at once.
#[utoipa::path(
    delete, path = "/_emulator/tenants/{tid}/hostile", tag = "inside",
    params(("tid" = String, Path, description = "The tenant's id or domain.")),
    responses((status = 204), (status = 404, body = ProblemDetails)),
)]
async fn end_hostility(TenantAt(tenant): TenantAt) -> StatusCode {
    tenant.traffic().set_hostile(None);
    StatusCode::NO_CONTENT
}

pub(super) fn routes() -> Routes {
    Routes::new().at(endpoint!(get_hostile, set_hostile, end_hostility))
}
