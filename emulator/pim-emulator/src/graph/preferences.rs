//! What a client would like, as the header `Prefer` says it; of much that can stand there two things are heeded.

use axum::http::{HeaderMap, HeaderName};

const PREFER: HeaderName = HeaderName::from_static("prefer");

/// The preferences of a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Preferences {
    /// `create-if-missing`: what is to be changed and is not there is to be made.
    pub(crate) creates_if_missing: bool,
    /// `return=minimal`: of what has changed only that.
    pub(crate) returns_minimal: bool,
}

impl Preferences {
    /// Reads the header, which may stand several times, with several preferences each.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let mut preferences = Self::default();
        let values = headers.get_all(PREFER).into_iter().filter_map(|value| value.to_str().ok());
        for preference in values.flat_map(|value| value.split(',')) {
            // Parameters come after a semicolon; quotes around a value mean nothing.
            let bare = preference.split(';').next().unwrap_or_default().replace([' ', '"'], "");
            preferences.creates_if_missing |= bare.eq_ignore_ascii_case("create-if-missing");
            preferences.returns_minimal |= bare.eq_ignore_ascii_case("return=minimal");
        }
        preferences
    }
}
