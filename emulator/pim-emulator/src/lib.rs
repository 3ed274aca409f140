//! The emulator.
pub mod app;
pub mod control;
pub mod login;
pub mod net;
