//! Reading the text of a scenario.

use super::error::{Mistake, ScenarioError};
use super::file::{ScenarioFile, StepEntry};
use super::names::Names;
use super::verb::Verb;
use crate::app::Tenant;
use crate::app::event_log::EventLog;
use crate::app::world::{self, Source, Step, WorldFile};
use pim_core::time::Instant;

/// A scenario that was read, with its text, for the lines of its steps.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) source: Source,
    pub(super) title: String,
    pub(super) teaches: String,
    pub(super) observer: Option<String>,
    pub(super) steps: Vec<StepEntry>,
}

impl Text {
    /// Reads it and makes the tenant of its world. Everything that can be wrong with a step is seen here, but for what only
    /// happens.
    pub(super) fn read(source: Source) -> Result<(Self, Tenant), ScenarioError> {
        let file: ScenarioFile = source.parse()?;
        let ScenarioFile { title, teaches, seed, scenario, world, observer, steps } = file;
        let world = WorldFile { scenario, seed, world, ..WorldFile::default() };
        let text = Self { source, title, teaches, observer, steps };
        let begins = world.world.as_ref().and_then(|it| it.tenant.now);
        text.each_step(|step| step.look_at(text.observer.as_deref()))?;
        let tenant = world::tenant_of(text.source.clone(), &world, None, EventLog::default())?;
        text.look_at_names(Names::of(&tenant.answer()))?;
        text.look_at_times(begins)?;
        Ok((text, tenant))
    }

    /// Whether every name in the steps stands for something.
    pub(super) fn look_at_names(&self, mut names: Names) -> Result<(), ScenarioError> {
        let observer = self.observer.as_deref();
        if let Some(name) = observer {
            names.is_application(name).map_err(|message| self.source.error_at(&[Step::Key("observer")], message))?;
        }
        self.each_step(|step| names.look_at(step, observer))
    }

    /// Whether the steps go forward, where it is known when they begin.
    fn look_at_times(&self, begins: Option<Instant>) -> Result<(), ScenarioError> {
        let Some(mut now) = begins else { return Ok(()) };
        self.each_step(|step| {
            match step.verb()?.1 {
                Verb::Advance(by) => now = now.plus(by),
                Verb::Until(to) if to < now => {
                    return Err(Mistake::at("until", format!("a clock does not go back, and it shows {now} here")));
                }
                Verb::Until(to) => now = to,
                Verb::Act(_) | Verb::Behaviour(_) | Verb::Check(_) => {}
            }
            Ok(())
        })
    }

    /// Looks at each step, in order.
    pub(super) fn each_step(
        &self,
        mut look: impl FnMut(&StepEntry) -> Result<(), Mistake>,
    ) -> Result<(), ScenarioError> {
        (self.steps.iter().enumerate())
            .try_for_each(|(place, step)| look(step).map_err(|mistake| self.error(place, mistake)))
    }

    /// The mistake as an error of the file.
    pub(super) fn error(&self, place: usize, mistake: Mistake) -> ScenarioError {
        let way = [Step::Key("steps"), Step::Index(place)].into_iter().chain(mistake.way);
        self.source.error_at(&way.collect::<Vec<_>>(), mistake.message)
    }
}
