//! Scenarios as they are named on the command line: a file, or one that is built in.

use super::failure::Failure;
use pim_emulator::app::Tenant;
use pim_emulator::app::event_log::EventLog;
use pim_emulator::app::world::{self, Format, Source};
use serde_json::{Value, json};
use std::convert::Infallible;
use std::fs;
use std::path::Path;
use std::str::FromStr;

/// A scenario, as it was named. A name that is built in means that one; `./contoso` means the file.
#[derive(Clone, Debug)]
pub(super) struct Scenario(String);

impl FromStr for Scenario {
    type Err = Infallible;

    fn from_str(name: &str) -> Result<Self, Infallible> {
        Ok(Self(name.to_owned()))
    }
}

impl Scenario {
    /// The one that is loaded when nothing else is asked for.
    pub(super) fn contoso() -> Self {
        Self("contoso".to_owned())
    }

    /// The tenant that it makes.
    pub(super) fn tenant(&self, seed: u64) -> Result<Tenant, Failure> {
        world::tenant(self.source()?, Some(seed), EventLog::default()).map_err(Failure::new)
    }

    /// What the control API is sent to make a tenant of it. A file is tried out here first: only here are its lines known.
    pub(super) fn body(&self) -> Result<Value, Failure> {
        if world::built_in(&self.0).is_some() {
            return Ok(json!({ "scenario": self.0 }));
        }
        let source = self.source()?;
        world::tenant(source.clone(), None, EventLog::default()).map_err(Failure::new)?;
        let unreadable = |error: &dyn std::fmt::Display| Failure::new(format!("{}: {error}", self.0));
        match source.format {
            Format::Json => serde_json::from_str(&source.text).map_err(|error| unreadable(&error)),
            Format::Yaml => serde_saphyr::from_str(&source.text).map_err(|error| unreadable(&error)),
        }
    }

    /// Its text.
    pub(super) fn source(&self) -> Result<Source, Failure> {
        if let Some(built_in) = world::built_in(&self.0) {
            return Ok(built_in);
        }
        let path = Path::new(&self.0);
        let text = fs::read_to_string(path).map_err(|error| {
            let known = world::built_in_names().collect::<Vec<_>>().join(", ");
            let hint = if path.components().count() == 1 && path.extension().is_none() {
                format!("; built-in scenarios: {known}")
            } else {
                String::new()
            };
            Failure::new(format!("cannot read the scenario {}: {error}{hint}", path.display()))
        })?;
        Ok(Source::file(&self.0, text))
    }
}
