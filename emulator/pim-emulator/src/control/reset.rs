//! `POST /_emulator/tenants/{tid}/reset`.

use super::Handle;
use super::body::TenantAt;
use super::openapi::{Routes, endpoint};
use super::problem::{Kind, Problem, ProblemDetails};
use crate::app::event_log::EventLog;
use crate::app::world::TenantAnswer;
use axum::Json;
use axum::extract::State;

/// Puts a tenant back to the world or snapshot that it was made from, under the same id and with the same ids in it.
///
/// Its events begin anew, and their numbers go on after the last one before: a number is never given twice. A listener
/// stays connected and hears the new beginning. So it is with its journal of requests. Faults are gone, and it is as hostile as
/// its world says. What other requests were doing meanwhile is lost.
#[utoipa::path(
    post, path = "/_emulator/tenants/{tid}/reset", tag = "tenants",
    params(("tid" = String, Path, description = "The tenant's id or domain.")),
    responses(
        (status = 200, body = TenantAnswer),
        (status = 404, body = ProblemDetails),
        (status = 409, body = ProblemDetails, description = "It is not known what the tenant was made from."),
    ),
)]
async fn reset_tenant(
    State(control): State<Handle>,
    TenantAt(tenant): TenantAt,
) -> Result<Json<TenantAnswer>, Problem> {
    let _one = control.replacing.lock().await;
    // Somebody may have replaced or removed it while we waited.
    let Some(tenant) = control.app.tenant(tenant.id()) else {
        return Err(Problem::new(Kind::NotFound, format!("there is no tenant {}", tenant.id())));
    };
    let Some(origin) = tenant.origin().cloned() else {
        return Err(Problem::new(Kind::Conflict, "it is not known what this tenant was made from"));
    };
    let app = std::sync::Arc::clone(&control.app);
    let work = move || {
        let again = origin.again(EventLog::starting_after(tenant.log().last()))?;
        drop(tenant);
        Ok::<_, Problem>(app.replace(again).answer())
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| Problem::lost(&error))?.map(Json)
}

pub(super) fn routes() -> Routes {
    Routes::new().at(endpoint!(reset_tenant))
}
