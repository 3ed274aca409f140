//! Membership and ownership of groups.

use super::{Defaults, standard_policy};
use crate::decide::authority::{self, Managers};
use crate::id::{PrincipalId, RoleDefinitionId};
use crate::model::{Action, AssignmentKind, Group, GroupAccess, Policy, Principal, PrincipalKind, Requirement, roles};
use crate::rejection::Rejection;
use crate::state::{Slot, State};
use crate::time::Instant;

crate::implements![
    "POL-13", "POL-23", "POL-55", "POL-56", "GRP-1", "GRP-2", "GRP-3", "GRP-4", "GRP-5", "GRP-6", "GRP-7", "GRP-12",
    "GRP-16", "GRP-17", "GRP-18", "GRP-21", "GRP-22", "GRP-23", "LIM-4", "PRI-7", "PRI-8", "AUT-10", "AUT-11",
    "AUT-12", "REQ-2", "SCO-13", "APR-15", "UNC-12"
];

/// Whoever manages a role-assignable group, beside its owners (AUT-10).
const MANAGERS_OF_ROLE_ASSIGNABLE: [RoleDefinitionId; 2] =
    [roles::GLOBAL_ADMINISTRATOR, roles::PRIVILEGED_ROLE_ADMINISTRATOR];

/// Whoever manages any other group, beside its owners (AUT-11).
const MANAGERS_OF_OTHERS: [RoleDefinitionId; 5] = [
    roles::GLOBAL_ADMINISTRATOR,
    roles::DIRECTORY_WRITERS,
    roles::GROUPS_ADMINISTRATOR,
    roles::IDENTITY_GOVERNANCE_ADMINISTRATOR,
    roles::USER_ADMINISTRATOR,
];

/// Whoever manages one that is not there: nobody learns from a refusal which sort it would be.
const MANAGERS_OF_ANY: [RoleDefinitionId; 6] = [
    roles::GLOBAL_ADMINISTRATOR,
    roles::PRIVILEGED_ROLE_ADMINISTRATOR,
    roles::DIRECTORY_WRITERS,
    roles::GROUPS_ADMINISTRATOR,
    roles::IDENTITY_GOVERNANCE_ADMINISTRATOR,
    roles::USER_ADMINISTRATOR,
];

/// How many owners a group may have (GRP-23, LIM-4).
const OWNERS: usize = 100;

/// The policy that each relation of a group has as long as nobody has changed it: assignments must expire (POL-55),
/// activation asks for a justification (POL-56).
#[must_use]
pub(crate) fn default_policy() -> Policy {
    standard_policy(&Defaults { must_assignments_expire: true, activation: vec![Requirement::Justification] })
}

/// The group of an id.
pub(crate) fn find(state: &State, id: PrincipalId) -> Option<(Slot, &Group)> {
    let slot = state.present(id)?;
    match state.directory.at(slot)? {
        Principal::Group(group) => Some((slot, group)),
        Principal::User(_) | Principal::ServicePrincipal(_) => None,
    }
}

/// The group must exist.
pub(super) fn exists(state: &State, id: PrincipalId) -> Result<(), Rejection> {
    find(state, id).map(drop).ok_or(Rejection::GroupNotFound(id))
}

/// Whether the group can be managed in PIM: one whose members a rule or another directory decides cannot (GRP-4, GRP-5), nor
/// one that a restricted administrative unit keeps (GRP-6). Role-assignable or not does not matter (GRP-2), nor does whether
/// it is a security group (GRP-3).
pub(crate) fn can_be_managed(state: &State, id: PrincipalId) -> Result<(), Rejection> {
    let (_, group) = find(state, id).ok_or(Rejection::GroupNotFound(id))?;
    let restricted = || state.directory.administrative_units.of(id).any(|unit| unit.is_member_management_restricted);
    if group.membership_rule.is_some() || group.on_premises_synced || restricted() {
        Err(Rejection::GroupNotManageable(id))
    } else {
        Ok(())
    }
}

/// A group cannot own one (PRI-8); nor be an active member of a role-assignable one (GRP-16), of a Microsoft 365 group, or of
/// itself. It may be an eligible member of any, role-assignable or not (GRP-17, PRI-7), and a role-assignable one may be in
/// one that is not (GRP-18).
pub(crate) fn may_be_in(
    state: &State,
    principal: &Principal,
    (id, access): (PrincipalId, GroupAccess),
    side: AssignmentKind,
) -> Result<(), Rejection> {
    let member = match principal {
        Principal::User(_) | Principal::ServicePrincipal(_) => return Ok(()),
        Principal::Group(member) => member,
    };
    let Some((_, group)) = find(state, id) else { return Err(Rejection::GroupNotFound(id)) };
    if access == GroupAccess::Owner {
        return Err(Rejection::GroupCannotOwn(member.id));
    }
    if member.id == id {
        return Err(Rejection::GroupInItself(id));
    }
    match side {
        AssignmentKind::Assignment if group.is_assignable_to_role => Err(Rejection::GroupInRoleAssignableGroup(id)),
        AssignmentKind::Assignment if group.group_type == crate::model::GroupType::Microsoft365 => {
            Err(Rejection::GroupInMicrosoft365Group(id))
        }
        AssignmentKind::Assignment | AssignmentKind::Eligibility => Ok(()),
    }
}

/// Whether the group may have one more owner (GRP-23).
pub(crate) fn within_limits(state: &State, id: PrincipalId, access: GroupAccess) -> Result<(), Rejection> {
    let Some((slot, _)) = find(state, id) else { return Ok(()) };
    let full = access == GroupAccess::Owner && state.directory.owners_of(slot).len() >= OWNERS;
    if full { Err(Rejection::TooManyOwners(id)) } else { Ok(()) }
}

/// Holders of groups cannot ask for more time by themselves (REQ-2).
pub(super) const fn knows(action: Action) -> bool {
    !matches!(action, Action::SelfExtend | Action::SelfRenew)
}

/// Whoever manages the group: holders of a role for the whole directory (AUT-12), and its owners (AUT-10, AUT-11).
pub(super) fn managers(state: &State, id: PrincipalId) -> Managers {
    let roles: &[_] = match find(state, id) {
        Some((_, group)) if group.is_assignable_to_role => &MANAGERS_OF_ROLE_ASSIGNABLE,
        Some(_) => &MANAGERS_OF_OTHERS,
        None => &MANAGERS_OF_ANY,
    };
    Managers::OfDirectory { roles, owners_of: Some(id) }
}

/// Whether a user may read what PIM knows of the group: whoever manages it, Global Readers, and whoever is in it.
pub(crate) fn may_read(state: &State, now: Instant, user: PrincipalId, id: PrincipalId) -> bool {
    let is_member = || match (state.present(id), state.present(user)) {
        (Some(group), Some(user)) => state.belongs(now, group, user, GroupAccess::Member),
        (None, _) | (_, None) => false,
    };
    managers(state, id).include(state, now, user)
        || authority::holds_any(state, now, user, &[roles::GLOBAL_READER])
        || is_member()
}

/// Whether a user holds a role with which it may read some groups, whichever.
pub(crate) fn may_read_some(state: &State, now: Instant, user: PrincipalId) -> bool {
    authority::holds_any(state, now, user, &MANAGERS_OF_ANY)
        || authority::holds_any(state, now, user, &[roles::GLOBAL_READER])
}

/// Whether a place of a group is held by somebody who could act: a user.
pub(crate) fn is_user(state: &State, slot: Slot) -> bool {
    state.directory.at(slot).map(Principal::kind) == Some(PrincipalKind::User)
}
