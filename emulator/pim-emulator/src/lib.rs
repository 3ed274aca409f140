//! The emulator.
#![recursion_limit = "256"]
pub mod app;
pub mod graph;
pub mod net;
