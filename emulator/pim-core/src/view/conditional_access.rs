//! Reading Conditional Access.

use super::View;
use crate::decide::conditional_access;
use crate::id::{ConditionalAccessPolicyId, PrincipalId};
use crate::model::conditional_access::{
    AuthenticationContext, AuthenticationContextId, ConditionalAccessPolicy, ContextDemand,
};

impl<'a> View<'a> {
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
}
