//! Sign-in, by its router.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod assertions;
mod authorize;
mod contexts;
mod device;
mod discovery;
mod federated;
mod first_party;
mod first_version;
mod kit;
mod managed_identity;
mod noted;
mod on_behalf_of;
mod refusals;
mod registered;
mod signer;
mod tokens;
