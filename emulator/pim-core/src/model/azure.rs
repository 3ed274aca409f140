//! Azure: the tree of scopes, from the tenant root down to resources, and the roles that are given there.

use super::directory::Tenant;
use crate::id::{AzureRoleDefinitionId, AzureScopeId, PrincipalId};
use crate::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use uuid::Uuid;

/// What a scope is (AZR-1).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AzureScopeKind {
    /// `/`, above everything else of the tenant.
    TenantRoot,
    /// A management group.
    ManagementGroup,
    /// A subscription.
    Subscription,
    /// A resource group of a subscription.
    ResourceGroup,
    /// A resource of a resource group, or one below another resource.
    Resource {
        /// Its type with the namespace, as `Microsoft.KeyVault/vaults`.
        resource_type: String,
    },
}

impl AzureScopeKind {
    /// The service's word for it: PIM names the four upper kinds in lower case, and a resource by its type.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::TenantRoot => "tenant",
            Self::ManagementGroup => "managementgroup",
            Self::Subscription => "subscription",
            Self::ResourceGroup => "resourcegroup",
            Self::Resource { resource_type } => resource_type,
        }
    }
}

/// What a lock forbids (AZR-10).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum LockLevel {
    /// Taking anything away, assignments of roles too.
    CanNotDelete,
    /// Changing anything.
    ReadOnly,
}

/// One place in the tree of scopes. Its path is what Azure calls it by, and never changes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AzureScope {
    /// The id that the tree knows it by.
    pub id: AzureScopeId,
    /// What it is.
    pub kind: AzureScopeKind,
    /// The scope above; `None` for the root alone.
    pub parent: Option<AzureScopeId>,
    /// `/subscriptions/{id}/resourceGroups/{name}` and the like, in the case it was made with; `/` for the root.
    pub path: String,
    /// The last part of the path: a subscription's id, the name of anything else.
    pub name: String,
    /// The name people see.
    pub display_name: String,
    /// The region, of resource groups and resources.
    pub location: Option<String>,
    /// Tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
    /// Locks by name. They hold for everything below too.
    #[serde(default)]
    pub locks: BTreeMap<String, LockLevel>,
    /// When it was made.
    pub created: Instant,
}

impl AzureScope {
    /// The root that every tenant has.
    #[must_use]
    pub fn root() -> Self {
        Self {
            id: AzureScopeId::ROOT,
            kind: AzureScopeKind::TenantRoot,
            parent: None,
            path: "/".to_owned(),
            name: String::new(),
            display_name: "Tenant root".to_owned(),
            location: None,
            tags: BTreeMap::new(),
            locks: BTreeMap::new(),
            created: Instant::FIRST,
        }
    }

    /// The management group that every tenant has, above all others. Its name is the tenant's id.
    #[must_use]
    pub fn root_group(tenant: &Tenant, created: Instant) -> Self {
        let name = tenant.id.to_string();
        Self {
            id: AzureScopeId::ROOT_GROUP,
            kind: AzureScopeKind::ManagementGroup,
            parent: Some(AzureScopeId::ROOT),
            path: format!("/providers/Microsoft.Management/managementGroups/{name}"),
            name,
            display_name: "Tenant Root Group".to_owned(),
            created,
            ..Self::root()
        }
    }

    /// The path of something below this scope; `None` where it cannot be there.
    #[must_use]
    pub fn path_of(&self, kind: &AzureScopeKind, name: &str) -> Option<String> {
        let Self { path, kind: above, .. } = self;
        match (kind, above) {
            (AzureScopeKind::ManagementGroup, AzureScopeKind::TenantRoot | AzureScopeKind::ManagementGroup) => {
                Some(format!("/providers/Microsoft.Management/managementGroups/{name}"))
            }
            (AzureScopeKind::Subscription, AzureScopeKind::TenantRoot | AzureScopeKind::ManagementGroup) => {
                Uuid::try_parse(name).ok().map(|_| format!("/subscriptions/{name}"))
            }
            (AzureScopeKind::ResourceGroup, AzureScopeKind::Subscription) => {
                Some(format!("{path}/resourceGroups/{name}"))
            }
            (
                AzureScopeKind::Resource { resource_type },
                AzureScopeKind::ResourceGroup | AzureScopeKind::Subscription,
            ) => {
                let (namespace, kind) = resource_type.split_once('/')?;
                (!kind.contains('/')).then(|| format!("{path}/providers/{namespace}/{kind}/{name}"))
            }
            (AzureScopeKind::Resource { resource_type }, AzureScopeKind::Resource { resource_type: above }) => {
                let (parent, kind) = resource_type.rsplit_once('/')?;
                parent.eq_ignore_ascii_case(above).then(|| format!("{path}/{kind}/{name}"))
            }
            (
                AzureScopeKind::TenantRoot
                | AzureScopeKind::ManagementGroup
                | AzureScopeKind::Subscription
                | AzureScopeKind::ResourceGroup
                | AzureScopeKind::Resource { .. },
                _,
            ) => None,
        }
    }
}

/// What a role allows. Patterns may have `*` anywhere.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AzurePermissions {
    /// Of management, what is allowed.
    pub actions: Vec<String>,
    /// What is taken out of it.
    pub not_actions: Vec<String>,
    /// Of data, what is allowed.
    pub data_actions: Vec<String>,
    /// What is taken out of that.
    pub not_data_actions: Vec<String>,
}

impl AzurePermissions {
    /// Whether an action of management is allowed.
    #[must_use]
    pub fn allow(&self, action: &str) -> bool {
        let any = |patterns: &[String]| patterns.iter().any(|pattern| matches(pattern, action));
        any(&self.actions) && !any(&self.not_actions)
    }
}

/// Whether an action fits a pattern, in any case.
fn matches(pattern: &str, action: &str) -> bool {
    let Some((before, after)) = pattern.split_once('*') else { return pattern.eq_ignore_ascii_case(action) };
    let Some((start, rest)) = action.split_at_checked(before.len()) else { return false };
    if !start.eq_ignore_ascii_case(before) {
        return false;
    }
    if after.is_empty() {
        return true;
    }
    (0..=rest.len()).any(|skipped| rest.get(skipped..).is_some_and(|rest| matches(after, rest)))
}

/// A role that is given at scopes of Azure, built in or the tenant's own (AZR-3).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AzureRoleDefinition {
    /// Its id, for a built-in role the same in every tenant.
    pub id: AzureRoleDefinitionId,
    /// The name people see.
    pub role_name: String,
    /// What it is for.
    pub description: String,
    /// Whether Microsoft made it.
    pub is_built_in: bool,
    /// What it allows.
    pub permissions: Vec<AzurePermissions>,
    /// Where it may be given, and below (SCO-14).
    pub assignable_scopes: Vec<AzureScopeId>,
    /// When it was made; the beginning of time for built-in roles.
    pub created: Instant,
    /// When it was changed.
    pub updated: Instant,
    /// By whom, where that is a principal.
    pub updated_by: Option<PrincipalId>,
}

impl AzureRoleDefinition {
    /// Whether it allows an action of management.
    #[must_use]
    pub fn allows(&self, action: &str) -> bool {
        self.permissions.iter().any(|it| it.allow(action))
    }
}

/// The built-in Azure roles, sorted by id.
#[must_use]
pub fn built_in_azure_roles() -> &'static [AzureRoleDefinition] {
    static ROLES: LazyLock<Vec<AzureRoleDefinition>> = LazyLock::new(|| {
        let mut roles: Vec<_> = include_str!("../../data/azure_roles.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(parse_line)
            .collect();
        roles.sort_by_key(|role| role.id);
        roles
    });
    &ROLES
}

/// One line of the data file: id, name, description, and the four lists of patterns, each separated by blanks.
fn parse_line(line: &str) -> Option<AzureRoleDefinition> {
    let mut columns = line.split('\t');
    let id = AzureRoleDefinitionId(Uuid::try_parse(columns.next()?).ok()?);
    let (role_name, description) = (columns.next()?.to_owned(), columns.next()?.to_owned());
    let mut patterns = || columns.next().unwrap_or_default().split_whitespace().map(str::to_owned).collect();
    let permissions = AzurePermissions {
        actions: patterns(),
        not_actions: patterns(),
        data_actions: patterns(),
        not_data_actions: patterns(),
    };
    Some(AzureRoleDefinition {
        id,
        role_name,
        description,
        is_built_in: true,
        permissions: vec![permissions],
        assignable_scopes: vec![AzureScopeId::ROOT],
        created: Instant::FIRST,
        updated: Instant::FIRST,
        updated_by: None,
    })
}

/// The built-in Azure roles that rules speak of by name.
pub mod azure_roles {
    use super::AzureRoleDefinitionId;
    use uuid::uuid;

    /// Owner.
    pub const OWNER: AzureRoleDefinitionId = AzureRoleDefinitionId(uuid!("8e3af657-a8ff-443c-a75c-2fe8c4bcb635"));
    /// User Access Administrator.
    pub const USER_ACCESS_ADMINISTRATOR: AzureRoleDefinitionId =
        AzureRoleDefinitionId(uuid!("18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"));
}

/// What must hold for an assignment to count, as written. It is kept and shown, and not evaluated (AZR-4).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AssignmentCondition {
    /// The expression.
    pub expression: String,
    /// The version of its language.
    pub version: String,
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_match_whole_actions_in_any_case() {
        let action = "Microsoft.Authorization/roleAssignments/write";
        for pattern in ["*", "Microsoft.Authorization/*", "microsoft.authorization/*/Write", action] {
            assert!(matches(pattern, action), "{pattern}");
        }
        for pattern in ["*/read", "Microsoft.Authorization/*/delete", "Microsoft.Authorization", "", "é*"] {
            assert!(!matches(pattern, action), "{pattern}");
        }
    }
}
