//! Tests: stories about a small tenant, a file a behaviour, and properties of every sequence of commands.
//!
//! The comment above a test names the rules that it tests.

mod activating;
mod administrative_units;
mod alerts;
mod applications;
mod approvers;
mod approving;
mod assigning;
mod authentication_contexts;
mod azure;
mod cancelling;
mod catalogue;
mod causes;
mod deactivating;
mod delays;
mod directory;
mod dsl;
mod extending;
mod granting;
mod groups;
mod last_administrator;
mod last_owner;
mod lengths;
mod licences;
mod mailing;
mod outside_pim;
mod policies;
mod policy_rules;
mod precedence;
mod principals;
mod property;
mod reading;
mod refused;
mod reminding;
mod removing;
mod requests;
mod restoring;
mod role_definitions;
mod scope;
mod signing_in;
mod switches;
mod time;
mod updating;
mod warnings;
mod writing;
