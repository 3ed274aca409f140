//! Running a scenario: a tenant is made of its world, and its steps are carried out one after the other.

use super::error::{Mistake, ScenarioError};
use super::file::StepEntry;
use super::names::Names;
use super::report::{Outcome, Report, StepReport, line};
use super::text::Text;
use super::verb::Verb;
use super::wire::{Caller, Wire};
use crate::app::event_log::EventLog;
use crate::app::world::{self, Source};
use crate::app::{App, real_now};
use crate::{control, surfaces};
use axum::http::Method;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

/// A scenario that was read and has no mistake that can be seen without a tenant.
#[derive(Debug)]
pub struct Scenario {
    text: Text,
}

/// A run that is under way.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) names: Names,
    pub(super) wire: Wire,
    pub(super) observer: Option<String>,
    /// How many requests to Azure were named so far.
    pub(super) azure_requests: u64,
}

/// Why a step is not as it says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Trouble {
    /// The file is at fault.
    Mistake(Mistake),
    /// What happened is not what was expected.
    Failed { expected: String, happened: String },
}

impl From<Mistake> for Trouble {
    fn from(mistake: Mistake) -> Self {
        Self::Mistake(mistake)
    }
}

impl Trouble {
    pub(super) fn failed(expected: impl Into<String>, happened: impl Into<String>) -> Self {
        Self::Failed { expected: expected.into(), happened: happened.into() }
    }
}

impl Scenario {
    /// Reads a scenario.
    ///
    /// # Errors
    /// [`ScenarioError`] with the line of what is wrong. Of the world only its form is looked at.
    pub fn read(source: Source) -> Result<Self, ScenarioError> {
        Ok(Self { text: Text::read(source)? })
    }

    /// Reads a scenario and makes a tenant of its world, without running a step.
    ///
    /// # Errors
    /// [`ScenarioError`] with the line of what is wrong.
    pub fn check(source: Source) -> Result<Self, ScenarioError> {
        let scenario = Self::read(source)?;
        world::tenant(scenario.text.source.clone(), None, EventLog::default())?;
        Ok(scenario)
    }

    /// Runs it in a process of its own: nobody else sees the tenant. `done` is told how many steps of how many are done.
    ///
    /// # Errors
    /// [`ScenarioError`] where the file is at fault, be it a name in a step that nobody has.
    pub async fn run(&self, mut done: impl FnMut(usize, usize)) -> Result<Report, ScenarioError> {
        let began = real_now();
        let tenant = world::tenant(self.text.source.clone(), None, EventLog::default())?;
        let answer = tenant.answer();
        let app = Arc::new(App::default());
        let id = app.replace(tenant).id();
        let router = surfaces::router(Arc::clone(&app), control::Options::default());
        let mut run = Run {
            names: Names::of(&answer),
            wire: Wire::new(router, id.to_string()),
            observer: self.text.file.observer.clone(),
            azure_requests: 0,
        };
        let steps = &self.text.file.steps;
        let mut reports = Vec::with_capacity(steps.len());
        let mut stopped = false;
        for (place, step) in steps.iter().enumerate() {
            let outcome = if stopped { Outcome::Skipped } else { self.outcome(&mut run, place, step).await? };
            stopped |= outcome != Outcome::Passed;
            let line = if outcome == Outcome::Passed { 0 } else { line(self.text.position(place, &[])) };
            reports.push(StepReport { step: place + 1, line, shows: shows(step), outcome });
            done(place + 1, steps.len());
        }
        Ok(Report {
            file: self.text.source.name.clone(),
            title: self.text.file.title.clone(),
            teaches: self.text.file.teaches.clone(),
            steps: reports,
            took: Duration::from_millis(real_now().since(began).milliseconds().unsigned_abs()),
        })
    }

    async fn outcome(&self, run: &mut Run, place: usize, step: &StepEntry) -> Result<Outcome, ScenarioError> {
        match run.step(step).await {
            Ok(()) => Ok(Outcome::Passed),
            Err(Trouble::Failed { expected, happened }) => Ok(Outcome::Failed { expected, happened }),
            Err(Trouble::Mistake(mistake)) => Err(self.text.error(place, &mistake)),
        }
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

impl Run {
    async fn step(&mut self, step: &StepEntry) -> Result<(), Trouble> {
        let (key, verb) = step.verb()?;
        let below = |trouble| match trouble {
            Trouble::Mistake(mistake) if mistake.keys.first().is_none_or(|key| !StepEntry::is_own(key)) => {
                Trouble::Mistake(mistake.below(key))
            }
            other @ (Trouble::Mistake(_) | Trouble::Failed { .. }) => other,
        };
        match verb {
            Verb::Advance(by) => self.clock(&json!({ "by": by.to_string() }), key).await,
            Verb::Until(to) => self.clock(&json!({ "to": to.to_string() }), key).await,
            Verb::Behaviour(switches) => {
                let answer = self.wire.control(Method::PATCH, "/behaviour", Some(&json!(switches))).await;
                if answer.is_success() { Ok(()) } else { Err(Mistake::at(key, detail(&answer.body)).into()) }
            }
            Verb::Check(entry) => {
                let actor = step.actor.as_deref().map(|name| self.caller(name, step)).transpose()?;
                self.check(actor.as_ref(), entry).await.map_err(below)
            }
            Verb::Request { .. }
            | Verb::Cancel(_)
            | Verb::Decide { .. }
            | Verb::SetPolicy(_)
            | Verb::Membership { .. }
            | Verb::Review(_)
            | Verb::Call(_) => {
                let who = self.caller(step.actor.as_deref().unwrap_or_default(), step)?;
                self.act(step, &who, &verb).await.map_err(below)
            }
        }
    }

    async fn act(&mut self, step: &StepEntry, who: &Caller, verb: &Verb<'_>) -> Result<(), Trouble> {
        match verb {
            Verb::Request { action, side, entry } => self.request(step, who, *action, *side, entry).await,
            Verb::Cancel(name) => self.cancel(step, who, name).await,
            Verb::Decide { approve, entry } => self.decide(step, who, *approve, entry).await,
            Verb::SetPolicy(entry) => self.set_policy(step, who, entry).await,
            Verb::Membership { add, entry } => self.membership(step, who, *add, entry).await,
            Verb::Review(verb) => self.review(step, who, verb).await,
            Verb::Call(entry) => self.any_call(step, who, entry).await,
            Verb::Advance(_) | Verb::Until(_) | Verb::Behaviour(_) | Verb::Check(_) => Ok(()),
        }
    }

    /// Whoever acts, with the session that the step asks for.
    pub(super) fn caller(&self, name: &str, step: &StepEntry) -> Result<Caller, Mistake> {
        let is_application = self.names.client(name).is_some();
        if !is_application && self.names.user_principal_name(name).is_none() {
            self.names.principal(name).map_err(|message| Mistake::at("as", message))?;
            return Err(Mistake::at("as", format!("'{name}' is a group, and groups do nothing")));
        }
        let contexts = step.contexts.clone().unwrap_or_default();
        Ok(Caller { name: name.to_owned(), is_application, mfa: step.mfa, contexts })
    }

    /// Whoever looks where a check names nobody.
    pub(super) fn observer(&self) -> Result<Option<Caller>, Mistake> {
        self.observer.as_deref().map(|name| self.caller(name, &StepEntry::default())).transpose()
    }

    async fn clock(&mut self, to: &serde_json::Value, key: &'static str) -> Result<(), Trouble> {
        let answer = self.wire.control(Method::POST, "/clock/advance", Some(to)).await;
        if answer.is_success() { Ok(()) } else { Err(Mistake::at(key, detail(&answer.body)).into()) }
    }
}

/// What a problem of the control API says.
fn detail(problem: &serde_json::Value) -> String {
    problem["detail"].as_str().or_else(|| problem["title"].as_str()).unwrap_or_default().to_owned()
}
