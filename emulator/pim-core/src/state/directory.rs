//! The directory as it is held.

use super::deleted::{DeletedPrincipal, DeletedPrincipals};
use super::index::Index;
use super::slab::{Identified, Slab, Slot};
use super::things::{Thing, Things};
use super::units::AdministrativeUnits;
use crate::id::{AppRoleAssignmentId, ApplicationId, ClientId, PermissionGrantId, PrincipalId, RoleDefinitionId};
use crate::model::{
    AppRoleAssignment, Application, DeletedApplication, GroupAccess, PermissionGrant, Principal, PrincipalKind,
    RoleDefinition,
};
use crate::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A principal, or the memory of one: requests go on naming who is gone.
#[derive(Clone, Debug)]
pub(crate) struct PrincipalRecord {
    pub(crate) id: PrincipalId,
    pub(crate) object: Option<Principal>,
    /// What it was called, once it is gone.
    pub(crate) name: Option<Box<GoneName>>,
}

/// What a principal that is gone was called: the past goes on naming it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GoneName {
    pub(crate) display_name: String,
    pub(crate) user_principal_name: Option<String>,
    #[serde(default)]
    pub(crate) kind: Option<PrincipalKind>,
}

impl Identified for PrincipalRecord {
    fn uuid(&self) -> Uuid {
        self.id.0
    }
}

/// Users, groups, service principals, applications, administrative units and custom roles.
#[derive(Clone, Debug, Default)]
pub(crate) struct Directory {
    pub(crate) principals: Slab<PrincipalRecord>,
    by_kind: BTreeSet<(PrincipalKind, Slot)>,
    by_name: BTreeMap<String, Slot>,
    by_client: BTreeMap<ClientId, Slot>,
    by_unique_name: BTreeMap<String, Slot>,
    members: Index,
    member_of: Index,
    owners: Index,
    owner_of: Index,
    /// Who works for whom, as manager and user.
    reports: BTreeSet<(PrincipalId, Slot)>,
    /// The applications and service principals of each owner. Groups have edges.
    owned: Things,
    /// Who made what: those who held no role then.
    made: Things,
    pub(crate) deleted: DeletedPrincipals,
    /// The groups that PIM manages. What belongs to them belongs to them by a schedule (GRP-30).
    /// With the instant from which on; [`Instant::FIRST`] where nobody knows.
    pub(crate) onboarded: BTreeMap<Slot, Instant>,
    applications: BTreeMap<ApplicationId, Application>,
    pub(crate) deleted_applications: BTreeMap<ApplicationId, DeletedApplication>,
    pub(crate) app_role_assignments: BTreeMap<AppRoleAssignmentId, AppRoleAssignment>,
    pub(crate) permission_grants: BTreeMap<PermissionGrantId, PermissionGrant>,
    /// The built-in roles that are listed among those in use although nobody may hold them.
    pub(crate) activated_roles: BTreeSet<RoleDefinitionId>,
    pub(crate) administrative_units: AdministrativeUnits,
    pub(crate) custom_roles: BTreeMap<RoleDefinitionId, RoleDefinition>,
}

impl Directory {
    /// The place of a principal, present or gone.
    pub(crate) fn slot(&self, id: PrincipalId) -> Option<Slot> {
        self.principals.find(id.0)
    }

    /// The principal at a place, unless it is gone.
    pub(crate) fn at(&self, slot: Slot) -> Option<&Principal> {
        self.principals.get(slot)?.object.as_ref()
    }

    /// The principal with an id, unless it is gone.
    pub(crate) fn get(&self, id: PrincipalId) -> Option<&Principal> {
        self.at(self.slot(id)?)
    }

    /// The id of the principal at a place.
    pub(crate) fn id(&self, slot: Slot) -> PrincipalId {
        self.principals.get(slot).map_or(PrincipalId(Uuid::nil()), |record| record.id)
    }

    /// The place of the user with that name to sign in with.
    pub(crate) fn named(&self, user_principal_name: &str) -> Option<Slot> {
        self.by_name.get(&user_principal_name.to_lowercase()).copied()
    }

    /// The place of the service principal of an application.
    pub(crate) fn client(&self, app_id: ClientId) -> Option<Slot> {
        self.by_client.get(&app_id).copied()
    }

    /// The place of the group with that unique name.
    pub(crate) fn uniquely_named(&self, unique_name: &str) -> Option<Slot> {
        self.by_unique_name.get(&unique_name.to_lowercase()).copied()
    }

    /// An application registration.
    pub(crate) fn application(&self, id: ApplicationId) -> Option<&Application> {
        self.applications.get(&id)
    }

    /// Every application registration, in the order of ids.
    pub(crate) fn applications(&self) -> impl Iterator<Item = &Application> {
        self.applications.values()
    }

    /// Adds an application registration, or puts it in the place of the one with its id.
    pub(crate) fn set_application(&mut self, application: Application) {
        self.take_application(application.id);
        let thing = Thing::Application(application.id);
        self.owned.insert(application.owners.iter().copied(), thing);
        self.made.insert(application.creator, thing);
        self.applications.insert(application.id, application);
    }

    /// Takes an application registration away.
    pub(crate) fn take_application(&mut self, id: ApplicationId) -> Option<Application> {
        let application = self.applications.remove(&id)?;
        let thing = Thing::Application(id);
        self.owned.remove(application.owners.iter().copied(), thing);
        self.made.remove(application.creator, thing);
        Some(application)
    }

    /// The applications and service principals that somebody owns.
    pub(crate) fn things_of(&self, owner: PrincipalId) -> impl Iterator<Item = Thing> {
        self.owned.of(owner)
    }

    /// The groups, service principals and applications that somebody made.
    pub(crate) fn things_made_by(&self, creator: PrincipalId) -> impl Iterator<Item = Thing> {
        self.made.of(creator)
    }

    /// The principals of a kind, from a place on.
    pub(crate) fn of_kind(&self, kind: PrincipalKind, first: Slot) -> impl Iterator<Item = (Slot, &Principal)> {
        self.by_kind
            .range((kind, first)..=(kind, Slot::MAX))
            .filter_map(|(_, slot)| self.at(*slot).map(|principal| (*slot, principal)))
    }

    /// Adds a principal, or brings back one that was deleted.
    pub(crate) fn insert(&mut self, principal: Principal) {
        let id = principal.id();
        let slot = self.slot(id);
        let slot = slot.unwrap_or_else(|| self.principals.insert(PrincipalRecord { id, object: None, name: None }));
        self.put(slot, principal);
    }

    /// Puts another one of the same id and kind in the place of a principal.
    pub(crate) fn replace(&mut self, principal: Principal) {
        let Some(slot) = self.slot(principal.id()) else { return };
        if self.take(slot).is_some() {
            self.put(slot, principal);
        }
    }

    /// Puts a principal at its place, where there is none.
    fn put(&mut self, slot: Slot, principal: Principal) {
        self.by_kind.insert((principal.kind(), slot));
        match &principal {
            Principal::User(user) => {
                self.by_name.insert(user.user_principal_name.to_lowercase(), slot);
                self.reports.extend(user.manager.map(|manager| (manager, slot)));
            }
            Principal::ServicePrincipal(principal) => {
                self.by_client.insert(principal.app_id, slot);
                self.owned.insert(principal.owners.iter().copied(), Thing::Principal(slot));
                self.made.insert(principal.creator, Thing::Principal(slot));
            }
            Principal::Group(group) => {
                self.by_unique_name.extend(group.unique_name().map(|name| (name.to_lowercase(), slot)));
                self.made.insert(group.creator(), Thing::Principal(slot));
            }
        }
        if let Some(record) = self.principals.get_mut(slot) {
            record.object = Some(principal);
            record.name = None;
        }
    }

    /// Takes a principal away from its place.
    fn take(&mut self, slot: Slot) -> Option<Principal> {
        let principal = self.principals.get_mut(slot)?.object.take()?;
        self.by_kind.remove(&(principal.kind(), slot));
        match &principal {
            Principal::User(user) => {
                self.by_name.remove(&user.user_principal_name.to_lowercase());
                if let Some(manager) = user.manager {
                    self.reports.remove(&(manager, slot));
                }
            }
            Principal::ServicePrincipal(principal) => {
                self.by_client.remove(&principal.app_id);
                self.owned.remove(principal.owners.iter().copied(), Thing::Principal(slot));
                self.made.remove(principal.creator, Thing::Principal(slot));
            }
            Principal::Group(group) => {
                if let Some(name) = group.unique_name() {
                    self.by_unique_name.remove(&name.to_lowercase());
                }
                self.made.remove(group.creator(), Thing::Principal(slot));
            }
        }
        Some(principal)
    }

    /// Adds the memory of a principal that is gone.
    pub(crate) fn remember(&mut self, id: PrincipalId, name: GoneName) {
        self.principals.insert(PrincipalRecord { id, object: None, name: Some(Box::new(name)) });
    }

    /// What a principal is called, or was.
    pub(crate) fn display_name(&self, id: PrincipalId) -> Option<&str> {
        let record = self.principals.get(self.slot(id)?)?;
        match (&record.object, &record.name) {
            (Some(principal), _) => Some(principal.display_name()),
            (None, Some(name)) => Some(&name.display_name),
            (None, None) => None,
        }
    }

    /// Which of the three a principal is, or was.
    pub(crate) fn kind(&self, id: PrincipalId) -> Option<PrincipalKind> {
        let record = self.principals.get(self.slot(id)?)?;
        match (&record.object, &record.name) {
            (Some(principal), _) => Some(principal.kind()),
            (None, Some(name)) => name.kind,
            (None, None) => None,
        }
    }

    /// The name that a user signs in with, or did.
    pub(crate) fn user_principal_name(&self, id: PrincipalId) -> Option<&str> {
        let record = self.principals.get(self.slot(id)?)?;
        match (&record.object, &record.name) {
            (Some(Principal::User(user)), _) => Some(&user.user_principal_name),
            (Some(Principal::Group(_) | Principal::ServicePrincipal(_)), _) | (None, None) => None,
            (None, Some(name)) => name.user_principal_name.as_deref(),
        }
    }

    /// Deletes a principal. What it was called is remembered for good, and the principal with its edges, and with what it was
    /// permitted, for as long as it can be restored (ASG-28).
    pub(crate) fn delete(&mut self, id: PrincipalId, at: Instant) {
        let Some(slot) = self.slot(id) else { return };
        let Some(principal) = self.take(slot) else { return };
        if let Some(record) = self.principals.get_mut(slot) {
            record.name = Some(Box::new(GoneName {
                display_name: principal.display_name().to_owned(),
                user_principal_name: match &principal {
                    Principal::User(user) => Some(user.user_principal_name.clone()),
                    Principal::Group(_) | Principal::ServicePrincipal(_) => None,
                },
                kind: Some(principal.kind()),
            }));
        }
        let (members, groups) = (self.members_of(slot), self.groups_of(slot));
        let (owners, owned) = (self.owners_of(slot), self.owned_by(slot));
        let ids = |slots: &[Slot]| slots.iter().map(|slot| self.id(*slot)).collect();
        let deleted = DeletedPrincipal {
            principal,
            deleted: at,
            members: ids(&members),
            member_of: ids(&groups),
            owners: ids(&owners),
            owner_of: ids(&owned),
            units: self.administrative_units.of(id).map(|unit| unit.id).collect(),
        };
        members.into_iter().for_each(|member| self.set_member(slot, member, false));
        groups.into_iter().for_each(|group| self.set_member(group, slot, false));
        owners.into_iter().for_each(|owner| self.set_owner(slot, owner, false));
        owned.into_iter().for_each(|group| self.set_owner(group, slot, false));
        for unit in &deleted.units {
            self.administrative_units.set_member(*unit, id, false);
        }
        self.forget_owner(id);
        self.deleted.insert(deleted);
    }

    /// Forgets a deleted principal for good, and with it what it was permitted.
    pub(crate) fn purge(&mut self, id: PrincipalId) {
        if self.deleted.remove(id).is_some() {
            self.forget_grants(id);
        }
    }

    /// Brings a deleted principal back. Edges to what is deleted as well are left for it to bring back; who belongs to a group
    /// that PIM manages belongs to it by a schedule, which is made beside this. Owners that have gone since do not come back.
    pub(crate) fn restore(&mut self, id: PrincipalId) {
        let Some(slot) = self.slot(id) else { return };
        let Some(mut deleted) = self.deleted.remove(id) else { return };
        if let Principal::ServicePrincipal(principal) = &mut deleted.principal {
            principal.owners.retain(|owner| self.get(*owner).is_some());
        }
        self.put(slot, deleted.principal);
        let is_managed = self.onboarded.contains_key(&slot);
        for member in deleted.members {
            match self.other_end(member) {
                Some(_) if is_managed => {}
                Some(other) => self.set_member(slot, other, true),
                None => self.deleted.tell(member, |it| &mut it.member_of, id),
            }
        }
        for group in deleted.member_of {
            match self.other_end(group) {
                Some(other) if self.onboarded.contains_key(&other) => {}
                Some(other) => self.set_member(other, slot, true),
                None => self.deleted.tell(group, |it| &mut it.members, id),
            }
        }
        for owner in deleted.owners {
            match self.other_end(owner) {
                Some(_) if is_managed => {}
                Some(other) => self.set_owner(slot, other, true),
                None => self.deleted.tell(owner, |it| &mut it.owner_of, id),
            }
        }
        for group in deleted.owner_of {
            match self.other_end(group) {
                Some(other) if self.onboarded.contains_key(&other) => {}
                Some(other) => self.set_owner(other, slot, true),
                None => self.deleted.tell(group, |it| &mut it.owners, id),
            }
        }
        for unit in deleted.units {
            self.administrative_units.set_member(unit, id, true);
        }
    }

    /// The place of the other end of an edge, unless it is gone.
    fn other_end(&self, id: PrincipalId) -> Option<Slot> {
        self.slot(id).filter(|slot| self.at(*slot).is_some())
    }

    /// Takes somebody from among the owners of applications and service principals.
    fn forget_owner(&mut self, id: PrincipalId) {
        for thing in self.owned.of(id).collect::<Vec<_>>() {
            let owners = match thing {
                Thing::Application(application) => self.applications.get_mut(&application).map(|it| &mut it.owners),
                Thing::Principal(slot) => match self.principals.get_mut(slot).and_then(|it| it.object.as_mut()) {
                    Some(Principal::ServicePrincipal(principal)) => Some(&mut principal.owners),
                    Some(Principal::User(_) | Principal::Group(_)) | None => None,
                },
            };
            owners.into_iter().for_each(|owners| owners.retain(|owner| *owner != id));
            self.owned.remove([id], thing);
        }
    }

    /// Takes away what a principal was permitted, and what others were permitted of it.
    fn forget_grants(&mut self, id: PrincipalId) {
        self.app_role_assignments.retain(|_, it| it.principal != id && it.resource != id);
        self.permission_grants.retain(|_, it| it.client != id && it.resource != id && it.principal != Some(id));
    }

    /// Makes a principal a member of a group, or no longer.
    pub(crate) fn set_member(&mut self, group: Slot, member: Slot, is_member: bool) {
        set_edge(&mut self.members, &mut self.member_of, (group, member), is_member);
    }

    /// Makes a principal an owner of a group, or no longer.
    pub(crate) fn set_owner(&mut self, group: Slot, owner: Slot, is_owner: bool) {
        set_edge(&mut self.owners, &mut self.owner_of, (group, owner), is_owner);
    }

    /// Whether a principal is a direct member of a group.
    pub(crate) fn is_member(&self, group: Slot, member: Slot) -> bool {
        self.members.contains(group, member)
    }

    /// Whether a principal is an owner of a group.
    pub(crate) fn is_owner(&self, group: Slot, owner: Slot) -> bool {
        self.owners.contains(group, owner)
    }

    /// Whether a principal belongs to a group in one way.
    pub(crate) fn has(&self, group: Slot, principal: Slot, access: GroupAccess) -> bool {
        match access {
            GroupAccess::Member => self.is_member(group, principal),
            GroupAccess::Owner => self.is_owner(group, principal),
        }
    }

    /// Whoever belongs to a group in one way.
    pub(crate) fn those_of(&self, group: Slot, access: GroupAccess) -> Vec<Slot> {
        match access {
            GroupAccess::Member => self.members_of(group),
            GroupAccess::Owner => self.owners_of(group),
        }
    }

    /// The groups that a principal owns.
    pub(crate) fn owned_by(&self, owner: Slot) -> Vec<Slot> {
        self.owner_of.of(owner, 0).collect()
    }

    /// The direct members of a group.
    pub(crate) fn members_of(&self, group: Slot) -> Vec<Slot> {
        self.members.of(group, 0).collect()
    }

    /// The groups that a principal is a direct member of.
    pub(crate) fn groups_of(&self, member: Slot) -> Vec<Slot> {
        self.member_of.of(member, 0).collect()
    }

    /// The owners of a group.
    pub(crate) fn owners_of(&self, group: Slot) -> Vec<Slot> {
        self.owners.of(group, 0).collect()
    }

    /// The users whose manager is this one.
    pub(crate) fn reports_of(&self, manager: PrincipalId) -> impl Iterator<Item = Slot> {
        self.reports.range((manager, 0)..=(manager, Slot::MAX)).map(|(_, slot)| *slot)
    }

    /// Every membership, as group and member.
    pub(crate) fn memberships(&self) -> impl Iterator<Item = (Slot, Slot)> {
        self.members.pairs()
    }

    /// Every ownership, as group and owner.
    pub(crate) fn ownerships(&self) -> impl Iterator<Item = (Slot, Slot)> {
        self.owners.pairs()
    }
}

impl Directory {
    /// Whether the ways back to things and units lead where these say.
    pub(crate) fn indices_agree(&self) -> bool {
        let (mut owned, mut made) = (Things::default(), Things::default());
        for application in self.applications() {
            owned.insert(application.owners.iter().copied(), Thing::Application(application.id));
            made.insert(application.creator, Thing::Application(application.id));
        }
        for (slot, principal) in self.of_kind(PrincipalKind::ServicePrincipal, 0) {
            if let Principal::ServicePrincipal(principal) = principal {
                owned.insert(principal.owners.iter().copied(), Thing::Principal(slot));
                made.insert(principal.creator, Thing::Principal(slot));
            }
        }
        let mut names = BTreeMap::new();
        for (slot, principal) in self.of_kind(PrincipalKind::Group, 0) {
            if let Principal::Group(group) = principal {
                names.extend(group.unique_name().map(|name| (name.to_lowercase(), slot)));
                made.insert(group.creator(), Thing::Principal(slot));
            }
        }
        (&owned, &made, &names) == (&self.owned, &self.made, &self.by_unique_name)
            && self.administrative_units.indices_agree()
    }
}

/// Keeps the two directions of an edge the same.
fn set_edge(there: &mut Index, back: &mut Index, (from, to): (Slot, Slot), present: bool) {
    if present {
        there.insert(from, to);
        back.insert(to, from);
    } else {
        there.remove(from, to);
        back.remove(to, from);
    }
}
