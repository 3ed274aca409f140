//! Running a scenario: its steps are carried out one after the other, against the tenant of its world, and beside it against a
//! target where there is one.

use super::compare::{Went, differences};
use super::error::ScenarioError;
use super::file::StepEntry;
use super::names::Names;
use super::report::{Outcome, Report, StepReport};
use super::run::{Run, Trouble};
use super::target::Target;
use super::text::Text;
use super::time::Time;
use super::wire::{Server, Wire};
use crate::app::world::Source;
use crate::app::{App, Stopwatch, Tenant, real_now};
use crate::{control, surfaces};
use std::sync::Arc;
use std::time::Duration;

/// A scenario that was read, and the tenant of its world. No mistake is in it that can be seen without running it.
#[derive(Debug)]
pub struct Scenario {
    text: Text,
    tenant: Tenant,
}

/// How long it takes until a check is looked at again.
const LOOKS_AGAIN: Duration = Duration::from_secs(2);

/// A step that is about to be carried out.
#[derive(Clone, Copy, Debug)]
pub struct Ahead<'a> {
    /// Which one, counted from 1.
    pub step: usize,
    /// Of how many.
    pub of: usize,
    /// The file.
    pub file: &'a str,
    /// Its line in the file.
    pub line: u64,
    /// What it shows, or what it does.
    pub shows: &'a str,
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

    /// Runs it in a process of its own: nobody else sees the tenant. `ahead` is told of each step before it is carried out.
    ///
    /// # Errors
    /// [`ScenarioError`] where the file is at fault, be it a switch that there is not.
    pub async fn run(self, ahead: impl FnMut(Ahead<'_>)) -> Result<Report, ScenarioError> {
        let Self { text, tenant } = self;
        let here = begin(&text, tenant);
        Running { text, here, there: None, patience: Duration::ZERO }.all(None, ahead).await
    }

    /// Runs it against a target, and each step beside that against the emulator: a step is as it says if the target does it so.
    ///
    /// # Errors
    /// [`ScenarioError`] where the file is at fault, where the target lacks somebody or something that a step speaks of, where a
    /// step cannot be done there (nothing was sent then), and where the target does not answer or lets nobody in.
    pub async fn run_against(
        self,
        target: &Arc<Target>,
        ahead: impl FnMut(Ahead<'_>),
    ) -> Result<Report, ScenarioError> {
        let Self { text, tenant } = self;
        let names = Names::at(target.file());
        target.look_at(&text, &names)?;
        let clock = target.clock();
        let time = Time::Real { clock, later: clock.ahead_of(tenant.clock().now()) };
        let here = begin(&text, tenant);
        let wire = Wire::new(Server::Target(Arc::clone(target)));
        let there = Run::new(names, wire, text.observer.clone(), time);
        Running { text, here, there: Some(there), patience: target.patience() }
            .all(Some(target.address().to_owned()), ahead)
            .await
    }
}

/// A run against a tenant that is alone in its process.
fn begin(text: &Text, tenant: Tenant) -> Run {
    let names = Names::of(&tenant.answer());
    let app = Arc::new(App::default());
    let tenant = app.replace(tenant).id().to_string();
    let router = surfaces::router(app, control::Options::default());
    Run::new(names, Wire::new(Server::Emulator { router, tenant }), text.observer.clone(), Time::Told)
}

/// A scenario that is under way, at the emulator and perhaps elsewhere.
struct Running {
    text: Text,
    here: Run,
    there: Option<Run>,
    /// How long a check is looked at again there.
    patience: Duration,
}

impl Running {
    /// Every step, up to the first that is not as it says.
    async fn all(mut self, target: Option<String>, mut ahead: impl FnMut(Ahead<'_>)) -> Result<Report, ScenarioError> {
        let began = real_now();
        let lines = self.text.source.lines_of_steps();
        let of = self.text.steps.len();
        let mut steps: Vec<StepReport> = Vec::with_capacity(of);
        let mut stopped = false;
        for place in 0..of {
            let shows = shows(&self.text.steps[place]);
            let (step, line) = (place + 1, lines.get(place).copied().unwrap_or_default());
            let mut report = StepReport { step, line, shows, outcome: Outcome::Skipped, differences: Vec::new() };
            if !stopped {
                ahead(Ahead { step, of, file: &self.text.source.name, line, shows: &report.shows });
                self.step(place, &mut report).await?;
                stopped = report.outcome != Outcome::Passed;
            }
            steps.push(report);
        }
        Ok(Report {
            file: self.text.source.name,
            title: self.text.title,
            teaches: self.text.teaches,
            target,
            steps,
            took: Duration::from_millis(real_now().since(began).milliseconds().unsigned_abs()),
        })
    }

    async fn step(&mut self, place: usize, report: &mut StepReport) -> Result<(), ScenarioError> {
        let here = went(&self.text, &mut self.here, place).await?;
        match &mut self.there {
            None => report.outcome = here.outcome,
            Some(run) => {
                let there = patiently(&self.text, run, place, self.patience).await?;
                report.differences = differences(&here, &there);
                report.outcome = there.outcome;
            }
        }
        Ok(())
    }
}

async fn went(text: &Text, run: &mut Run, place: usize) -> Result<Went, ScenarioError> {
    let outcome = match run.step(&text.steps[place]).await {
        Ok(()) => Outcome::Passed,
        Err(Trouble::Failed { expected, happened }) => Outcome::Failed { expected, happened },
        Err(Trouble::Mistake(mistake)) => return Err(text.error(place, mistake)),
        Err(Trouble::Broken(message)) => return Err(text.error(place, super::error::Mistake::whole(message))),
    };
    Ok(Went { outcome, exchanges: run.wire.take_exchanges() })
}

/// The same of a target, where a check may have to be looked at again: it changes nothing, and everything else is done once.
async fn patiently(text: &Text, run: &mut Run, place: usize, patience: Duration) -> Result<Went, ScenarioError> {
    let began = Stopwatch::start();
    loop {
        let went = went(text, run, place).await?;
        let looks = text.steps[place].check.is_some() && went.outcome != Outcome::Passed;
        if !looks || Duration::from_micros(began.microseconds().into()) >= patience {
            return Ok(went);
        }
        tokio::time::sleep(LOOKS_AGAIN.min(patience)).await;
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
