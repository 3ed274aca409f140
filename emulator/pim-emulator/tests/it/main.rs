//! Tests of the whole emulator over HTTP, in one binary.
mod login;
mod one_port;
