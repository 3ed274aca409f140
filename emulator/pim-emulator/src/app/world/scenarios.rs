//! The scenarios that are built in.

use super::nearest::did_you_mean;
use super::source::Source;

/// Name and text of each.
const BUILT_IN: [(&str, &str); 1] = [("contoso", include_str!("../../../../../scenarios/contoso.yaml"))];

/// The names of the built-in scenarios.
pub fn built_in_names() -> impl Iterator<Item = &'static str> {
    BUILT_IN.into_iter().map(|(name, _)| name)
}

/// The built-in scenario of that name.
#[must_use]
pub fn built_in(name: &str) -> Option<Source> {
    let (name, text) = BUILT_IN.into_iter().find(|(known, _)| *known == name)?;
    Some(Source::file(format!("{name}.yaml"), text))
}

/// What to say when there is no such scenario.
pub(super) fn unknown(name: &str) -> String {
    let known = built_in_names().collect::<Vec<_>>();
    let near = did_you_mean(name, known.iter().copied());
    let hint = if near.is_empty() { format!("; built in are {}", known.join(", ")) } else { near };
    format!("there is no scenario named '{name}'{hint}")
}
