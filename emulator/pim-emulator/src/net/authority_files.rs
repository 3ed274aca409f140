//! The two files of the certificate authority, and the ways in which they can be wrong.
//!
//! - `ca-key.pem` is written before `ca.pem`: whoever sees the certificate sees a complete pair.
//! - Nothing that exists is overwritten. A file that cannot be used is an error that names it.
//! - The key is accessible by its owner alone. The certificate is no secret.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::private_files::{self, FileError, Readers};

/// Why there is no certificate authority. The text is meant for the person who started the emulator.
#[derive(Debug)]
pub enum AuthorityError {
    /// A file or the directory could not be read, made or written.
    File(PathBuf, io::Error),
    /// A file is there but cannot be used, for the reason given.
    Unusable(PathBuf, String),
    /// The cryptographic library refused to work.
    Crypto(rcgen::Error),
}

impl fmt::Display for AuthorityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Unusable(path, reason) => write!(
                f,
                "{}: {reason}. To start over with a new certificate authority, remove ca.pem and ca-key.pem from \
                 that directory; clients must then be made to trust the new ca.pem",
                path.display()
            ),
            Self::Crypto(error) => write!(f, "cannot make a certificate: {error}"),
        }
    }
}

impl std::error::Error for AuthorityError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File(_, error) => Some(error),
            Self::Crypto(error) => Some(error),
            Self::Unusable(..) => None,
        }
    }
}

impl From<FileError> for AuthorityError {
    fn from(FileError { path, error }: FileError) -> Self {
        Self::File(path, error)
    }
}

impl From<rcgen::Error> for AuthorityError {
    fn from(error: rcgen::Error) -> Self {
        Self::Crypto(error)
    }
}

/// Where the files of one authority lie.
pub(super) struct AuthorityFiles {
    directory: PathBuf,
    pub(super) certificate: PathBuf,
    pub(super) key: PathBuf,
}

/// The contents of the two files, as PEM.
pub(super) struct Pair {
    pub(super) certificate: String,
    pub(super) key: String,
}

impl AuthorityFiles {
    pub(super) fn of(directory: &Path) -> Self {
        Self {
            directory: directory.to_owned(),
            certificate: directory.join("ca.pem"),
            key: directory.join("ca-key.pem"),
        }
    }

    /// The pair on disk. If there is no certificate, `make` is asked for one (and told the key left behind by a
    /// start that was interrupted between the two files, if there is one) and the result is kept.
    pub(super) fn read_or_make(
        &self,
        make: impl FnOnce(Option<String>) -> Result<Pair, AuthorityError>,
    ) -> Result<Pair, AuthorityError> {
        private_files::read_or_make(
            &self.directory,
            "ca.lock",
            || self.read(),
            || {
                let left_behind = read_text(&self.key)?;
                let key_is_kept = left_behind.is_some();
                let pair = make(left_behind)?;
                if !key_is_kept {
                    private_files::write(&self.key, &pair.key, Readers::Owner)?;
                }
                private_files::write(&self.certificate, &pair.certificate, Readers::Anybody)?;
                Ok(pair)
            },
        )
    }

    fn read(&self) -> Result<Option<Pair>, AuthorityError> {
        let Some(certificate) = read_text(&self.certificate)? else {
            return Ok(None);
        };
        let Some(key) = read_text(&self.key)? else {
            let reason = "is missing, although the certificate it belongs to is there";
            return Err(AuthorityError::Unusable(self.key.clone(), reason.to_owned()));
        };
        Ok(Some(Pair { certificate, key }))
    }
}

/// The text of a file, or nothing if there is none.
fn read_text(path: &Path) -> Result<Option<String>, AuthorityError> {
    let text = private_files::read(path)?.map(String::from_utf8).transpose();
    text.map_err(|_| AuthorityError::Unusable(path.to_owned(), "is not a PEM file".to_owned()))
}
