//! What an event of the directory is about. Passwords and secrets are left out.

use pim_core::DirectoryEvent;
use serde_json::{Value, json};

pub(super) fn about(event: &DirectoryEvent) -> Value {
    match event {
        DirectoryEvent::UserCreated(it) | DirectoryEvent::UserUpdated(it) => {
            json!({"id": it.id, "displayName": it.display_name, "userPrincipalName": it.user_principal_name})
        }
        DirectoryEvent::GroupCreated(it) | DirectoryEvent::GroupUpdated(it) => {
            json!({"id": it.id, "displayName": it.display_name, "isAssignableToRole": it.is_assignable_to_role})
        }
        DirectoryEvent::ServicePrincipalCreated(it) => {
            json!({"id": it.id, "displayName": it.display_name, "appId": it.app_id, "appRoles": it.app_roles})
        }
        DirectoryEvent::ServicePrincipalUpdated(it) => {
            json!({"id": it.id, "displayName": it.display_name, "accountEnabled": it.account_enabled})
        }
        DirectoryEvent::ApplicationCreated(it) | DirectoryEvent::ApplicationUpdated(it) => {
            json!({"id": it.id, "displayName": it.display_name, "appId": it.app_id})
        }
        DirectoryEvent::AdministrativeUnitCreated(it) => {
            json!({"id": it.id, "displayName": it.display_name, "members": it.members})
        }
        DirectoryEvent::MemberAdded { group, member } | DirectoryEvent::MemberRemoved { group, member } => {
            json!({"groupId": group, "memberId": member})
        }
        DirectoryEvent::OwnerAdded { group, owner } | DirectoryEvent::OwnerRemoved { group, owner } => {
            json!({"groupId": group, "ownerId": owner})
        }
        DirectoryEvent::PrincipalDeleted(id)
        | DirectoryEvent::PrincipalRestored(id)
        | DirectoryEvent::PrincipalPurged(id) => json!({"id": id}),
        DirectoryEvent::ApplicationDeleted(id)
        | DirectoryEvent::ApplicationRestored(id)
        | DirectoryEvent::ApplicationPurged(id) => json!({"id": id}),
        DirectoryEvent::AdministrativeUnitUpdated(it) => json!({"id": it.id, "displayName": it.display_name}),
        DirectoryEvent::AdministrativeUnitDeleted(id) => json!({"id": id}),
        DirectoryEvent::UnitMemberAdded { unit, member } | DirectoryEvent::UnitMemberRemoved { unit, member } => {
            json!({"administrativeUnitId": unit, "memberId": member})
        }
        DirectoryEvent::AppRoleAssigned(it) => json!({
            "id": it.id,
            "principalId": it.principal,
            "resourceId": it.resource,
            "appRoleId": it.app_role,
            "value": it.value,
        }),
        DirectoryEvent::AppRoleAssignmentRemoved(id) => json!({"id": id}),
        DirectoryEvent::PermissionGrantSet(it) => json!({
            "id": it.id,
            "clientId": it.client,
            "principalId": it.principal,
            "resourceId": it.resource,
            "scope": it.scope,
        }),
        DirectoryEvent::PermissionGrantRevoked(id) => json!({"id": id}),
        DirectoryEvent::DirectoryRoleActivated(id) => json!({"roleDefinitionId": id}),
    }
}
