//! The last Global Administrator and the last Privileged Role Administrator stay.

use crate::family::PROTECTED_ROLES;
use crate::id::RoleDefinitionId;
use crate::model::{AssignmentKind, DirectoryScope, Principal, Privilege, ScheduleKind, roles};
use crate::rejection::Rejection;
use crate::state::{NOWHERE, ScheduleRecord, Slot, State};
use crate::time::Instant;

crate::implements!["GA-1", "GA-2", "GA-3", "GA-4", "GA-5", "GA-9", "GA-10", "GA-11", "GA-12", "UNC-13"];

/// Whether somebody holds the role actively for the whole tenant, by a schedule that is not `going`. An activation counts
/// while it runs (GA-11); a group counts when it has an enabled user (GA-12).
fn somebody_active(
    state: &State,
    now: Instant,
    role: RoleDefinitionId,
    going: impl Fn(&ScheduleRecord) -> bool,
) -> bool {
    somebody_stays(state, now, role, going, |_, _| false)
}

/// The same, where members of groups may be `leaving` too.
fn somebody_stays(
    state: &State,
    now: Instant,
    role: RoleDefinitionId,
    going: impl Fn(&ScheduleRecord) -> bool,
    leaving: impl Fn(Slot, Slot) -> bool,
) -> bool {
    let privilege = Privilege::DirectoryRole { role, scope: DirectoryScope::Tenant };
    let Some(privilege) = state.privileges.find(privilege) else { return false };
    (state.schedules.of_privilege(privilege, 0))
        .filter_map(|slot| state.schedules.records.get(slot))
        .filter(|record| record.side() == AssignmentKind::Assignment && record.is_open(now))
        .any(|record| !going(record) && counts(state, record.principal, |member| leaving(record.principal, member)))
}

/// Whether a holder is somebody who could act, also without the members that are `leaving` it.
fn counts(state: &State, holder: Slot, leaving: impl Fn(Slot) -> bool) -> bool {
    let is_enabled_user = |slot: Slot| match state.directory.at(slot) {
        Some(Principal::User(user)) => user.account_enabled,
        Some(Principal::Group(_) | Principal::ServicePrincipal(_)) | None => false,
    };
    match state.directory.at(holder) {
        Some(Principal::User(_) | Principal::ServicePrincipal(_)) => true,
        Some(Principal::Group(_)) => {
            state.directory.members_of(holder).into_iter().any(|member| !leaving(member) && is_enabled_user(member))
        }
        None => false,
    }
}

/// The protected role that a schedule is about, if it is about one.
fn protected(state: &State, record: &ScheduleRecord) -> Option<RoleDefinitionId> {
    let role = state.privileges.get(record.privilege).tenant_wide_role();
    role.filter(|role| PROTECTED_ROLES.contains(role))
}

/// Whether a schedule may be taken away: not the last active assignment (GA-1, GA-2), and no eligible Global Administrator
/// while there is no active one (GA-4) but by an activation that would end with it.
pub(crate) fn may_go(state: &State, now: Instant, record: &ScheduleRecord) -> Result<(), Rejection> {
    let Some(role) = protected(state, record) else { return Ok(()) };
    let is_last = match record.side() {
        AssignmentKind::Assignment => {
            record.is_open(now) && !somebody_active(state, now, role, |it| it.principal == record.principal)
        }
        AssignmentKind::Eligibility => {
            let slot = state.schedule_slot(record.id).unwrap_or(NOWHERE);
            role == roles::GLOBAL_ADMINISTRATOR
                && !somebody_active(state, now, role, |it| it.kind == ScheduleKind::Activated && it.eligibility == slot)
        }
    };
    if is_last { Err(Rejection::LastAdministrator(role)) } else { Ok(()) }
}

/// Whether a member may be taken out of a group: not the last enabled user of the only active holder (GA-12).
pub(crate) fn may_leave(state: &State, now: Instant, group: Slot, member: Slot) -> Result<(), Rejection> {
    stays_administered(state, now, |_| false, |of, it| of == group && it == member)
}

/// Whether a principal may be deleted, which takes it out of all its groups at once (GA-9, GA-12).
pub(crate) fn may_be_deleted(state: &State, now: Instant, principal: Slot) -> Result<(), Rejection> {
    stays_administered(state, now, |record| record.principal == principal, |_, member| member == principal)
}

/// Whether each protected role that somebody holds is held by somebody yet without what is `going` and who is `leaving`.
fn stays_administered(
    state: &State,
    now: Instant,
    going: impl Fn(&ScheduleRecord) -> bool,
    leaving: impl Fn(Slot, Slot) -> bool,
) -> Result<(), Rejection> {
    if !state.behaviour.last_administrator_keeps_membership {
        return Ok(());
    }
    let lost = PROTECTED_ROLES.into_iter().find(|role| {
        somebody_active(state, now, *role, |_| false) && !somebody_stays(state, now, *role, &going, &leaving)
    });
    lost.map_or(Ok(()), |role| Err(Rejection::LastAdministrator(role)))
}

/// Whether the end of a schedule is held back: that of an eligible Global Administrator while nobody is active (GA-5), and,
/// unless switched off, that of an active assignment that is the last one (GA-10). Activations end in any case.
pub(crate) fn outlives_its_end(state: &State, now: Instant, record: &ScheduleRecord) -> bool {
    match record.kind {
        ScheduleKind::Activated => false,
        ScheduleKind::Eligibility => may_go(state, now, record).is_err(),
        ScheduleKind::Assigned | ScheduleKind::AssignedOutside => {
            state.behaviour.last_administrator_outlives_end
                && protected(state, record)
                    .is_some_and(|role| !somebody_active(state, now, role, |it| it.principal == record.principal))
        }
    }
}
