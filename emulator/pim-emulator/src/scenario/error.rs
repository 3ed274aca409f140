//! What is wrong with a scenario, and where.

use crate::app::world::{NotOneThing, Step, WorldError};

/// Why a scenario was not run. Its text is that of a world that could not be loaded.
pub type ScenarioError = WorldError;

/// What is wrong with a step, with the way that leads to it from the step on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Mistake {
    pub(super) way: Vec<Step>,
    pub(super) message: String,
}

impl Mistake {
    /// Wrong as a whole.
    pub(super) fn whole(message: impl Into<String>) -> Self {
        Self { way: Vec::new(), message: message.into() }
    }

    /// Wrong at a key.
    pub(super) fn at(key: &'static str, message: impl Into<String>) -> Self {
        Self::whole(message).below(key)
    }

    /// What is wrong with a name under a key.
    pub(super) fn name(key: &'static str) -> impl FnOnce(String) -> Self {
        move |message| Self::at(key, message)
    }

    /// The same, seen from further out.
    pub(super) fn below(mut self, step: impl Into<Step>) -> Self {
        self.way.insert(0, step.into());
        self
    }
}

impl From<NotOneThing> for Mistake {
    fn from(it: NotOneThing) -> Self {
        Self { way: it.key.map(Step::Key).into_iter().collect(), message: it.message.to_owned() }
    }
}
