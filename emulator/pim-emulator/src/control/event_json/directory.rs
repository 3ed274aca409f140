//! What an event of the directory is about. Passwords and secrets are left out.

use pim_core::model::{Application, Group, User};
use pim_core::{DirectoryEvent, Updated};
use serde_json::{Value, json};

pub(super) fn about(event: &DirectoryEvent) -> Value {
    match event {
        DirectoryEvent::UserCreated(it) => user(it),
        DirectoryEvent::UserUpdated(it) => user(&it.now),
        DirectoryEvent::GroupCreated(it) => group(it),
        DirectoryEvent::GroupUpdated(it) => group(&it.now),
        DirectoryEvent::ServicePrincipalCreated(it) => {
            json!({"id": it.id, "displayName": it.display_name, "appId": it.app_id, "appRoles": it.app_roles})
        }
        DirectoryEvent::ServicePrincipalUpdated(it) => {
            let Updated { now, .. } = &**it;
            json!({"id": now.id, "displayName": now.display_name, "accountEnabled": now.account_enabled})
        }
        DirectoryEvent::ApplicationCreated(it) => application(it),
        DirectoryEvent::ApplicationUpdated(it) => application(&it.now),
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
        DirectoryEvent::AdministrativeUnitUpdated(it) => json!({"id": it.now.id, "displayName": it.now.display_name}),
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

fn user(it: &User) -> Value {
    json!({"id": it.id, "displayName": it.display_name, "userPrincipalName": it.user_principal_name})
}

fn group(it: &Group) -> Value {
    json!({"id": it.id, "displayName": it.display_name, "isAssignableToRole": it.is_assignable_to_role})
}

fn application(it: &Application) -> Value {
    json!({"id": it.id, "displayName": it.display_name, "appId": it.app_id})
}
