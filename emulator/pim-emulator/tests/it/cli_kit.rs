//! The program as somebody at a terminal runs it.

#![expect(
    clippy::unwrap_used,
    reason = "a failing helper is a failing test, which clippy sees only in the test itself"
)]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::Duration;

/// A directory that goes away with the test.
#[derive(Debug)]
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("cli-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&directory).unwrap();
        Self(directory)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(crate) fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The program, in an environment that says nothing about it.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pim-emulator"));
    command.env_remove("PIM_EMULATOR_ADMIN_KEY").stdin(Stdio::null());
    command
}

/// What a run of the program said, and its exit code.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

pub(crate) fn run(arguments: &[&str]) -> Run {
    program().args(arguments).output().unwrap().into()
}

impl Run {
    /// The answer of a run that worked.
    #[track_caller]
    pub(crate) fn ok(self) -> String {
        assert_eq!(self.code, Some(0), "{self:?}");
        self.out
    }

    /// The complaint of a run that did not work.
    #[track_caller]
    pub(crate) fn failed(self) -> String {
        assert_eq!((self.code, self.out.as_str()), (Some(1), ""), "{self:?}");
        self.err
    }
}

/// An emulator that runs with a state directory of its own. It is killed when this is dropped.
#[derive(Debug)]
pub(crate) struct Serving {
    pub(crate) child: Child,
    pub(crate) scratch: Scratch,
    pub(crate) ready: Value,
}

impl Serving {
    /// Starts one and waits until it says that it is ready.
    pub(crate) fn start(more: &[&str]) -> Self {
        Self::start_as(program(), more)
    }

    /// The same with another environment.
    pub(crate) fn start_as(mut program: Command, more: &[&str]) -> Self {
        let scratch = Scratch::new();
        let ready_file = scratch.path("ready.json");
        let child = program
            .args(["serve", "--listen", "127.0.0.1:0", "--state-dir"])
            .arg(scratch.path("state"))
            .arg("--ready-file")
            .arg(&ready_file)
            .args(more)
            .stdout(fs::File::create(scratch.path("out")).unwrap())
            .stderr(fs::File::create(scratch.path("err")).unwrap())
            .spawn()
            .unwrap();
        let mut serving = Self { child, scratch, ready: Value::Null };
        serving.ready = serving.wait_for(&ready_file);
        serving
    }

    fn wait_for(&mut self, ready_file: &Path) -> Value {
        for _ in 0..1200 {
            if let Ok(text) = fs::read(ready_file) {
                return serde_json::from_slice(&text).unwrap();
            }
            if let Some(status) = self.child.try_wait().unwrap() {
                panic!("serve ended with {status}: {}", self.said("err"));
            }
            sleep(Duration::from_millis(50));
        }
        panic!("serve is not ready after a minute: {}", self.said("err"));
    }

    /// Waits until it has written that.
    #[track_caller]
    pub(crate) fn until_said(&self, stream: &str, text: &str) {
        for _ in 0..400 {
            if self.said(stream).contains(text) {
                return;
            }
            sleep(Duration::from_millis(50));
        }
        panic!("it does not say '{text}': {}", self.said(stream));
    }

    /// What it wrote to `out` or `err`.
    pub(crate) fn said(&self, stream: &str) -> String {
        fs::read_to_string(self.scratch.path(stream)).unwrap()
    }

    pub(crate) fn state_dir(&self) -> PathBuf {
        self.scratch.path("state")
    }

    /// Runs a command against it.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        program().args(arguments).arg("--state-dir").arg(self.state_dir()).output().unwrap().into()
    }

    /// Runs a command that answers with JSON.
    #[track_caller]
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let arguments = [arguments, &["--json"]].concat();
        serde_json::from_str(&self.run(&arguments).ok()).unwrap()
    }

    /// Tells it to end as the system does, and waits until it has.
    #[cfg(unix)]
    pub(crate) fn terminate(&mut self) -> Option<i32> {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
