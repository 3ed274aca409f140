//! `pim-emulator scenario`: running scenarios, and looking whether they are well written.

use super::failure::Failure;
use super::named_scenario::Scenario as Named;
use super::output;
use super::progress::Progress;
use super::scenario_target::TargetArguments;
use clap::{Args, Subcommand};
use pim_emulator::scenario::{self, Report, Scenario};
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Run scenarios, each against a tenant of its own that nobody else sees, or against another server
    Run(Box<RunArguments>),
    /// Look whether scenarios are well written and their worlds can be made, without running a step
    Check {
        /// Files, or names of built-in scenarios
        #[arg(required = true)]
        scenarios: Vec<Named>,
    },
    /// Print the JSON Schema of scenario files, for editors
    Schema,
}

#[derive(Args, Debug)]
pub(super) struct RunArguments {
    /// Files, or names of built-in scenarios
    #[arg(required = true)]
    scenarios: Vec<Named>,
    /// Also write what happened as JUnit writes it
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Print what happened as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    target: TargetArguments,
    #[command(flatten)]
    progress: Progress,
}

pub(super) fn run(command: &Command) -> Result<(), Failure> {
    match command {
        Command::Run(arguments) => {
            let reports = run_all(arguments)?;
            if let Some(file) = &arguments.junit {
                fs::write(file, scenario::junit(&reports)).map_err(Failure::file(file))?;
            }
            if arguments.json {
                output::json(&reports)?;
            }
            verdict(&reports)
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

fn verdict(reports: &[Report]) -> Result<(), Failure> {
    let failed = reports.iter().filter(|report| report.failure().is_some()).count();
    let differences: usize = reports.iter().map(|report| report.differences().count()).sum();
    match (failed, differences) {
        (0, 0) => Ok(()),
        (0, _) => Err(Failure::new(format!("answers that differ from those of the emulator: {differences}"))),
        (_, _) => Err(Failure::new(format!("{failed} of {} scenarios failed", reports.len()))),
    }
}

/// Runs them one after the other. All are read before the first is run, so that a mistake in the last costs no time.
fn run_all(arguments: &RunArguments) -> Result<Vec<Report>, Failure> {
    let target = arguments.target.target()?.map(Arc::new);
    let read = |named: &Named| Scenario::read(named.source()?).map_err(Failure::new);
    let scenarios = arguments.scenarios.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Failure::new)?;
    let mut reports = Vec::with_capacity(scenarios.len());
    for scenario in scenarios {
        let ahead = |ahead: scenario::Ahead<'_>| arguments.progress.tell(&ahead);
        let report = match &target {
            None => runtime.block_on(scenario.run(ahead)),
            Some(target) => runtime.block_on(scenario.run_against(target, ahead)),
        };
        arguments.progress.clear();
        let report = report.map_err(Failure::new)?;
        if !arguments.json {
            output::print(&report.text())?;
        }
        reports.push(report);
    }
    Ok(reports)
}
