//! The part of a URL after the question mark.

use std::borrow::Cow;

/// The parameters of a request, decoded once; `+` is a space. Names are compared without regard to case, unknown ones are
/// passed over, and of two with one name the first counts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query<'q> {
    pairs: Vec<(Cow<'q, str>, Cow<'q, str>)>,
}

impl<'q> Query<'q> {
    /// Those of a query.
    pub(crate) fn parse(query: &'q str) -> Self {
        Self { pairs: form_urlencoded::parse(query.as_bytes()).collect() }
    }

    /// A parameter; empty ones are as good as absent.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let pair = self.pairs.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        Some(pair.1.trim()).filter(|value| !value.is_empty())
    }
}
