//! What was deleted: back again, or gone for good.

use super::{groups, service_principals, users, writers};
use crate::decide::{Context, Decision, grant};
use crate::event::{DirectoryEvent, Event};
use crate::id::{IdKind, PrincipalId, ScheduleId};
use crate::model::{GroupAccess, Principal, Privilege};
use crate::rejection::Rejection;
use crate::state::State;

crate::implements!["ASG-27", "ASG-28"];

/// What restoring would do: the principal is back with its id and its edges (ASG-28), and without what it held (ASG-27). A
/// name that somebody else has got meanwhile is in the way.
pub(in crate::decide) fn restore(context: &mut Context<'_>, id: PrincipalId) -> Result<Decision, Rejection> {
    let principal = deleted(context.state, id)?;
    writers::require_for(context, principal)?;
    match principal {
        Principal::User(user) => users::name_is_free(context.state, id, &user.user_principal_name)?,
        Principal::Group(group) => {
            groups::shape(context.state, group)?;
            if group.is_assignable_to_role {
                groups::room_for_another(context.state)?;
            }
        }
        // That of a deleted application comes back with the application.
        Principal::ServicePrincipal(it) => {
            service_principals::registered(context, it)?;
            service_principals::is_free(context.state, it.app_id)?;
        }
    }
    Ok(Decision { events: back(context, id), ..Decision::default() })
}

/// What happens when a principal comes back that may.
pub(super) fn back(context: &mut Context<'_>, id: PrincipalId) -> Vec<Event> {
    let mut events = vec![DirectoryEvent::PrincipalRestored(id).into()];
    for (privilege, principal) in managed(context.state, id) {
        let schedule = ScheduleId(context.ids.mint(IdKind::OutsideAssignment));
        events.push(grant::made_outside(schedule, (principal, privilege), context.now, None));
    }
    events
}

/// The edges that come back to groups that PIM has come to manage meanwhile: it finds assignments made outside (GRP-30).
fn managed(state: &State, id: PrincipalId) -> Vec<(Privilege, PrincipalId)> {
    let Some(deleted) = state.directory.deleted.get(id) else { return Vec::new() };
    let is_managed = |group: PrincipalId| {
        state.directory.slot(group).is_some_and(|slot| state.directory.onboarded.contains_key(&slot))
    };
    let group = |group: PrincipalId, access: GroupAccess| Privilege::Group { group, access };
    let as_member = deleted.member_of.iter().map(|it| (group(*it, GroupAccess::Member), id));
    let as_owner = deleted.owner_of.iter().map(|it| (group(*it, GroupAccess::Owner), id));
    let as_group = (deleted.members.iter().map(|it| (group(id, GroupAccess::Member), *it)))
        .chain(deleted.owners.iter().map(|it| (group(id, GroupAccess::Owner), *it)));
    let outer = as_member.chain(as_owner).filter(|(privilege, _)| match privilege {
        Privilege::Group { group, .. } => is_managed(*group) && state.present(*group).is_some(),
        Privilege::DirectoryRole { .. } | Privilege::AzureRole { .. } => false,
    });
    let inner = as_group.filter(|(_, principal)| is_managed(id) && state.present(*principal).is_some());
    outer.chain(inner).collect()
}

/// What deleting for good would do.
pub(in crate::decide) fn purge(context: &Context<'_>, id: PrincipalId) -> Result<Decision, Rejection> {
    writers::require_for(context, deleted(context.state, id)?)?;
    Ok(Decision::event(DirectoryEvent::PrincipalPurged(id)))
}

fn deleted(state: &State, id: PrincipalId) -> Result<&Principal, Rejection> {
    state.directory.deleted.get(id).map(|it| &it.principal).ok_or(Rejection::PrincipalNotFound(id))
}
