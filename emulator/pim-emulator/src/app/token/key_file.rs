//! The file of the signing key: readable by its owner alone, made once, never overwritten.
//!
//! It is written under another name and renamed, so that whoever sees it sees all of it. Making it happens under a lock on
//! a file beside it, so that of two processes that start at once one makes the key and both use it.

use super::signing_key::SigningKeyError;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls_pki_types::PrivatePkcs8KeyDer;
use rustls_pki_types::pem::PemObject as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Where the key of one state directory lies.
pub(super) struct KeyFile {
    directory: PathBuf,
    path: PathBuf,
}

impl KeyFile {
    pub(super) fn of(directory: &Path) -> Self {
        Self { directory: directory.to_owned(), path: directory.join("signing-key.pem") }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The key in the file, or the one that `make` makes, which is then in the file.
    pub(super) fn read_or_make(
        &self,
        make: impl FnOnce() -> Result<PrivatePkcs8KeyDer<'static>, SigningKeyError>,
    ) -> Result<PrivatePkcs8KeyDer<'static>, SigningKeyError> {
        if let Some(key) = self.read()? {
            return Ok(key);
        }
        create_private_directory(&self.directory).map_err(at(&self.directory))?;
        let _lock = self.lock()?;
        if let Some(key) = self.read()? {
            return Ok(key);
        }
        let key = make()?;
        self.write(&pem(&key))?;
        Ok(key)
    }

    fn read(&self) -> Result<Option<PrivatePkcs8KeyDer<'static>>, SigningKeyError> {
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(at(&self.path)(error)),
        };
        PrivatePkcs8KeyDer::from_pem_slice(&bytes).map(Some).map_err(|error| {
            SigningKeyError::Unusable(self.path.clone(), format!("is not a PEM file with a private key ({error})"))
        })
    }

    /// Held until the file is dropped, or the process ends in whatever way. The lock file stays: removing it would let two
    /// processes hold "the" lock.
    fn lock(&self) -> Result<File, SigningKeyError> {
        let path = self.path.with_extension("lock");
        let file = private_options().write(true).create(true).truncate(false).open(&path).map_err(at(&path))?;
        file.lock().map_err(at(&path))?;
        Ok(file)
    }

    fn write(&self, text: &str) -> Result<(), SigningKeyError> {
        let unfinished = self.path.with_extension("pem.new");
        let written = (|| {
            // One left behind by an interrupted start may have other permissions.
            match fs::remove_file(&unfinished) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                Ok(()) | Err(_) => {}
            }
            let mut file = private_options().write(true).create_new(true).open(&unfinished)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()
        })();
        written.map_err(at(&unfinished))?;
        fs::rename(&unfinished, &self.path).map_err(at(&self.path))
    }
}

fn pem(key: &PrivatePkcs8KeyDer<'_>) -> String {
    let encoded = STANDARD.encode(key.secret_pkcs8_der());
    let mut text = String::from("-----BEGIN PRIVATE KEY-----\n");
    let mut rest = encoded.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(64));
        text.push_str(line);
        text.push('\n');
        rest = after;
    }
    text.push_str("-----END PRIVATE KEY-----\n");
    text
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> SigningKeyError {
    let path = path.to_owned();
    move |error| SigningKeyError::File(path, error.to_string())
}

#[cfg(unix)]
fn create_private_directory(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

#[cfg(not(unix))]
fn create_private_directory(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

#[cfg(unix)]
fn private_options() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = OpenOptions::new();
    options.mode(0o600);
    options
}

#[cfg(not(unix))]
fn private_options() -> OpenOptions {
    OpenOptions::new()
}
