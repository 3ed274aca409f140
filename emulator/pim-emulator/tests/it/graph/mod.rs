//! Microsoft Graph through the router.

mod activation;
mod directory;
mod directory_audits;
mod lab;
mod paths;
mod permissions;
mod queries;
mod requests;
mod role_assignments;
mod role_definitions;
mod tokens;
