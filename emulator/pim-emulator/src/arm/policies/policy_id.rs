//! The GUIDs of policies.
//!
//! One is made from role and scope, and can be turned back at the scope without an index. From its first change on a policy has
//! another one, unless a switch says otherwise; clients look it up by the role each time.

use pim_core::model::PolicySubject;
use pim_core::{AzureRoleDefinitionId, AzureScopeId, View};
use uuid::Uuid;

/// What is mixed into the GUID of a policy that nobody has changed.
const DEFAULT: u128 = 0x7b1d_3c5e_9a42_6f08_d4b7_21e6_5c93_80af;
/// And of one that somebody has.
const CHANGED: u128 = 0xe25a_90f4_1c6d_b378_3e8f_c507_6ad1_924b;
/// Where a GUID says of which version it is; these places are left as the role has them.
const FIXED: u128 = 0x0000_0000_0000_f000_c000_0000_0000_0000;

/// Which of its GUIDs a policy has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Edition {
    Default,
    Changed,
}

/// The GUID of a policy, with whose it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::arm) struct PolicyId {
    role: AzureRoleDefinitionId,
    scope: AzureScopeId,
    edition: Edition,
}

impl PolicyId {
    /// The one that the policy of a role at a scope has now.
    pub(in crate::arm) fn now(view: View<'_>, role: AzureRoleDefinitionId, scope: AzureScopeId) -> Self {
        let is_changed = view.policy(PolicySubject::AzureRole(role, scope)).is_some_and(|it| it.revision > 0);
        let edition = match is_changed && view.behaviour().azure_policy_ids_change {
            true => Edition::Changed,
            false => Edition::Default,
        };
        Self { role, scope, edition }
    }

    /// The one that a GUID is at a scope; `None` where no role has it, or has it no more and no switch says that it is found all
    /// the same.
    pub(super) fn read(view: View<'_>, scope: AzureScopeId, guid: Uuid) -> Option<Self> {
        let editions = [Edition::Default, Edition::Changed].into_iter();
        let mut ids = editions.map(|edition| Self::unmixed(scope, guid, edition));
        let id = ids.find(|id| view.azure_role_fits(id.role, scope))?;
        let now = Self::now(view, id.role, scope);
        let is_outdated = id.edition == Edition::Default && view.behaviour().outdated_policy_ids_are_found;
        (id == now || is_outdated).then_some(now)
    }

    /// Whose it is.
    pub(in crate::arm) const fn role(self) -> AzureRoleDefinitionId {
        self.role
    }

    /// Whose policy.
    pub(in crate::arm) const fn subject(self) -> PolicySubject {
        PolicySubject::AzureRole(self.role, self.scope)
    }

    /// The GUID.
    pub(in crate::arm) const fn guid(self) -> Uuid {
        Uuid::from_u128(self.role.0.as_u128() ^ mask(self.scope, self.edition))
    }

    const fn unmixed(scope: AzureScopeId, guid: Uuid, edition: Edition) -> Self {
        let role = AzureRoleDefinitionId(Uuid::from_u128(guid.as_u128() ^ mask(scope, edition)));
        Self { role, scope, edition }
    }
}

const fn mask(scope: AzureScopeId, edition: Edition) -> u128 {
    let edition = match edition {
        Edition::Default => DEFAULT,
        Edition::Changed => CHANGED,
    };
    (scope.0.as_u128().rotate_left(29) ^ edition) & !FIXED
}

#[cfg(test)]
mod tests {
    use super::{Edition, PolicyId};
    use pim_core::{AzureRoleDefinitionId, AzureScopeId};
    use std::collections::BTreeSet;
    use uuid::Uuid;

    /// POL-14.
    #[test]
    fn each_role_at_each_scope_has_guids_of_its_own_that_lead_back() {
        let ids = ["8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"];
        let ids: Vec<_> = ids.into_iter().map(|id| Uuid::try_parse(id).unwrap()).collect();
        let mut seen = BTreeSet::new();
        for role in ids.iter().copied().map(AzureRoleDefinitionId) {
            for scope in ids.iter().copied().chain([Uuid::nil(), Uuid::max()]).map(AzureScopeId) {
                for edition in [Edition::Default, Edition::Changed] {
                    let id = PolicyId { role, scope, edition };
                    assert_eq!(PolicyId::unmixed(scope, id.guid(), edition), id);
                    assert_eq!((id.guid().get_version_num(), id.guid().get_variant()), (4, uuid::Variant::RFC4122));
                    assert!(seen.insert(id.guid()));
                }
            }
        }
    }
}
