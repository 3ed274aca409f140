//! The switches of a tenant.

use super::markdown::{cell, code, generated_by, head, row};
use pim_core::Behaviour;
use serde::Serialize;
use serde_json::Value;

/// One switch.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SwitchRow {
    /// Its name in JSON.
    pub name: &'static str,
    /// What it is unless told otherwise.
    pub default: Value,
    /// The rule that leaves the point open.
    pub rule: &'static str,
    /// What it does.
    pub meaning: &'static str,
}

/// Every switch.
#[must_use]
pub fn behaviour() -> Vec<SwitchRow> {
    let mut defaults = serde_json::to_value(Behaviour::default()).unwrap_or_default();
    (Behaviour::SWITCHES.iter())
        .map(|switch| SwitchRow {
            name: switch.name,
            default: defaults.get_mut(switch.name).map(Value::take).unwrap_or_default(),
            rule: switch.rule,
            meaning: switch.meaning.trim(),
        })
        .collect()
}

const INTRODUCTION: &str = "\
# Behaviour

What the public record leaves open, each tenant lets you choose. `GET /_emulator/tenants/{id}/behaviour` shows the switches
of a tenant and `PATCH` changes them. The defaults are what the service most likely does.
";

/// The page of switches.
#[must_use]
pub fn behaviour_markdown(switches: &[SwitchRow]) -> String {
    let mut page = INTRODUCTION.to_owned();
    generated_by(&mut page, "behaviour", "behaviour.md");
    page.push('\n');
    head(&mut page, &["Switch", "Default", "Rule", "Meaning"]);
    for switch in switches {
        row(
            &mut page,
            [code(switch.name), code(&switch.default.to_string()), switch.rule.to_owned(), cell(switch.meaning)],
        );
    }
    page
}
