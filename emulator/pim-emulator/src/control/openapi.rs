//! `GET /_emulator/openapi.json`: this API, described. Made from the routes themselves.

use super::Handle;
use axum::Extension;
use axum::body::Bytes;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "PIM Emulator: control API",
        description = "Makes tenants, moves their clocks and looks inside. Errors are problem details of RFC 9457. \
            When the emulator was started with an admin key, every request brings it in X-Emulator-Key.",
    ),
    tags(
        (name = "emulator", description = "The process as a whole."),
        (name = "tenants", description = "Tenants: made, listed, reset, copied and removed."),
        (name = "time", description = "The clock of a tenant."),
        (name = "inside", description = "What happened in a tenant and what it is told to do."),
    ),
)]
struct Head;

/// The document without its paths.
pub(super) fn head() -> utoipa::openapi::OpenApi {
    let mut head = Head::openapi();
    head.info.version = env!("CARGO_PKG_VERSION").to_owned();
    head
}

/// The whole document, as text.
#[derive(Debug)]
pub(super) struct Document(Bytes);

impl Document {
    /// The text of a document.
    pub(super) fn new(document: &utoipa::openapi::OpenApi) -> Self {
        Self(document.to_json().unwrap_or_default().into())
    }
}

/// This document.
#[utoipa::path(
    get, path = "/_emulator/openapi.json", tag = "emulator",
    responses((status = 200, description = "The OpenAPI document of the control API.")),
)]
async fn get_openapi(Extension(document): Extension<Arc<Document>>) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], document.0.clone()).into_response()
}

pub(super) fn routes() -> OpenApiRouter<Handle> {
    OpenApiRouter::new().routes(routes!(get_openapi))
}
