//! The commands: one file for each family.
//!
//! What always holds:
//! - What a command answers goes to standard output through [`output`], everything else to standard error. A reader that
//!   has seen enough, such as `head`, is no error.
//! - The exit code is 0 when it worked, 1 when it did not, 2 when the command was not understood.
//! - The environment is read for the key of the control API, and for what the file of a target leaves to it; only in this folder.
//! - Commands that speak to a running emulator do so over plain HTTP and know of it only what the control API and the note
//!   of [`running`] say.

mod audit;
mod behaviour;
mod client;
mod clock;
mod completions;
mod env;
mod errors;
mod failure;
mod faults;
mod form;
mod greeting;
mod named_scenario;
mod output;
mod progress;
mod requests;
mod routes;
mod rules;
mod running;
mod scenario;
mod scenario_target;
mod serve;
mod state_dir;
mod tenant;
mod token;

use clap::{Parser, Subcommand};
use failure::Failure;
use std::process::ExitCode;

/// A local Microsoft Entra tenant with Privileged Identity Management, for tests, training and rehearsal.
#[derive(Debug, Parser)]
#[command(name = "pim-emulator", version, arg_required_else_help = true, subcommand_required = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the emulator
    Serve(Box<serve::Arguments>),
    /// Print the variables that make clients find and trust the running emulator
    Env(env::Arguments),
    /// Make, look at and remove tenants of the running emulator
    #[command(subcommand)]
    Tenant(tenant::Command),
    /// Print an access token
    Token(token::Arguments),
    /// Look at a tenant's clock and move it
    #[command(subcommand)]
    Clock(clock::Command),
    /// Run scenarios, or look whether they are well written
    #[command(subcommand)]
    Scenario(scenario::Command),
    /// Order faults of a tenant, and see how often they were met
    #[command(subcommand)]
    Faults(faults::Command),
    /// List the requests that a tenant has had
    Requests(Box<requests::Arguments>),
    /// Take out the audit log of a tenant
    #[command(subcommand)]
    Audit(audit::Command),
    /// List what is served
    Routes(routes::Arguments),
    /// List the rules of the service and what of them is implemented
    Rules(rules::Arguments),
    /// List how refusals are answered
    Errors(errors::Arguments),
    /// List the switches for what the public record leaves open
    Behaviour(behaviour::Arguments),
    /// Print completions for a shell
    Completions(completions::Arguments),
}

/// Reads the arguments and does what they say.
pub(crate) fn run() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Env(arguments) => env::run(&arguments),
        Command::Tenant(command) => tenant::run(command),
        Command::Token(arguments) => token::run(arguments),
        Command::Clock(command) => clock::run(command),
        Command::Scenario(command) => scenario::run(&command),
        Command::Faults(command) => faults::run(&command),
        Command::Requests(arguments) => requests::run(&arguments),
        Command::Audit(command) => audit::run(&command),
        Command::Routes(arguments) => routes::run(&arguments),
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Errors(arguments) => errors::run(&arguments),
        Command::Behaviour(arguments) => behaviour::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
    };
    match done {
        Ok(()) | Err(Failure::NobodyReads) => ExitCode::SUCCESS,
        Err(Failure::Said(message)) => {
            output::complain(&message);
            ExitCode::FAILURE
        }
    }
}
