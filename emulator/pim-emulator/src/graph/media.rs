//! What a client can read and what it sends: `Accept` and `Content-Type`.

use super::error::GraphError;
use axum::http::{HeaderMap, header};

/// How much an answer says of itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Metadata {
    /// Where to go on and how many there are, and no more.
    None,
    /// Its context too, and of which type an object is where there could be several.
    #[default]
    Minimal,
    /// Of which type every object is.
    Full,
}

impl Metadata {
    /// What the header `Accept` asks for: in the first range that can be served.
    ///
    /// # Errors
    /// When it takes nothing that there is.
    pub(super) fn accepted(headers: &HeaderMap) -> Result<Self, GraphError> {
        if !headers.contains_key(header::ACCEPT) {
            return Ok(Self::Minimal);
        }
        let values = || headers.get_all(header::ACCEPT).iter().filter_map(|it| it.to_str().ok());
        let found = values().flat_map(|value| value.split(',')).find_map(Self::of_range);
        found.ok_or_else(|| GraphError::NotAcceptable(values().collect::<Vec<_>>().join(", ")))
    }

    /// What one range asks for, if it can be served: bare numbers are text, everything else is JSON.
    fn of_range(range: &str) -> Option<Self> {
        const SERVED: [&str; 5] = ["application/json", "*/*", "application/*", "text/plain", "text/*"];
        let mut parts = range.split(';').map(str::trim);
        let media = parts.next()?;
        if !SERVED.iter().any(|served| served.eq_ignore_ascii_case(media)) {
            return None;
        }
        let asked = parts.find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            let is_level = name.eq_ignore_ascii_case("odata.metadata") || name.eq_ignore_ascii_case("odata");
            is_level.then_some(value)
        });
        Some(match asked.map(str::to_ascii_lowercase).as_deref() {
            Some("none" | "nometadata") => Self::None,
            Some("full" | "fullmetadata") => Self::Full,
            Some(_) | None => Self::Minimal,
        })
    }
}

/// Refuses a body that says that it is no JSON.
///
/// # Errors
/// That.
pub(super) fn is_json(headers: &HeaderMap, payload: &[u8]) -> Result<(), GraphError> {
    let Some(kind) = headers.get(header::CONTENT_TYPE).filter(|_| !payload.is_empty()) else { return Ok(()) };
    let kind = kind.to_str().unwrap_or_default();
    let media = kind.split(';').next().unwrap_or_default().trim();
    let is_json = media.eq_ignore_ascii_case("application/json")
        || media.eq_ignore_ascii_case("text/json")
        || media.len() > 5
            && media.is_char_boundary(media.len() - 5)
            && media[media.len() - 5..].eq_ignore_ascii_case("+json");
    if is_json { Ok(()) } else { Err(GraphError::UnsupportedMediaType(kind.to_owned())) }
}
