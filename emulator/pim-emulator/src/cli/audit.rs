//! `pim-emulator audit`.

use super::client::Target;
use super::failure::Failure;
use super::output;
use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Print the audit log, oldest first, one record of JSON a line
    Export {
        /// The tenant, by id or domain [default: the only one]
        #[arg(long, value_name = "T")]
        tenant: Option<String>,
        /// Only what came after the record with this sequence number
        #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
        after: u64,
        #[command(flatten)]
        target: Target,
    },
}

pub(super) fn run(command: &Command) -> Result<(), Failure> {
    match command {
        Command::Export { tenant, after, target } => {
            let client = target.client()?;
            let tenant = client.tenant(tenant.as_deref())?;
            output::copy(&mut client.stream(&format!("/tenants/{tenant}/audit.ndjson?after={after}"))?)
        }
    }
}
