//! The directory: principals, applications, administrative units and the edges between them.

use super::{Context, Decision, grant, guard, last_administrator};
use crate::event::{EndCause, Event, StatusCause};
use crate::id::PrincipalId;
use crate::model::{
    AdministrativeUnit, Application, AssignmentKind, Group, GroupType, Principal, PrincipalKind, RequestStatus,
    SchedulePhase, ServicePrincipal, User,
};
use crate::rejection::Rejection;
use crate::state::{RequestRecord, Slot, State, Target};
use uuid::Uuid;

crate::implements!["ASG-27", "GA-9", "GRP-10", "PRI-8"];

/// No other object may have that id.
fn id_is_free(state: &State, id: Uuid) -> Result<(), Rejection> {
    let taken = state.directory.slot(PrincipalId(id)).is_some()
        || state.directory.applications.keys().any(|it| it.0 == id)
        || state.directory.administrative_units.keys().any(|it| it.0 == id);
    if taken { Err(Rejection::NameTaken { property: "id", value: id.to_string() }) } else { Ok(()) }
}

/// What making a user would do.
pub(super) fn create_user(context: &Context<'_>, user: &User) -> Result<Decision, Rejection> {
    id_is_free(context.state, user.id.0)?;
    if !user.user_principal_name.contains('@') {
        return Err(Rejection::InvalidProperty { property: "userPrincipalName" });
    }
    if context.state.directory.named(&user.user_principal_name).is_some() {
        let value = user.user_principal_name.clone();
        return Err(Rejection::NameTaken { property: "userPrincipalName", value });
    }
    Ok(Decision::event(Event::UserCreated(Box::new(user.clone()))))
}

/// What making a group would do. One for directory roles has assigned members only (GRP-10).
pub(super) fn create_group(context: &Context<'_>, group: &Group) -> Result<Decision, Rejection> {
    id_is_free(context.state, group.id.0)?;
    if group.is_assignable_to_role && (group.membership_rule.is_some() || group.on_premises_synced) {
        return Err(Rejection::InvalidProperty { property: "isAssignableToRole" });
    }
    match group.group_type {
        GroupType::Security | GroupType::Microsoft365 => {
            Ok(Decision::event(Event::GroupCreated(Box::new(group.clone()))))
        }
    }
}

/// What making a service principal would do.
pub(super) fn create_service_principal(context: &Context<'_>, it: &ServicePrincipal) -> Result<Decision, Rejection> {
    id_is_free(context.state, it.id.0)?;
    if context.state.directory.client(it.app_id).is_some() {
        return Err(Rejection::NameTaken { property: "appId", value: it.app_id.to_string() });
    }
    Ok(Decision::event(Event::ServicePrincipalCreated(Box::new(it.clone()))))
}

/// What registering an application would do.
pub(super) fn create_application(context: &Context<'_>, application: &Application) -> Result<Decision, Rejection> {
    id_is_free(context.state, application.id.0)?;
    if context.state.directory.applications.values().any(|it| it.app_id == application.app_id) {
        return Err(Rejection::NameTaken { property: "appId", value: application.app_id.to_string() });
    }
    Ok(Decision::event(Event::ApplicationCreated(Box::new(application.clone()))))
}

/// What making an administrative unit would do.
pub(super) fn create_administrative_unit(
    context: &Context<'_>,
    unit: &AdministrativeUnit,
) -> Result<Decision, Rejection> {
    id_is_free(context.state, unit.id.0)?;
    for member in &unit.members {
        guard::present(context.state, *member)?;
    }
    Ok(Decision::event(Event::AdministrativeUnitCreated(Box::new(unit.clone()))))
}

/// The place of a group.
fn group(state: &State, id: PrincipalId) -> Result<Slot, Rejection> {
    let slot = guard::present(state, id)?;
    match state.directory.at(slot) {
        Some(Principal::Group(_)) => Ok(slot),
        Some(Principal::User(_) | Principal::ServicePrincipal(_)) | None => Err(Rejection::PrincipalNotFound(id)),
    }
}

/// What adding a member would do.
pub(super) fn add_member(context: &Context<'_>, id: PrincipalId, member: PrincipalId) -> Result<Decision, Rejection> {
    let group = group(context.state, id)?;
    let slot = guard::present(context.state, member)?;
    if context.state.directory.is_member(group, slot) {
        return Err(Rejection::NameTaken { property: "members", value: member.to_string() });
    }
    Ok(Decision::event(Event::MemberAdded { group: id, member }))
}

/// What removing a member would do.
pub(super) fn remove_member(
    context: &Context<'_>,
    id: PrincipalId,
    member: PrincipalId,
) -> Result<Decision, Rejection> {
    let group = group(context.state, id)?;
    let slot = guard::present(context.state, member)?;
    if !context.state.directory.is_member(group, slot) {
        return Err(Rejection::NotAMember);
    }
    Ok(Decision::event(Event::MemberRemoved { group: id, member }))
}

/// What adding an owner would do. A group cannot own a group (PRI-8).
pub(super) fn add_owner(context: &Context<'_>, id: PrincipalId, owner: PrincipalId) -> Result<Decision, Rejection> {
    let group = group(context.state, id)?;
    let slot = guard::present(context.state, owner)?;
    if context.state.directory.at(slot).map(Principal::kind) == Some(PrincipalKind::Group) {
        return Err(Rejection::InvalidProperty { property: "owners" });
    }
    if context.state.directory.owners_of(group).contains(&slot) {
        return Err(Rejection::NameTaken { property: "owners", value: owner.to_string() });
    }
    Ok(Decision::event(Event::OwnerAdded { group: id, owner }))
}

/// What deleting a principal would do: its assignments disappear (ASG-27), what waits for it fails. The last active Global
/// Administrator cannot be deleted (GA-9).
pub(super) fn delete_principal(context: &Context<'_>, id: PrincipalId) -> Result<Decision, Rejection> {
    let Context { state, now, .. } = *context;
    let slot = guard::present(state, id)?;
    let held: Vec<_> = state.schedules.at(state.schedules.of_principal(slot)).collect();
    for (_, record) in held.iter().filter(|(_, it)| it.side() == AssignmentKind::Assignment) {
        last_administrator::may_go(state, now, record)?;
    }
    let mut events = Vec::new();
    for (place, record) in held {
        match (record.phase, record.side()) {
            (SchedulePhase::Expired, _) => events.push(Event::ScheduleForgotten(record.id)),
            (_, AssignmentKind::Eligibility) => {
                let ended = grant::eligibility_ended(state, place, record, EndCause::PrincipalDeleted);
                events.extend(ended.into_iter().filter(|event| !events_name(&events, event)).collect::<Vec<_>>());
            }
            (_, AssignmentKind::Assignment) => {
                let ended = grant::ended(state, record, EndCause::PrincipalDeleted);
                events.extend(ended.into_iter().filter(|event| !events_name(&events, event)).collect::<Vec<_>>());
            }
        }
    }
    let requests = state.requests.of_principal(slot).iter().filter_map(|place| state.requests.records.get(*place));
    let never_provisioned = |it: &RequestRecord| it.status == RequestStatus::Granted && it.target == Target::Nothing;
    for request in requests.filter(|it| it.status.is_pending() || never_provisioned(it)) {
        events.push(grant::failed(request.id, StatusCause::PrincipalDeleted));
    }
    events.push(Event::PrincipalDeleted(id));
    Ok(Decision { events, ..Decision::default() })
}

/// Whether the end of that schedule, or the new status of that request, stands among the events already: an activation
/// ends once, with its eligibility or by itself.
fn events_name(events: &[Event], event: &Event) -> bool {
    events.iter().any(|earlier| match (earlier, event) {
        (Event::ScheduleEnded { schedule: one, .. }, Event::ScheduleEnded { schedule: other, .. }) => one == other,
        (Event::RequestStatusChanged { request: one, .. }, Event::RequestStatusChanged { request: other, .. }) => {
            one == other
        }
        _ => false,
    })
}
