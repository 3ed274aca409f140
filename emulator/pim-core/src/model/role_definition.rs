//! Role definitions: the built-in ones, the same in every tenant, and a tenant's own.

use crate::id::RoleDefinitionId;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;
use uuid::Uuid;

/// A directory role. A built-in one has the same id in every tenant, equal to its template id (MOD-21).
#[expect(clippy::struct_excessive_bools, reason = "each is a property of its own on the wire or in the data file")]
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoleDefinition {
    /// The role's id.
    pub id: RoleDefinitionId,
    /// The id of its template; for a built-in role the id itself.
    pub template_id: RoleDefinitionId,
    /// The name people see.
    pub display_name: String,
    /// What the role is for.
    pub description: String,
    /// Whether Microsoft made it.
    pub is_built_in: bool,
    /// Whether it can be assigned.
    pub is_enabled: bool,
    /// Whether Microsoft labels it privileged.
    pub is_privileged: bool,
    /// Whether it may be held for one administrative unit (SCO-2).
    pub administrative_unit_scope: bool,
    /// Whether it may be held for one application or service principal.
    pub object_scope: bool,
    /// The actions it allows. Empty for built-in roles: their permissions are not emulated.
    pub allowed_resource_actions: Vec<String>,
    /// The version its author gave it.
    pub version: Option<String>,
}

/// The built-in roles, sorted by id.
#[must_use]
pub fn built_in_roles() -> &'static [RoleDefinition] {
    static ROLES: LazyLock<Vec<RoleDefinition>> = LazyLock::new(|| {
        let mut roles: Vec<_> = include_str!("../../data/entra_roles.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(parse_line)
            .collect();
        roles.sort_by_key(|role| role.id);
        roles
    });
    &ROLES
}

/// One line of the data file: template id, name, privileged, administrative unit scope, object scope, description.
fn parse_line(line: &str) -> Option<RoleDefinition> {
    let mut columns = line.split('\t');
    let id = RoleDefinitionId(Uuid::try_parse(columns.next()?).ok()?);
    let display_name = columns.next()?.to_owned();
    let mut yes = || columns.next().map(|word| word == "yes");
    Some(RoleDefinition {
        id,
        template_id: id,
        display_name,
        is_built_in: true,
        is_enabled: true,
        is_privileged: yes()?,
        administrative_unit_scope: yes()?,
        object_scope: yes()?,
        description: columns.next()?.to_owned(),
        allowed_resource_actions: Vec::new(),
        version: Some("1".to_owned()),
    })
}

/// The built-in roles that rules speak of by name.
pub mod roles {
    use super::RoleDefinitionId;
    use uuid::uuid;

    macro_rules! named_roles {
        ($($(#[$doc:meta])* $name:ident = $id:literal;)*) => {$(
            $(#[$doc])*
            pub const $name: RoleDefinitionId = RoleDefinitionId(uuid!($id));
        )*};
    }

    named_roles! {
        /// Global Administrator.
        GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10";
        /// Privileged Role Administrator.
        PRIVILEGED_ROLE_ADMINISTRATOR = "e8611ab8-c189-46e8-94e1-60213ab1f814";
        /// Global Reader.
        GLOBAL_READER = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";
        /// Security Reader.
        SECURITY_READER = "5d6b6bb7-de71-4623-b4af-96380a352509";
        /// Security Administrator.
        SECURITY_ADMINISTRATOR = "194ae4cb-b126-40b2-bd5b-6091b380977d";
        /// Conditional Access Administrator.
        CONDITIONAL_ACCESS_ADMINISTRATOR = "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9";
        /// Reports Reader.
        REPORTS_READER = "4a5d8f65-41da-4de4-8968-e035b65339cf";
        /// Compliance Administrator.
        COMPLIANCE_ADMINISTRATOR = "17315797-102d-40b4-93e0-432062caca18";
        /// Directory Writers.
        DIRECTORY_WRITERS = "9360feb5-f418-4baa-8175-e2a00bac4301";
        /// Groups Administrator.
        GROUPS_ADMINISTRATOR = "fdd7a751-b60b-444a-984c-02652fe8fa1c";
        /// Identity Governance Administrator.
        IDENTITY_GOVERNANCE_ADMINISTRATOR = "45d8d3c5-c802-45c6-b32a-1d70b5e1e86e";
        /// User Administrator.
        USER_ADMINISTRATOR = "fe930be7-5e62-47db-91af-98c3a49a38b1";
        /// Application Administrator.
        APPLICATION_ADMINISTRATOR = "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3";
        /// Cloud Application Administrator.
        CLOUD_APPLICATION_ADMINISTRATOR = "158c047a-c907-4556-b7ef-446551a6b5f7";
        /// Security Operator.
        SECURITY_OPERATOR = "5f2222b1-57c3-48ba-8ad5-d4759f1fde6f";
    }
}
