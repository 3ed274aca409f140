//! The two files of the certificate authority, and the ways in which they can be wrong.
//!
//! - `ca-key.pem` is written before `ca.pem`, each under another name first and then renamed: whoever sees the
//!   certificate sees a complete pair, and needs no lock to read it.
//! - Making the pair happens under a lock on `ca.lock`, so that of two processes starting at once one makes it and
//!   both use it. The lock file stays; removing it would let two processes hold "the" lock.
//! - Nothing that exists is overwritten. A file that cannot be used is an error that names it.
//! - The directory, if made here, and the key are accessible by their owner alone. The certificate is no secret.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

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
        if let Some(pair) = self.read()? {
            return Ok(pair);
        }
        create_private_directory(&self.directory).map_err(at(&self.directory))?;
        let _lock = self.lock()?;
        if let Some(pair) = self.read()? {
            return Ok(pair);
        }
        let left_behind = read_text(&self.key)?;
        let key_is_kept = left_behind.is_some();
        let pair = make(left_behind)?;
        if !key_is_kept {
            write(&self.key, &pair.key, private_options())?;
        }
        write(&self.certificate, &pair.certificate, OpenOptions::new())?;
        Ok(pair)
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

    /// Held until the file is dropped, or the process ends in whatever way.
    fn lock(&self) -> Result<File, AuthorityError> {
        let path = self.directory.join("ca.lock");
        let file = private_options().write(true).create(true).open(&path);
        let file = file.map_err(at(&path))?;
        file.lock().map_err(at(&path))?;
        Ok(file)
    }
}

/// Writes a file that appears under its name only when it is complete.
fn write(path: &Path, text: &str, mut options: OpenOptions) -> Result<(), AuthorityError> {
    let unfinished = path.with_extension("pem.new");
    let written = (|| {
        // One left behind by an interrupted start may have other permissions.
        match fs::remove_file(&unfinished) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
        let mut file = options.write(true).create_new(true).open(&unfinished)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    })();
    written.map_err(at(&unfinished))?;
    fs::rename(&unfinished, path).map_err(at(path))
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> AuthorityError {
    let path = path.to_owned();
    move |error| AuthorityError::File(path, error)
}

/// The text of a file, or nothing if there is none.
fn read_text(path: &Path) -> Result<Option<String>, AuthorityError> {
    match fs::read(path) {
        Ok(bytes) => String::from_utf8(bytes)
            .map(Some)
            .map_err(|_| AuthorityError::Unusable(path.to_owned(), "is not a PEM file".to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(AuthorityError::File(path.to_owned(), error)),
    }
}

#[cfg(unix)]
fn create_private_directory(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

#[cfg(not(unix))]
fn create_private_directory(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

#[cfg(unix)]
fn private_options() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = OpenOptions::new();
    options.mode(0o600);
    options
}

#[cfg(not(unix))]
fn private_options() -> OpenOptions {
    OpenOptions::new()
}
