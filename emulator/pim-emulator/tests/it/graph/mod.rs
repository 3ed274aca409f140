//! Microsoft Graph through the router.

mod activation;
mod advanced_queries;
mod approvals;
mod conditional_access;
mod deleted_items;
mod delta;
mod directory;
mod directory_audits;
mod directory_objects;
mod group_members;
mod groups;
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
mod users;
