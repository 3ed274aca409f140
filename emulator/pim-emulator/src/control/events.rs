//! `GET /_emulator/tenants/{tid}/events`: what happened in a tenant.

use super::body::{QueryOf, TenantAt};
use super::event_json::{self, EventAnswer};
use super::openapi::{Routes, endpoint};
use super::problem::{Problem, ProblemDetails};
use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How many events are answered at once, at most.
const MOST: usize = 1000;

/// Which events are wanted.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct EventsWanted {
    /// Those with a higher number than this.
    #[serde(default)]
    after: u64,
    /// How many, at most 1000; 100 when left out.
    limit: Option<usize>,
}

/// Some events, in order.
#[derive(Debug, Serialize, ToSchema)]
struct EventPage {
    /// The events.
    value: Vec<EventAnswer>,
    /// How many there are in all after that number.
    count: u64,
    /// The number to ask after the next time.
    next: u64,
    /// The number of the first event that there is. After a reset it is more than 1: what came before is gone.
    first: u64,
    /// The number of the last event that there is.
    last: u64,
}

/// What happened in the tenant, in order. Numbers count up by one and are never given twice.
#[utoipa::path(
    get, path = "/_emulator/tenants/{tid}/events", tag = "inside",
    params(("tid" = String, Path, description = "The tenant's id or domain."),
        ("after" = Option<u64>, Query, description = "Those with a higher number than this; all when left out."),
        ("limit" = Option<usize>, Query, description = "How many, at most 1000; 100 when left out. 0 only counts.")),
    responses(
        (status = 200, body = EventPage), (status = 400, body = ProblemDetails), (status = 404, body = ProblemDetails),
    ),
)]
async fn list_events(
    TenantAt(tenant): TenantAt,
    QueryOf(wanted): QueryOf<EventsWanted>,
) -> Result<Json<EventPage>, Problem> {
    // Whatever is due happens first.
    tenant.read(|_| ());
    let limit = wanted.limit.unwrap_or(100).min(MOST);
    let log = tenant.log();
    let records = log.after(wanted.after, limit);
    let next = records.last().map_or_else(|| wanted.after.max(log.first() - 1).min(log.last()), |(number, _)| *number);
    let value = records.iter().map(|(number, recorded)| event_json::answer(&tenant, *number, recorded)).collect();
    let (first, last) = (log.first(), log.last());
    let count = last.saturating_sub(wanted.after.max(first - 1));
    Ok(Json(EventPage { value, count, next, first, last }))
}

pub(super) fn routes() -> Routes {
    Routes::new().at(endpoint!(list_events))
}
