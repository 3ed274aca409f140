//! The audit log: what is written, for whom it is, and how it is asked.

mod asking;
mod azure;
mod groups;
mod kit;
mod reading;
mod records;
