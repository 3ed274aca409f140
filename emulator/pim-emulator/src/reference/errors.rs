//! How the machine's refusals are answered.

use super::markdown::{cell, code, generated_by, head, row};
use crate::graph;
pub use crate::graph::ErrorRow;

/// Every refusal of the machine in Graph's words.
#[must_use]
pub fn errors() -> Vec<ErrorRow> {
    graph::errors()
}

const INTRODUCTION: &str = "\
# Errors

How Microsoft Graph answers what the emulator refuses, in the order of precedence: where two apply, the upper one is said.
Ids and names in the messages are made up. *Verified* says whether code and text stand in a published answer of the service;
the others are the likeliest we know.
";

/// The page of errors.
#[must_use]
pub fn errors_markdown(errors: &[ErrorRow]) -> String {
    let mut page = INTRODUCTION.to_owned();
    generated_by(&mut page, "errors", "errors.md");
    page.push('\n');
    head(&mut page, &["Refusal", "Status", "Code", "Message", "Verified"]);
    for error in errors {
        let verified = if error.verified { "yes" } else { "no" };
        let status = error.status.to_string();
        row(&mut page, [code(&error.rejection), status, code(error.code), cell(&error.message), verified.to_owned()]);
    }
    page
}
