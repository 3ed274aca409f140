//! The one place that writes to the terminal.

use super::failure::Failure;
use serde::Serialize;
use std::fmt::Write as _;
use std::io::{self, Write as _};

/// Writes an answer to standard output.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(failure)
}

/// Writes an answer of one line.
pub(super) fn line(text: &str) -> Result<(), Failure> {
    print(&format!("{text}\n"))
}

/// Writes an answer for machines.
pub(super) fn json(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(Failure::new)?;
    line(&text)
}

/// Writes everything that can be read from `source`.
pub(super) fn copy(source: &mut impl io::Read) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    io::copy(source, &mut out).and_then(|_| out.flush()).map_err(failure)
}

/// Says something that is no answer, on standard error.
pub(super) fn note(text: &str) {
    // Where nobody listens, nothing is missed.
    let _ = writeln!(io::stderr(), "{text}");
}

/// Writes over the line of standard error that the terminal is in.
pub(super) fn over(text: &str) {
    let mut err = io::stderr().lock();
    let _ = write!(err, "\r{text}").and_then(|()| err.flush());
}

/// Says what went wrong.
pub(super) fn complain(text: &str) {
    note(&format!("error: {text}"));
}

/// Lines in columns. The last column is as wide as it happens to be.
pub(super) fn columns<const N: usize>(rows: &[[String; N]]) -> String {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (width, cell) in widths.iter().zip(row) {
            // Writing to a string does not fail.
            let _ = write!(line, "{cell:<width$}  ");
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn failure(error: io::Error) -> Failure {
    if error.kind() == io::ErrorKind::BrokenPipe {
        Failure::NobodyReads
    } else {
        Failure::Said(format!("cannot write to standard output: {error}"))
    }
}
