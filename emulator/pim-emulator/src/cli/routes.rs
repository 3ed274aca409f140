//! `pim-emulator routes`.

use super::failure::Failure;
use super::form::Form;
use super::output;
use clap::Args;
use pim_emulator::reference::{RouteRow, routes, routes_markdown};

#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(flatten)]
    form: Form,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    arguments.form.print(&routes(), routes_markdown, text)
}

fn text(routes: &[RouteRow]) -> String {
    let rows: Vec<_> = (routes.iter())
        .map(|it| [it.surface.to_owned(), it.method.to_owned(), it.versions.join(","), it.path.clone()])
        .collect();
    output::columns(&rows)
}
