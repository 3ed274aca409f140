//! Taking a group into the management of PIM: by itself, or with the first request or change of policy, for good.

use super::{Context, Decision, authority, grant, guard};
use crate::event::Event;
use crate::family;
use crate::id::{PrincipalId, ScheduleId};
use crate::model::{GroupAccess, Privilege, Resource, Schedule};
use crate::rejection::Rejection;
use crate::state::{Slot, State};
use crate::time::Instant;
use uuid::Uuid;

crate::implements!["GRP-8", "GRP-9", "GRP-30", "AUT-14"];

/// What taking a group in would do. It takes the rights that managing it does (AUT-14). Where PIM manages it already, nothing
/// is left to do.
pub(super) fn decide(context: &Context<'_>, group: PrincipalId) -> Result<Decision, Rejection> {
    let privilege = Privilege::Group { group, access: GroupAccess::Member };
    authority::require_manager(context, privilege)?;
    authority::licensed(context.state)?;
    family::exists(context.state, privilege)?;
    guard::resource_replicated(context, privilege.resource())?;
    family::can_be_held(context.state, privilege)?;
    Ok(first(context.state, context.now, privilege.resource(), Decision::default()))
}

/// Whoever belongs to a group before PIM manages it, and the id that the assignment will have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) principal: Slot,
    pub(super) id: ScheduleId,
}

/// Whoever holds a privilege that PIM does not manage yet, as PIM will find it; `None` where it manages it already.
pub(super) fn found(state: &State, privilege: Privilege) -> Option<impl Iterator<Item = Found>> {
    let Privilege::Group { group, access } = privilege else { return None };
    let slot = state.present(group).filter(|slot| !state.directory.onboarded.contains_key(slot))?;
    // In the order of ids: places differ from one machine to another of the same state.
    let mut found = state.directory.those_of(slot, access);
    found.sort_unstable_by_key(|principal| state.directory.id(*principal));
    Some(found.into_iter().map(move |principal| {
        let id = derived(group.0, state.directory.id(principal).0, access);
        Found { principal, id }
    }))
}

/// The same decision, with the group taken in before it if this is the first time that PIM hears of it (GRP-9). There is no
/// way back (GRP-8). Whoever belongs to it shows as assigned for good (GRP-30).
pub(super) fn first(state: &State, now: Instant, resource: Resource, decision: Decision) -> Decision {
    let Resource::Group(group) = resource else { return decision };
    let is_new = state.present(group).is_some_and(|slot| !state.directory.onboarded.contains_key(&slot));
    if !is_new {
        return decision;
    }
    let mut events = vec![Event::GroupOnboarded(group)];
    for access in GroupAccess::ALL {
        let privilege = Privilege::Group { group, access };
        events.extend(
            found(state, privilege)
                .into_iter()
                .flatten()
                .map(|it| grant::made_outside(it.id, (state.directory.id(it.principal), privilege), now, None)),
        );
    }
    events.extend(decision.events);
    Decision { events, ..decision }
}

impl Schedule {
    /// Whether PIM found it when it came to manage the group, and nobody made it: its id follows from who belonged to what.
    #[must_use]
    pub fn was_found_at_onboarding(&self) -> bool {
        match self.privilege {
            Privilege::Group { group, access } => self.id == derived(group.0, self.principal.0, access),
            Privilege::DirectoryRole { .. } | Privilege::AzureRole { .. } => false,
        }
    }
}

/// An id that follows from who belongs to what: nothing is minted for what a refused request only looked at.
fn derived(group: Uuid, principal: Uuid, access: GroupAccess) -> ScheduleId {
    let relation = match access {
        GroupAccess::Member => 0x6d65_6d62_6572_8000_a000_0000_0000_0001,
        GroupAccess::Owner => 0x6f77_6e65_7200_8000_a000_0000_0000_0002,
    };
    let mixed = group.as_u128().rotate_left(41) ^ principal.as_u128() ^ relation;
    ScheduleId(
        uuid::Builder::from_u128(mixed)
            .with_version(uuid::Version::Custom)
            .with_variant(uuid::Variant::RFC4122)
            .into_uuid(),
    )
}
