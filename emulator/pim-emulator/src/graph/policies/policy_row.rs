//! A policy on its way to the wire: policies, and what says whose they are, are views of it.

use super::policy_id::{PolicyAssignmentId, PolicyId};
use super::rule_row::RuleRow;
use super::scope::IdOrWord;
use super::{PolicyResource, RuleResource};
use crate::graph::Version;
use crate::graph::call::Call;
use crate::graph::expand::{Navigation, Related, Target, write_all_as, write_as};
use crate::graph::json::{Json, Word};
use pim_core::model::{CreatedBy, RuleId};
use pim_core::time::Instant;
use pim_core::{PolicyView, View};
use serde::Serialize;

/// A policy with the state around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PolicyRow<'v> {
    pub(super) view: View<'v>,
    pub(super) version: Version,
    pub(super) id: PolicyId,
    pub(super) policy: PolicyView<'v>,
}

impl<'v> PolicyRow<'v> {
    /// The policy of that id; `None` when there is no such role or group, and for an id that the policy has no more, unless
    /// the switch says otherwise (POL-17).
    pub(super) fn find(call: &Call<'_>, view: View<'v>, id: PolicyId) -> Option<Self> {
        let current = id.current(view);
        let is_its_id = id == current || id.is_older_than(current) && view.behaviour().outdated_policy_ids_are_found;
        if is_its_id && is_there(view, id) { Self::current(call, view, id) } else { None }
    }

    /// The policy that has or had that id, under the one that it has now.
    pub(super) fn current(call: &Call<'_>, view: View<'v>, id: PolicyId) -> Option<Self> {
        let policy = view.policy(id.subject())?;
        Some(Self { view, version: call.version, id: id.current(view), policy })
    }

    /// What `displayName` and `description` read as well.
    pub(super) const fn scope_type(&self) -> Word {
        Word(self.id.scope_type())
    }

    /// The tenant as a whole, or the group.
    pub(super) const fn scope_id(&self) -> IdOrWord {
        match self.id {
            PolicyId::DirectoryRole { .. } => IdOrWord::Word(Word("/")),
            PolicyId::Group { group, .. } => IdOrWord::Id(group.0),
        }
    }

    pub(super) const fn assignment_id(&self) -> PolicyAssignmentId {
        PolicyAssignmentId(self.id)
    }

    /// The role, or the relation.
    pub(super) const fn role_id(&self) -> IdOrWord {
        match self.id {
            PolicyId::DirectoryRole { role, .. } => IdOrWord::Id(role.0),
            PolicyId::Group { access, .. } => IdOrWord::Word(Word(access.name())),
        }
    }

    /// Nothing as long as it is the default.
    pub(super) fn last_modified(&self) -> Option<Instant> {
        self.policy.modified.map(|(at, _)| at)
    }

    pub(super) fn last_modified_by(&self) -> ModifiedBy<'v> {
        let display_name = self.policy.modified.and_then(|(_, by)| match by {
            CreatedBy::User(id) | CreatedBy::Application(id) => self.view.name_of(id),
            CreatedBy::SetUp | CreatedBy::Service => None,
        });
        ModifiedBy { display_name, id: None }
    }

    pub(super) const fn rule(&self, rule: RuleId) -> RuleRow<'v> {
        let Self { view, version, id, policy: PolicyView { policy, .. } } = *self;
        RuleRow { view, version, rule, id, policy }
    }

    /// All 17, in the service's order.
    pub(super) fn rules(self) -> impl Iterator<Item = RuleRow<'v>> {
        RuleId::ALL.into_iter().map(move |rule| self.rule(rule))
    }
}

/// Whether a policy can be read yet: a new group is not known everywhere at once (GRP-34), and where the switch says so, a group
/// has no policies before PIM manages it (POL-16).
fn is_there(view: View<'_>, id: PolicyId) -> bool {
    match id {
        PolicyId::DirectoryRole { .. } => true,
        PolicyId::Group { group, .. } => {
            view.group(group).is_some_and(|it| view.has_replicated(it.id.0, it.created))
                && (view.is_onboarded(group) || !view.behaviour().group_policies_appear_at_onboarding)
        }
    }
}

impl Related for PolicyRow<'_> {
    fn write_related(&self, navigation: &Navigation, json: &mut Json) {
        match &navigation.target {
            Target::Policy(wanted) => write_as::<PolicyResource>(Some(self), wanted, json),
            Target::PolicyRules(wanted) => write_all_as::<RuleResource>(self.rules(), wanted, json),
            Target::Object(_)
            | Target::RoleDefinition(_)
            | Target::EligibilitySchedule(_)
            | Target::EligibilityInstance(_)
            | Target::AssignmentSchedule(_)
            | Target::Alert(_)
            | Target::Governance(_)
            | Target::Review(_)
            | Target::Nothing => json.raw("null"),
        }
    }
}

/// `microsoft.graph.identity`, of which PIM fills the name alone.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ModifiedBy<'a> {
    display_name: Option<&'a str>,
    id: Option<Word>,
}

crate::complex! {
    ModifiedBy { display_name / "displayName", id / "id" }
}
