//! The emulator.
#![recursion_limit = "256"]
pub mod app;
pub mod control;
pub mod graph;
pub mod login;
pub mod net;
