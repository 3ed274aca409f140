//! Parameters, from a query or a body.

use std::borrow::Cow;

/// The parameters of a request. Of several with one name the first counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Form {
    values: Vec<(String, String)>,
}

impl Form {
    /// The parameters in a text of `application/x-www-form-urlencoded`.
    pub(super) fn parse(text: &[u8]) -> Self {
        Self { values: form_urlencoded::parse(text).map(|(name, value)| (name.into(), value.into())).collect() }
    }

    /// These parameters, then those.
    pub(super) fn and(mut self, others: Self) -> Self {
        self.values.extend(others.values);
        self
    }

    /// A parameter that is there and not empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let value = self.values.iter().find(|(candidate, _)| candidate == name).map(|(_, value)| value.as_str());
        value.filter(|value| !value.is_empty())
    }

    /// Every parameter.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// Writes parameters.
pub(super) fn encode(parameters: &[(&str, Cow<'_, str>)]) -> String {
    let mut text = form_urlencoded::Serializer::new(String::new());
    for (name, value) in parameters {
        text.append_pair(name, value);
    }
    text.finish()
}
