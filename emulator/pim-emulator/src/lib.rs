//! A local Microsoft Entra tenant with Privileged Identity Management.
//!
//! [`Emulator`] is a running one: the command line starts it, and so can a Rust test.
//!
//! What always holds: `graph`, `arm`, `login` and `control` each know `app`, the shell around the machine, and never each
//! other; only `surfaces` and `server` know them all.

pub mod app;
pub mod arm;
pub mod control;
mod encoding;
pub mod graph;
mod json;
pub mod login;
pub mod net;
mod private_files;
pub mod reference;
mod request_body;
pub mod scenario;
mod server;
pub mod surfaces;

pub use app::mail::{SmtpRelay, SmtpUrlError};
pub use server::{Builder, Emulator, StartError};
