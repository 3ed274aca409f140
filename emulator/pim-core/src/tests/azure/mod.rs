//! Roles of Azure: where they count, what may stand in their way, and what becomes of them when the tree changes.

mod conditions;
mod delays;
mod deleting;
mod groups;
mod limits;
mod locks;
mod managers;
mod moving;
mod narrowing;
mod outside;
mod owners;
mod policies;
mod roles;
mod scopes;
mod vectors;

/// A subscription below a management group, with a resource group and a vault in it.
const TREE: &str = r#"
    world platform corp management-group; prod subscription of platform; web resource-group of prod; kv resource of web
    world alice bob carol users
"#;
