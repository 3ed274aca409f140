//! Tests of the whole emulator over HTTP, in one binary.
mod graph;
mod login;
mod one_port;
mod world;
mod world_errors;
