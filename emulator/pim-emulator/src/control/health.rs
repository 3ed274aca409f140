//! `GET /_emulator/health`.

use super::openapi::{Routes, endpoint};
use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

/// Whether the emulator is up.
#[derive(Debug, Serialize, ToSchema)]
struct Health {
    /// Always `ok`.
    status: &'static str,
    /// The version of the emulator.
    version: &'static str,
}

/// Whether the emulator is up. Needs no key.
#[utoipa::path(get, path = "/_emulator/health", tag = "emulator", responses((status = 200, body = Health)))]
async fn get_health() -> Json<Health> {
    Json(Health { status: "ok", version: env!("CARGO_PKG_VERSION") })
}

pub(super) fn routes() -> Routes {
    Routes::new().at(endpoint!(get_health))
}
