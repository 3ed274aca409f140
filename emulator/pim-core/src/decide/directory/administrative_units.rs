//! Administrative units: made, changed, filled, deleted.

use super::{id_is_free, id_or_new, visible};
use crate::command::{AdministrativeUnitChange, AdministrativeUnitProperties, Outcome};
use crate::decide::{Context, Decision, authority, grant, guard};
use crate::event::{DirectoryEvent, Updated};
use crate::id::{AdministrativeUnitId, PrincipalId};
use crate::model::{AdministrativeUnit, DirectoryScope, Principal, PrincipalKind, Privilege};
use crate::rejection::Rejection;
use crate::state::State;

/// Refuses what would put somebody by hand into an administrative unit that has a rule.
pub(super) fn may_have_more(state: &State, unit: AdministrativeUnitId) -> Result<(), Rejection> {
    match present(state, unit)?.membership_rule {
        Some(_) => Err(Rejection::InvalidProperty { property: "members" }),
        None => Ok(()),
    }
}

/// What making an administrative unit would do. One without an id is given one.
pub(in crate::decide) fn create(context: &mut Context<'_>, unit: &AdministrativeUnit) -> Result<Decision, Rejection> {
    authority::require_role_manager(context)?;
    visible(&unit.display_name)?;
    id_is_free(context.state, unit.id.0)?;
    for member in &unit.members {
        guard::present(context.state, *member)?;
    }
    let mut unit = unit.clone();
    unit.id = AdministrativeUnitId(id_or_new(context, unit.id.0));
    let outcome = Outcome { made: Some(unit.id.0), ..Outcome::default() };
    Ok(Decision { events: vec![DirectoryEvent::AdministrativeUnitCreated(Box::new(unit)).into()], outcome })
}

pub(super) fn present(state: &State, id: AdministrativeUnitId) -> Result<&AdministrativeUnit, Rejection> {
    state.directory.administrative_units.get(id).ok_or(Rejection::AdministrativeUnitNotFound(id))
}

/// What changing an administrative unit would do.
pub(in crate::decide) fn change(
    context: &Context<'_>,
    id: AdministrativeUnitId,
    change: &AdministrativeUnitChange,
) -> Result<Decision, Rejection> {
    authority::require_role_manager(context)?;
    let unit = present(context.state, id)?;
    match change {
        AdministrativeUnitChange::Properties(properties) => set_properties(unit, properties),
        AdministrativeUnitChange::AddMember(member) => add_member(context.state, unit, *member),
        AdministrativeUnitChange::RemoveMember(member) => remove_member(context.state, unit, *member),
    }
}

fn set_properties(unit: &AdministrativeUnit, properties: &AdministrativeUnitProperties) -> Result<Decision, Rejection> {
    let properties = properties.clone();
    let before = AdministrativeUnit { members: Vec::new(), ..unit.clone() };
    let mut unit = before.clone();
    if let Some(name) = properties.display_name {
        visible(&name)?;
        unit.display_name = name;
    }
    unit.description = properties.description.unwrap_or(unit.description);
    unit.is_membership_hidden = properties.is_membership_hidden.unwrap_or(unit.is_membership_hidden);
    unit.membership_rule = properties.membership_rule.unwrap_or(unit.membership_rule);
    let updated = Updated { was: before, now: unit };
    Ok(Decision::event(DirectoryEvent::AdministrativeUnitUpdated(Box::new(updated))))
}

/// Users and groups are members, by hand where no rule says who is.
fn add_member(state: &State, unit: &AdministrativeUnit, member: PrincipalId) -> Result<Decision, Rejection> {
    let slot = guard::present(state, member)?;
    let is_service = state.directory.at(slot).map(Principal::kind) == Some(PrincipalKind::ServicePrincipal);
    if is_service || unit.membership_rule.is_some() {
        return Err(Rejection::InvalidProperty { property: "members" });
    }
    if state.directory.administrative_units.is_member(unit.id, member) {
        return Err(Rejection::ConflictingObject { of: "members" });
    }
    Ok(Decision::event(DirectoryEvent::UnitMemberAdded { unit: unit.id, member }))
}

fn remove_member(state: &State, unit: &AdministrativeUnit, member: PrincipalId) -> Result<Decision, Rejection> {
    if unit.membership_rule.is_some() {
        return Err(Rejection::InvalidProperty { property: "members" });
    }
    if !state.directory.administrative_units.is_member(unit.id, member) {
        return Err(Rejection::ObjectNotFound(member.0));
    }
    Ok(Decision::event(DirectoryEvent::UnitMemberRemoved { unit: unit.id, member }))
}

/// What deleting an administrative unit would do: what is held at its scope ends, what waits for it fails.
pub(in crate::decide) fn delete(context: &Context<'_>, id: AdministrativeUnitId) -> Result<Decision, Rejection> {
    authority::require_role_manager(context)?;
    let state = context.state;
    present(state, id)?;
    let here = DirectoryScope::AdministrativeUnit(id);
    let is_here = |privilege| match privilege {
        Privilege::DirectoryRole { scope, .. } => scope == here,
        Privilege::Group { .. } | Privilege::AzureRole { .. } => false,
    };
    let privileges: Vec<_> = state.privileges.such(is_here).collect();
    let mut events = grant::emptied(state, &privileges);
    events.push(DirectoryEvent::AdministrativeUnitDeleted(id).into());
    Ok(Decision { events, ..Decision::default() })
}
