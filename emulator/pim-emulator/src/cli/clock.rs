//! `pim-emulator clock`.

use super::client::{Client, Target};
use super::failure::Failure;
use super::output;
use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};
use ureq::http::Method;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Print what the clock shows and how it moves
    Show {
        #[command(flatten)]
        whose: Whose,
    },
    /// Move the clock forward to a time, such as 2026-03-01T00:00:00Z
    Set {
        /// The time, with an offset or Z
        time: String,
        #[command(flatten)]
        whose: Whose,
    },
    /// Move the clock forward by a duration, such as PT8H or P1D
    Advance {
        /// The duration, as ISO 8601 writes it
        duration: String,
        #[command(flatten)]
        whose: Whose,
    },
    /// Let the clock stand still, go with real time, or go faster
    Mode {
        /// How it moves from now on
        mode: Mode,
        /// How many times as fast as real time, for the mode scaled
        #[arg(long, required_if_eq("mode", "scaled"), value_name = "N")]
        rate: Option<f64>,
        #[command(flatten)]
        whose: Whose,
    },
}

#[derive(Args, Debug)]
pub(super) struct Whose {
    /// The tenant, by id or domain [default: the only one]
    #[arg(long, value_name = "T")]
    tenant: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    target: Target,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Mode {
    /// It stands still until it is told to move
    Manual,
    /// It goes with real time
    System,
    /// It goes so many times as fast as real time
    Scaled,
}

impl Mode {
    const fn name(self) -> &'static str {
        match self {
            Self::Manual => "manual",
            Self::System => "system",
            Self::Scaled => "scaled",
        }
    }
}

pub(super) fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Show { whose } => {
            let (client, path) = whose.clock()?;
            whose.show(&client.get(&path)?)
        }
        Command::Set { time, whose } => whose.advance(&json!({ "to": time })),
        Command::Advance { duration, whose } => whose.advance(&json!({ "by": duration })),
        Command::Mode { mode, rate, whose } => {
            let (client, path) = whose.clock()?;
            let mut change = json!({ "mode": mode.name() });
            if let (Some(rate), Some(change)) = (rate, change.as_object_mut()) {
                change.insert("rate".to_owned(), json!(rate));
            }
            whose.show(&client.send(Method::PATCH, &path, &change)?)
        }
    }
}

impl Whose {
    fn clock(&self) -> Result<(Client, String), Failure> {
        let client = self.target.client()?;
        let path = format!("/tenants/{}/clock", client.tenant(self.tenant.as_deref())?);
        Ok((client, path))
    }

    fn advance(&self, by_or_to: &Value) -> Result<(), Failure> {
        let (client, path) = self.clock()?;
        self.show(&client.send(Method::POST, &format!("{path}/advance"), by_or_to)?)
    }

    fn show(&self, answer: &Value) -> Result<(), Failure> {
        if self.json { output::json(answer) } else { output::line(&text(answer)) }
    }
}

/// One line of an answer about a clock: the time first, so that a script can cut it off.
fn text(answer: &Value) -> String {
    let mut line = answer["now"].as_str().unwrap_or_default().to_owned();
    if let Some(mode) = answer["mode"].as_str() {
        line.push_str(&format!("  {mode}"));
    }
    if let Some(rate) = answer["rate"].as_f64() {
        line.push_str(&format!(", {rate} times as fast as real time"));
    }
    match answer["eventsFired"].as_u64() {
        Some(1) => line.push_str("  1 event on the way"),
        Some(count) => line.push_str(&format!("  {count} events on the way")),
        None => {}
    }
    line
}
