//! `pim-emulator behaviour`.

use super::failure::Failure;
use super::form::Form;
use super::output;
use clap::Args;
use pim_emulator::reference::{SwitchRow, behaviour, behaviour_markdown};

#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(flatten)]
    form: Form,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    arguments.form.print(&behaviour(), behaviour_markdown, text)
}

fn text(switches: &[SwitchRow]) -> String {
    let rows: Vec<_> = (switches.iter())
        .map(|it| [it.name.to_owned(), it.rule.to_owned(), format!("{} (default {})", it.meaning, it.default)])
        .collect();
    output::columns(&rows)
}
