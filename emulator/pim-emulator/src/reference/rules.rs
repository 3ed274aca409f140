//! The rules of the service, and where this build implements them.

use super::implemented::IMPLEMENTED;
use super::markdown::{cell, codes, generated_by, head, row};
use pim_core::rules::{Rule, catalogue};
use std::fmt::Write;

/// Every rule, in the order of the catalogue.
#[must_use]
pub fn rules() -> Vec<Rule> {
    catalogue(IMPLEMENTED)
}

const INTRODUCTION: &str = "\
# Rules

What Privileged Identity Management is known to do, one rule to a line, and where the emulator does the same.

How to read it:

- **Rule** is the id by which code, tests and answers cite the rule. Its letters name the topic.
- **Evidence** says what the rule rests on: **D** Microsoft's documentation, **O** an answer of the service that somebody
  published, **I** inferred from the two, **S** said by somebody who should know. Two letters: it rests on both.
- **Where** names the source files that implement it. *Not yet* means just that: the emulator does not do this, though a
  neighbouring rule may have the same effect. *Out of scope* is what speaks of portals or other products, or gives advice.
- A rule that starts with `UNC` is a question which the public record leaves open; where the emulator lets you choose the
  answer, `behaviour.md` has the switch.
";

/// The page of rules.
#[must_use]
pub fn rules_markdown(rules: &[Rule]) -> String {
    let mut page = INTRODUCTION.to_owned();
    generated_by(&mut page, "rules", "rules.md");
    // Writing to a string does not fail.
    let outside = rules.iter().filter(|rule| rule.unimplemented.is_some_and(|why| why.is_out_of_scope)).count();
    let total = rules.len();
    let _ = write!(page, "\n{} of {total} rules are implemented, {outside} are out of scope.\n", done(rules));
    for topic in rules.chunk_by(|one, next| topic(one) == topic(next)) {
        let Some(first) = topic.first() else { continue };
        let _ = write!(page, "\n## {} ({} of {})\n\n", self::topic(first), done(topic), topic.len());
        head(&mut page, &["Rule", "Evidence", "What the service does", "Where"]);
        for rule in topic {
            let files = rule.files.iter().map(|file| file.trim_start_matches("emulator/"));
            let files = if rule.files.is_empty() { nowhere(rule) } else { codes(files) };
            row(&mut page, [rule.id.to_owned(), rule.evidence.to_owned(), cell(rule.text), files]);
        }
    }
    page
}

/// Where a rule is that no file implements.
fn nowhere(rule: &Rule) -> String {
    match rule.unimplemented {
        Some(why) if why.is_out_of_scope => format!("*out of scope*: {}", cell(why.reason)),
        Some(why) => format!("*not yet*: {}", cell(why.reason)),
        None => "*not yet*".to_owned(),
    }
}

fn topic(rule: &Rule) -> &str {
    rule.id.split_once('-').map_or(rule.id, |(topic, _)| topic)
}

fn done(rules: &[Rule]) -> usize {
    rules.iter().filter(|rule| !rule.files.is_empty()).count()
}
