//! The built-in roles that a tenant has in use: those that somebody holds, and those that somebody asked to see.

use crate::decide::{Context, Decision, authority};
use crate::event::DirectoryEvent;
use crate::id::RoleDefinitionId;
use crate::model::{AssignmentKind, DirectoryScope, Privilege, roles};
use crate::rejection::Rejection;
use crate::state::State;
use crate::time::Instant;

/// Whether a built-in role is in use. Global Administrator always is.
pub(crate) fn is_in_use(state: &State, now: Instant, role: RoleDefinitionId) -> bool {
    let privilege = Privilege::DirectoryRole { role, scope: DirectoryScope::Tenant };
    let is_held = || {
        (state.privileges.find(privilege).into_iter())
            .flat_map(|privilege| state.schedules.of_privilege(privilege, 0))
            .filter_map(|slot| state.schedules.records.get(slot))
            .any(|record| record.side() == AssignmentKind::Assignment && record.is_open(now))
    };
    role == roles::GLOBAL_ADMINISTRATOR || state.directory.activated_roles.contains(&role) || is_held()
}

/// What asking to see a role would do; one that is in use already is refused.
pub(in crate::decide) fn activate(context: &Context<'_>, id: RoleDefinitionId) -> Result<Decision, Rejection> {
    authority::require_role_manager(context)?;
    let role = context.state.role(id).filter(|role| role.is_built_in).ok_or(Rejection::RoleNotFound(id))?;
    if is_in_use(context.state, context.now, role.id) {
        return Err(Rejection::ConflictingObject { of: "directoryRoles" });
    }
    Ok(Decision::event(DirectoryEvent::DirectoryRoleActivated(id)))
}
