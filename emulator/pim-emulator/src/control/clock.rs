//! `/_emulator/tenants/{tid}/clock`: reading a tenant's clock, and moving it.

use super::body::{Body, TenantAt};
use super::openapi::{Routes, endpoint};
use super::problem::{Kind, Problem, ProblemDetails};
use crate::app::{ClockMode, Tenant};
use axum::Json;
use pim_core::time::{Instant, Length};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The fastest that a clock may run: a year in about half a minute.
const FASTEST: f64 = 1_000_000.0;

/// How a clock moves.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
enum Mode {
    /// With real time.
    System,
    /// Only when told.
    Manual,
    /// So many times as fast as real time.
    Scaled,
}

/// A tenant's clock.
#[derive(Debug, Serialize, ToSchema)]
struct ClockAnswer {
    /// What it shows.
    #[schema(format = DateTime)]
    now: String,
    /// How it moves.
    mode: Mode,
    /// How many times as fast as real time it runs; null unless the mode is `scaled`.
    rate: Option<f64>,
}

/// How a clock shall move from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ClockChange {
    /// The mode.
    mode: Mode,
    /// How many times as fast as real time: for the mode `scaled`, which needs it, more than 0 and at most a million.
    rate: Option<f64>,
}

/// Where to move a clock: `by` or `to`, not both.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Advance {
    /// By how much, as an ISO 8601 duration.
    #[schema(example = "PT8H")]
    by: Option<String>,
    /// To what, as RFC 3339.
    #[schema(format = DateTime)]
    to: Option<String>,
}

/// What became of it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Advanced {
    /// What the clock shows now.
    #[schema(format = DateTime)]
    now: String,
    /// How many events happened on the way.
    events_fired: u64,
}

fn answer(tenant: &Tenant) -> Json<ClockAnswer> {
    let (mode, rate) = match tenant.clock().mode() {
        ClockMode::System => (Mode::System, None),
        ClockMode::Manual => (Mode::Manual, None),
        ClockMode::Scaled(rate) => (Mode::Scaled, Some(rate)),
    };
    Json(ClockAnswer { now: tenant.clock().now().to_string(), mode, rate })
}

/// What the clock shows and how it moves.
#[utoipa::path(
    get, path = "/_emulator/tenants/{tid}/clock", tag = "time",
    params(("tid" = String, Path, description = "The tenant's id or domain.")),
    responses((status = 200, body = ClockAnswer), (status = 404, body = ProblemDetails)),
)]
async fn get_clock(TenantAt(tenant): TenantAt) -> Json<ClockAnswer> {
    answer(&tenant)
}

/// Lets the clock move in another way, from what it shows now.
#[utoipa::path(
    patch, path = "/_emulator/tenants/{tid}/clock", tag = "time", request_body = ClockChange,
    params(("tid" = String, Path, description = "The tenant's id or domain.")),
    responses(
        (status = 200, body = ClockAnswer), (status = 400, body = ProblemDetails), (status = 404, body = ProblemDetails),
    ),
)]
async fn change_clock(
    TenantAt(tenant): TenantAt,
    Body(change): Body<ClockChange>,
) -> Result<Json<ClockAnswer>, Problem> {
    let mode = match (change.mode, change.rate) {
        (Mode::Scaled, Some(rate)) if rate > 0.0 && rate <= FASTEST => ClockMode::Scaled(rate),
        (Mode::Scaled, _) => {
            let detail = "the mode 'scaled' needs a 'rate' of more than 0 and at most 1000000";
            return Err(Problem::new(Kind::InvalidBody, detail).at("rate"));
        }
        (Mode::System | Mode::Manual, Some(_)) => {
            return Err(Problem::new(Kind::InvalidBody, "only the mode 'scaled' has a 'rate'").at("rate"));
        }
        (Mode::System, None) => ClockMode::System,
        (Mode::Manual, None) => ClockMode::Manual,
    };
    tenant.clock().set_mode(mode);
    Ok(answer(&tenant))
}

/// Moves the clock forward; everything due by then happens, each event at its own time.
#[utoipa::path(
    post, path = "/_emulator/tenants/{tid}/clock/advance", tag = "time", request_body = Advance,
    params(("tid" = String, Path, description = "The tenant's id or domain.")),
    responses(
        (status = 200, body = Advanced),
        (status = 400, body = ProblemDetails, description = "Among others, when the clock would go back."),
        (status = 404, body = ProblemDetails),
    ),
)]
async fn advance_clock(TenantAt(tenant): TenantAt, Body(asked): Body<Advance>) -> Result<Json<Advanced>, Problem> {
    let jump = match (asked.by, asked.to) {
        (Some(by), None) => Jump::By(length(&by)?),
        (None, Some(to)) => Jump::To(Instant::parse(&to).ok_or_else(|| {
            let detail = format!("'{to}' is not an instant; one is written like 2026-01-05T08:00:00Z");
            Problem::new(Kind::InvalidBody, detail).at("to")
        })?),
        (Some(_), Some(_)) | (None, None) => {
            return Err(Problem::new(Kind::InvalidBody, "say either 'by' or 'to', and only one of them"));
        }
    };
    let work = move || {
        let fired = jump.make(&tenant).map_err(|shown| {
            let detail = format!("the clock shows {shown} already, and it never goes back");
            Problem::new(Kind::ClockGoesForward, detail).at("to")
        })?;
        Ok(Json(Advanced { now: tenant.clock().now().to_string(), events_fired: fired }))
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| Problem::lost(&error))?
}

fn length(text: &str) -> Result<Length, Problem> {
    let length = Length::parse(text)
        .map_err(|error| Problem::new(Kind::InvalidBody, format!("'{text}' is not a duration: {error}")).at("by"))?;
    if length < Length::ZERO {
        return Err(Problem::new(Kind::ClockGoesForward, "a clock never goes back").at("by"));
    }
    Ok(length)
}

#[derive(Clone, Copy, Debug)]
enum Jump {
    By(Length),
    To(Instant),
}

impl Jump {
    /// Makes it; answers how many events happened, or what the clock shows when that is later.
    fn make(self, tenant: &Tenant) -> Result<u64, Instant> {
        match self {
            Self::To(to) => tenant.jump_to(to),
            // A clock that runs may pass a short jump by before it is made.
            Self::By(length) => {
                let mut shown = tenant.clock().now();
                loop {
                    match tenant.jump_to(shown.plus(length)) {
                        Ok(fired) => return Ok(fired),
                        Err(later) => shown = later,
                    }
                }
            }
        }
    }
}

pub(super) fn routes() -> Routes {
    Routes::new().at(endpoint!(get_clock, change_clock)).at(endpoint!(advance_clock))
}
