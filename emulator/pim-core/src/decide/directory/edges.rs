//! The edges of the directory: members and owners of groups.

use crate::decide::{Context, Decision, guard};
use crate::event::DirectoryEvent;
use crate::id::PrincipalId;
use crate::model::{Principal, PrincipalKind};
use crate::rejection::Rejection;
use crate::state::{Slot, State};

crate::implements!["PRI-8"];

/// The place of a group.
fn group(state: &State, id: PrincipalId) -> Result<Slot, Rejection> {
    let slot = guard::present(state, id)?;
    match state.directory.at(slot) {
        Some(Principal::Group(_)) => Ok(slot),
        Some(Principal::User(_) | Principal::ServicePrincipal(_)) | None => Err(Rejection::PrincipalNotFound(id)),
    }
}

/// What adding a member would do.
pub(in crate::decide) fn add_member(
    context: &Context<'_>,
    id: PrincipalId,
    member: PrincipalId,
) -> Result<Decision, Rejection> {
    let group = group(context.state, id)?;
    let slot = guard::present(context.state, member)?;
    if context.state.directory.is_member(group, slot) {
        return Err(Rejection::NameTaken { property: "members", value: member.to_string() });
    }
    Ok(Decision::event(DirectoryEvent::MemberAdded { group: id, member }))
}

/// What removing a member would do.
pub(in crate::decide) fn remove_member(
    context: &Context<'_>,
    id: PrincipalId,
    member: PrincipalId,
) -> Result<Decision, Rejection> {
    let group = group(context.state, id)?;
    let slot = guard::present(context.state, member)?;
    if !context.state.directory.is_member(group, slot) {
        return Err(Rejection::NotAMember);
    }
    Ok(Decision::event(DirectoryEvent::MemberRemoved { group: id, member }))
}

/// What adding an owner would do. A group cannot own a group (PRI-8).
pub(in crate::decide) fn add_owner(
    context: &Context<'_>,
    id: PrincipalId,
    owner: PrincipalId,
) -> Result<Decision, Rejection> {
    let group = group(context.state, id)?;
    let slot = guard::present(context.state, owner)?;
    if context.state.directory.at(slot).map(Principal::kind) == Some(PrincipalKind::Group) {
        return Err(Rejection::InvalidProperty { property: "owners" });
    }
    if context.state.directory.owners_of(group).contains(&slot) {
        return Err(Rejection::NameTaken { property: "owners", value: owner.to_string() });
    }
    Ok(Decision::event(DirectoryEvent::OwnerAdded { group: id, owner }))
}

/// What removing an owner would do.
pub(in crate::decide) fn remove_owner(
    context: &Context<'_>,
    id: PrincipalId,
    owner: PrincipalId,
) -> Result<Decision, Rejection> {
    let group = group(context.state, id)?;
    let slot = guard::present(context.state, owner)?;
    if !context.state.directory.owners_of(group).contains(&slot) {
        return Err(Rejection::NotAMember);
    }
    Ok(Decision::event(DirectoryEvent::OwnerRemoved { group: id, owner }))
}
