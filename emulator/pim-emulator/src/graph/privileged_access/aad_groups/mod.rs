//! `/privilegedAccess/aadGroups`: letting PIM manage a group, which no newer route does by itself, and reading who holds what.
//!
//! Requests and settings have newer routes and are not here.

pub(crate) mod resources;
pub(crate) mod role_assignments;
pub(crate) mod role_definitions;
