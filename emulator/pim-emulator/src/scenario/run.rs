//! A run that is under way: what a step does, and whether it is as it says.

use super::error::Mistake;
use super::file::StepEntry;
use super::names::Names;
use super::target::wait;
use super::time::Time;
use super::verb::{Act, Verb};
use super::wire::{Caller, Wire, detail};
use crate::app::world::Step;
use axum::http::Method;
use serde_json::{Value, json};

/// A run that is under way.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) names: Names,
    pub(super) wire: Wire,
    pub(super) observer: Option<String>,
    pub(super) time: Time,
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
    /// Nobody answers, or lets anybody in: the run cannot go on.
    Broken(String),
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

    /// The same, seen from further out.
    pub(super) fn below(self, step: impl Into<Step>) -> Self {
        match self {
            Self::Mistake(mistake) => Self::Mistake(mistake.below(step)),
            other @ (Self::Failed { .. } | Self::Broken(_)) => other,
        }
    }
}

impl Run {
    pub(super) const fn new(names: Names, wire: Wire, observer: Option<String>, time: Time) -> Self {
        Self { names, wire, observer, time, azure_requests: 0 }
    }

    /// Carries a step out.
    pub(super) async fn step(&mut self, step: &StepEntry) -> Result<(), Trouble> {
        let (key, verb) = step.verb()?;
        let actor = step.actor.as_deref().map(|name| self.caller(name, step)).transpose()?;
        let done = match verb {
            Verb::Act(act) => {
                let who = actor.unwrap_or_default();
                self.act(step, &who, &act).await
            }
            Verb::Advance(by) => match self.time {
                Time::Told => self.move_clock(&json!({ "by": by.to_string() })).await,
                Time::Real { .. } => {
                    wait(by).await;
                    Ok(())
                }
            },
            Verb::Until(to) => match self.time {
                Time::Told => self.move_clock(&json!({ "to": to.to_string() })).await,
                Time::Real { clock, .. } => {
                    clock.wait_until(self.time.meant(to)).await;
                    Ok(())
                }
            },
            Verb::Behaviour(switches) => self.tell(Method::PATCH, "/behaviour", &json!(switches)).await,
            Verb::Check(entry) => self.check(actor.as_ref(), entry).await,
        };
        done.map_err(|trouble| trouble.below(key))
    }

    async fn act(&mut self, step: &StepEntry, who: &Caller, act: &Act<'_>) -> Result<(), Trouble> {
        match act {
            Act::Request { action, side, entry } => self.request(step, who, *action, *side, entry).await,
            Act::Cancel(name) => self.cancel(step, who, name).await,
            Act::Decide { approve, entry } => self.decide(step, who, *approve, entry).await,
            Act::SetPolicy(entry) => self.set_policy(step, who, entry).await,
            Act::Membership { add, entry } => self.membership(step, who, *add, entry).await,
            Act::Review(act) => self.review(step, who, act).await,
            Act::Scan(entry) => self.scan(step, who, entry).await,
            Act::SetAlert(entry) => self.set_alert(step, who, entry).await,
            Act::Remedy(entry) => self.remedy(step, who, entry).await,
            Act::Call(entry) => self.any_call(step, who, entry).await,
        }
    }

    /// Whoever acts, with the session that the step asks for.
    pub(super) fn caller(&self, name: &str, step: &StepEntry) -> Result<Caller, Mistake> {
        Caller::of(name, step, &self.names)
    }

    async fn move_clock(&mut self, how: &Value) -> Result<(), Trouble> {
        self.wire.sign_everybody_out();
        self.tell(Method::POST, "/clock/advance", how).await
    }

    /// Tells the emulator something; what it does not understand is the file's mistake.
    async fn tell(&mut self, method: Method, path: &str, what: &Value) -> Result<(), Trouble> {
        let answer = self.wire.control(method, path, Some(what)).await?;
        if answer.is_success() { Ok(()) } else { Err(Mistake::whole(detail(&answer.body)).into()) }
    }
}
