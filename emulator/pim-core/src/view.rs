//! Reading the state as of an instant.
//!
//! A view compares windows with its own `now`: what has ended is gone from it even while a jump of the clock is still
//! retiring the rest.

mod access_reviews;
pub(crate) mod alerts;
mod azure;
mod conditional_access;
mod directory;
pub(crate) mod records;
mod rights;
mod things;

pub use alerts::AlertView;
pub use records::By;
pub use things::Things;

use crate::behaviour::Behaviour;
use crate::decide::directory::roles_in_use;
use crate::decide::{authority, review};
use crate::family::{self, groups};
use crate::id::{PrincipalId, RequestId, RoleDefinitionId};
use crate::model::{
    Approval, CreatedBy, Group, Policy, PolicySubject, Principal, RoleDefinition, Tenant, built_in_roles,
};
use crate::rejection::Rejection;
use crate::replica::Replica;
use crate::state::State;
use crate::time::Instant;

crate::implements!["MOD-21"];

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
    replica: Option<&'a Replica>,
}

impl<'a> View<'a> {
    pub(crate) const fn new(state: &'a State, now: Instant) -> Self {
        Self { state, now, replica: None }
    }

    /// The same, as a part of the service shows it that may lag behind.
    #[must_use]
    pub const fn shown_by(self, replica: Option<&'a Replica>) -> Self {
        Self { replica, ..self }
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

    /// The built-in roles that are in use: somebody holds them for the whole tenant, or they were asked to be listed.
    pub fn roles_in_use(self) -> impl Iterator<Item = &'static RoleDefinition> {
        built_in_roles().iter().filter(move |role| roles_in_use::is_in_use(self.state, self.now, role.id))
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

    /// A role definition, built in or the tenant's own.
    #[must_use]
    pub fn role(self, id: RoleDefinitionId) -> Option<&'a RoleDefinition> {
        self.state.role(id)
    }

    /// Every role definition: the built-in ones, then the tenant's own.
    pub fn roles(self) -> impl Iterator<Item = &'a RoleDefinition> {
        built_in_roles().iter().chain(self.state.directory.custom_roles.values())
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

    /// The approval of a request.
    #[must_use]
    pub fn approval(self, request: RequestId) -> Option<Approval> {
        let (slot, record) = self.state.request_record(request)?;
        let approval = self.state.approvals.get(slot).filter(|_| self.has_replicated(record.id.0, record.created))?;
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
}
