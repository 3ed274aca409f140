//! Microsoft Graph through the router.

mod activation;
mod approvals;
mod conditional_access;
mod directory;
mod directory_audits;
mod lab;
mod paths;
mod permissions;
mod policies;
mod policy_changes;
mod privileged_access;
mod queries;
mod refusals;
mod requests;
mod role_assignments;
mod role_definitions;
mod tokens;
