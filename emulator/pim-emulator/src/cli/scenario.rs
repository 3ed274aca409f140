//! `pim-emulator scenario`: running scenarios, and looking whether they are well written.

use super::failure::Failure;
use super::named_scenario::Scenario as Named;
use super::output;
use clap::Subcommand;
use pim_emulator::scenario::{self, Report, Scenario};
use std::fs;
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Run scenarios, each against a tenant of its own that nobody else sees
    Run {
        /// Files, or names of built-in scenarios
        #[arg(required = true)]
        scenarios: Vec<Named>,
        /// Also write what happened as JUnit writes it
        #[arg(long, value_name = "FILE")]
        junit: Option<PathBuf>,
        /// Print what happened as JSON
        #[arg(long)]
        json: bool,
    },
    /// Look whether scenarios are well written and their worlds can be made, without running a step
    Check {
        /// Files, or names of built-in scenarios
        #[arg(required = true)]
        scenarios: Vec<Named>,
    },
    /// Print the JSON Schema of scenario files, for editors
    Schema,
}

pub(super) fn run(command: &Command) -> Result<(), Failure> {
    match command {
        Command::Run { scenarios, junit, json } => {
            let reports = run_all(scenarios, *json)?;
            if let Some(file) = junit {
                fs::write(file, scenario::junit(&reports)).map_err(Failure::file(file))?;
            }
            if *json {
                output::json(&reports)?;
            }
            let failed = reports.iter().filter(|report| report.failure().is_some()).count();
            match failed {
                0 => Ok(()),
                failed => Err(Failure::new(format!("{failed} of {} scenarios failed", reports.len()))),
            }
        }
        Command::Check { scenarios } => {
            for named in scenarios {
                Scenario::read(named.source()?).map_err(Failure::new)?;
                output::line(&format!("ok      {}", named.source()?.name))?;
            }
            Ok(())
        }
        Command::Schema => output::json(&scenario::schema()),
    }
}

/// Runs them one after the other. All are read before the first is run, so that a mistake in the last costs no time.
fn run_all(scenarios: &[Named], quiet: bool) -> Result<Vec<Report>, Failure> {
    let read = |named: &Named| Scenario::read(named.source()?).map_err(Failure::new);
    let scenarios = scenarios.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Failure::new)?;
    let mut reports = Vec::with_capacity(scenarios.len());
    for scenario in scenarios {
        let report = runtime.block_on(scenario.run(|_, _| ())).map_err(Failure::new)?;
        if !quiet {
            output::print(&report.text())?;
        }
        reports.push(report);
    }
    Ok(reports)
}
