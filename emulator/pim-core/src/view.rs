//! Reading the state as of an instant.
//!
//! A view compares windows with its own `now`: what has ended is gone from it even while a jump of the clock is still
//! retiring the rest.

mod azure;
mod things;

pub use things::Things;

use crate::behaviour::Behaviour;
use crate::command::Actor;
use crate::decide::directory::roles_in_use;
use crate::decide::{authority, conditional_access, review};
use crate::family::{self, azure_roles, groups};
use crate::id::{
    AdministrativeUnitId, ApplicationId, ClientId, ConditionalAccessPolicyId, PrincipalId, RequestId, RoleDefinitionId,
    ScheduleId,
};
use crate::model::conditional_access::{
    AuthenticationContext, AuthenticationContextId, ConditionalAccessPolicy, ContextDemand,
};
use crate::model::{
    AdministrativeUnit, AppRoleAssignment, Application, Approval, AssignmentKind, CreatedBy, DeletedApplication,
    Family, Group, GroupAccess, PermissionGrant, Policy, PolicySubject, Principal, PrincipalKind, Privilege,
    RequestStatus, Resource, RoleDefinition, Schedule, ScheduleRequest, ServicePrincipal, Tenant, User, built_in_roles,
};
use crate::rejection::Rejection;
use crate::state::{RequestRecord, ScheduleRecord, Slot, State};
use crate::time::Instant;
use std::collections::BTreeSet;

crate::implements![
    "MOD-6", "MOD-8", "MOD-9", "MOD-10", "MOD-21", "REQ-26", "REQ-27", "REQ-28", "PRI-9", "ASG-30", "LAT-6", "LAT-10",
    "APR-21"
];

/// What a reader looks for: answered from an index, not by looking at everything.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum By {
    /// Everything.
    Anything,
    /// What concerns a principal.
    Principal(PrincipalId),
    /// What concerns a principal or one of the groups that it is in, also by way of others, of the privileges of Azure
    /// (REQ-28).
    Target(PrincipalId),
    /// What concerns a directory role at any scope, a group in either relation, or any role at one scope of Azure.
    Resource(Resource),
    /// The requests that a principal made. For schedules: nothing.
    Creator(PrincipalId),
    /// The requests that a user may decide, or might have (APR-21). For schedules: nothing.
    Approver(PrincipalId),
}

/// A policy with what is known of its last change.
#[derive(Clone, Copy, Debug)]
pub struct PolicyView<'a> {
    /// Whose it is.
    pub subject: PolicySubject,
    /// What it says.
    pub policy: &'a Policy,
    /// When it was last changed, and by whom; `None` while it is the default.
    pub modified: Option<(Instant, CreatedBy)>,
    /// How often it was changed (POL-17).
    pub revision: u32,
}

/// The state as of an instant.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    state: &'a State,
    now: Instant,
}

impl<'a> View<'a> {
    pub(crate) const fn new(state: &'a State, now: Instant) -> Self {
        Self { state, now }
    }

    /// The instant.
    #[must_use]
    pub const fn now(self) -> Instant {
        self.now
    }

    /// The tenant; `None` before it was made.
    #[must_use]
    pub const fn tenant(self) -> Option<&'a Tenant> {
        self.state.tenant.as_ref()
    }

    /// The switches.
    #[must_use]
    pub const fn behaviour(self) -> &'a Behaviour {
        &self.state.behaviour
    }

    /// Whether the tenant may use PIM (LIC-9).
    ///
    /// # Errors
    /// [`Rejection::LicenseRequired`] when it may not.
    pub fn licensed(self) -> Result<(), Rejection> {
        authority::licensed(self.state)
    }

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

    /// The built-in roles that are in use: somebody holds them for the whole tenant, or they were asked to be listed.
    pub fn roles_in_use(self) -> impl Iterator<Item = &'static RoleDefinition> {
        built_in_roles().iter().filter(move |role| roles_in_use::is_in_use(self.state, self.now, role.id))
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

    /// Whether PIM manages a group (GRP-9).
    #[must_use]
    pub fn is_onboarded(self, group: PrincipalId) -> bool {
        self.state.directory.slot(group).is_some_and(|slot| self.state.directory.onboarded.contains_key(&slot))
    }

    /// Since when PIM manages a group.
    #[must_use]
    pub fn onboarded_since(self, group: PrincipalId) -> Option<Instant> {
        let since = self.state.directory.onboarded.get(&self.state.directory.slot(group)?);
        since.copied().filter(|since| *since != Instant::FIRST)
    }

    /// The groups that PIM manages.
    pub fn onboarded_groups(self) -> impl Iterator<Item = &'a Group> {
        self.state.directory.onboarded.keys().filter_map(move |slot| match self.state.directory.at(*slot)? {
            Principal::Group(group) => Some(group),
            Principal::User(_) | Principal::ServicePrincipal(_) => None,
        })
    }

    /// Whether PIM can manage a group.
    ///
    /// # Errors
    /// Why not: there is no such group, or it is decided elsewhere who is in it (GRP-4, GRP-5, GRP-6).
    pub fn manageable(self, group: PrincipalId) -> Result<(), Rejection> {
        groups::can_be_managed(self.state, group)
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

    /// A role definition, built in or the tenant's own.
    #[must_use]
    pub fn role(self, id: RoleDefinitionId) -> Option<&'a RoleDefinition> {
        self.state.role(id)
    }

    /// Every role definition: the built-in ones, then the tenant's own.
    pub fn roles(self) -> impl Iterator<Item = &'a RoleDefinition> {
        built_in_roles().iter().chain(self.state.directory.custom_roles.values())
    }

    /// The roles that a principal holds for the whole tenant, its own and those of its role-assignable groups (GRP-20).
    #[must_use]
    pub fn active_roles(self, principal: PrincipalId) -> Vec<RoleDefinitionId> {
        authority::active_roles(self.state, self.now, principal)
    }

    /// Whether somebody may change assignments and settings of a privilege (AUT-1, AUT-10, AUT-11).
    ///
    /// # Errors
    /// [`Rejection::NotPermitted`] when not.
    pub fn may_manage(self, actor: Actor, privilege: Privilege) -> Result<(), Rejection> {
        authority::may_manage(self.state, self.now, actor, family::managers(self.state, privilege))
    }

    /// Whether a user may read what PIM knows of a group: assignments, requests and settings (AUT-10, AUT-11).
    #[must_use]
    pub fn may_read_group(self, user: PrincipalId, group: PrincipalId) -> bool {
        !self.behaviour().permission_enforcement || groups::may_read(self.state, self.now, user, group)
    }

    /// Whether a user holds a role with which it may read some groups.
    #[must_use]
    pub fn may_read_some_groups(self, user: PrincipalId) -> bool {
        !self.behaviour().permission_enforcement || groups::may_read_some(self.state, self.now, user)
    }

    /// Whether a user may read the assignments of everybody (AUT-2).
    #[must_use]
    pub fn may_read_assignments(self, user: PrincipalId) -> bool {
        !self.behaviour().permission_enforcement
            || authority::holds_any(self.state, self.now, user, &authority::READERS)
    }

    /// Whether a user may read the audit log.
    #[must_use]
    pub fn may_read_audit_log(self, user: PrincipalId) -> bool {
        !self.behaviour().permission_enforcement
            || authority::holds_any(self.state, self.now, user, &authority::AUDITORS)
    }

    /// Whether a user may read Conditional Access.
    #[must_use]
    pub fn may_read_conditional_access(self, user: PrincipalId) -> bool {
        !self.behaviour().permission_enforcement
            || authority::holds_any(self.state, self.now, user, &conditional_access::READERS)
    }

    /// A schedule that lies in the present or future.
    #[must_use]
    pub fn schedule(self, id: ScheduleId) -> Option<Schedule> {
        let record = self.state.schedules.records.get(self.state.schedule_slot(id)?)?;
        let is_there = record.is_live(self.now) && self.has_replicated(record.created);
        is_there.then(|| self.state.schedule(record))
    }

    /// Whether something that was made at `created` can be found by its id by now (LAT-10).
    #[must_use]
    pub fn has_replicated(self, created: Instant) -> bool {
        self.state.has_replicated(self.now, created)
    }

    /// The policy of a subject; `None` when there is no such role or group.
    #[must_use]
    pub fn policy(self, subject: PolicySubject) -> Option<PolicyView<'a>> {
        family::exists(self.state, subject.privilege()).ok()?;
        let changed = self.state.policies.changed(subject);
        Some(PolicyView {
            subject,
            policy: self.state.policies.of(subject, &self.state.behaviour),
            modified: changed.map(|it| (it.modified, it.modified_by)),
            revision: self.state.policies.revision(subject),
        })
    }

    /// Whether an actor may change a policy, there or not (POL-22).
    ///
    /// # Errors
    /// [`Rejection::NotPermitted`].
    pub fn may_change_policy(self, actor: Actor, subject: PolicySubject) -> Result<(), Rejection> {
        authority::may_manage(self.state, self.now, actor, family::policy_managers(self.state, subject))
    }

    /// The approval of a request.
    #[must_use]
    pub fn approval(self, request: RequestId) -> Option<Approval> {
        let (slot, record) = self.state.request_record(request)?;
        let approval = self.state.approvals.get(slot).filter(|_| self.has_replicated(record.created))?;
        self.state.approval(slot, approval)
    }

    /// Whether a request waits, or waited, for an approver.
    #[must_use]
    pub fn has_approval(self, request: RequestId) -> bool {
        self.state.request_record(request).is_some_and(|(slot, _)| self.state.approvals.get(slot).is_some())
    }

    /// Whether a user may decide on a request that waits.
    #[must_use]
    pub fn is_approver(self, user: PrincipalId, request: RequestId) -> bool {
        review::is_approver(self.state, self.now, user, request)
    }

    /// Every Conditional Access policy, in the order of ids.
    pub fn conditional_access_policies(self) -> impl Iterator<Item = &'a ConditionalAccessPolicy> {
        self.state.conditional_access.policies.values()
    }

    /// A Conditional Access policy.
    #[must_use]
    pub fn conditional_access_policy(self, id: ConditionalAccessPolicyId) -> Option<&'a ConditionalAccessPolicy> {
        self.state.conditional_access.policies.get(&id)
    }

    /// Every authentication context, in the order of ids.
    pub fn authentication_contexts(self) -> impl Iterator<Item = &'a AuthenticationContext> {
        self.state.conditional_access.contexts.values()
    }

    /// What PIM asks of a user for an authentication context (MFA-5, MFA-6, MFA-7).
    #[must_use]
    pub fn context_demand(self, user: PrincipalId, context: AuthenticationContextId) -> ContextDemand {
        conditional_access::demand(self.state, self.now, user, context)
    }

    /// Whether a sign-in of a user satisfies an authentication context (MFA-5): every enabled policy that asks for it of that
    /// user is met.
    #[must_use]
    pub fn satisfies_context(self, user: PrincipalId, context: AuthenticationContextId, has_mfa: bool) -> bool {
        conditional_access::is_satisfied(self.state, self.now, user, context, has_mfa)
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

    /// The schedules of one side that lie in the present or future, after a key, in the order of keys.
    pub fn schedules(self, side: AssignmentKind, by: By, after: Option<u64>) -> impl Iterator<Item = (u64, Schedule)> {
        self.schedule_records(by, after)
            .filter(move |(_, record)| {
                record.side() == side && record.is_live(self.now) && self.is_listed(record.created)
            })
            .map(move |(slot, record)| (u64::from(slot), self.state.schedule(record)))
    }

    /// Those whose window is open: the instances (MOD-5, MOD-6). On the side of assignments each is a role assignment
    /// (MOD-8); eligibilities never are (MOD-9).
    pub fn instances(self, side: AssignmentKind, by: By, after: Option<u64>) -> impl Iterator<Item = (u64, Schedule)> {
        self.schedule_records(by, after)
            .filter(move |(_, record)| record.side() == side && record.is_open(self.now))
            .filter(move |(_, record)| self.is_listed(record.created.max(record.start)))
            .map(move |(slot, record)| (u64::from(slot), self.state.schedule(record)))
    }

    /// A request that has not been purged.
    #[must_use]
    pub fn request(self, id: RequestId) -> Option<ScheduleRequest> {
        let (_, record) = self.state.request_record(id)?;
        self.has_replicated(record.created).then(|| self.read_request(record))
    }

    /// The requests of one side after a key, in the order of keys.
    pub fn requests(
        self,
        side: AssignmentKind,
        by: By,
        after: Option<u64>,
    ) -> impl Iterator<Item = (u64, ScheduleRequest)> {
        self.request_records(by, after)
            .filter(move |(_, record)| record.side == side && self.is_listed(record.created))
            .map(move |(slot, record)| (u64::from(slot), self.read_request(record)))
    }

    /// Whether lists show something that came about at `since` by now (LAT-6).
    fn is_listed(self, since: Instant) -> bool {
        self.state.is_listed(self.now, since)
    }

    /// How many schedules and requests are held, for those who measure.
    #[must_use]
    pub fn sizes(self) -> (usize, usize) {
        (self.state.schedules.records.len(), self.state.requests.records.len())
    }

    /// A request as it stands at this instant: one whose start has come reads so even before a jump has come to it.
    fn read_request(self, record: &RequestRecord) -> ScheduleRequest {
        let mut request = self.state.request(record);
        let schedule = || self.state.schedules.records.get(self.state.schedule_slot(request.id.into())?);
        if self.state.becomes_provisioned(request.status) && schedule().is_some_and(|it| it.start <= self.now) {
            request.status = RequestStatus::Provisioned;
        }
        request
    }

    fn schedule_records(self, by: By, after: Option<u64>) -> Box<dyn Iterator<Item = (Slot, &'a ScheduleRecord)> + 'a> {
        let Self { state, .. } = self;
        let first = first(after);
        match by {
            By::Anything => Box::new(state.schedules.records.from(first)),
            By::Principal(id) => {
                let slots = state.directory.slot(id).map_or(&[][..], |slot| state.schedules.of_principal(slot));
                Box::new(state.schedules.at(slots).filter(move |(slot, _)| *slot >= first))
            }
            By::Target(id) => {
                let held = azure_roles::holders(state, self.now, id).flat_map(|it| state.schedules.of_principal(it));
                let mut slots: Vec<_> = held.copied().filter(|slot| *slot >= first).collect();
                slots.sort_unstable();
                let records =
                    slots.into_iter().filter_map(|it| state.schedules.records.get(it).map(|record| (it, record)));
                Box::new(records.filter(|(_, record)| is_of_azure(state, record.privilege)))
            }
            By::Resource(resource) => {
                let slots = merged(state, resource, |privilege| state.schedules.of_privilege(privilege, first));
                Box::new(slots.filter_map(|slot| state.schedules.records.get(slot).map(|record| (slot, record))))
            }
            By::Creator(_) | By::Approver(_) => Box::new(std::iter::empty()),
        }
    }

    fn request_records(self, by: By, after: Option<u64>) -> Box<dyn Iterator<Item = (Slot, &'a RequestRecord)> + 'a> {
        let Self { state, .. } = self;
        let first = first(after);
        let at = move |slot: Slot| state.requests.records.get(slot).map(|record| (slot, record));
        match by {
            By::Anything => Box::new(state.requests.records.from(first)),
            By::Principal(id) => {
                let slots = state.directory.slot(id).map_or(&[][..], |slot| state.requests.of_principal(slot));
                Box::new(slots.iter().copied().filter(move |slot| *slot >= first).filter_map(at))
            }
            By::Target(id) => {
                let about = azure_roles::holders(state, self.now, id).flat_map(|it| state.requests.of_principal(it));
                let mut slots: Vec<_> = about.copied().filter(|slot| *slot >= first).collect();
                slots.sort_unstable();
                Box::new(slots.into_iter().filter_map(at).filter(|(_, record)| is_of_azure(state, record.privilege)))
            }
            By::Resource(resource) => Box::new(
                merged(state, resource, |privilege| state.requests.of_privilege(privilege, first)).filter_map(at),
            ),
            By::Creator(id) => match state.directory.slot(id) {
                Some(slot) => Box::new(state.requests.of_creator(slot, first).filter_map(at)),
                None => Box::new(std::iter::empty()),
            },
            By::Approver(id) => Box::new(review::of_approver(state, self.now, id, first).into_iter().filter_map(at)),
        }
    }
}

fn is_of_azure(state: &State, privilege: Slot) -> bool {
    state.privileges.get(privilege).family() == Family::AzureRoles
}

/// The first place after a key.
fn first(after: Option<u64>) -> Slot {
    after.map_or(0, |key| Slot::try_from(key.saturating_add(1)).unwrap_or(Slot::MAX))
}

/// What concerns a resource, at whichever scope, in the order of places. Most roles are held at one scope only, and then
/// nothing has to be sorted.
fn merged<'a, I: Iterator<Item = Slot> + 'a>(
    state: &'a State,
    resource: Resource,
    of: impl Fn(Slot) -> I,
) -> Box<dyn Iterator<Item = Slot> + 'a> {
    match state.privileges.of(resource) {
        [] => Box::new(std::iter::empty()),
        [privilege] => Box::new(of(*privilege)),
        privileges => {
            let mut slots: Vec<_> = privileges.iter().flat_map(|privilege| of(*privilege)).collect();
            slots.sort_unstable();
            Box::new(slots.into_iter())
        }
    }
}
