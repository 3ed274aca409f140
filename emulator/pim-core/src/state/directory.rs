//! The directory as it is held.

use super::index::Index;
use super::slab::{Identified, Slab, Slot};
use crate::id::{
    AdministrativeUnitId, AppRoleAssignmentId, ApplicationId, ClientId, PermissionGrantId, PrincipalId,
    RoleDefinitionId,
};
use crate::model::{
    AdministrativeUnit, AppRoleAssignment, Application, DeletedApplication, PermissionGrant, Principal, PrincipalKind,
    RoleDefinition, ServicePrincipal,
};
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
    members: Index,
    member_of: Index,
    owners: Index,
    owner_of: Index,
    pub(crate) applications: BTreeMap<ApplicationId, Application>,
    pub(crate) deleted_applications: BTreeMap<ApplicationId, DeletedApplication>,
    pub(crate) app_role_assignments: BTreeMap<AppRoleAssignmentId, AppRoleAssignment>,
    pub(crate) permission_grants: BTreeMap<PermissionGrantId, PermissionGrant>,
    /// The built-in roles that are listed among those in use although nobody may hold them.
    pub(crate) activated_roles: BTreeSet<RoleDefinitionId>,
    pub(crate) administrative_units: BTreeMap<AdministrativeUnitId, AdministrativeUnit>,
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

    /// The principals of a kind, from a place on.
    pub(crate) fn of_kind(&self, kind: PrincipalKind, first: Slot) -> impl Iterator<Item = (Slot, &Principal)> {
        self.by_kind
            .range((kind, first)..=(kind, Slot::MAX))
            .filter_map(|(_, slot)| self.at(*slot).map(|principal| (*slot, principal)))
    }

    /// Adds a principal, or brings back one that was deleted.
    pub(crate) fn insert(&mut self, principal: Principal) {
        let (id, kind) = (principal.id(), principal.kind());
        let name = match &principal {
            Principal::User(user) => Some(user.user_principal_name.to_lowercase()),
            Principal::Group(_) | Principal::ServicePrincipal(_) => None,
        };
        let client = match &principal {
            Principal::ServicePrincipal(principal) => Some(principal.app_id),
            Principal::User(_) | Principal::Group(_) => None,
        };
        let record = PrincipalRecord { id, object: Some(principal), name: None };
        let slot = match self.slot(id) {
            // It was deleted and comes back.
            Some(slot) => {
                if let Some(gone) = self.principals.get_mut(slot) {
                    *gone = record;
                }
                slot
            }
            None => self.principals.insert(record),
        };
        self.by_kind.insert((kind, slot));
        if let Some(name) = name {
            self.by_name.insert(name, slot);
        }
        if let Some(client) = client {
            self.by_client.insert(client, slot);
        }
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

    /// The name that a user signs in with, or did.
    pub(crate) fn user_principal_name(&self, id: PrincipalId) -> Option<&str> {
        let record = self.principals.get(self.slot(id)?)?;
        match (&record.object, &record.name) {
            (Some(Principal::User(user)), _) => Some(&user.user_principal_name),
            (Some(Principal::Group(_) | Principal::ServicePrincipal(_)), _) | (None, None) => None,
            (None, Some(name)) => name.user_principal_name.as_deref(),
        }
    }

    /// Forgets a principal but for its id.
    pub(crate) fn remove(&mut self, id: PrincipalId) {
        let Some(slot) = self.slot(id) else { return };
        let Some(record) = self.principals.get_mut(slot) else { return };
        let Some(principal) = record.object.take() else { return };
        record.name = Some(Box::new(GoneName {
            display_name: principal.display_name().to_owned(),
            user_principal_name: match &principal {
                Principal::User(user) => Some(user.user_principal_name.clone()),
                Principal::Group(_) | Principal::ServicePrincipal(_) => None,
            },
        }));
        self.by_kind.remove(&(principal.kind(), slot));
        match principal {
            Principal::User(user) => {
                self.by_name.remove(&user.user_principal_name.to_lowercase());
            }
            Principal::ServicePrincipal(principal) => {
                self.by_client.remove(&principal.app_id);
            }
            Principal::Group(_) => {}
        }
        for group in self.groups_of(slot) {
            self.set_member(group, slot, false);
        }
        for member in self.members_of(slot) {
            self.set_member(slot, member, false);
        }
        let owned: Vec<_> = self.owner_of.of(slot, 0).map(|group| (group, slot)).collect();
        let owners: Vec<_> = self.owners.of(slot, 0).map(|owner| (slot, owner)).collect();
        for (group, owner) in owned.into_iter().chain(owners) {
            self.set_owner(group, owner, false);
        }
        for unit in self.administrative_units.values_mut() {
            unit.members.retain(|member| *member != id);
        }
        self.forget_owner(id);
        let comes_back = |it: &DeletedApplication| it.service_principal.as_ref().is_some_and(|it| it.id == id);
        if !self.deleted_applications.values().any(comes_back) {
            self.forget_grants(id);
        }
    }

    /// Takes somebody from among the owners of applications and service principals.
    fn forget_owner(&mut self, id: PrincipalId) {
        for application in self.applications.values_mut() {
            application.owners.retain(|owner| *owner != id);
        }
        let kind = PrincipalKind::ServicePrincipal;
        let slots: Vec<_> = self.by_kind.range((kind, 0)..=(kind, Slot::MAX)).map(|(_, slot)| *slot).collect();
        for slot in slots {
            if let Some(Some(Principal::ServicePrincipal(principal))) =
                self.principals.get_mut(slot).map(|record| record.object.as_mut())
            {
                principal.owners.retain(|owner| *owner != id);
            }
        }
    }

    /// Takes away what a principal was permitted, and what others were permitted of it.
    pub(crate) fn forget_grants(&mut self, id: PrincipalId) {
        self.app_role_assignments.retain(|_, it| it.principal != id && it.resource != id);
        self.permission_grants.retain(|_, it| it.client != id && it.resource != id && it.principal != Some(id));
    }

    /// Puts another service principal in the place of the one with its id.
    pub(crate) fn set_service_principal(&mut self, principal: ServicePrincipal) {
        let Some(record) = self.slot(principal.id).and_then(|slot| self.principals.get_mut(slot)) else { return };
        if record.object.is_some() {
            record.object = Some(Principal::ServicePrincipal(principal));
        }
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

    /// Every membership, as group and member.
    pub(crate) fn memberships(&self) -> impl Iterator<Item = (Slot, Slot)> {
        self.members.pairs()
    }

    /// Every ownership, as group and owner.
    pub(crate) fn ownerships(&self) -> impl Iterator<Item = (Slot, Slot)> {
        self.owners.pairs()
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
