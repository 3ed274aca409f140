//! What a client would like, as the header `Prefer` says it. Of much that can stand there some is heeded, and said to have been;
//! the rest (`respond-async`, `include-unknown-enum-members`, `odata.continue-on-error`) changes nothing here.

use axum::http::{HeaderMap, HeaderName};
use std::fmt;

const PREFER: HeaderName = HeaderName::from_static("prefer");

/// The preferences of a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Preferences {
    /// `create-if-missing`: what is to be changed and is not there is to be made.
    pub(crate) creates_if_missing: bool,
    /// `return=…`: how much of what has changed is to be shown.
    pub(crate) returned: Option<Returned>,
    /// `odata.maxpagesize`: how many items a page may have.
    pub(crate) max_page_size: Option<u32>,
}

/// How much is to be shown of what has changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Returned {
    /// Only that.
    Minimal,
    /// The whole.
    Representation,
}

/// A preference that was heeded, as `Preference-Applied` says it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Applied {
    /// `return=…`.
    Returned(Returned),
    /// `odata.maxpagesize`.
    MaxPageSize(u32),
}

impl fmt::Display for Applied {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Returned(Returned::Minimal) => out.write_str("return=minimal"),
            Self::Returned(Returned::Representation) => out.write_str("return=representation"),
            Self::MaxPageSize(size) => write!(out, "odata.maxpagesize={size}"),
        }
    }
}

impl Preferences {
    /// Reads the header, which may stand several times, with several preferences each. Of two that contradict each other the
    /// first counts.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let mut preferences = Self::default();
        let values = headers.get_all(PREFER).into_iter().filter_map(|value| value.to_str().ok());
        for preference in values.flat_map(|value| value.split(',')) {
            // Parameters come after a semicolon; quotes around a value mean nothing.
            let bare = preference.split(';').next().unwrap_or_default().replace([' ', '"'], "");
            let (name, value) = bare.split_once('=').unwrap_or((&bare, ""));
            let is = |known: &str| name.eq_ignore_ascii_case(known);
            preferences.creates_if_missing |= is("create-if-missing");
            if is("return") {
                let known = [("minimal", Returned::Minimal), ("representation", Returned::Representation)];
                let found = known.into_iter().find(|(word, _)| word.eq_ignore_ascii_case(value)).map(|(_, it)| it);
                preferences.returned = preferences.returned.or(found);
            }
            if is("odata.maxpagesize") || is("maxpagesize") {
                let size = value.parse().ok().filter(|size| *size > 0);
                preferences.max_page_size = preferences.max_page_size.or(size);
            }
        }
        preferences
    }

    /// Whether of what has changed only that is to be shown.
    pub(crate) fn returns_minimal(&self) -> bool {
        self.returned == Some(Returned::Minimal)
    }
}
