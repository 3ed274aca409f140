//! How many there may be.

use crate::model::{DirectoryScope, Privilege};
use crate::rejection::Rejection;
use crate::state::{Slot, State};
use crate::time::Instant;

crate::implements!["ASG-12", "LIM-2", "LIM-3"];

/// Custom-role assignments of one principal (LIM-3).
const CUSTOM_ROLE_ASSIGNMENTS: usize = 150;
/// Built-in-role assignments of one principal below tenant scope (LIM-3).
const SCOPED_ASSIGNMENTS: usize = 100;
/// Custom roles of a tenant (LIM-2).
const CUSTOM_ROLES: usize = 100;

/// Whether a principal may hold one more (ASG-12).
pub(super) fn assignments(state: &State, now: Instant, principal: Slot, wanted: Privilege) -> Result<(), Rejection> {
    let is_custom = |privilege: Privilege| state.directory.custom_roles.contains_key(&privilege.role());
    let is_scoped = |privilege: Privilege| privilege.scope() != DirectoryScope::Tenant;
    let count = |like: &dyn Fn(Privilege) -> bool| {
        (state.schedules.at(state.schedules.of_principal(principal)))
            .filter(|(_, record)| record.is_live(now) && like(state.privileges.get(record.privilege)))
            .count()
    };
    let full = if is_custom(wanted) {
        count(&is_custom) >= CUSTOM_ROLE_ASSIGNMENTS
    } else {
        is_scoped(wanted) && count(&|it| is_scoped(it) && !is_custom(it)) >= SCOPED_ASSIGNMENTS
    };
    if full { Err(Rejection::TooManyAssignments) } else { Ok(()) }
}

/// Whether the tenant may have one more custom role.
pub(super) fn custom_roles(state: &State) -> Result<(), Rejection> {
    if state.directory.custom_roles.len() < CUSTOM_ROLES { Ok(()) } else { Err(Rejection::TooManyCustomRoles) }
}
