//! `pim-emulator faults`.

use super::client::{Client, Target};
use super::failure::Failure;
use super::output;
use clap::{Args, Subcommand};
use serde_json::Value;
use std::fs::File;
use std::path::PathBuf;
use ureq::http::Method;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Print the faults and how often each was met
    Show {
        #[command(flatten)]
        whose: Whose,
    },
    /// Order the faults of a file in the place of those before
    Set {
        /// A JSON list of faults
        file: PathBuf,
        #[command(flatten)]
        whose: Whose,
    },
    /// Take every fault away
    Clear {
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

pub(super) fn run(command: &Command) -> Result<(), Failure> {
    match command {
        Command::Show { whose } => {
            let (client, path) = whose.faults()?;
            whose.show(&client.get(&path)?)
        }
        Command::Set { file, whose } => {
            let mut text = File::open(file).map_err(Failure::file(file))?;
            let (client, path) = whose.faults()?;
            whose.show(&client.send_stream(Method::PUT, &path, &mut text)?)
        }
        Command::Clear { whose } => {
            let (client, path) = whose.faults()?;
            client.tell(Method::DELETE, &path)?;
            output::line("there are no faults")
        }
    }
}

impl Whose {
    fn faults(&self) -> Result<(Client, String), Failure> {
        let client = self.target.client()?;
        let path = format!("/tenants/{}/faults", client.tenant(self.tenant.as_deref())?);
        Ok((client, path))
    }

    fn show(&self, list: &Value) -> Result<(), Failure> {
        if self.json {
            return output::json(&list["value"]);
        }
        let rows: Vec<_> = list["value"].as_array().into_iter().flatten().map(row).collect();
        if rows.is_empty() { output::line("there are no faults") } else { output::print(&output::columns(&rows)) }
    }
}

/// One line of a fault: which requests, what happens to them, and how often it did.
fn row(fault: &Value) -> [String; 3] {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let keys = ["surface", "method", "path", "principal"];
    let met: Vec<_> = keys.iter().filter_map(|key| fault["match"].get(*key)).map(text).collect();
    let effect = ["respond", "delay", "drop"].iter().find_map(|key| Some(format!("{key} {}", text(fault.get(*key)?))));
    [
        if met.is_empty() { "every request".to_owned() } else { met.join(" ") },
        effect.unwrap_or_default(),
        format!("applied to {} of {}", fault["applied"], fault["seen"]),
    ]
}
