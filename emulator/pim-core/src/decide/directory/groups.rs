//! Groups as objects; who is in them is in `edges.rs`.

use super::{administrative_units, creator, edges, id_is_free, text, writers};
use crate::command::{Actor, GroupChange, Outcome};
use crate::decide::{Context, Decision, guard};
use crate::event::{DirectoryEvent, Event, Updated};
use crate::id::{AdministrativeUnitId, IdKind, IdSource, PrincipalId};
use crate::model::{Group, GroupAccess, GroupDetailsChange, GroupType, License, Principal, PrincipalKind};
use crate::rejection::Rejection;
use crate::state::State;
use std::collections::BTreeSet;
use uuid::Uuid;

crate::implements!["GRP-10", "GRP-11", "GRP-13", "GRP-14", "LIC-14", "GRP-15", "LIM-1"];

/// How many groups of a tenant may be for directory roles (GRP-11).
const MOST_ROLE_ASSIGNABLE: usize = 500;

/// What a nickname cannot have in it.
const NOT_IN_NICKNAMES: &str = "@()\\[]\";:<>, ";

/// What making a group would do, with members and owners or without. One without an id is given one, and is made now. Whoever
/// asks for it is its owner where none is named, and a member too of a Microsoft 365 group. One that is made in an
/// administrative unit is a member of it from the first.
pub(in crate::decide) fn create(
    context: &mut Context<'_>,
    group: &Group,
    (members, owners): (&[PrincipalId], &[PrincipalId]),
    unit: Option<AdministrativeUnitId>,
) -> Result<Decision, Rejection> {
    if let Some(unit) = unit {
        administrative_units::may_have_more(context.state, unit)?;
    }
    writers::require_group_maker(context, group, unit)?;
    id_is_free(context.state, group.id.0)?;
    may_be(context, group)?;
    let (mut members, mut owners) = (members.to_vec(), owners.to_vec());
    if let (Actor::User { id, .. }, true) = (context.actor, owners.is_empty()) {
        owners.push(id);
        members.extend((group.group_type == GroupType::Microsoft365 && !members.contains(&id)).then_some(id));
    }
    people(context.state, group, &members, &owners)?;
    let mut group = group.clone();
    let creator = GroupDetailsChange { creator: creator(context).map(Some), ..GroupDetailsChange::default() };
    group.details = creator.of(group.details);
    if group.id.0.is_nil() {
        group.id = PrincipalId(context.ids.mint(IdKind::DirectoryObject));
        group.created = context.now;
    }
    let id = group.id;
    let mut events = vec![DirectoryEvent::GroupCreated(Box::new(group)).into()];
    events.extend(members.into_iter().map(|member| Event::from(DirectoryEvent::MemberAdded { group: id, member })));
    events.extend(owners.into_iter().map(|owner| Event::from(DirectoryEvent::OwnerAdded { group: id, owner })));
    events.extend(unit.map(|unit| Event::from(DirectoryEvent::UnitMemberAdded { unit, member: id })));
    Ok(Decision { events, outcome: Outcome { principal: Some(id), ..Outcome::default() } })
}

/// What changing a group would do.
pub(in crate::decide) fn update(
    context: &mut Context<'_>,
    id: PrincipalId,
    change: &GroupChange,
) -> Result<Decision, Rejection> {
    let state = context.state;
    let slot = guard::present(state, id)?;
    let Some(Principal::Group(before)) = state.directory.at(slot) else { return Err(Rejection::PrincipalNotFound(id)) };
    writers::require_group_manager(context, before)?;
    if change.is_assignable_to_role.is_some_and(|wanted| wanted != before.is_assignable_to_role) {
        return Err(Rejection::ReadOnlyProperty { property: "isAssignableToRole" });
    }
    if change.membership_rule.is_some() && before.membership_rule.is_none() {
        return Err(Rejection::InvalidProperty { property: "membershipRule" });
    }
    let unique_name = change.details.unique_name.as_ref().map(Option::as_deref);
    if before.unique_name().is_some() && unique_name.is_some_and(|wanted| wanted != before.unique_name()) {
        return Err(Rejection::ReadOnlyProperty { property: "uniqueName" });
    }
    let (before, change) = (before.clone(), change.clone());
    let group = Group {
        id,
        display_name: change.display_name.unwrap_or_else(|| before.display_name.clone()),
        description: change.description.unwrap_or_else(|| before.description.clone()),
        mail_nickname: change.mail_nickname.unwrap_or_else(|| before.mail_nickname.clone()),
        group_type: before.group_type,
        is_assignable_to_role: before.is_assignable_to_role,
        membership_rule: change.membership_rule.or_else(|| before.membership_rule.clone()),
        on_premises_synced: before.on_premises_synced,
        created: before.created,
        details: change.details.of(before.details.clone()),
    };
    let mut events = Vec::new();
    if group != before {
        shape(state, &group)?;
        events.push(DirectoryEvent::GroupUpdated(Box::new(Updated { was: before, now: group })).into());
    }
    distinct(&change.members, "members")?;
    distinct(&change.owners, "owners")?;
    let people = |access: GroupAccess, ids: &[PrincipalId]| ids.iter().map(|id| (access, *id)).collect::<Vec<_>>();
    let added = [people(GroupAccess::Member, &change.members), people(GroupAccess::Owner, &change.owners)].concat();
    // Nobody is let in, and no id used up, before all of them may be.
    let mut none = NoIds;
    let mut looking = Context { state, now: context.now, actor: context.actor, ids: &mut none };
    for (access, principal) in &added {
        edges::add(&mut looking, (id, *access), *principal)?;
    }
    for (access, principal) in added {
        events.extend(edges::add(context, (id, access), principal)?.events);
    }
    Ok(Decision { events, ..Decision::default() })
}

/// Ids for what is only looked at.
struct NoIds;

impl IdSource for NoIds {
    fn mint(&mut self, _: IdKind) -> Uuid {
        Uuid::nil()
    }
}

/// Whether a new group may be so. One for directory roles has assigned members only (GRP-10), takes a licence (GRP-14), and
/// there are only so many (GRP-11, GRP-13).
fn may_be(context: &Context<'_>, group: &Group) -> Result<(), Rejection> {
    let state = context.state;
    shape(state, group)?;
    if !group.is_assignable_to_role {
        return Ok(());
    }
    if group.membership_rule.is_some() || group.on_premises_synced {
        return Err(Rejection::InvalidProperty { property: "isAssignableToRole" });
    }
    let is_free = state.tenant.as_ref().is_some_and(|tenant| tenant.license == License::None);
    match context.actor {
        Actor::User { .. } | Actor::Application { .. } if is_free => return Err(Rejection::LicenseRequired),
        Actor::User { .. } | Actor::Application { .. } | Actor::SetUp => {}
    }
    room_for_another(state)
}

/// There are only so many groups for directory roles (GRP-11).
pub(super) fn room_for_another(state: &State) -> Result<(), Rejection> {
    let groups = state.directory.of_kind(PrincipalKind::Group, 0);
    match groups.filter(|(slot, _)| state.is_role_assignable(*slot)).count() {
        MOST_ROLE_ASSIGNABLE.. => Err(Rejection::TooManyRoleAssignableGroups),
        _ => Ok(()),
    }
}

/// What holds of every group. The nickname of a Microsoft 365 group is its mail address, and nobody else's; one for directory
/// roles is private (GRP-15).
pub(super) fn shape(state: &State, group: &Group) -> Result<(), Rejection> {
    text("displayName", &group.display_name, super::LONGEST_NAME)?;
    text("mailNickname", &group.mail_nickname, super::LONGEST_NICKNAME)?;
    if !group.mail_nickname.is_ascii() || group.mail_nickname.contains(|c| NOT_IN_NICKNAMES.contains(c)) {
        return Err(Rejection::InvalidProperty { property: "mailNickname" });
    }
    let asked = group.details.as_ref().and_then(|details| details.visibility);
    if asked.is_some() && asked != group.visibility() {
        return Err(Rejection::InvalidProperty { property: "visibility" });
    }
    unique_name_is_free(state, group)?;
    if group.group_type == GroupType::Security {
        return Ok(());
    }
    let same = |other: &Group| {
        other.id != group.id
            && other.group_type == GroupType::Microsoft365
            && other.mail_nickname.eq_ignore_ascii_case(&group.mail_nickname)
    };
    let mut groups = state.directory.of_kind(PrincipalKind::Group, 0).map(|(_, principal)| principal);
    match groups.find(|principal| matches!(principal, Principal::Group(other) if same(other))) {
        Some(other) => Err(taken("mailNickname", &group.mail_nickname, other)),
        None => Ok(()),
    }
}

/// No other group may have the unique name of a group.
fn unique_name_is_free(state: &State, group: &Group) -> Result<(), Rejection> {
    let Some(name) = group.unique_name() else { return Ok(()) };
    text("uniqueName", name, super::LONGEST_UNIQUE_NAME)?;
    let holder = state.directory.uniquely_named(name).and_then(|slot| state.directory.at(slot));
    match holder.filter(|holder| holder.id() != group.id) {
        Some(other) => Err(taken("uniqueName", name, other)),
        None => Ok(()),
    }
}

fn taken(property: &'static str, value: &str, by: &Principal) -> Rejection {
    Rejection::NameTaken { property, value: value.to_owned(), holder: Some(by.into()) }
}

/// Who a new group may have in it. The rules are those of `edges.rs`, of which most cannot be broken in a group that is empty.
fn people(state: &State, group: &Group, members: &[PrincipalId], owners: &[PrincipalId]) -> Result<(), Rejection> {
    distinct(members, "members")?;
    distinct(owners, "owners")?;
    let is_group = |id: PrincipalId| state.directory.get(id).map(Principal::kind) == Some(PrincipalKind::Group);
    for id in members.iter().chain(owners) {
        guard::present(state, *id)?;
    }
    if let Some(owner) = owners.iter().find(|owner| is_group(**owner)) {
        return Err(Rejection::GroupCannotOwn(*owner));
    }
    let is_nested = members.iter().any(|member| is_group(*member));
    if group.membership_rule.is_some() && !members.is_empty() {
        return Err(Rejection::MembershipNotWritable(group.id));
    }
    match group.group_type {
        _ if !is_nested => Ok(()),
        GroupType::Security | GroupType::Microsoft365 if group.is_assignable_to_role => {
            Err(Rejection::GroupInRoleAssignableGroup(group.id))
        }
        GroupType::Microsoft365 => Err(Rejection::GroupInMicrosoft365Group(group.id)),
        GroupType::Security => Ok(()),
    }
}

/// Nobody may be named twice.
fn distinct(people: &[PrincipalId], property: &'static str) -> Result<(), Rejection> {
    let mut seen = BTreeSet::new();
    match people.iter().find(|id| !seen.insert(**id)) {
        Some(id) => Err(Rejection::NameTaken { property, value: id.to_string(), holder: None }),
        None => Ok(()),
    }
}
