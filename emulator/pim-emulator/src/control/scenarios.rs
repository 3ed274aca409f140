//! `POST /_emulator/scenarios/run`.

use super::Handle;
use super::body::ScenarioText;
use super::openapi::{Routes, endpoint};
use super::problem::{Kind, Problem, ProblemDetails};
use crate::app::world::{self, Source};
use crate::scenario::{Report, Scenario, ScenarioFile};
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use std::sync::Arc;
use tokio::runtime::Handle as Runtime;

/// The largest scenario, in bytes.
const LARGEST: usize = 4 << 20;

/// A built-in scenario, by its name alone.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BuiltIn {
    scenario: String,
}

/// Runs a scenario against a tenant of its own that is gone afterwards, and answers how each step went. A step that is not as it
/// says is part of the answer, a mistake in the file is not.
///
/// The body is a scenario as JSON or as YAML, or the name of a built-in one alone: `{"scenario": "contoso"}`. One runs after the
/// other, and whoever else asks waits.
#[utoipa::path(
    post, path = "/_emulator/scenarios/run", tag = "emulator",
    request_body(content((ScenarioFile = "application/json"), (String = "application/yaml"))),
    responses(
        (status = 200, body = Report),
        (status = 400, body = ProblemDetails, description = "With the step, line and column at fault."),
        (status = 413, body = ProblemDetails),
        (status = 415, body = ProblemDetails),
    ),
)]
async fn run_scenario(
    State(control): State<Handle>,
    ScenarioText(source): ScenarioText,
) -> Result<Json<Report>, Problem> {
    let source = meant(source)?;
    let one = Arc::clone(&control.running).lock_owned().await;
    let runtime = Runtime::current();
    // On a thread of its own: making a world and moving a clock keep it busy. It runs to its end even if nobody waits any more.
    let work = move || {
        let report = Scenario::read(source).and_then(|scenario| runtime.block_on(scenario.run(|_| ())));
        drop(one);
        report.map_err(Problem::scenario)
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| Problem::lost(&error))?.map(Json)
}

/// The scenario that is meant: the text itself, or the built-in one that it names and says nothing else of.
fn meant(source: Source) -> Result<Source, Problem> {
    match source.parse::<BuiltIn>() {
        Ok(BuiltIn { scenario }) => world::built_in(&scenario)
            .ok_or_else(|| Problem::new(Kind::InvalidScenario, world::no_such_scenario(&scenario)).at("scenario")),
        Err(_) => Ok(source),
    }
}

pub(super) fn routes() -> Routes {
    Routes::new().at(endpoint!(run_scenario)).largest_body(LARGEST)
}
