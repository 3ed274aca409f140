//! The emulator.
pub mod net;
