//! Running a scenario: its steps are carried out one after the other, against the tenant of its world.

use super::error::ScenarioError;
use super::file::StepEntry;
use super::names::Names;
use super::report::{Outcome, Report, StepReport};
use super::run::{Run, Trouble};
use super::text::Text;
use super::wire::Wire;
use crate::app::world::Source;
use crate::app::{App, Tenant, real_now};
use crate::{control, surfaces};
use std::sync::Arc;
use std::time::Duration;

/// A scenario that was read, and the tenant of its world. No mistake is in it that can be seen without running it.
#[derive(Debug)]
pub struct Scenario {
    text: Text,
    tenant: Tenant,
}

impl Scenario {
    /// Reads a scenario and makes a tenant of its world, without running a step.
    ///
    /// # Errors
    /// [`ScenarioError`] with the line of what is wrong.
    pub fn read(source: Source) -> Result<Self, ScenarioError> {
        let (text, tenant) = Text::read(source)?;
        Ok(Self { text, tenant })
    }

    /// Runs it in a process of its own: nobody else sees the tenant. `done` is told how many steps of how many are done.
    ///
    /// # Errors
    /// [`ScenarioError`] where the file is at fault, be it a switch that there is not.
    pub async fn run(self, mut done: impl FnMut(usize, usize)) -> Result<Report, ScenarioError> {
        let began = real_now();
        let Self { text, tenant } = self;
        let mut run = begin(&text, tenant);
        let lines = text.source.lines_of_steps();
        let count = text.steps.len();
        let mut steps: Vec<StepReport> = Vec::with_capacity(count);
        let mut stopped = false;
        for (place, step) in text.steps.iter().enumerate() {
            let outcome = if stopped { Outcome::Skipped } else { outcome(&text, &mut run, place, step).await? };
            stopped |= outcome != Outcome::Passed;
            let line = lines.get(place).copied().unwrap_or_default();
            steps.push(StepReport { step: place + 1, line, shows: shows(step), outcome });
            done(place + 1, count);
        }
        Ok(Report {
            file: text.source.name,
            title: text.title,
            teaches: text.teaches,
            steps,
            took: Duration::from_millis(real_now().since(began).milliseconds().unsigned_abs()),
        })
    }
}

/// A run that begins, against a tenant that is alone in its process.
fn begin(text: &Text, tenant: Tenant) -> Run {
    let names = Names::of(&tenant.answer());
    let app = Arc::new(App::default());
    let id = app.replace(tenant).id();
    let router = surfaces::router(app, control::Options::default());
    Run::new(names, Wire::new(router, id.to_string()), text.observer.clone())
}

async fn outcome(text: &Text, run: &mut Run, place: usize, step: &StepEntry) -> Result<Outcome, ScenarioError> {
    match run.step(step).await {
        Ok(()) => Ok(Outcome::Passed),
        Err(Trouble::Failed { expected, happened }) => Ok(Outcome::Failed { expected, happened }),
        Err(Trouble::Mistake(mistake)) => Err(text.error(place, mistake)),
    }
}

/// What a step shows, or else who does what.
fn shows(step: &StepEntry) -> String {
    let key = step.verb().map_or("", |(key, _)| key);
    match (&step.shows, &step.actor) {
        (Some(shows), _) => shows.clone(),
        (None, Some(actor)) => format!("{actor}: {key}"),
        (None, None) => key.to_owned(),
    }
}
