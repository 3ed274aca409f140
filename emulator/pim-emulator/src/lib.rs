//! The emulator.
pub mod app;
pub mod login;
pub mod net;
