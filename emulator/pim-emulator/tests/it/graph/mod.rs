//! Microsoft Graph through the router.

mod activation;
mod approvals;
mod conditional_access;
mod directory;
mod lab;
mod paths;
mod permissions;
mod queries;
mod requests;
mod role_assignments;
mod role_definitions;
mod tokens;
