//! `GET /_emulator/tenants/{tid}/invariants`: what always holds, checked now.

use super::body::TenantAt;
use super::openapi::{Routes, endpoint};
use super::problem::{Problem, ProblemDetails};
use axum::Json;
use pim_core::{Invariant, Severity};
use serde::Serialize;
use utoipa::ToSchema;

/// How bad it is when an invariant does not hold.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
enum Level {
    Error,
    Warning,
}

/// One invariant, as found.
#[derive(Debug, Serialize, ToSchema)]
struct InvariantAnswer {
    /// What always holds.
    name: String,
    /// What it means when it does not: a mistake of the emulator, or a tenant in which somebody may be locked out.
    #[schema(value_type = String, example = "error")]
    severity: Level,
    /// Whether it does.
    holds: bool,
    /// The ids or names of what breaks it.
    violations: Vec<String>,
}

/// Every invariant.
#[derive(Debug, Serialize, ToSchema)]
struct InvariantList {
    /// The invariants.
    value: Vec<InvariantAnswer>,
}

fn answer(invariant: Invariant) -> InvariantAnswer {
    let Invariant { name, severity, violations } = invariant;
    let severity = match severity {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
    };
    InvariantAnswer { name, severity, holds: violations.is_empty(), violations }
}

/// Every invariant of the machine, checked now. An error that does not hold is a mistake of the emulator; a warning says that
/// the tenant is set up so that somebody may be locked out.
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
