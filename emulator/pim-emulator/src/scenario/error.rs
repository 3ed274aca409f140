//! What is wrong with a scenario, and where.

use crate::app::world::WorldError;

/// Why a scenario was not run. Nothing has happened then. Its text is that of a world that could not be loaded.
pub type ScenarioError = WorldError;

/// What is wrong with a step, with the keys that lead to it from the step on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Mistake {
    pub(super) keys: Vec<&'static str>,
    pub(super) message: String,
}

impl Mistake {
    pub(super) fn at(key: &'static str, message: impl Into<String>) -> Self {
        Self { keys: vec![key], message: message.into() }
    }

    /// The same, seen from further out.
    pub(super) fn below(mut self, key: &'static str) -> Self {
        self.keys.insert(0, key);
        self
    }
}
