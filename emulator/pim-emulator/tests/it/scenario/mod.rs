//! Scenarios: every one in the repository passes, and none passes whatever happens.

mod command;
mod control;
mod mistakes;
mod target;

use pim_emulator::app::world::Source;
use pim_emulator::scenario::{Outcome, Report, Scenario};
use std::fs;
use std::path::{Path, PathBuf};

/// Every scenario file, those in folders too.
fn files() -> Vec<PathBuf> {
    fn below(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                below(&path, found);
            } else if path.extension().is_some_and(|it| it == "yaml") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios"), &mut found);
    found.sort();
    assert!(found.len() > 10, "{found:?}");
    found
}

async fn run(name: &str, text: String) -> Report {
    let scenario = Scenario::read(Source::file(name, text)).unwrap_or_else(|error| panic!("{error}"));
    scenario.run(|_| ()).await.unwrap_or_else(|error| panic!("{error}"))
}

#[tokio::test]
async fn every_scenario_passes() {
    for path in files() {
        let report = run(&path.display().to_string(), fs::read_to_string(&path).unwrap()).await;
        assert!(report.failure().is_none(), "{}", report.text());
    }
}

/// What a step expects, turned into its opposite: the first of these words in the steps of a scenario.
const FLIPS: [(&str, &str); 6] = [
    ("code: ", "code: Not"),
    ("notActive:", "active:"),
    ("notEligible:", "eligible:"),
    (" active:", " notActive:"),
    (" eligible:", " notEligible:"),
    ("status: ", "status: Not"),
];

/// The text with one expectation turned around, and the line of the step that says it; none for a world without steps.
fn flipped(text: &str) -> Option<(String, u64)> {
    let steps = text.find("\nsteps:")?;
    let (at, from, to) = FLIPS.iter().find_map(|(from, to)| Some((steps + text[steps..].find(from)?, from, to)))?;
    let mut flipped = text.to_owned();
    flipped.replace_range(at..at + from.len(), to);
    let before = text[..at + 1].lines().collect::<Vec<_>>();
    let step = before.iter().rposition(|line| line.starts_with("  - "))?;
    Some((flipped, step as u64 + 1))
}

#[tokio::test]
async fn a_scenario_whose_expectation_is_turned_around_fails_at_that_line() {
    for path in files() {
        let Some((text, line)) = flipped(&fs::read_to_string(&path).unwrap()) else { continue };
        let report = run(&path.display().to_string(), text).await;
        let failure = report.failure().unwrap_or_else(|| panic!("{} passes whatever it says", path.display()));
        assert_eq!(failure.line, line, "{}", report.text());
        assert!(matches!(failure.outcome, Outcome::Failed { .. }));
    }
}
