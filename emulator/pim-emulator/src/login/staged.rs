//! Refusals that nobody in here decided: faults that a test ordered, and hardships of a hostile tenant. They look like the
//! service's own, with its words where nobody chose others.

use super::asked::Asked;
use super::respond::{self, Told};
use crate::app::traffic::Refusal;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use std::borrow::Cow;

/// The word of OAuth, the number behind `AADSTS` where there is one, and the sentence.
fn words(refusal: &Refusal) -> (Cow<'_, str>, u32, Cow<'_, str>) {
    let (word, number, text) = match refusal.status {
        StatusCode::BAD_REQUEST => ("invalid_request", 9_002_313, "Invalid request. Request is malformed or invalid."),
        StatusCode::UNAUTHORIZED => ("invalid_client", 7_000_215, "Invalid client secret provided."),
        StatusCode::TOO_MANY_REQUESTS => {
            ("temporarily_unavailable", 90055, "There are too many incoming requests. Please try again later.")
        }
        StatusCode::INTERNAL_SERVER_ERROR => ("server_error", 90000, "An unexpected error has occurred."),
        _ => ("temporarily_unavailable", 90033, "A transient error has occurred. Please try again."),
    };
    let chosen = refusal.code.as_deref();
    let number_of = |code: &str| code.strip_prefix("AADSTS").unwrap_or(code).parse().ok();
    let (word, number) = match chosen.map(|code| (code, number_of(code))) {
        None => (word, number),
        Some((_, Some(number))) => (word, number),
        Some(("slow_down", None)) => ("slow_down", 0),
        Some((code, None)) => (code, 0),
    };
    let text = match (&refusal.message, chosen) {
        (Some(text), _) => text,
        (None, Some("slow_down")) => "The client polls too often. Wait longer between two requests.",
        (None, _) => text,
    };
    (Cow::Borrowed(word), number, Cow::Borrowed(text))
}

/// The code of a refusal, as the journal has it.
pub(super) fn code(refusal: &Refusal) -> String {
    let (word, number, _) = words(refusal);
    if number == 0 { word.into_owned() } else { format!("AADSTS{number}") }
}

/// The response.
pub(super) fn response(asked: &Asked<'_>, refusal: &Refusal) -> Response {
    let (word, number, text) = words(refusal);
    let told = Told { status: refusal.status, error: &word, code: number, text: &text, suberror: None, claims: None };
    let mut response = respond::told(asked, &told);
    if let Some(seconds) = refusal.retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}
