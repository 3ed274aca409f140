//! The options that say which server scenarios are run against.

use super::failure::Failure;
use clap::Args;
use pim_emulator::app::world::Source;
use pim_emulator::scenario::{Target, TargetAddresses};
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

/// Which server is meant, if one is.
#[derive(Args, Debug)]
#[group(multiple = true)]
pub(super) struct TargetArguments {
    /// Run against another server: an emulator, or https://graph.microsoft.com for Microsoft's own. Each step runs beside that on
    /// the emulator within, and answers that differ are shown
    #[arg(long, value_name = "URL", requires = "target_file")]
    target: Option<String>,
    /// The file that says which id each name has there, and how people sign in
    #[arg(long, value_name = "FILE", requires = "target")]
    target_file: Option<PathBuf>,
    /// Where Azure Resource Manager is, when not at the target's address
    #[arg(long, value_name = "URL", requires = "target")]
    target_arm: Option<String>,
    /// Where one signs in, when not at the target's address
    #[arg(long, value_name = "URL", requires = "target")]
    target_login: Option<String>,
    /// The certificates to trust instead of those of this machine, as PEM
    #[arg(long, value_name = "FILE", requires = "target")]
    target_ca: Option<PathBuf>,
    /// Wait for steps that let time pass, which are refused otherwise: nobody moves the clock of a target
    #[arg(long, requires = "target")]
    real_time: bool,
    /// How many seconds long a check is looked at again at a target until it is as it says: it takes a while until what was done is
    /// seen everywhere
    #[arg(long, value_name = "SECONDS", default_value_t = 30, requires = "target")]
    patience: u64,
}

impl TargetArguments {
    /// The server, if one is meant. Nothing is sent yet.
    pub(super) fn target(&self) -> Result<Option<Target>, Failure> {
        let (Some(url), Some(file)) = (&self.target, &self.target_file) else { return Ok(None) };
        let text = fs::read_to_string(file).map_err(Failure::file(file))?;
        let certificate_pem = self.target_ca.as_ref().map(|ca| fs::read(ca).map_err(Failure::file(ca))).transpose()?;
        let addresses = TargetAddresses {
            graph: url.clone(),
            resource_manager: self.target_arm.clone(),
            login: self.target_login.clone(),
            certificate_pem,
        };
        let source = Source::file(file.display().to_string(), text);
        let target = Target::new(&addresses, &source, variable).map_err(Failure::new)?;
        Ok(Some(target.in_real_time(self.real_time).with_patience(Duration::from_secs(self.patience))))
    }
}

/// What the environment has under a name.
fn variable(name: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "this is the command line")]
    std::env::var(name).ok()
}
