//! The audit log: what is written, for whom it is, and how it is asked.

mod access_reviews;
mod activations;
mod alerts;
mod approvals;
mod asking;
mod assignments;
mod azure;
mod callers;
mod directory;
mod groups;
mod kit;
mod past;
mod reading;
mod refusals;
