//! The catalogue of rules as a whole.

use pim_emulator::reference::rules;

/// The topics that the emulator does completely, but for what the catalogue says comes later or is out of scope.
const COMPLETE: [&str; 20] = [
    "MOD", "REQ", "ASG", "ACT", "DEA", "SCO", "APR", "POL", "MFA", "EXT", "AUT", "PRI", "GA", "LIC", "LAT", "AUD",
    "MON", "NOT", "ERR", "ALR",
];

#[test]
fn every_rule_of_a_complete_topic_is_implemented_or_says_why_not() {
    let silent: Vec<_> = (rules().into_iter())
        .filter(|rule| COMPLETE.contains(&rule.id.split('-').next().unwrap()))
        .filter(|rule| rule.files.is_empty() && rule.unimplemented.is_none())
        .map(|rule| rule.id)
        .collect();
    assert!(silent.is_empty(), "neither implemented nor explained: {silent:?}");
}

#[test]
fn no_rule_is_both_implemented_and_explained_away() {
    let both: Vec<_> = (rules().into_iter())
        .filter(|rule| !rule.files.is_empty() && rule.unimplemented.is_some())
        .map(|rule| rule.id)
        .collect();
    assert!(both.is_empty(), "implemented, and said not to be: {both:?}");
    let known: Vec<_> = rules().into_iter().map(|rule| rule.id).collect();
    let unknown: Vec<_> = pim_core::rules::unimplemented().into_keys().filter(|id| !known.contains(id)).collect();
    assert!(unknown.is_empty(), "there is no rule {unknown:?}");
}
