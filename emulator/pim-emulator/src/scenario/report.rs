//! What a run was like, step by step: for people, for machines, and as JUnit writes it.

use serde::Serialize;
use std::fmt::Write as _;
use std::time::Duration;

/// How a step ended.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase", tag = "outcome")]
pub enum Outcome {
    /// As it says.
    Passed,
    /// Not as it says.
    Failed {
        /// What it says.
        expected: String,
        /// What happened.
        happened: String,
    },
    /// It was not tried, because a step before it failed.
    Skipped,
}

/// A step of a run.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StepReport {
    /// Which one, counted from 1.
    pub step: usize,
    /// Its line in the file.
    pub line: u64,
    /// What it shows, or what it does.
    pub shows: String,
    /// How it ended.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// A run.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The file.
    pub file: String,
    /// What the scenario is called.
    pub title: String,
    /// What it teaches.
    pub teaches: String,
    /// Its steps, in order.
    pub steps: Vec<StepReport>,
    /// How long it took.
    #[serde(serialize_with = "in_seconds", rename = "seconds")]
    pub took: Duration,
}

fn in_seconds<S: serde::Serializer>(took: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(took.as_secs_f64())
}

impl Report {
    /// The step that failed, if one did.
    #[must_use]
    pub fn failure(&self) -> Option<&StepReport> {
        self.steps.iter().find(|step| matches!(step.outcome, Outcome::Failed { .. }))
    }

    /// For people: a line if all went well, else what was expected and what happened, and where.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        match self.failure() {
            None => {
                let _ = writeln!(text, "ok      {}: {} ({} steps)", self.file, self.title, self.steps.len());
            }
            Some(StepReport { step, line, shows, outcome }) => {
                let _ = writeln!(text, "FAILED  {}: {}", self.file, self.title);
                let _ = writeln!(text, "        {}:{line}: step {step}: {shows}", self.file);
                if let Outcome::Failed { expected, happened } = outcome {
                    let happened = happened.trim_end();
                    let _ = writeln!(text, "        expected: {expected}\n        happened: {happened}");
                }
            }
        }
        text
    }

    /// As JUnit writes it: a suite, with a case for each step.
    #[must_use]
    pub fn junit(&self) -> String {
        let count = |wanted: fn(&Outcome) -> bool| self.steps.iter().filter(|step| wanted(&step.outcome)).count();
        let mut xml = String::new();
        let _ = writeln!(
            xml,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" skipped=\"{}\" time=\"{:.3}\">",
            escaped(&self.title),
            self.steps.len(),
            count(|it| matches!(it, Outcome::Failed { .. })),
            count(|it| *it == Outcome::Skipped),
            self.took.as_secs_f64()
        );
        for step in &self.steps {
            let open = format!(
                "    <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{}\"",
                escaped(&self.title),
                escaped(&step.shows),
                escaped(&self.file),
                step.line
            );
            let _ = match &step.outcome {
                Outcome::Passed => writeln!(xml, "{open}/>"),
                Outcome::Skipped => writeln!(xml, "{open}><skipped/></testcase>"),
                Outcome::Failed { expected, happened } => writeln!(
                    xml,
                    "{open}><failure message=\"expected {}\">{}</failure></testcase>",
                    escaped(expected),
                    escaped(happened)
                ),
            };
        }
        xml + "  </testsuite>\n"
    }
}

/// Runs as one JUnit file.
#[must_use]
pub fn junit(reports: &[Report]) -> String {
    let suites: String = reports.iter().map(Report::junit).collect();
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n{suites}</testsuites>\n")
}

fn escaped(text: &str) -> String {
    let mut xml = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '&' => xml.push_str("&amp;"),
            '"' => xml.push_str("&quot;"),
            '\n' | '\t' => xml.push(' '),
            // Nothing else of these may stand in a document.
            control if control.is_control() => {}
            other => xml.push(other),
        }
    }
    xml
}
