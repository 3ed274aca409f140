//! A policy on its way to the wire.

use super::pim_only_mode;
use super::policy_id::PolicyId;
use super::rule_row::RuleRow;
use crate::arm::front_door::types;
use crate::arm::json::{Called, Row, WithOffset};
use crate::arm::pim::{Named, prefix};
use pim_core::model::{AzureScope, CreatedBy, RuleId};
use pim_core::{PolicyView, View};

/// A policy with the state around it.
#[derive(Clone, Copy, Debug)]
pub(in crate::arm) struct PolicyRow<'v> {
    view: View<'v>,
    version: &'static str,
    here: &'v AzureScope,
    id: PolicyId,
    policy: PolicyView<'v>,
}

/// What a policy is like.
#[derive(Debug)]
pub(in crate::arm) struct Properties<'v> {
    scope: &'v str,
    is_organization_default: bool,
    last_modified_by: ModifiedBy<'v>,
    last_modified_date_time: Option<WithOffset>,
    rules: Vec<RuleRow<'v>>,
    effective_rules: Vec<RuleRow<'v>>,
    policy_properties: Around<'v>,
}

/// Of whoever changed it the name alone was seen.
#[derive(Debug)]
struct ModifiedBy<'v> {
    display_name: Option<&'v str>,
}

#[derive(Debug)]
struct Around<'v> {
    scope: Named<'v>,
}

/// What is told of a policy where something else refers to it.
#[derive(Debug)]
pub(in crate::arm) struct Summary<'v> {
    id: String,
    last_modified_by: ModifiedBy<'v>,
    last_modified_date_time: Option<WithOffset>,
}

crate::arm_object! {
    Properties<'_> {
        scope / "scope",
        is_organization_default / "isOrganizationDefault",
        last_modified_by / "lastModifiedBy",
        last_modified_date_time / "lastModifiedDateTime",
        rules / "rules",
        effective_rules / "effectiveRules",
        policy_properties / "policyProperties",
    }
    ModifiedBy<'_> { display_name / "displayName" }
    Around<'_> { scope / "scope" }
    Summary<'_> {
        id / "id",
        last_modified_by / "lastModifiedBy",
        last_modified_date_time / "lastModifiedDateTime",
    }
}

impl<'v> PolicyRow<'v> {
    /// The policy of that id at a scope; `None` where its role is gone.
    pub(in crate::arm) fn of(
        view: View<'v>,
        version: &'static str,
        here: &'v AzureScope,
        id: PolicyId,
    ) -> Option<Self> {
        Some(Self { view, version, here, id, policy: view.policy(id.subject())? })
    }

    /// The scope.
    pub(in crate::arm) const fn scope(&self) -> &'v AzureScope {
        self.here
    }

    /// Its id.
    pub(in crate::arm) const fn id(&self) -> PolicyId {
        self.id
    }

    /// Its full id.
    pub(in crate::arm) fn full_id(&self) -> String {
        self.called(&self.id.guid().to_string()).to_string()
    }

    const fn is_default(&self) -> bool {
        self.policy.modified.is_none()
    }

    fn called<'n>(&self, name: &'n str) -> Called<'n>
    where
        'v: 'n,
    {
        Called { prefix: prefix(self.here), kind: &types::ROLE_MANAGEMENT_POLICIES, name }
    }

    /// Its rules: in the order of the default ones, and in another as soon as somebody has changed it.
    pub(in crate::arm) fn rules(&self) -> Vec<RuleRow<'v>> {
        let mut ids = RuleId::ALL.to_vec();
        if !self.is_default() {
            ids.sort_by_key(|id| (id.happening(), changed_place(*id)));
        }
        let rules = ids.into_iter().map(|id| RuleRow::Of { id, policy: self.policy.policy, view: self.view });
        rules.chain(pim_only_mode::has(self.version).then_some(RuleRow::PimOnlyMode)).collect()
    }

    fn modified_by(&self) -> ModifiedBy<'v> {
        let display_name = self.policy.modified.and_then(|(_, by)| match by {
            CreatedBy::User(id) | CreatedBy::Application(id) => self.view.name_of(id),
            CreatedBy::SetUp | CreatedBy::Service => None,
        });
        ModifiedBy { display_name }
    }

    fn modified(&self) -> Option<WithOffset> {
        self.policy.modified.map(|(at, _)| WithOffset(at))
    }

    /// What is told of it where something else refers to it.
    pub(in crate::arm) fn summary(&self) -> Summary<'v> {
        Summary { id: self.full_id(), last_modified_by: self.modified_by(), last_modified_date_time: self.modified() }
    }

    fn properties(&self) -> Properties<'v> {
        Properties {
            scope: &self.here.path,
            is_organization_default: self.is_default(),
            last_modified_by: self.modified_by(),
            last_modified_date_time: self.modified(),
            rules: self.rules(),
            effective_rules: self.rules(),
            policy_properties: Around { scope: Named::scope(self.here) },
        }
    }

    /// The whole of it, under its name.
    pub(in crate::arm) fn row<'n>(&self, name: &'n str) -> Row<'n, Properties<'v>>
    where
        'v: 'n,
    {
        Row { called: self.called(name), properties: self.properties() }
    }
}

/// Where a rule stands among those of the same caller and level, once somebody has changed the policy.
const fn changed_place(id: RuleId) -> u8 {
    match id {
        RuleId::Approval => 0,
        RuleId::AuthenticationContext => 1,
        RuleId::Enablement(_) => 2,
        RuleId::Expiration(_) => 3,
        RuleId::Notification(..) => 4,
    }
}
