//! The token that a request carries.

use axum::http::{HeaderMap, header};

/// The token in the header `Authorization`; an empty text where there is none, or one of another scheme.
#[must_use]
pub fn bearer(headers: &HeaderMap) -> &str {
    let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let token = value.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    token.map_or("", |(_, token)| token.trim())
}
