//! Microsoft Graph through the router.

mod activation;
mod approvals;
mod conditional_access;
mod directory;
mod directory_audits;
mod group_policies;
mod lab;
mod paths;
mod permissions;
mod policies;
mod policy_changes;
mod queries;
mod refusals;
mod requests;
mod role_assignments;
mod role_definitions;
mod tokens;
