//! Conditional Access policies and authentication contexts as they are held.

use crate::id::ConditionalAccessPolicyId;
use crate::model::conditional_access::{AuthenticationContext, AuthenticationContextId, ConditionalAccessPolicy};
use std::collections::BTreeMap;

/// All of a tenant's. There are few; they are looked through.
#[derive(Clone, Debug, Default)]
pub(crate) struct ConditionalAccess {
    pub(crate) policies: BTreeMap<ConditionalAccessPolicyId, ConditionalAccessPolicy>,
    pub(crate) contexts: BTreeMap<AuthenticationContextId, AuthenticationContext>,
}

impl ConditionalAccess {
    /// The policies that target a context, whatever their state.
    pub(crate) fn targeting(&self, context: AuthenticationContextId) -> impl Iterator<Item = &ConditionalAccessPolicy> {
        self.policies.values().filter(move |it| it.applications.include_authentication_contexts.contains(&context))
    }

    /// Adds a policy, or puts it in the place of the one with its id.
    pub(crate) fn set_policy(&mut self, policy: &ConditionalAccessPolicy) {
        self.policies.insert(policy.id, policy.clone());
    }

    /// Removes a policy.
    pub(crate) fn delete_policy(&mut self, id: ConditionalAccessPolicyId) {
        self.policies.remove(&id);
    }

    /// Adds a context, or puts it in the place of the one with its id.
    pub(crate) fn set_context(&mut self, context: &AuthenticationContext) {
        self.contexts.insert(context.id, context.clone());
    }

    /// Removes a context.
    pub(crate) fn delete_context(&mut self, id: AuthenticationContextId) {
        self.contexts.remove(&id);
    }
}
