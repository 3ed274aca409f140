//! What lists of what is held or asked for have in common: where they look, and which of it a filter shows.

use super::ids;
use super::people::People;
use crate::arm::call::Call;
use crate::arm::error::ArmError;
use crate::arm::filter::{Accepted, Condition, Filter};
use crate::arm::front_door::ResourceType;
use crate::arm::scopes;
use pim_core::model::{AzureScope, Privilege, Resource};
use pim_core::{AzureRoleDefinitionId, By, PrincipalId, View};

/// Who has a role of Azure, and where.
#[derive(Clone, Copy, Debug)]
pub(in crate::arm) struct HeldAt<'v> {
    pub(in crate::arm) principal: PrincipalId,
    pub(in crate::arm) role: AzureRoleDefinitionId,
    pub(in crate::arm) scope: &'v AzureScope,
}

impl<'v> HeldAt<'v> {
    /// That of a privilege. Directory roles and groups have stores of their own and do not show here (MOD-27).
    pub(in crate::arm) fn of(view: View<'v>, principal: PrincipalId, privilege: Privilege) -> Option<Self> {
        match privilege {
            Privilege::AzureRole { role, scope } => Some(Self { principal, role, scope: view.azure_scope(scope)? }),
            Privilege::DirectoryRole { .. } | Privilege::Group { .. } => None,
        }
    }
}

/// A list: where it stands, and what of it is asked for.
pub(in crate::arm) struct Listing<'v> {
    view: View<'v>,
    pub(in crate::arm) here: &'v AzureScope,
    pub(in crate::arm) filter: Filter,
    caller: PrincipalId,
    /// Those whose rows are asked for with the rows of their groups.
    people: Vec<People>,
}

impl<'v> Listing<'v> {
    /// The list that a call asks for, of what it `accepts` in filters.
    ///
    /// # Errors
    /// A scope that is not there, or a filter that makes no sense.
    pub(in crate::arm) fn of(call: &Call<'_>, view: View<'v>, accepts: Accepted) -> Result<Self, ArmError> {
        let (filter, here) = (call.filter(accepts)?, scopes::find(view, call.scope)?);
        let caller = call.caller_id();
        let named = filter.demanded().into_iter().filter_map(|condition| with_groups(condition, caller));
        let people = named.map(|id| People::of(view, id)).collect();
        Ok(Self { view, here, filter, caller, people })
    }

    /// Refuses whoever may not read everybody's, unless one of these conditions narrows the list to what is the caller's own.
    ///
    /// # Errors
    /// [`ArmError::InsufficientPermissions`].
    pub(in crate::arm) fn allowed(
        &self,
        call: &Call<'_>,
        kind: &ResourceType,
        own: &[Condition],
    ) -> Result<(), ArmError> {
        if own.iter().any(|condition| self.filter.demands(condition)) {
            return Ok(());
        }
        scopes::may_list(call, self.view, self.here, kind)
    }

    /// Where to look: at whoever the filter names, else at the scope and around it.
    pub(in crate::arm) fn sources(&self) -> Vec<By> {
        match self.filter.demanded().into_iter().find_map(|condition| self.named(condition)) {
            Some(by) => vec![by],
            None => scopes::around(self.view, self.here, self.filter.demands(&Condition::AtScope))
                .into_iter()
                .map(|scope| By::Resource(Resource::AzureScope(scope)))
                .collect(),
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "the other conditions name nobody")]
    fn named(&self, condition: &Condition) -> Option<By> {
        match condition {
            Condition::AsTarget => Some(By::Target(self.caller)),
            Condition::AssignedTo(id) => Some(By::Target(*id)),
            Condition::PrincipalId(id) => Some(By::Principal(*id)),
            Condition::AsRequestor => Some(By::Creator(self.caller)),
            Condition::RequestorId(id) => Some(By::Creator(*id)),
            Condition::AsApprover => Some(By::Approver(self.caller)),
            _ => None,
        }
    }

    /// Whether something is in the list: at the scope, above or below it, and every condition holds. `own` answers those that
    /// only some lists have.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the other conditions are those of single lists")]
    pub(in crate::arm) fn shows(&self, place: HeldAt<'_>, own: impl Fn(&Condition) -> bool) -> bool {
        let is_around = self.is_above(place.scope) || self.view.azure_covers(self.here.id, place.scope.id);
        is_around
            && self.filter.holds(&|condition| match condition {
                Condition::AtScope => self.is_above(place.scope),
                Condition::PrincipalId(id) => place.principal == *id,
                Condition::RoleDefinitionId(text) => {
                    ids::role_at(place.scope, text).is_ok_and(|role| role == place.role)
                }
                other => match with_groups(other, self.caller) {
                    Some(id) => self.people.iter().any(|it| it.own() == id && it.contains(place.principal)),
                    None => own(other),
                },
            })
    }

    /// Whether something is held where the list stands or above that.
    pub(in crate::arm) fn is_above(&self, scope: &AzureScope) -> bool {
        self.view.azure_covers(scope.id, self.here.id)
    }

    /// Whose rows are asked for, where those of groups are rows of somebody's as well.
    pub(in crate::arm) fn asked_for(&self) -> Option<PrincipalId> {
        self.people.first().map(People::own)
    }
}

/// Whoever a condition names together with the groups that it is in (REQ-28).
#[expect(clippy::wildcard_enum_match_arm, reason = "the other conditions look at no groups")]
fn with_groups(condition: &Condition, caller: PrincipalId) -> Option<PrincipalId> {
    match condition {
        Condition::AsTarget => Some(caller),
        Condition::AssignedTo(id) => Some(*id),
        _ => None,
    }
}
