//! The command line of the emulator.

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}
