//! The objects of a world: users, applications, groups, administrative units and custom roles.

use super::applications::make_application;
use super::error::{Fault, fault, steps};
use super::file::{AdministrativeUnitEntry, CustomRoleEntry, GroupEntry, UserEntry};
use super::handles::at;
use super::load::Loader;
use super::sign_ins;
use pim_core::model::{
    AdministrativeUnit, Group, GroupDetailsChange, GroupType, RoleDefinition, ServicePrincipal, User, UserType,
};
use pim_core::{AdministrativeUnitId, ClientId, Command, IdKind, IdSource, PrincipalId, RoleDefinitionId};
use uuid::{Uuid, uuid};

/// The password of a user whose world names none. It opens nothing but the emulator.
pub const DEFAULT_PASSWORD: &str = "Pim-emulator-1";

/// The organization that the platform's own applications belong to.
pub const MICROSOFT: Uuid = uuid!("f8cdef31-a31e-4b4a-93e4-5f571e91255a");

/// Makes them all. Ids are minted in the order of the file, section by section.
pub(super) fn make(loader: &mut Loader<'_>) -> Result<(), Fault> {
    microsoft_graph(loader)?;
    let world = loader.world;
    let users = note_users(loader)?;
    for (place, (user, id)) in world.users.iter().zip(users).enumerate() {
        make_user(loader, place, user, id)?;
    }
    for (place, application) in world.applications.iter().enumerate() {
        make_application(loader, place, application)?;
    }
    for (place, group) in world.groups.iter().enumerate() {
        make_group(loader, place, group)?;
    }
    for (place, group) in world.groups.iter().enumerate() {
        fill_group(loader, place, group)?;
    }
    for (place, unit) in world.administrative_units.iter().enumerate() {
        make_unit(loader, place, unit)?;
    }
    for (place, group) in world.groups.iter().enumerate().filter(|(_, group)| group.managed) {
        onboard_group(loader, place, group)?;
    }
    for (place, role) in world.custom_roles.iter().enumerate() {
        make_role(loader, place, role)?;
    }
    Ok(())
}

pub(super) fn minted(loader: &mut Loader<'_>, id: Option<Uuid>) -> Uuid {
    id.unwrap_or_else(|| loader.ids.mint(IdKind::DirectoryObject))
}

/// Every tenant knows Microsoft Graph.
fn microsoft_graph(loader: &mut Loader<'_>) -> Result<(), Fault> {
    let id = PrincipalId(minted(loader, None));
    let principal = ServicePrincipal {
        foreign_owner: Some(MICROSOFT),
        ..ServicePrincipal::new(id, ClientId::MICROSOFT_GRAPH, "Microsoft Graph", loader.begin)
    };
    loader.issue(loader.begin, &Command::CreateServicePrincipal(principal), || steps!["tenant"]).map(drop)
}

/// Gives every user an id before any is made, since a manager may come later in the file.
fn note_users(loader: &mut Loader<'_>) -> Result<Vec<PrincipalId>, Fault> {
    let mut ids = Vec::with_capacity(loader.world.users.len());
    for (place, user) in loader.world.users.iter().enumerate() {
        let id = PrincipalId(minted(loader, user.id));
        at(loader.handles.add_principal(&user.name, id, "user"), || steps!["users", place, "name"])?;
        if user.name.contains(|c: char| c == '@' || c.is_whitespace() || c.is_control()) {
            let name = &user.name;
            return Err(fault!(["users", place, "name"], "'{name}' cannot be the first part of a user principal name"));
        }
        loader.names.users.insert(user.name.clone(), id);
        ids.push(id);
    }
    Ok(ids)
}

fn make_user(loader: &mut Loader<'_>, place: usize, entry: &UserEntry, id: PrincipalId) -> Result<(), Fault> {
    let manager = match &entry.manager {
        Some(name) => Some(at(loader.handles.user(name), || steps!["users", place, "manager"])?),
        None => None,
    };
    let domain = loader.world.tenant.domain.as_deref().unwrap_or("contoso.onmicrosoft.com");
    let user = User {
        id,
        user_principal_name: format!("{}@{domain}", entry.name),
        display_name: entry.display_name.clone().unwrap_or_else(|| capitalised(&entry.name)),
        given_name: entry.given_name.clone(),
        surname: entry.surname.clone(),
        mail: entry.mail.clone(),
        mail_nickname: entry.name.clone(),
        job_title: entry.job_title.clone(),
        department: entry.department.clone(),
        account_enabled: entry.account_enabled.unwrap_or(true),
        user_type: entry.user_type.unwrap_or(UserType::Member),
        manager,
        created: sign_ins::made(loader, place, entry)?,
        password: entry.password.clone().unwrap_or_else(|| DEFAULT_PASSWORD.to_owned()),
        mfa: entry.mfa,
        details: None,
    };
    loader.issue(loader.begin, &Command::CreateUser(user), || steps!["users", place]).map(drop)
}

fn make_group(loader: &mut Loader<'_>, place: usize, entry: &GroupEntry) -> Result<(), Fault> {
    let id = PrincipalId(minted(loader, entry.id));
    at(loader.handles.add_principal(&entry.name, id, "group"), || steps!["groups", place, "name"])?;
    loader.names.groups.insert(entry.name.clone(), id);
    let visibility = entry.visibility.map(|word| Some(word.into()));
    let group = Group {
        id,
        display_name: entry.display_name.clone().unwrap_or_else(|| entry.name.clone()),
        description: entry.description.clone(),
        mail_nickname: entry.name.chars().filter(|c| !c.is_whitespace()).collect(),
        group_type: entry.group_type.unwrap_or(GroupType::Security),
        is_assignable_to_role: entry.role_assignable,
        membership_rule: entry.dynamic.clone(),
        on_premises_synced: entry.on_premises_synced,
        created: loader.begin,
        details: GroupDetailsChange { visibility, ..GroupDetailsChange::default() }.of(None),
    };
    loader.issue(loader.begin, &Command::CreateGroup(group), || steps!["groups", place]).map(drop)
}

/// Members and owners, once every group is there.
fn fill_group(loader: &mut Loader<'_>, place: usize, entry: &GroupEntry) -> Result<(), Fault> {
    let group = at(loader.handles.principal(&entry.name), || steps!["groups", place, "name"])?.id;
    for (nth, name) in entry.members.iter().enumerate() {
        let here = || steps!["groups", place, "members", nth];
        let member = at(loader.handles.principal(name), here)?.id;
        loader.issue(loader.begin, &Command::AddMember { group, member }, here)?;
    }
    for (nth, name) in entry.owners.iter().enumerate() {
        let here = || steps!["groups", place, "owners", nth];
        let owner = at(loader.handles.principal(name), here)?;
        if owner.kind == "group" {
            return Err(fault!(["groups", place, "owners", nth], "'{name}' is a group, and a group cannot own one"));
        }
        loader.issue(loader.begin, &Command::AddOwner { group, owner: owner.id }, here)?;
    }
    Ok(())
}

/// PIM comes to manage a group once it is known which units keep it from that (GRP-6).
fn onboard_group(loader: &mut Loader<'_>, place: usize, entry: &GroupEntry) -> Result<(), Fault> {
    let here = || steps!["groups", place, "managed"];
    let group = at(loader.handles.group(&entry.name), here)?;
    loader.issue(loader.begin, &Command::OnboardGroup(group), here).map(drop)
}

fn make_unit(loader: &mut Loader<'_>, place: usize, entry: &AdministrativeUnitEntry) -> Result<(), Fault> {
    let id = AdministrativeUnitId(minted(loader, entry.id));
    at(loader.handles.add_unit(&entry.name, id), || steps!["administrativeUnits", place, "name"])?;
    loader.names.administrative_units.insert(entry.name.clone(), id);
    let mut members = Vec::with_capacity(entry.members.len());
    for (nth, name) in entry.members.iter().enumerate() {
        members.push(at(loader.handles.principal(name), || steps!["administrativeUnits", place, "members", nth])?.id);
    }
    let display_name = entry.display_name.as_ref().unwrap_or(&entry.name);
    let unit = AdministrativeUnit {
        description: entry.description.clone(),
        is_member_management_restricted: entry.restricted,
        members,
        ..AdministrativeUnit::new(id, display_name, loader.begin)
    };
    let command = Command::CreateAdministrativeUnit(unit);
    loader.issue(loader.begin, &command, || steps!["administrativeUnits", place]).map(drop)
}

fn make_role(loader: &mut Loader<'_>, place: usize, entry: &CustomRoleEntry) -> Result<(), Fault> {
    let id = RoleDefinitionId(entry.id.unwrap_or_default());
    let display_name = entry.display_name.clone().unwrap_or_else(|| entry.name.clone());
    let role = RoleDefinition {
        id,
        template_id: id,
        display_name: display_name.clone(),
        description: entry.description.clone().unwrap_or_default(),
        is_built_in: false,
        is_enabled: true,
        is_privileged: false,
        administrative_unit_scope: true,
        object_scope: true,
        allowed_resource_actions: entry.actions.clone(),
        version: None,
    };
    let command = Command::CreateRoleDefinition(role);
    let outcome = loader.issue(loader.begin, &command, || steps!["customRoles", place])?;
    let id = outcome.role.unwrap_or(id);
    loader.roles_named.insert(id);
    at(loader.handles.add_role(&entry.name, &display_name, id), || steps!["customRoles", place, "name"])
}

/// The name with a capital.
fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
