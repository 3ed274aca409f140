//! Files of the state directory: made once, seen whole or not at all, and where they are secret, their owner's alone.
//!
//! - A file is written under another name and then renamed: whoever sees it sees all of it, and needs no lock to read it.
//! - What is missing is made under a lock on a file beside it, so that of two processes that start at once one makes it and
//!   both use it. The lock file stays: removing it would let two processes hold "the" lock.
//! - Nothing that exists is overwritten by [`read_or_make`].
//!
//! Deliberately absent: what is in the files, and what to do about one that cannot be used.

#[cfg(test)]
mod tests;

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The operating system objects to something done to a file or directory.
#[derive(Debug)]
pub(crate) struct FileError {
    /// Which one.
    pub(crate) path: PathBuf,
    /// What it says.
    pub(crate) error: io::Error,
}

/// Who may read a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Readers {
    /// Whoever the system lets by default.
    Anybody,
    /// Its owner alone.
    Owner,
}

/// What `read` finds, or else what `make` makes. The directory, if made here, is accessible by its owner alone.
pub(crate) fn read_or_make<T, E: From<FileError>>(
    directory: &Path,
    lock_file: &str,
    read: impl Fn() -> Result<Option<T>, E>,
    make: impl FnOnce() -> Result<T, E>,
) -> Result<T, E> {
    if let Some(found) = read()? {
        return Ok(found);
    }
    create_private_directory(directory).map_err(at(directory))?;
    let _lock = lock(&directory.join(lock_file))?;
    match read()? {
        Some(found) => Ok(found),
        None => make(),
    }
}

/// The content of a file, or nothing if there is none.
pub(crate) fn read(path: &Path) -> Result<Option<Vec<u8>>, FileError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(at(path)(error)),
    }
}

/// Writes a file that appears under its name only when it is complete.
pub(crate) fn write(path: &Path, text: &str, readers: Readers) -> Result<(), FileError> {
    let unfinished = path.with_added_extension("new");
    let written = (|| {
        // One left behind by an interrupted start may have other permissions.
        match fs::remove_file(&unfinished) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
        let mut file = options(readers).write(true).create_new(true).open(&unfinished)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    })();
    written.map_err(at(&unfinished))?;
    fs::rename(&unfinished, path).map_err(at(path))
}

/// Held until the file is dropped, or the process ends in whatever way.
fn lock(path: &Path) -> Result<File, FileError> {
    let opened = options(Readers::Owner).write(true).create(true).truncate(false).open(path);
    let file = opened.map_err(at(path))?;
    file.lock().map_err(at(path))?;
    Ok(file)
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> FileError {
    move |error| FileError { path: path.to_owned(), error }
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
fn options(readers: Readers) -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = OpenOptions::new();
    options.mode(match readers {
        Readers::Anybody => 0o666,
        Readers::Owner => 0o600,
    });
    options
}

#[cfg(not(unix))]
fn options(_: Readers) -> OpenOptions {
    OpenOptions::new()
}
