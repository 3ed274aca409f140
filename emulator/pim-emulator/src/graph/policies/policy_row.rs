//! A policy on its way to the wire: policies, and what says whose they are, are views of it.

use super::policy_id::{PolicyAssignmentId, PolicyId};
use super::rule_row::RuleRow;
use super::{PolicyResource, RuleResource};
use crate::graph::Version;
use crate::graph::call::Call;
use crate::graph::expand::{Navigation, Related, Target, write_all_as, write_as};
use crate::graph::json::{Json, Word};
use pim_core::model::{CreatedBy, PolicySubject, RuleId};
use pim_core::time::Instant;
use pim_core::{PolicyView, View};
use serde::Serialize;
use uuid::Uuid;

/// A policy with the state around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PolicyRow<'v> {
    pub(super) view: View<'v>,
    pub(super) version: Version,
    pub(super) id: PolicyId,
    pub(super) policy: PolicyView<'v>,
}

impl<'v> PolicyRow<'v> {
    /// The policy of that id; `None` when there is no such role.
    pub(super) fn find(call: &Call<'_>, view: View<'v>, id: PolicyId) -> Option<Self> {
        let policy = view.policy(PolicySubject::DirectoryRole(id.role))?;
        Some(Self { view, version: call.version, id, policy })
    }

    /// What `displayName` and `description` read as well.
    pub(super) const fn scope_type(&self) -> Word {
        Word(self.id.scope_type.name())
    }

    pub(super) const fn assignment_id(&self) -> PolicyAssignmentId {
        PolicyAssignmentId(self.id)
    }

    pub(super) const fn role_id(&self) -> Uuid {
        self.id.role.0
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
        RuleRow { view: self.view, version: self.version, rule, policy: self.policy.policy }
    }

    /// All 17, in the service's order.
    pub(super) fn rules(self) -> impl Iterator<Item = RuleRow<'v>> {
        RuleId::ALL.into_iter().map(move |rule| self.rule(rule))
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
