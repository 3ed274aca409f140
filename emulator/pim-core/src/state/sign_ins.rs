//! When each account was last used.

use crate::id::PrincipalId;
use crate::model::{SignInActivity, SignInEntry};
use std::collections::BTreeMap;

/// What is remembered, by account. Accounts that nobody has used take no room.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct SignIns {
    activities: BTreeMap<PrincipalId, SignInActivity>,
}

impl SignIns {
    /// Remembers an attempt.
    pub(crate) fn note(&mut self, entry: &SignInEntry) {
        self.activities.entry(entry.principal).or_default().after(entry);
    }

    /// What is remembered of an account.
    pub(crate) fn activity(&self, principal: PrincipalId) -> SignInActivity {
        self.activities.get(&principal).copied().unwrap_or_default()
    }

    /// Forgets an account that is gone for good.
    pub(crate) fn forget(&mut self, principal: PrincipalId) {
        self.activities.remove(&principal);
    }

    /// Everything that is remembered, in the order of ids.
    pub(crate) fn all(&self) -> impl Iterator<Item = (PrincipalId, SignInActivity)> {
        self.activities.iter().map(|(id, activity)| (*id, *activity))
    }
}

impl FromIterator<(PrincipalId, SignInActivity)> for SignIns {
    fn from_iter<I: IntoIterator<Item = (PrincipalId, SignInActivity)>>(activities: I) -> Self {
        Self { activities: activities.into_iter().collect() }
    }
}
