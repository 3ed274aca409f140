//! `pim-emulator completions`.

use super::failure::Failure;
use super::output;
use clap::{Args, CommandFactory};
use clap_complete::Shell;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// The shell
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut super::Arguments::command(), "pim-emulator", &mut script);
    output::print(&String::from_utf8_lossy(&script))
}
