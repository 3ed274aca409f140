//! In which form a list is wanted.

use super::failure::Failure;
use super::output;
use clap::Args;
use serde::Serialize;

/// The options that choose a form. Without them it is text for a terminal.
#[derive(Args, Debug)]
pub(super) struct Form {
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Print a page of Markdown
    #[arg(long, conflicts_with = "json")]
    markdown: bool,
}

impl Form {
    /// Prints the rows in the form that is wanted.
    pub(super) fn print<T: Serialize>(
        &self,
        rows: &[T],
        markdown: impl FnOnce(&[T]) -> String,
        text: impl FnOnce(&[T]) -> String,
    ) -> Result<(), Failure> {
        if self.json {
            output::json(&rows)
        } else if self.markdown {
            output::print(&markdown(rows))
        } else {
            output::print(&text(rows))
        }
    }
}
