//! `pim-emulator rules`.

use super::failure::Failure;
use super::form::Form;
use super::output;
use clap::Args;
use pim_core::rules::Rule;
use pim_emulator::reference::{rules, rules_markdown};

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Only rules whose id starts so, such as ACT or ACT-5
    prefix: Option<String>,
    /// Only rules that are implemented
    #[arg(long)]
    implemented: bool,
    /// Only rules that are not implemented yet
    #[arg(long, conflicts_with = "implemented")]
    missing: bool,
    /// Only rules that are out of scope
    #[arg(long, conflicts_with_all = ["implemented", "missing"])]
    outside: bool,
    #[command(flatten)]
    form: Form,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mut rows = rules();
    rows.retain(|rule| arguments.wants(rule));
    match &arguments.prefix {
        Some(prefix) if rows.is_empty() && !rules().iter().any(|rule| starts_with(rule, prefix)) => {
            Err(Failure::new(format!("no rule starts with '{prefix}'; 'pim-emulator rules' lists them all")))
        }
        Some(_) | None => arguments.form.print(&rows, rules_markdown, text),
    }
}

impl Arguments {
    fn wants(&self, rule: &Rule) -> bool {
        let is_implemented = !rule.files.is_empty();
        let is_out_of_scope = rule.unimplemented.is_some_and(|why| why.is_out_of_scope);
        (self.prefix.as_deref().is_none_or(|prefix| starts_with(rule, prefix)))
            && (!self.implemented || is_implemented)
            && (!self.missing || !(is_implemented || is_out_of_scope))
            && (!self.outside || is_out_of_scope)
    }
}

/// `ACT-1` is meant to find one rule, not also `ACT-10`; `ACT` finds the topic.
fn starts_with(rule: &Rule, prefix: &str) -> bool {
    let prefix = prefix.to_ascii_uppercase();
    if prefix.contains('-') && prefix.ends_with(|it: char| it.is_ascii_digit()) {
        rule.id == prefix
    } else {
        rule.id.starts_with(&prefix)
    }
}

fn text(rules: &[Rule]) -> String {
    let rows: Vec<_> = (rules.iter())
        .map(|rule| {
            let state = match (rule.files.is_empty(), rule.unimplemented) {
                (false, _) => "implemented",
                (true, Some(why)) if why.is_out_of_scope => "outside",
                (true, _) => "missing",
            };
            [rule.id.to_owned(), rule.evidence.to_owned(), state.to_owned(), rule.text.to_owned()]
        })
        .collect();
    output::columns(&rows)
}
