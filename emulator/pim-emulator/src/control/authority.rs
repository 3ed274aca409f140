//! `GET /_emulator/ca.pem`: the certificate that clients must trust. The key stays where it is.

use super::Handle;
use super::openapi::{Routes, endpoint};
use super::problem::{Kind, Problem, ProblemDetails};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// The certificate of the emulator's certificate authority, as PEM. Needs no key.
#[utoipa::path(
    get, path = "/_emulator/ca.pem", tag = "emulator",
    responses(
        (status = 200, body = String, content_type = "application/x-pem-file"),
        (status = 404, body = ProblemDetails, description = "The emulator runs without TLS."),
    ),
)]
async fn get_authority(State(control): State<Handle>) -> Response {
    match &control.options.authority_pem {
        Some(pem) => ([(header::CONTENT_TYPE, "application/x-pem-file")], pem.clone()).into_response(),
        None => Problem::new(Kind::NotFound, "this emulator runs without a certificate authority").into_response(),
    }
}

pub(super) fn routes() -> Routes {
    Routes::new().at(endpoint!(get_authority))
}
