//! The file of the signing key: readable by its owner alone, made once, never overwritten.

use super::signing_key::SigningKeyError;
use crate::private_files::{self, FileError, Readers};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls_pki_types::PrivatePkcs8KeyDer;
use rustls_pki_types::pem::PemObject as _;
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
        private_files::read_or_make(
            &self.directory,
            "signing-key.lock",
            || self.read(),
            || {
                let key = make()?;
                private_files::write(&self.path, &pem(&key), Readers::Owner)?;
                Ok(key)
            },
        )
    }

    fn read(&self) -> Result<Option<PrivatePkcs8KeyDer<'static>>, SigningKeyError> {
        let Some(bytes) = private_files::read(&self.path)? else {
            return Ok(None);
        };
        PrivatePkcs8KeyDer::from_pem_slice(&bytes).map(Some).map_err(|error| {
            SigningKeyError::Unusable(self.path.clone(), format!("is not a PEM file with a private key ({error})"))
        })
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

impl From<FileError> for SigningKeyError {
    fn from(FileError { path, error }: FileError) -> Self {
        Self::File(path, error.to_string())
    }
}
