//! What is wrong with a world, and where.

use std::fmt;

/// A place in a text. Lines and columns count from 1.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Position {
    /// The line.
    pub line: u64,
    /// The column.
    pub column: u64,
}

/// Why a world was not loaded. Nothing has been made then.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WorldError {
    /// The file, or what stands for it.
    pub file: String,
    /// Where in it; none when the text as a whole is at fault.
    pub position: Option<Position>,
    /// The entry at fault, such as `world.eligible[3].role`; empty when the text could not be read that far.
    pub field: String,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
}

impl fmt::Display for WorldError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.file)?;
        if let Some(Position { line, column }) = self.position {
            write!(out, ":{line}:{column}")?;
        }
        write!(out, ": {}", self.message)?;
        if self.field.is_empty() { Ok(()) } else { write!(out, " (at {})", self.field) }
    }
}

impl std::error::Error for WorldError {}

/// One step into a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Step {
    Key(&'static str),
    Index(usize),
}

impl From<&'static str> for Step {
    fn from(key: &'static str) -> Self {
        Self::Key(key)
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

/// What is wrong, with the way to the entry at fault: its line is looked up only when it is wanted.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) path: Vec<Step>,
    pub(super) message: String,
}

/// The way to `world` and the steps after it.
macro_rules! steps {
    ($($step:expr),*) => {
        vec![$crate::app::world::error::Step::from("world") $(, $crate::app::world::error::Step::from($step))*]
    };
}
pub(super) use steps;

/// A fault at `world` and the steps after it.
macro_rules! fault {
    ([$($step:expr),*], $($message:tt)+) => {
        $crate::app::world::error::Fault {
            path: $crate::app::world::error::steps![$($step),*],
            message: format!($($message)+),
        }
    };
}
pub(super) use fault;

/// The way as people write it: `world.eligible[3].role`.
pub(crate) fn written(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Key(key) if text.is_empty() => text.push_str(key),
            Step::Key(key) => text.extend([".", key]),
            Step::Index(index) => text.extend(["[", &index.to_string(), "]"]),
        }
    }
    text
}
