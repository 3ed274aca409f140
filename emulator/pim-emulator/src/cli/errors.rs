//! `pim-emulator errors`.

use super::failure::Failure;
use super::form::Form;
use super::output;
use clap::Args;
use pim_emulator::reference::{ErrorRow, errors, errors_markdown};

#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(flatten)]
    form: Form,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    arguments.form.print(&errors(), errors_markdown, text)
}

fn text(errors: &[ErrorRow]) -> String {
    let rows: Vec<_> = (errors.iter())
        .map(|it| {
            [it.surface.to_owned(), it.refusal.clone(), it.status.to_string(), it.code.clone(), it.message.clone()]
        })
        .collect();
    output::columns(&rows)
}
