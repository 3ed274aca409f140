//! How refusals are answered, surface by surface.

use super::markdown::{cell, code, generated_by, head, row};
use crate::{arm, control, graph, login};
use serde::Serialize;

/// One refusal, as one surface puts it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ErrorRow {
    /// The part of the emulator that answers so.
    pub surface: &'static str,
    /// Our name for what is wrong.
    pub refusal: String,
    /// The HTTP status.
    pub status: u16,
    /// The word of OAuth; none outside of sign-in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<&'static str>,
    /// What clients tell refusals apart by. Of sign-in it is the number with `AADSTS`, or the word of OAuth where there is no
    /// number.
    pub code: String,
    /// The message, with made-up values in it.
    pub message: String,
    /// The rule that it rests on, where one speaks of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<&'static str>,
    /// Whether it was seen in an answer of the real service; none for what the real service has not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified: Option<bool>,
}

/// Every refusal of every surface, in their order.
#[must_use]
pub fn errors() -> Vec<ErrorRow> {
    let graph = graph::errors().into_iter().map(|it| ErrorRow {
        surface: it.surface,
        refusal: it.rejection,
        status: it.status,
        error: None,
        code: it.code.to_owned(),
        message: it.message,
        rule: it.rule,
        verified: Some(it.verified),
    });
    let arm = arm::errors().into_iter().map(|it| ErrorRow {
        surface: it.surface,
        refusal: it.refusal,
        status: it.status,
        error: None,
        code: it.code.to_owned(),
        message: it.message,
        rule: it.rule,
        verified: Some(it.verified),
    });
    let login = login::errors().into_iter().map(|it| ErrorRow {
        surface: "login",
        refusal: it.refusal,
        status: it.status,
        error: Some(it.error),
        code: it.number.map_or_else(|| it.error.to_owned(), |number| format!("AADSTS{number}")),
        message: it.message,
        rule: None,
        verified: Some(it.verified),
    });
    let control = control::errors().into_iter().map(|it| ErrorRow {
        surface: "control",
        refusal: it.code.to_owned(),
        status: it.status,
        error: None,
        code: it.code.to_owned(),
        message: it.title.to_owned(),
        rule: None,
        verified: None,
    });
    graph.chain(arm).chain(login).chain(control).collect()
}

const INTRODUCTION: &str = "\
# Errors

How the emulator answers what it refuses. Ids and names in the messages are made up. *Verified* says whether the answer was
seen of the real service; the others are the likeliest we know.
";

const GRAPH: &str = "
## Microsoft Graph

In the order of precedence: where two apply, the upper one is said. *Rule* is what it rests on, *verified* is about code and
message.

";

const DIRECTORY: &str = "
### Where the directory has other words

Role definitions, role assignments made outside PIM, Conditional Access and the objects of the directory.

";

const RESOURCE_MANAGER: &str = "
## Azure Resource Manager

What is refused before PIM is asked, or beside it. A method that is not there is told with its message alone, and what the service
never built with a bare string.

";

const AZURE_ROLES: &str = "
### PIM for Azure roles

";

const ROLE_ASSIGNMENTS: &str = "
### Where roles and assignments outside PIM have other words

";

const LOGIN: &str = "
## Sign-in

The message begins with the code and ends with the ids and the time of the request; status and word are those of the token
endpoint. A sign-in that can be sent back to its application is, with the same word and message. *Verified* is about code, word
and status together. What the emulator alone refuses has no code.

";

const CONTROL: &str = "
## Control API

Problem details of RFC 9457, with the title below and a detail that says what is wrong this time.

";

/// The page of errors.
#[must_use]
pub fn errors_markdown(errors: &[ErrorRow]) -> String {
    let mut page = INTRODUCTION.to_owned();
    generated_by(&mut page, "errors", "errors.md");
    page.push_str(GRAPH);
    of_service(&mut page, errors, "graph");
    page.push_str(DIRECTORY);
    of_service(&mut page, errors, "graph/directory");
    page.push_str(RESOURCE_MANAGER);
    of_service(&mut page, errors, "arm/front-door");
    page.push_str(AZURE_ROLES);
    of_service(&mut page, errors, "arm");
    page.push_str(ROLE_ASSIGNMENTS);
    of_service(&mut page, errors, "arm/classic");
    page.push_str(LOGIN);
    head(&mut page, &["Refusal", "Status", "Word", "Code", "Message", "Verified"]);
    for it in of(errors, "login") {
        let word = it.error.unwrap_or_default();
        let number = if it.code == word { String::new() } else { code(&it.code) };
        let (status, message) = (it.status.to_string(), cell(&it.message));
        row(&mut page, [code(&it.refusal), status, code(word), number, message, verified(it)]);
    }
    page.push_str(CONTROL);
    head(&mut page, &["Status", "Code", "Title"]);
    for it in of(errors, "control") {
        row(&mut page, [it.status.to_string(), code(&it.code), cell(&it.message)]);
    }
    page
}

fn of<'e>(errors: &'e [ErrorRow], surface: &'static str) -> impl Iterator<Item = &'e ErrorRow> {
    errors.iter().filter(move |it| it.surface == surface)
}

fn verified(error: &ErrorRow) -> String {
    error.verified.map_or("", |verified| if verified { "yes" } else { "no" }).to_owned()
}

fn of_service(page: &mut String, errors: &[ErrorRow], surface: &'static str) {
    head(page, &["Refusal", "Status", "Code", "Message", "Rule", "Verified"]);
    for it in of(errors, surface) {
        let rule = it.rule.map(code).unwrap_or_default();
        row(page, [code(&it.refusal), it.status.to_string(), code(&it.code), cell(&it.message), rule, verified(it)]);
    }
}
