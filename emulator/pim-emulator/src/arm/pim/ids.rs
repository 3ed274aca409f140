//! Ids: of role assignments and instances, which the machine does not number, and full ids of everything.
//!
//! A schedule has the GUID of its request (MOD-12). The role assignment behind it has another one, and so has the instance of an
//! eligibility: both follow from the schedule's and lead back to it. What was made outside PIM has one GUID for everything.

use crate::arm::error::ArmError;
use crate::arm::front_door::{ResourceId, ResourceType, types};
use pim_core::model::{AzureScope, AzureScopeKind, Schedule, ScheduleKind};
use pim_core::{AzureRoleDefinitionId, ScheduleId, View};
use uuid::Uuid;

/// What makes one GUID of the other; it leaves alone where a GUID says of which version it is.
const OTHER: u128 = 0x5a5a_5a5a_5a5a_0a5a_1a5a_5a5a_5a5a_5a5a;

fn other(id: Uuid) -> Uuid {
    Uuid::from_u128(id.as_u128() ^ OTHER)
}

/// The GUID of the role assignment behind an active schedule.
pub(in crate::arm) fn role_assignment_id(schedule: &Schedule) -> Uuid {
    match schedule.kind {
        ScheduleKind::AssignedOutside => schedule.id.0,
        ScheduleKind::Eligibility | ScheduleKind::Assigned | ScheduleKind::Activated => other(schedule.id.0),
    }
}

/// The schedule behind a role assignment.
pub(in crate::arm) fn schedule_of_role_assignment(view: View<'_>, id: Uuid) -> Option<Schedule> {
    let is_its = |schedule: &Schedule| role_assignment_id(schedule) == id;
    let find = |id| view.schedule(ScheduleId(id)).filter(is_its);
    find(id).or_else(|| find(other(id)))
}

/// The GUID of the instance of a schedule.
pub(super) fn instance_id(schedule: &Schedule) -> Uuid {
    // That of an active one is its role assignment; that of an eligibility is made in the same way.
    role_assignment_id(schedule)
}

/// The schedule of an instance, whether it is there or not.
pub(super) fn schedule_of_instance(view: View<'_>, id: Uuid) -> ScheduleId {
    schedule_of_role_assignment(view, id).map_or_else(|| ScheduleId(other(id)), |it| it.id)
}

/// The full id of something at a scope.
pub(super) fn full(scope: &AzureScope, kind: &ResourceType, name: impl std::fmt::Display) -> String {
    format!("{}/providers/{kind}/{name}", prefix(scope))
}

/// What stands in front of `/providers/…` in ids: nothing for the tenant.
pub(in crate::arm) fn prefix(scope: &AzureScope) -> &str {
    if scope.kind == AzureScopeKind::TenantRoot { "" } else { &scope.path }
}

/// How a role is named at a scope: with its subscription there and below, bare above.
pub(in crate::arm) fn role_definition_id(scope: &AzureScope, role: AzureRoleDefinitionId) -> String {
    format!("{}/providers/{}/{role}", subscription(&scope.path).unwrap_or_default(), types::ROLE_DEFINITIONS)
}

/// The subscription that a path begins with.
pub(in crate::arm) fn subscription(path: &str) -> Option<&str> {
    let id = path.strip_prefix("/subscriptions/")?;
    let end = id.find('/').unwrap_or(id.len());
    path.get(..path.len() - id.len() + end)
}

/// The role that a body names at a scope (SCO-14): by its full id, of the same subscription there and below it, without one or
/// with that of a management group above.
///
/// # Errors
/// When it is a bare GUID, or names the role as another scope does.
pub(in crate::arm) fn role_at(scope: &AzureScope, text: &str) -> Result<AzureRoleDefinitionId, ArmError> {
    let named = ResourceId::parse(text).filter(|id| *id.kind == types::ROLE_DEFINITIONS);
    let named = named.ok_or_else(|| invalid(format!("roleDefinitionId is not the id of a role: '{text}'")))?;
    let role = Uuid::try_parse(&named.name).map(AzureRoleDefinitionId);
    let role = role.map_err(|_| invalid(format!("roleDefinitionId does not end in a GUID: '{text}'")))?;
    let written = named.scope.to_string();
    match (subscription(&scope.path), subscription(&written)) {
        (Some(here), Some(there)) if here.eq_ignore_ascii_case(there) => Ok(role),
        (None, None) => Ok(role),
        (Some(_), _) | (None, Some(_)) => Err(ArmError::RoleOfAnotherScope(text.to_owned())),
    }
}

/// The GUID at the end of a full id, or a bare one.
pub(super) fn last_guid(text: &str) -> Option<Uuid> {
    Uuid::try_parse(text.rsplit('/').next()?).ok()
}

/// A request that makes no sense, and why.
pub(super) fn invalid(detail: impl Into<String>) -> ArmError {
    ArmError::InvalidRequest(detail.into())
}

#[cfg(test)]
mod tests {
    use super::{OTHER, other};
    use uuid::{Uuid, Variant};

    #[test]
    fn the_other_guid_is_of_the_same_version_and_leads_back() {
        for id in ["a1b2c3d4-0000-4000-8000-000000000001", "01890f3e-7b1a-7cc2-98c4-dc0c0c07398f"] {
            let id = Uuid::try_parse(id).unwrap();
            assert_eq!(other(id).get_version_num(), id.get_version_num());
            assert_eq!(other(id).get_variant(), Variant::RFC4122);
            assert_ne!(other(id), id);
            assert_eq!(other(other(id)), id);
        }
        assert_eq!(OTHER & (0xf << 76), 0);
    }
}
