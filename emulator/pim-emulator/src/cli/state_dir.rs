//! The directory where the emulator keeps what outlives it, and how commands find the one that runs.

use super::failure::Failure;
use clap::Args;
use etcetera::BaseStrategy;
use std::path::{Path, PathBuf};

/// The option that names the directory.
#[derive(Args, Debug)]
pub(super) struct StateDir {
    /// Where the certificate authority, the signing key and the note of the running emulator are kept [default: the
    /// platform's directory for data, and in it pim-emulator]
    #[arg(long = "state-dir", value_name = "DIR")]
    chosen: Option<PathBuf>,
}

impl StateDir {
    /// The directory, from the root of the file system.
    pub(super) fn path(&self) -> Result<PathBuf, Failure> {
        match &self.chosen {
            Some(chosen) => std::path::absolute(chosen).map_err(Failure::file(chosen)),
            None => {
                let base = etcetera::choose_base_strategy().map_err(|error| {
                    Failure::new(format!("cannot tell where data belongs ({error}); say it with --state-dir DIR"))
                })?;
                Ok(base.data_dir().join("pim-emulator"))
            }
        }
    }

    /// The option as it was given, for commands that are shown to people.
    pub(super) fn chosen(&self) -> Option<&Path> {
        self.chosen.as_deref()
    }
}
