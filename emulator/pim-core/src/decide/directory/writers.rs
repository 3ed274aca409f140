//! Who may change users and groups: callers by their own roles. An application was measured by its permissions already.
//!
//! Simpler than the service: whoever may change users may change every user, also those with roles of their own.

use super::{holds_any_for, require_application_manager};
use crate::command::Actor;
use crate::decide::Context;
use crate::decide::authority::{self, MANAGERS, Managers};
use crate::id::{AdministrativeUnitId, RoleDefinitionId};
use crate::model::{DirectoryScope, Group, Principal, UserType, roles};
use crate::rejection::Rejection;

crate::implements!["AUT-22", "GRP-14"];

/// Whoever may make users.
const USER_MAKERS: [RoleDefinitionId; 3] =
    [roles::GLOBAL_ADMINISTRATOR, roles::USER_ADMINISTRATOR, roles::DIRECTORY_WRITERS];

/// Whoever may change and delete users.
pub(super) const USER_WRITERS: [RoleDefinitionId; 2] = [roles::GLOBAL_ADMINISTRATOR, roles::USER_ADMINISTRATOR];

/// Whoever may change and delete groups that are not for directory roles.
const GROUP_WRITERS: [RoleDefinitionId; 4] =
    [roles::GLOBAL_ADMINISTRATOR, roles::GROUPS_ADMINISTRATOR, roles::USER_ADMINISTRATOR, roles::DIRECTORY_WRITERS];

/// Refuses a user who holds none of these roles.
pub(super) fn require(context: &Context<'_>, roles: &'static [RoleDefinitionId]) -> Result<(), Rejection> {
    authority::may_manage(context.state, context.now, context.actor, Managers::OfDirectory { roles, owners_of: None })
}

/// Refuses whoever may not make users: in an administrative unit those who may there, or everywhere.
pub(super) fn require_user_maker(context: &Context<'_>, unit: Option<AdministrativeUnitId>) -> Result<(), Rejection> {
    match (context.actor, unit) {
        (Actor::User { .. }, Some(unit)) => {
            let scope = DirectoryScope::AdministrativeUnit(unit);
            if holds_any_for(context, &USER_MAKERS, [scope]) { Ok(()) } else { Err(Rejection::NotPermitted) }
        }
        (Actor::User { .. }, None) => require(context, &USER_MAKERS),
        (Actor::SetUp | Actor::Application { .. }, _) => Ok(()),
    }
}

/// Refuses whoever may not make such a group: one for directory roles is made by those who manage roles (GRP-14), one in an
/// administrative unit by those who write groups, there or everywhere, any other by every member of the organization.
pub(super) fn require_group_maker(
    context: &Context<'_>,
    group: &Group,
    unit: Option<AdministrativeUnitId>,
) -> Result<(), Rejection> {
    match (context.actor, unit) {
        (Actor::User { .. }, _) if group.is_assignable_to_role => require(context, &MANAGERS),
        (Actor::User { .. }, Some(unit)) => {
            let scope = DirectoryScope::AdministrativeUnit(unit);
            if holds_any_for(context, &GROUP_WRITERS, [scope]) { Ok(()) } else { Err(Rejection::NotPermitted) }
        }
        (Actor::User { id, .. }, None) => match context.state.directory.get(id) {
            Some(Principal::User(user)) if user.user_type == UserType::Member => Ok(()),
            Some(Principal::User(_) | Principal::Group(_) | Principal::ServicePrincipal(_)) | None => {
                require(context, &GROUP_WRITERS)
            }
        },
        (Actor::SetUp | Actor::Application { .. }, _) => Ok(()),
    }
}

/// Refuses whoever may not change a group: its owners may, and some roles, of which fewer will do where the group is for
/// directory roles (AUT-22).
pub(super) fn require_group_manager(context: &Context<'_>, group: &Group) -> Result<(), Rejection> {
    let roles: &[RoleDefinitionId] = if group.is_assignable_to_role { &MANAGERS } else { &GROUP_WRITERS };
    let managers = Managers::OfDirectory { roles, owners_of: Some(group.id) };
    authority::may_manage(context.state, context.now, context.actor, managers)
}

/// Refuses whoever may not delete or restore a principal.
pub(super) fn require_for(context: &Context<'_>, principal: &Principal) -> Result<(), Rejection> {
    match principal {
        Principal::User(_) => require(context, &USER_WRITERS),
        Principal::Group(group) => require_group_manager(context, group),
        Principal::ServicePrincipal(it) => require_application_manager(context, &it.owners, &[it.id.0]),
    }
}
