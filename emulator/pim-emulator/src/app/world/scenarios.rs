//! The scenarios that are built in.

use super::nearest::did_you_mean;
use super::source::Source;

/// The name and the text of one.
macro_rules! built_in {
    ($name:literal) => {
        ($name, include_str!(concat!("../../../../../scenarios/", $name, ".yaml")))
    };
}

/// Name and text of each.
const BUILT_IN: &[(&str, &str)] = &[
    built_in!("contoso"),
    built_in!("approval-traps"),
    built_in!("clock-traps"),
    built_in!("enterprise-baseline"),
    built_in!("it-admin-and-manager"),
    built_in!("licence-lapse"),
    built_in!("portal-admins-two-groups"),
    built_in!("three-families"),
    built_in!("two-month-window"),
];

/// The names of the built-in scenarios.
pub fn built_in_names() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(|(name, _)| *name)
}

/// The built-in scenario of that name.
#[must_use]
pub fn built_in(name: &str) -> Option<Source> {
    let (name, text) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
    Some(Source::file(format!("{name}.yaml"), *text))
}

/// What to say when there is no such scenario.
pub(crate) fn no_such_scenario(name: &str) -> String {
    let known = built_in_names().collect::<Vec<_>>();
    let near = did_you_mean(name, known.iter().copied());
    let hint = if near.is_empty() { format!("; built in are {}", known.join(", ")) } else { near };
    format!("there is no scenario named '{name}'{hint}")
}
