//! The emulator.
pub mod app;
pub mod net;
