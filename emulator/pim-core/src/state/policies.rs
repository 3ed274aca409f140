//! Policies as they are held: the default for whatever nobody has changed, and the changed ones.

use crate::behaviour::Behaviour;
use crate::family::{azure_roles, directory_roles, groups};
use crate::model::{CreatedBy, Policy, PolicySubject};
use crate::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A policy that somebody changed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChangedPolicy {
    pub(crate) subject: PolicySubject,
    pub(crate) policy: Policy,
    /// When it was last changed.
    pub(crate) modified: Instant,
    /// By whom.
    pub(crate) modified_by: CreatedBy,
    /// How often it was changed (POL-17).
    #[serde(default)]
    pub(crate) revision: u32,
}

/// All policies of a tenant. Defaults are made once, so that looking one up costs nothing.
#[derive(Clone, Debug)]
pub(crate) struct Policies {
    plain: Policy,
    with_mfa: Policy,
    of_groups: Policy,
    of_azure_roles: Policy,
    changed: BTreeMap<PolicySubject, ChangedPolicy>,
}

impl Default for Policies {
    fn default() -> Self {
        Self {
            plain: directory_roles::default_policy(false),
            with_mfa: directory_roles::default_policy(true),
            of_groups: groups::default_policy(),
            of_azure_roles: azure_roles::default_policy(),
            changed: BTreeMap::new(),
        }
    }
}

impl Policies {
    /// The policy of a subject: every one has one (POL-18).
    pub(crate) fn of(&self, subject: PolicySubject, behaviour: &Behaviour) -> &Policy {
        match self.changed.get(&subject) {
            Some(changed) => &changed.policy,
            None => self.default(subject, behaviour),
        }
    }

    /// The policy that a subject has as long as nobody changes it (UNC-9).
    fn default(&self, subject: PolicySubject, behaviour: &Behaviour) -> &Policy {
        match subject {
            PolicySubject::DirectoryRole(role) if behaviour.roles_with_mfa_by_default.contains(&role) => &self.with_mfa,
            PolicySubject::DirectoryRole(_) => &self.plain,
            PolicySubject::Group(..) => &self.of_groups,
            PolicySubject::AzureRole(..) => &self.of_azure_roles,
        }
    }

    /// What is known of a change of a subject's policy.
    pub(crate) fn changed(&self, subject: PolicySubject) -> Option<&ChangedPolicy> {
        self.changed.get(&subject)
    }

    /// Every policy that was changed.
    pub(crate) fn all_changed(&self) -> impl Iterator<Item = &ChangedPolicy> {
        self.changed.values()
    }

    /// Takes in a policy as it is now.
    pub(crate) fn set(&mut self, changed: ChangedPolicy) {
        self.changed.insert(changed.subject, changed);
    }

    /// How often a subject's policy was changed.
    pub(crate) fn revision(&self, subject: PolicySubject) -> u32 {
        self.changed.get(&subject).map_or(0, |it| it.revision)
    }

    /// Forgets the policies of subjects that are gone.
    pub(crate) fn forget_all(&mut self, gone: impl Fn(PolicySubject) -> bool) {
        self.changed.retain(|subject, _| !gone(*subject));
    }

    /// Forgets a policy together with what it was for.
    pub(crate) fn forget(&mut self, subject: PolicySubject) {
        self.changed.remove(&subject);
    }
}
