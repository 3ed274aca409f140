//! What a run was like, step by step: for people, for machines, and as JUnit writes it.

use super::compare::Difference;
use serde::Serialize;
use std::fmt::Write as _;
use std::time::Duration;
use utoipa::ToSchema;

/// How a step ended.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
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
#[derive(Clone, Debug, Serialize, ToSchema)]
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
    /// What a target answered otherwise than the emulator.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<Difference>,
}

/// A run.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The file.
    pub file: String,
    /// What the scenario is called.
    pub title: String,
    /// What it teaches.
    pub teaches: String,
    /// The address of the target, where it was run against one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Its steps, in order.
    pub steps: Vec<StepReport>,
    /// How long it took.
    #[serde(serialize_with = "in_seconds", rename = "seconds")]
    #[schema(value_type = f64)]
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

    /// What a target answered otherwise than the emulator, with the step.
    pub fn differences(&self) -> impl Iterator<Item = (&StepReport, &Difference)> {
        self.steps.iter().flat_map(|step| step.differences.iter().map(move |difference| (step, difference)))
    }

    /// For people: a line if all went well, else what was expected and what happened, and where; and what differs at a target.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        let Self { file, title, .. } = self;
        let target = self.target.as_ref().map(|it| format!(" at {it}")).unwrap_or_default();
        // Writing to a string does not fail.
        match self.failure() {
            None => {
                let _ = writeln!(text, "ok      {file}: {title} ({} steps{target})", self.steps.len());
            }
            Some(StepReport { step, line, shows, outcome, .. }) => {
                let _ = writeln!(text, "FAILED  {file}: {title}{target}");
                let _ = writeln!(text, "        {file}:{line}: step {step}: {shows}");
                if let Outcome::Failed { expected, happened } = outcome {
                    let happened = happened.trim_end();
                    let _ = writeln!(text, "        expected: {expected}\n        happened: {happened}");
                }
            }
        }
        for (StepReport { step, line, shows, .. }, Difference { call, emulator, target }) in self.differences() {
            let _ = writeln!(text, "differs {file}:{line}: step {step}: {shows}\n        {call}");
            let _ = writeln!(text, "        emulator: {emulator}\n        target:   {target}");
        }
        text
    }

    /// As JUnit writes it: a suite, with a case for each step. A step that differs at a target fails.
    #[must_use]
    pub fn junit(&self) -> String {
        let count = |wanted: fn(&StepReport) -> bool| self.steps.iter().filter(|step| wanted(step)).count();
        let mut xml = String::new();
        let _ = writeln!(
            xml,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" skipped=\"{}\" time=\"{:.3}\">",
            escaped(&self.title),
            self.steps.len(),
            count(|it| it.complaint().is_some()),
            count(|it| it.outcome == Outcome::Skipped),
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
            let _ = match (step.complaint(), &step.outcome) {
                (Some((message, text)), _) => writeln!(
                    xml,
                    "{open}><failure message=\"{}\">{}</failure></testcase>",
                    escaped(&message),
                    escaped(&text)
                ),
                (None, Outcome::Skipped) => writeln!(xml, "{open}><skipped/></testcase>"),
                (None, Outcome::Passed | Outcome::Failed { .. }) => writeln!(xml, "{open}/>"),
            };
        }
        xml + "  </testsuite>\n"
    }
}

impl StepReport {
    /// What is wrong with it in short, and what happened; nothing where it is as it says and answered alike.
    fn complaint(&self) -> Option<(String, String)> {
        let told = |it: &Difference| format!("{}: emulator: {}, target: {}", it.call, it.emulator, it.target);
        let differences = self.differences.iter().map(told).collect::<Vec<_>>().join("; ");
        match (&self.outcome, self.differences.len()) {
            (Outcome::Failed { expected, happened }, 0) => Some((format!("expected {expected}"), happened.clone())),
            (Outcome::Failed { expected, happened }, _) => {
                Some((format!("expected {expected}"), format!("{happened} ({differences})")))
            }
            (Outcome::Passed | Outcome::Skipped, 0) => None,
            (Outcome::Passed | Outcome::Skipped, 1) => Some(("1 answer differs".to_owned(), differences)),
            (Outcome::Passed | Outcome::Skipped, count) => Some((format!("{count} answers differ"), differences)),
        }
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
