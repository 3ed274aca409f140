//! Why a command did not do what it was asked for.

use std::fmt::Display;
use std::io;
use std::path::Path;

/// Why a command ended early.
#[derive(Debug)]
pub(super) enum Failure {
    /// Whoever read the output has left: not an error.
    NobodyReads,
    /// What to tell the person at the terminal.
    Said(String),
}

impl Failure {
    /// A failure in words.
    pub(super) fn new(message: impl Display) -> Self {
        Self::Said(message.to_string())
    }

    /// What the operating system objects to about a file.
    pub(super) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |error| Self::Said(format!("{}: {error}", path.display()))
    }
}
