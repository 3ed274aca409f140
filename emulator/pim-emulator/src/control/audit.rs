//! `GET /_emulator/tenants/{tid}/audit.ndjson`: the whole audit log, for a SIEM (AUD-30).

use super::body::{QueryOf, TenantAt};
use super::openapi::{Routes, endpoint};
use super::problem::ProblemDetails;
use crate::app::Tenant;
use crate::app::audit::AuditRecord;
use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::stream::unfold;
use serde::{Deserialize, Serialize};
use std::convert::Infallible;
use std::sync::Arc;

/// How many events are turned into lines at once.
const CHUNK: u64 = 256;

/// Where to begin.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExportFrom {
    /// After the event with this number.
    #[serde(default)]
    after: u64,
}

/// A line: the record, and the number of the event that it is about.
#[derive(Serialize)]
struct Line<'a> {
    sequence: u64,
    #[serde(flatten)]
    record: &'a AuditRecord,
}

/// The audit log of the tenant, oldest first, one record a line: the whole of it, however old.
///
/// Each line is a record as Graph has it and, as `sequence`, the number of the event that it is about. Whoever asks again
/// `after` the last of these numbers gets what is new.
#[utoipa::path(
    get, path = "/_emulator/tenants/{tid}/audit.ndjson", tag = "inside",
    params(("tid" = String, Path, description = "The tenant's id or domain."),
        ("after" = Option<u64>, Query, description = "Records of events with a higher number than this; all when left out.")),
    responses(
        (status = 200, content_type = "application/x-ndjson", body = String),
        (status = 400, body = ProblemDetails),
        (status = 404, body = ProblemDetails),
    ),
)]
async fn export_audit(TenantAt(tenant): TenantAt, QueryOf(from): QueryOf<ExportFrom>) -> Response {
    let stream = unfold((tenant, from.after), |(tenant, after)| async move {
        let (lines, next) = lines(&tenant, after);
        (next > after).then_some((Ok::<_, Infallible>(lines), (tenant, next)))
    });
    ([(header::CONTENT_TYPE, "application/x-ndjson")], Body::from_stream(stream)).into_response()
}

/// Some lines, and the number of the event up to which they go.
fn lines(tenant: &Arc<Tenant>, after: u64) -> (Bytes, u64) {
    let (records, next) = tenant.audit(|audit| audit.after(after, CHUNK));
    let mut lines = Vec::with_capacity(records.len() * 2048);
    for record in &records {
        let line = Line { sequence: record.key.event(), record };
        // Writing plain data into memory cannot fail.
        let _ = serde_json::to_writer(&mut lines, &line);
        lines.push(b'\n');
    }
    (lines.into(), next)
}

pub(super) fn routes() -> Routes {
    Routes::new().at(endpoint!(export_audit))
}
