//! Reading the directory: principals, memberships, applications and units.

use super::View;
use super::records::first;
use crate::id::{AdministrativeUnitId, ApplicationId, ClientId, PrincipalId};
use crate::model::{
    AdministrativeUnit, AppRoleAssignment, Application, DeletedApplication, Group, GroupAccess, PermissionGrant,
    Principal, PrincipalKind, ServicePrincipal, SignInActivity, User,
};
use crate::state::Slot;
use crate::time::Instant;
use std::collections::BTreeSet;

impl<'a> View<'a> {
    /// A principal.
    #[must_use]
    pub fn principal(self, id: PrincipalId) -> Option<&'a Principal> {
        self.state.directory.get(id)
    }

    /// A user.
    #[must_use]
    pub fn user(self, id: PrincipalId) -> Option<&'a User> {
        match self.principal(id)? {
            Principal::User(user) => Some(user),
            Principal::Group(_) | Principal::ServicePrincipal(_) => None,
        }
    }

    /// When an account was last used (REV-8, ALR-17).
    #[must_use]
    pub fn sign_in_activity(self, id: PrincipalId) -> SignInActivity {
        self.state.sign_ins.activity(id)
    }

    /// A group.
    #[must_use]
    pub fn group(self, id: PrincipalId) -> Option<&'a Group> {
        match self.principal(id)? {
            Principal::Group(group) => Some(group),
            Principal::User(_) | Principal::ServicePrincipal(_) => None,
        }
    }

    /// A service principal.
    #[must_use]
    pub fn service_principal(self, id: PrincipalId) -> Option<&'a ServicePrincipal> {
        match self.principal(id)? {
            Principal::ServicePrincipal(principal) => Some(principal),
            Principal::User(_) | Principal::Group(_) => None,
        }
    }

    /// The user that signs in with that name, in any case.
    #[must_use]
    pub fn user_named(self, user_principal_name: &str) -> Option<&'a User> {
        match self.state.directory.at(self.state.directory.named(user_principal_name)?)? {
            Principal::User(user) => Some(user),
            Principal::Group(_) | Principal::ServicePrincipal(_) => None,
        }
    }

    /// The service principal of an application.
    #[must_use]
    pub fn service_principal_of(self, app_id: ClientId) -> Option<&'a ServicePrincipal> {
        match self.state.directory.at(self.state.directory.client(app_id)?)? {
            Principal::ServicePrincipal(principal) => Some(principal),
            Principal::User(_) | Principal::Group(_) => None,
        }
    }

    /// The application with that client id.
    #[must_use]
    pub fn application(self, app_id: ClientId) -> Option<&'a Application> {
        self.applications().find(|application| application.app_id == app_id)
    }

    /// Every application.
    pub fn applications(self) -> impl Iterator<Item = &'a Application> {
        self.state.directory.applications()
    }

    /// An application by its object id.
    #[must_use]
    pub fn application_with_id(self, id: ApplicationId) -> Option<&'a Application> {
        self.state.directory.application(id)
    }

    /// Every application that was deleted and can be brought back.
    pub fn deleted_applications(self) -> impl Iterator<Item = &'a DeletedApplication> {
        self.state.directory.deleted_applications.values()
    }

    /// Every app role that somebody who is there was given, in the order of ids.
    pub fn app_role_assignments(self) -> impl Iterator<Item = &'a AppRoleAssignment> {
        let is_there = move |id: PrincipalId| self.principal(id).is_some();
        let all = self.state.directory.app_role_assignments.values();
        all.filter(move |it| is_there(it.principal) && is_there(it.resource))
    }

    /// Everything that clients may do in the name of users, in the order of ids.
    pub fn permission_grants(self) -> impl Iterator<Item = &'a PermissionGrant> {
        let is_there = move |id: PrincipalId| self.principal(id).is_some();
        let all = self.state.directory.permission_grants.values();
        all.filter(move |it| is_there(it.client) && is_there(it.resource) && it.principal.is_none_or(is_there))
    }

    /// What tokens of a service principal for an application say that it may do there: what it was made with, where that is
    /// Microsoft Graph, and what it was given.
    #[must_use]
    pub fn app_roles(self, principal: &'a ServicePrincipal, resource: ClientId) -> Vec<&'a str> {
        let made_with = (resource == ClientId::MICROSOFT_GRAPH).then_some(&principal.app_roles).into_iter().flatten();
        let resource = self.service_principal_of(resource).map(|it| it.id);
        let given = (self.app_role_assignments())
            .filter(|it| it.principal == principal.id && Some(it.resource) == resource)
            .filter_map(|it| it.value.as_deref());
        let mut roles: Vec<_> = made_with.map(String::as_str).chain(given).collect();
        let mut seen = BTreeSet::new();
        roles.retain(|role| seen.insert(*role));
        roles
    }

    /// The principals of a kind after a key, in the order of keys.
    pub fn principals(self, kind: PrincipalKind, after: Option<u64>) -> impl Iterator<Item = (u64, &'a Principal)> {
        self.state.directory.of_kind(kind, first(after)).map(|(slot, principal)| (u64::from(slot), principal))
    }

    /// How many principals of a kind there are.
    #[must_use]
    pub fn count(self, kind: PrincipalKind) -> usize {
        self.principals(kind, None).count()
    }

    /// The direct members of a group.
    #[must_use]
    pub fn members(self, group: PrincipalId) -> Vec<&'a Principal> {
        self.edges(group, |slot| self.belonging(slot, GroupAccess::Member))
    }

    /// The owners of a group.
    #[must_use]
    pub fn owners(self, group: PrincipalId) -> Vec<&'a Principal> {
        self.edges(group, |slot| self.belonging(slot, GroupAccess::Owner))
    }

    fn belonging(self, group: Slot, access: GroupAccess) -> Vec<Slot> {
        let mut slots = self.state.directory.those_of(group, access);
        slots.retain(|slot| self.state.belongs(self.now, group, *slot, access));
        slots
    }

    /// The groups that a principal is a direct member of.
    #[must_use]
    pub fn groups_of(self, member: PrincipalId) -> Vec<&'a Principal> {
        self.edges(member, |slot| self.state.groups_of(self.now, slot).collect())
    }

    /// The groups that a principal owns.
    #[must_use]
    pub fn groups_owned_by(self, owner: PrincipalId) -> Vec<&'a Principal> {
        self.edges(owner, |slot| {
            let mut groups = self.state.directory.owned_by(slot);
            groups.retain(|group| self.state.belongs(self.now, *group, slot, GroupAccess::Owner));
            groups
        })
    }

    /// The users whose manager is this one.
    #[must_use]
    pub fn reports_of(self, manager: PrincipalId) -> Vec<&'a Principal> {
        self.state.directory.reports_of(manager).filter_map(|slot| self.state.directory.at(slot)).collect()
    }

    /// Where a principal, present or gone, stands in the order of keys.
    #[must_use]
    pub fn key(self, id: PrincipalId) -> Option<u64> {
        self.state.directory.slot(id).map(u64::from)
    }

    /// A principal that was deleted and can be restored, and when it was deleted (ASG-28).
    #[must_use]
    pub fn deleted(self, id: PrincipalId) -> Option<(&'a Principal, Instant)> {
        self.state.directory.deleted.get(id).map(|it| (&it.principal, it.deleted))
    }

    /// Those of a kind, in the order of ids.
    pub fn all_deleted(self, kind: PrincipalKind) -> impl Iterator<Item = (&'a Principal, Instant)> {
        self.state.directory.deleted.of_kind(kind).map(|it| (&it.principal, it.deleted))
    }

    /// The groups that a deleted principal was a direct member of.
    pub fn was_member_of(self, deleted: PrincipalId) -> impl Iterator<Item = PrincipalId> + use<'a> {
        self.state.directory.deleted.get(deleted).into_iter().flat_map(|it| it.member_of.iter().copied())
    }

    /// Which of the three a principal is, or was before it was deleted.
    #[must_use]
    pub fn kind_of(self, id: PrincipalId) -> Option<PrincipalKind> {
        self.state.directory.kind(id)
    }

    fn edges(self, from: PrincipalId, edges: impl Fn(Slot) -> Vec<Slot>) -> Vec<&'a Principal> {
        let slots = self.state.directory.slot(from).map(edges).unwrap_or_default();
        slots.into_iter().filter_map(|slot| self.state.directory.at(slot)).collect()
    }

    /// Every administrative unit, in the order of ids.
    pub fn administrative_units(self) -> impl Iterator<Item = &'a AdministrativeUnit> {
        self.state.directory.administrative_units.all()
    }

    /// An administrative unit.
    #[must_use]
    pub fn administrative_unit(self, id: AdministrativeUnitId) -> Option<&'a AdministrativeUnit> {
        self.state.directory.administrative_units.get(id)
    }

    /// What a principal is called, or was called before it was deleted.
    #[must_use]
    pub fn name_of(self, principal: PrincipalId) -> Option<&'a str> {
        self.state.directory.display_name(principal)
    }

    /// The name that a user signs in with, or did before it was deleted.
    #[must_use]
    pub fn user_principal_name_of(self, user: PrincipalId) -> Option<&'a str> {
        self.state.directory.user_principal_name(user)
    }
}
