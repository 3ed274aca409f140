//! Tests: stories about a small tenant, a file a behaviour, and properties of every sequence of commands.
//!
//! The comment above a test names the rules that it tests.

mod activating;
mod assigning;
mod cancelling;
mod catalogue;
mod deactivating;
mod directory;
mod dsl;
mod extending;
mod last_administrator;
mod lengths;
mod mailing;
mod outside_pim;
mod policy_rules;
mod precedence;
mod principals;
mod property;
mod reading;
mod removing;
mod requests;
mod role_definitions;
mod scope;
mod switches;
mod time;
mod updating;
