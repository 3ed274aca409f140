//! What may stand in the `azure` of a world file, key by key.

use pim_core::model::LockLevel;
use serde::Deserialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use uuid::Uuid;

/// Azure below the tenant: management groups, subscriptions and what is in them, and roles of the tenant's own. The rest of the
/// file names a place as `prod`, `prod/web`, `prod/web/kv`; by the name of a management group; `Tenant Root Group` is the one
/// that every tenant has, and `/` is above everything.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AzureEntry {
    /// Management groups.
    #[serde(default)]
    pub management_groups: Vec<ManagementGroupEntry>,
    /// Subscriptions.
    #[serde(default)]
    pub subscriptions: Vec<SubscriptionEntry>,
    /// Roles of the tenant's own.
    #[serde(default)]
    pub custom_roles: Vec<AzureCustomRoleEntry>,
}

/// A management group. It is below the tenant root group unless it says otherwise.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ManagementGroupEntry {
    /// Its name, which is also the last part of its path.
    pub name: String,
    /// The name people see; the name itself when left out.
    pub display_name: Option<String>,
    /// The name of the management group that it is below. One that stands among the groups of another is below that.
    pub parent: Option<String>,
    /// The names of the subscriptions directly below it.
    #[serde(default)]
    pub subscriptions: Vec<String>,
    /// The management groups directly below it.
    #[serde(default)]
    #[schema(no_recursion)]
    pub management_groups: Vec<Self>,
}

/// A subscription. It is below the tenant root group unless a management group names it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct SubscriptionEntry {
    /// The name that the rest of the file uses.
    pub name: String,
    /// The name people see; the name itself when left out.
    pub display_name: Option<String>,
    /// The id of the subscription.
    pub id: Option<Uuid>,
    /// Tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
    /// `none` (when left out), `readOnly` or `canNotDelete`, for everything below it too.
    #[serde(default)]
    pub lock: LockWord,
    /// What is in it.
    #[serde(default)]
    pub resource_groups: Vec<ResourceGroupEntry>,
}

/// A resource group.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ResourceGroupEntry {
    /// Its name, which is also the last part of its path.
    pub name: String,
    /// The region; `westeurope` when left out.
    pub location: Option<String>,
    /// Tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
    /// `none` (when left out), `readOnly` or `canNotDelete`, for everything below it too.
    #[serde(default)]
    pub lock: LockWord,
    /// What is in it.
    #[serde(default)]
    pub resources: Vec<ResourceEntry>,
}

/// A resource.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ResourceEntry {
    /// Its name, which is also the last part of its path.
    pub name: String,
    /// Its type with the namespace, as `Microsoft.KeyVault/vaults`.
    #[serde(rename = "type")]
    pub resource_type: String,
    /// The region; that of what it is in when left out.
    pub location: Option<String>,
    /// Tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
    /// `none` (when left out), `readOnly` or `canNotDelete`, for everything below it too.
    #[serde(default)]
    pub lock: LockWord,
    /// What is below it. Their types begin with its own, as `Microsoft.Sql/servers/databases`.
    #[serde(default)]
    #[schema(no_recursion)]
    pub resources: Vec<Self>,
}

/// A role of the tenant's own, to be given at places of Azure.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AzureCustomRoleEntry {
    /// The name that the rest of the file uses.
    pub name: String,
    /// The name people see; the name itself when left out.
    pub display_name: Option<String>,
    /// The id of the role definition.
    pub id: Option<Uuid>,
    /// What the role is for.
    pub description: Option<String>,
    /// The actions it allows, such as `Microsoft.Compute/virtualMachines/*`.
    #[serde(default)]
    pub actions: Vec<String>,
    /// What is taken out of them.
    #[serde(default)]
    pub not_actions: Vec<String>,
    /// The actions on data that it allows.
    #[serde(default)]
    pub data_actions: Vec<String>,
    /// What is taken out of these.
    #[serde(default)]
    pub not_data_actions: Vec<String>,
    /// The places where it can be given, and below them; the tenant root group when left out.
    #[serde(default)]
    pub scopes: Vec<String>,
}

/// What a lock forbids.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum LockWord {
    /// Nothing: there is none.
    #[default]
    None,
    /// Changing anything.
    ReadOnly,
    /// Taking anything away.
    CanNotDelete,
}

impl LockWord {
    /// The lock, where there is one.
    pub(super) const fn level(self) -> Option<LockLevel> {
        match self {
            Self::None => None,
            Self::ReadOnly => Some(LockLevel::ReadOnly),
            Self::CanNotDelete => Some(LockLevel::CanNotDelete),
        }
    }
}
