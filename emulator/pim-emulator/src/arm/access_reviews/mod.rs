//! Access reviews of roles of Azure.
//!
//! At a scope they are for whoever manages access there. Without one, at the tenant, they are for reviewers: everybody finds there
//! what one is asked about.

mod body;
pub(super) mod decisions;
mod finding;
pub(super) mod history;
mod rows;
pub(super) mod schedule_definitions;
pub(super) mod schedule_settings;
mod settings;
