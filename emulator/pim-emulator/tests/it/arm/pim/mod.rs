//! PIM for Azure roles: what is asked, held, listed and decided on.

mod activating;
mod alerts;
mod approving;
mod assigning;
mod kit;
mod listing;
mod narrowing;
mod older_service;
mod policies;
mod policy_changes;
