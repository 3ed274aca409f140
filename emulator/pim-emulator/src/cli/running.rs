//! The note that a running emulator leaves in its state directory, so that the other commands find it. The ready file is the
//! same.

use super::failure::Failure;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Where an emulator is, and which tenants it began with.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Running {
    /// Its address over TLS.
    pub(super) url: String,
    /// Its address over plain HTTP.
    pub(super) http_url: String,
    /// What to set `HTTPS_PROXY` to.
    pub(super) proxy_url: String,
    /// The certificate to trust.
    pub(super) ca_file: PathBuf,
    /// Its process.
    pub(super) pid: u32,
    /// Its tenants, each with the ids that its names got.
    pub(super) tenants: Vec<Value>,
}

/// Where the note lies.
pub(super) fn note_in(state_dir: &Path) -> PathBuf {
    state_dir.join("running.json")
}

impl Running {
    /// The note in a state directory; none where no emulator is said to run.
    pub(super) fn read(state_dir: &Path) -> Result<Option<Self>, Failure> {
        let path = note_in(state_dir);
        match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|error| {
                Failure::new(format!(
                    "{} is not what a running emulator writes ({error}); remove it, or say --url URL",
                    path.display()
                ))
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::file(&path)(error)),
        }
    }
}

/// Writes a file that appears under its name only when it is complete.
pub(super) fn write_whole(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let unfinished = path.with_file_name(name);
    let written = (|| {
        let mut file = io::BufWriter::new(fs::File::create(&unfinished)?);
        write(&mut file)?;
        file.flush()?;
        fs::rename(&unfinished, path)
    })();
    if written.is_err() {
        // Whether it can be removed or was never made: the error to tell is the first one.
        let _ = fs::remove_file(&unfinished);
    }
    written.map_err(Failure::file(path))
}
