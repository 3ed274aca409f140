//! What the types of alerts have in common: which are asked for, by whom, and how each part is written.
//!
//! There are alerts of subscriptions in which PIM is in use (ALR-34). At other scopes the service may have some too; what these
//! find is not known, so that they are not emulated.

mod body;
mod incident;
mod parts;
mod reading;

pub(super) use body::{AlertBody, ConfigurationBody, change};
pub(super) use parts::{alert, configuration, definition, incidents};
pub(super) use reading::{listed, named, readable, subscription};
