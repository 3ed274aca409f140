//! The text of a world, and reading it.

use super::error::{Fault, Position, Step, WorldError, written};
use super::file::WorldFile;
use super::locate::{lines_of_steps, locate};
use super::nearest::did_you_mean;
use serde::de::DeserializeOwned;
use std::borrow::Cow;

/// The longest YAML text that is read, in bytes. Bigger worlds are written as JSON, which is also read much faster.
const LONGEST_YAML: usize = 32 << 20;

/// How a text is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// YAML.
    Yaml,
    /// JSON.
    Json,
}

/// The text of a world, with what it is called in errors.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name of the file, or what stands for it.
    pub name: String,
    /// The text.
    pub text: Cow<'static, str>,
    /// How it is written.
    pub format: Format,
}

impl Source {
    /// The text of a file: JSON when its name ends so, else YAML.
    #[must_use]
    pub fn file(name: impl Into<String>, text: impl Into<Cow<'static, str>>) -> Self {
        let name = name.into();
        let is_json = std::path::Path::new(&name).extension().is_some_and(|it| it.eq_ignore_ascii_case("json"));
        Self { name, text: text.into(), format: if is_json { Format::Json } else { Format::Yaml } }
    }

    /// The JSON text of a request.
    #[must_use]
    pub fn request_body(text: String) -> Self {
        Self { name: "request body".to_owned(), text: text.into(), format: Format::Json }
    }

    /// Reads it. Keys that are unknown are refused.
    ///
    /// # Errors
    /// [`WorldError`] for text that is not well formed, and for keys and values that are not what they must be.
    pub fn read(&self) -> Result<WorldFile, WorldError> {
        self.parse()
    }

    /// Reads it as whatever `T` is.
    pub(crate) fn parse<T: DeserializeOwned>(&self) -> Result<T, WorldError> {
        match self.format {
            Format::Json => serde_json::from_str(&self.text).map_err(|error| self.json_error(&error)),
            Format::Yaml if self.text.len() > LONGEST_YAML => {
                let message = format!("a YAML file may have {LONGEST_YAML} bytes; write bigger worlds as JSON");
                Err(self.error(None, message))
            }
            Format::Yaml => serde_saphyr::from_str_with_options(&self.text, yaml_options())
                .map_err(|error| self.yaml_error(error.without_snippet())),
        }
    }

    /// The error at the end of a way into the text.
    pub(crate) fn error_at(&self, way: &[Step], message: String) -> WorldError {
        WorldError {
            file: self.name.clone(),
            position: locate(&self.text, self.format, way),
            field: written(way),
            message,
        }
    }

    /// The line of each step of a scenario.
    pub(crate) fn lines_of_steps(&self) -> Vec<u64> {
        lines_of_steps(&self.text, self.format)
    }

    /// The fault with the line of the entry at fault.
    pub(super) fn at(&self, fault: Fault) -> WorldError {
        self.error_at(&fault.path, fault.message)
    }

    fn error(&self, position: Option<Position>, message: String) -> WorldError {
        WorldError { file: self.name.clone(), position, field: String::new(), message }
    }

    fn json_error(&self, error: &serde_json::Error) -> WorldError {
        let position = Position { line: error.line() as u64, column: error.column() as u64 };
        self.error((position.line > 0).then_some(position), json_message(error))
    }

    fn yaml_error(&self, error: &serde_saphyr::Error) -> WorldError {
        let position = error.location().map(|at| Position { line: at.line(), column: at.column() });
        self.error(position, yaml_message(error))
    }
}

/// What is wrong with a JSON text, without its place, and with the nearest of the words that would have been right.
#[must_use]
pub(crate) fn json_message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let message = text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message);
    // The first word in backticks is what was found, the others are what would have been right.
    let mut words = message.split('`').skip(1).step_by(2);
    match (message.split_once(" `"), words.next()) {
        (Some(("unknown field", _)), Some(found)) => unknown("key", found, words),
        (Some(("unknown variant", _)), Some(found)) => unknown("word", found, words),
        _ => message.to_owned(),
    }
}

fn yaml_message(error: &serde_saphyr::Error) -> String {
    if let serde_saphyr::Error::SerdeUnknownField { field, expected, .. } = error {
        return unknown("key", field, expected.iter().copied());
    }
    if let serde_saphyr::Error::SerdeUnknownVariant { variant, expected, .. } = error {
        return unknown("word", variant, expected.iter().copied());
    }
    if let serde_saphyr::Error::Message { msg, .. } = error {
        return msg.clone();
    }
    let text = error.to_string();
    let end = text.find(" at line ").or_else(|| text.find("\n -->")).unwrap_or(text.len());
    text[..end].trim_end().to_owned()
}

fn unknown<'a>(what: &str, found: &str, right: impl Iterator<Item = &'a str>) -> String {
    let right: Vec<_> = right.collect();
    let near = did_you_mean(found, right.iter().copied());
    let list = if near.is_empty() { format!("; known here are {}", right.join(", ")) } else { near };
    format!("unknown {what} '{found}'{list}")
}

/// YAML is read with bounds, so that a small text cannot become a big one: aliases are few and what they repeat is little.
pub(super) fn yaml_options() -> serde_saphyr::Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: 32,
            flow_nesting_limit: 32,
            max_events: 8_000_000,
            max_nodes: 6_000_000,
            max_documents: 1,
            max_aliases: 1000,
            max_anchors: 1000,
        },
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: 100_000, max_replay_stack_depth: 8 },
        strict_booleans: true,
        with_snippet: false,
    }
}
