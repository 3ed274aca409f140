//! What may happen in the tree of Azure scopes.

use super::Event;
use crate::id::{AzureRoleDefinitionId, AzureScopeId};
use crate::model::{AzureRoleDefinition, AzureScope};
use serde::{Deserialize, Serialize};

/// Something changed in Azure.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum AzureEvent {
    /// A scope was made or changed.
    ScopeSet(Box<AzureScope>),
    /// A scope was deleted.
    ScopeDeleted(AzureScopeId),
    /// A custom role was made or changed.
    RoleDefinitionSet(Box<AzureRoleDefinition>),
    /// A custom role was deleted.
    RoleDefinitionDeleted(AzureRoleDefinitionId),
}

impl AzureEvent {
    /// What happened, in one word.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ScopeSet(_) => "azureScopeSet",
            Self::ScopeDeleted(_) => "azureScopeDeleted",
            Self::RoleDefinitionSet(_) => "azureRoleDefinitionSet",
            Self::RoleDefinitionDeleted(_) => "azureRoleDefinitionDeleted",
        }
    }
}

impl From<AzureEvent> for Event {
    fn from(event: AzureEvent) -> Self {
        Self::Azure(event)
    }
}
