//! The edges of the directory: members and owners of groups, changed outside PIM.

use crate::command::Actor;
use crate::decide::{Context, Decision, authority, grant, guard, protection};
use crate::event::{DirectoryEvent, EndCause};
use crate::family::{self, groups};
use crate::id::{IdKind, PrincipalId, ScheduleId};
use crate::model::{AssignmentKind, Group, GroupAccess, GroupType, Privilege};
use crate::rejection::Rejection;
use crate::state::{Slot, State};

crate::implements!["PRI-8", "GRP-19", "GRP-31", "GRP-35", "AUT-13", "AUT-22", "GA-12"];

/// What adding somebody would do. Whoever manages the group may, whether PIM does as well or not (AUT-13, GRP-35). Where it
/// does, it finds an assignment made outside (GRP-30).
pub(in crate::decide) fn add(
    context: &mut Context<'_>,
    (id, access): (PrincipalId, GroupAccess),
    principal: PrincipalId,
) -> Result<Decision, Rejection> {
    let state = context.state;
    let privilege = Privilege::Group { group: id, access };
    authority::require_manager(context, privilege)?;
    let (slot, group) = groups::find(state, id).ok_or(Rejection::GroupNotFound(id))?;
    let place = guard::present(state, principal)?;
    writable(context, group)?;
    if let Some(object) = state.directory.at(place) {
        groups::may_be_in(state, object, (id, access), AssignmentKind::Assignment)?;
    }
    if state.directory.has(slot, place, access) {
        return Err(Rejection::ReferenceExists { access });
    }
    family::within_limits(state, context.now, place, privilege, AssignmentKind::Assignment)?;
    if !state.directory.onboarded.contains_key(&slot) {
        return Ok(Decision::event(DirectoryEvent::edge((id, access), principal, true)));
    }
    let schedule = ScheduleId(context.ids.mint(IdKind::OutsideAssignment));
    Ok(Decision::event(grant::made_outside(schedule, (principal, privilege), context.now, None)))
}

/// What removing somebody would do. The last administrator stays a member of what makes it one (GA-12). Where PIM manages the
/// group, the assignment ends, an activation as well as any other (GRP-31).
pub(in crate::decide) fn remove(
    context: &Context<'_>,
    (id, access): (PrincipalId, GroupAccess),
    principal: PrincipalId,
) -> Result<Decision, Rejection> {
    let Context { state, now, .. } = *context;
    let privilege = Privilege::Group { group: id, access };
    authority::require_manager(context, privilege)?;
    let (slot, group) = groups::find(state, id).ok_or(Rejection::GroupNotFound(id))?;
    let place = guard::present(state, principal)?;
    writable(context, group)?;
    if !state.directory.has(slot, place, access) {
        return Err(Rejection::ReferenceMissing { access });
    }
    if access == GroupAccess::Owner && group.group_type == GroupType::Microsoft365 && is_last_owner(state, slot, place)
    {
        return Err(Rejection::OwnerRequired(id));
    }
    protection::may_leave(state, now, privilege, (slot, place))?;
    let held = guard::on_side(state, now, place, privilege, AssignmentKind::Assignment);
    match held.map(|(_, record)| record).find(|record| record.is_open(now)) {
        Some(record) => {
            let mut events = grant::ended(state, record, EndCause::RemovedOutside);
            events.extend(grant::pointless_requests(state, record));
            Ok(Decision { events, ..Decision::default() })
        }
        None => Ok(Decision::event(DirectoryEvent::edge((id, access), principal, false))),
    }
}

/// Who is in a group by a rule, or by another directory, is changed there. Whoever sets up the tenant plays that part.
fn writable(context: &Context<'_>, group: &Group) -> Result<(), Rejection> {
    let decided_elsewhere = group.membership_rule.is_some() || group.on_premises_synced;
    match context.actor {
        Actor::User { .. } | Actor::Application { .. } if decided_elsewhere => {
            Err(Rejection::MembershipNotWritable(group.id))
        }
        Actor::User { .. } | Actor::Application { .. } | Actor::SetUp => Ok(()),
    }
}

/// Whether no other user owns the group.
fn is_last_owner(state: &State, group: Slot, owner: Slot) -> bool {
    let mut others = state.directory.owners_of(group).into_iter().filter(|other| *other != owner);
    groups::is_user(state, owner) && !others.any(|other| groups::is_user(state, other))
}
