//! Reading the text of a scenario.

use super::error::{Mistake, ScenarioError};
use super::file::{ScenarioFile, StepEntry};
use crate::app::world::{Position, Source};

/// A scenario that was read, with its text, for the lines of its steps.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) source: Source,
    pub(super) file: ScenarioFile,
}

impl Text {
    /// Reads it. What a step says is looked at here as far as it can be without a tenant.
    pub(super) fn read(source: Source) -> Result<Self, ScenarioError> {
        let file: ScenarioFile = source.parse()?;
        let text = Self { source, file };
        for (place, step) in text.file.steps.iter().enumerate() {
            text.look_at(step).map_err(|mistake| text.error(place, &mistake))?;
        }
        Ok(text)
    }

    fn look_at(&self, step: &StepEntry) -> Result<(), Mistake> {
        let (key, verb) = step.verb()?;
        verb.look_at(step, self.file.observer.as_deref()).map_err(|mistake| match mistake.keys.first() {
            Some(&first) if StepEntry::is_own(first) => mistake,
            Some(_) | None => mistake.below(key),
        })
    }

    /// Where a step stands, or what is below these keys of it.
    pub(super) fn position(&self, place: usize, keys: &[&'static str]) -> Option<Position> {
        self.source.position_in_steps(place, keys)
    }

    /// The mistake as an error of the file.
    pub(super) fn error(&self, place: usize, mistake: &Mistake) -> ScenarioError {
        let mut field = format!("steps[{place}]");
        for key in &mistake.keys {
            field.extend([".", key]);
        }
        ScenarioError {
            file: self.source.name.clone(),
            position: self.position(place, &mistake.keys),
            field,
            message: mistake.message.clone(),
        }
    }
}
