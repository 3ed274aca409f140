//! `GET /_emulator/tenants/{tid}/invariants`: what always holds, checked now.

use super::body::TenantAt;
use super::openapi::{Routes, endpoint};
use super::problem::{Problem, ProblemDetails};
use axum::Json;
use pim_core::Invariant;
use serde::Serialize;
use utoipa::ToSchema;

/// One invariant, as found.
#[derive(Debug, Serialize, ToSchema)]
struct InvariantAnswer {
    /// What always holds.
    name: String,
    /// Whether it does.
    holds: bool,
    /// The ids of what breaks it.
    violations: Vec<String>,
}

/// Every invariant.
#[derive(Debug, Serialize, ToSchema)]
struct InvariantList {
    /// The invariants.
    value: Vec<InvariantAnswer>,
}

fn answer(invariant: Invariant) -> InvariantAnswer {
    let Invariant { name, violations } = invariant;
    InvariantAnswer { name, holds: violations.is_empty(), violations }
}

/// Every invariant of the machine, checked now. One that does not hold is a mistake of the emulator.
#[utoipa::path(
    get, path = "/_emulator/tenants/{tid}/invariants", tag = "inside",
    params(("tid" = String, Path, description = "The tenant's id or domain.")),
    responses((status = 200, body = InvariantList), (status = 404, body = ProblemDetails)),
)]
async fn list_invariants(TenantAt(tenant): TenantAt) -> Result<Json<InvariantList>, Problem> {
    let work = move || tenant.invariants();
    let found = tokio::task::spawn_blocking(work).await.map_err(|error| Problem::lost(&error))?;
    Ok(Json(InvariantList { value: found.into_iter().map(answer).collect() }))
}

pub(super) fn routes() -> Routes {
    Routes::new().at(endpoint!(list_invariants))
}
