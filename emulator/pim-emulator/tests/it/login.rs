//! Sign-in, by its router.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod authorize;
mod contexts;
mod device;
mod discovery;
mod kit;
mod refusals;
mod tokens;
