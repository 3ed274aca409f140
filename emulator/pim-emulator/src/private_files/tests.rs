use super::{FileError, Readers, read, read_or_make, write};
use std::fs;
use std::path::PathBuf;
use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A directory that is not there yet, and goes with this.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("pim-private-files-{name}-{}", std::process::id())))
    }

    fn secret(&self) -> PathBuf {
        self.0.join("secret.pem")
    }

    /// What is in the secret, or `text` if nothing is.
    fn read_or_make(&self, text: &str) -> Result<Vec<u8>, FileError> {
        let path = self.secret();
        let make = || write(&path, text, Readers::Owner).map(|()| text.as_bytes().to_vec());
        read_or_make(&self.0, "secret.lock", || read(&path), make)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn what_was_made_once_is_read_ever_after() {
    let scratch = Scratch::new("once");
    assert_eq!(scratch.read_or_make("first").unwrap(), b"first");
    assert_eq!(scratch.read_or_make("second").unwrap(), b"first");
    assert_eq!(fs::read(scratch.secret()).unwrap(), b"first");
}

#[test]
fn of_many_who_start_at_once_one_makes_it_and_all_use_it() {
    let scratch = Scratch::new("many");
    let (made, together) = (AtomicUsize::new(0), Barrier::new(8));
    let found: Vec<_> = std::thread::scope(|scope| {
        let start = |number: usize| {
            let (scratch, made, together) = (&scratch, &made, &together);
            scope.spawn(move || {
                together.wait();
                let path = scratch.secret();
                read_or_make(
                    &scratch.0,
                    "secret.lock",
                    || read(&path),
                    || {
                        made.fetch_add(1, Ordering::Relaxed);
                        let text = number.to_string();
                        write(&path, &text, Readers::Owner).map(|()| text.into_bytes())
                    },
                )
            })
        };
        let threads: Vec<_> = (0..8).map(start).collect();
        threads.into_iter().map(|thread| thread.join().unwrap().unwrap()).collect()
    });
    assert_eq!(made.into_inner(), 1);
    assert!(found.iter().all(|it| *it == fs::read(scratch.secret()).unwrap()), "{found:?}");
}

#[test]
fn what_an_interrupted_start_left_behind_is_replaced_and_nothing_of_it_stays() {
    let scratch = Scratch::new("interrupted");
    fs::create_dir_all(&scratch.0).unwrap();
    let unfinished = scratch.0.join("secret.pem.new");
    fs::write(&unfinished, "half a sec").unwrap();
    scratch.read_or_make("whole").unwrap();
    assert_eq!(fs::read(scratch.secret()).unwrap(), b"whole");
    assert!(!unfinished.exists());
}

#[cfg(unix)]
#[test]
fn a_secret_and_its_directory_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let scratch = Scratch::new("owner");
    let mode = |path: &PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    scratch.read_or_make("text").unwrap();
    assert_eq!((mode(&scratch.0), mode(&scratch.secret())), (0o700, 0o600));
    // Also when the name was taken by a file that others could read.
    fs::remove_file(scratch.secret()).unwrap();
    let unfinished = scratch.0.join("secret.pem.new");
    fs::write(&unfinished, "").unwrap();
    fs::set_permissions(&unfinished, fs::Permissions::from_mode(0o644)).unwrap();
    scratch.read_or_make("text").unwrap();
    assert_eq!(mode(&scratch.secret()), 0o600);
}

#[test]
fn an_error_names_what_it_is_about() {
    let scratch = Scratch::new("error");
    fs::write(&scratch.0, "in the way").unwrap();
    let error = scratch.read_or_make("text").unwrap_err();
    assert!([&scratch.0, &scratch.secret()].contains(&&error.path), "{error:?}");
    fs::remove_file(&scratch.0).unwrap();
}
