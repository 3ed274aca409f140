//! The ids of role assignments and of instances: role and principal in one text.
//!
//! 32 bytes, both GUIDs in .NET's order of bytes, as base64url without padding; then `-1` for the whole tenant, and `-e` for
//! an eligibility. What stands for other scopes is not known: a number made from the scope, 2 or above.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pim_core::model::{DirectoryScope, ScheduleKind};
use pim_core::{PrincipalId, RoleDefinitionId};
use uuid::Uuid;

/// The id of the role assignment, or of the instance, that belongs to a schedule.
pub(super) fn assignment_id(
    (role, scope): (RoleDefinitionId, DirectoryScope),
    principal: PrincipalId,
    kind: ScheduleKind,
) -> String {
    let mut bytes = [0; 32];
    bytes[..16].copy_from_slice(&role.0.to_bytes_le());
    bytes[16..].copy_from_slice(&principal.0.to_bytes_le());
    let mut text = String::with_capacity(64);
    URL_SAFE_NO_PAD.encode_string(bytes, &mut text);
    match scope_number(scope) {
        1 => text.push_str("-1"),
        number => {
            text.push('-');
            text.push_str(&number.to_string());
        }
    }
    match kind {
        ScheduleKind::Eligibility => text.push_str("-e"),
        ScheduleKind::Assigned | ScheduleKind::AssignedOutside | ScheduleKind::Activated => {}
    }
    text
}

/// Role and principal of such an id; the rest of it is settled by comparing with [`assignment_id`].
pub(super) fn parse(id: &str) -> Option<(RoleDefinitionId, PrincipalId)> {
    let bytes = URL_SAFE_NO_PAD.decode(id.get(..43)?).ok()?;
    let uuid = |half: &[u8]| half.try_into().ok().map(Uuid::from_bytes_le);
    Some((RoleDefinitionId(uuid(bytes.get(..16)?)?), PrincipalId(uuid(bytes.get(16..32)?)?)))
}

/// 1 for the whole tenant, something above for any other scope, always the same for the same one.
fn scope_number(scope: DirectoryScope) -> u32 {
    let id = match scope {
        DirectoryScope::Tenant => return 1,
        DirectoryScope::AdministrativeUnit(id) => id.0,
        DirectoryScope::Object(id) => id.0,
    };
    let (high, low) = id.as_u64_pair();
    2 + u32::try_from((high ^ low.rotate_left(17)) % 1_000_000_007).unwrap_or(0)
}

#[cfg(test)]
mod tests;
