//! Who makes access reviews, and who reads them.

use crate::decide::Context;
use crate::decide::authority::{self, Managers};
use crate::family::{self, azure_roles};
use crate::id::{AzureScopeId, PrincipalId, RoleDefinitionId};
use crate::model::access_review::{AccessReviewDefinition, AccessReviewResource, AccessReviewTarget};
use crate::model::{CreatedBy, roles};
use crate::rejection::Rejection;
use crate::state::State;
use crate::time::Instant;

crate::implements!["AUT-18"];

/// Whoever makes reviews of directory roles.
const OF_ROLES: [RoleDefinitionId; 3] =
    [roles::GLOBAL_ADMINISTRATOR, roles::PRIVILEGED_ROLE_ADMINISTRATOR, roles::IDENTITY_GOVERNANCE_ADMINISTRATOR];

/// Whoever makes reviews of groups.
const OF_GROUPS: [RoleDefinitionId; 3] =
    [roles::GLOBAL_ADMINISTRATOR, roles::IDENTITY_GOVERNANCE_ADMINISTRATOR, roles::USER_ADMINISTRATOR];

/// Whoever makes reviews of groups that PIM manages (AUT-18).
const OF_MANAGED_GROUPS: [RoleDefinitionId; 2] = [roles::GLOBAL_ADMINISTRATOR, roles::PRIVILEGED_ROLE_ADMINISTRATOR];

/// Whoever reads reviews of directory roles, beside those who make them.
const READERS_OF_ROLES: [RoleDefinitionId; 3] =
    [roles::GLOBAL_READER, roles::SECURITY_READER, roles::SECURITY_ADMINISTRATOR];

/// Whoever reads reviews of groups, beside those who make them.
const READERS_OF_GROUPS: [RoleDefinitionId; 5] = [
    roles::GLOBAL_READER,
    roles::SECURITY_READER,
    roles::SECURITY_ADMINISTRATOR,
    roles::USER_ADMINISTRATOR,
    roles::IDENTITY_GOVERNANCE_ADMINISTRATOR,
];

/// Whoever asks for reports on reviews in the directory.
const OF_HISTORIES: [RoleDefinitionId; 4] = [
    roles::GLOBAL_ADMINISTRATOR,
    roles::PRIVILEGED_ROLE_ADMINISTRATOR,
    roles::IDENTITY_GOVERNANCE_ADMINISTRATOR,
    roles::USER_ADMINISTRATOR,
];

const fn in_directory(roles: &'static [RoleDefinitionId]) -> Managers {
    Managers::OfDirectory { roles, owners_of: None }
}

/// Whoever makes, changes, stops, applies and deletes reviews of something.
fn managers(state: &State, target: AccessReviewTarget) -> Managers {
    match target {
        AccessReviewTarget::One(AccessReviewResource::DirectoryRole(_)) => in_directory(&OF_ROLES),
        AccessReviewTarget::One(AccessReviewResource::Group(group)) if is_managed(state, group) => {
            in_directory(&OF_MANAGED_GROUPS)
        }
        AccessReviewTarget::One(AccessReviewResource::Group(_)) | AccessReviewTarget::GroupsWithGuests => {
            in_directory(&OF_GROUPS)
        }
        AccessReviewTarget::One(AccessReviewResource::AzureRole { scope, .. }) => azure_roles::managers(scope),
    }
}

/// Whether PIM manages a group.
pub(super) fn is_managed(state: &State, group: PrincipalId) -> bool {
    state.present(group).is_some_and(|slot| state.directory.onboarded.contains_key(&slot))
}

/// Refuses whoever does not manage reviews of that.
pub(super) fn require_manager(context: &Context<'_>, target: AccessReviewTarget) -> Result<(), Rejection> {
    authority::may_manage(context.state, context.now, context.actor, managers(context.state, target))
}

/// Refuses whoever does not manage access at a scope of Azure.
pub(super) fn require_manager_of_azure(context: &Context<'_>, scope: AzureScopeId) -> Result<(), Rejection> {
    authority::may_manage(context.state, context.now, context.actor, azure_roles::managers(scope))
}

/// Refuses whoever may not ask for a report: on the directory, or on a scope of Azure.
pub(super) fn require_reporter(context: &Context<'_>, scope: Option<AzureScopeId>) -> Result<(), Rejection> {
    let managers = scope.map_or(in_directory(&OF_HISTORIES), azure_roles::managers);
    authority::may_manage(context.state, context.now, context.actor, managers)
}

/// Whether a user may read a review, with everybody's decisions.
pub(crate) fn may_read(state: &State, now: Instant, user: PrincipalId, review: &AccessReviewDefinition) -> bool {
    let target = review.properties.scope.target;
    let readers: &[_] = match target {
        AccessReviewTarget::One(AccessReviewResource::DirectoryRole(_)) => &READERS_OF_ROLES,
        AccessReviewTarget::One(AccessReviewResource::Group(_)) | AccessReviewTarget::GroupsWithGuests => {
            &READERS_OF_GROUPS
        }
        AccessReviewTarget::One(AccessReviewResource::AzureRole { .. }) => &[],
    };
    let is_makers_own = match target {
        AccessReviewTarget::One(AccessReviewResource::Group(_)) | AccessReviewTarget::GroupsWithGuests => {
            review.created_by == CreatedBy::User(user)
        }
        AccessReviewTarget::One(AccessReviewResource::DirectoryRole(_) | AccessReviewResource::AzureRole { .. }) => {
            false
        }
    };
    !state.behaviour.permission_enforcement
        || is_makers_own
        || authority::holds_any(state, now, user, readers)
        || managers(state, target).include(state, now, user)
}

/// Whether a user may read some reviews in the directory.
pub(crate) fn may_read_some(state: &State, now: Instant, user: PrincipalId) -> bool {
    !state.behaviour.permission_enforcement
        || [&OF_ROLES[..], &READERS_OF_GROUPS].iter().any(|roles| authority::holds_any(state, now, user, roles))
}

/// Whether a user may read what is set for reviews at a scope of Azure.
pub(crate) fn may_read_of_azure(state: &State, now: Instant, user: PrincipalId, scope: AzureScopeId) -> bool {
    !state.behaviour.permission_enforcement || azure_roles::managers(scope).include(state, now, user)
}

/// What is reviewed must be there.
pub(crate) fn exists(state: &State, resource: AccessReviewResource) -> Result<(), Rejection> {
    use crate::model::{DirectoryScope, GroupAccess, Privilege};
    let privilege = match resource {
        AccessReviewResource::DirectoryRole(role) => Privilege::DirectoryRole { role, scope: DirectoryScope::Tenant },
        AccessReviewResource::Group(group) => Privilege::Group { group, access: GroupAccess::Member },
        AccessReviewResource::AzureRole { role, scope } => Privilege::AzureRole { role, scope },
    };
    family::exists(state, privilege)
}
