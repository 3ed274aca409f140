//! Reading who may do and read what.

use super::View;
use crate::command::Actor;
use crate::decide::{authority, conditional_access};
use crate::family::{self, groups};
use crate::id::{PrincipalId, RoleDefinitionId};
use crate::model::{PolicySubject, Privilege};
use crate::rejection::Rejection;

impl<'a> View<'a> {
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

    /// Whether an actor may change a policy, there or not (POL-22).
    ///
    /// # Errors
    /// [`Rejection::NotPermitted`].
    pub fn may_change_policy(self, actor: Actor, subject: PolicySubject) -> Result<(), Rejection> {
        authority::may_manage(self.state, self.now, actor, family::policy_managers(self.state, subject))
    }
}
