//! Roles outside PIM, and the scopes that they are held at, on the routes of Azure Resource Manager.

mod definitions;
mod discovery;
mod kit;
mod locks;
mod management_groups;
mod resources;
mod role_assignments;
mod story;
