//! Microsoft Graph through the router.

mod activation;
mod administrative_units;
mod applications;
mod approvals;
mod conditional_access;
mod directory;
mod directory_audits;
mod directory_roles;
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
mod service_principals;
mod tenant;
mod tokens;
