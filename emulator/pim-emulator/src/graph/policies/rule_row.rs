//! A rule of a policy on its way to the wire.

use super::approval_settings::ApprovalSettings;
use super::policy_id::PolicyId;
use crate::graph::Version;
use crate::graph::expand::{Navigation, Related};
use crate::graph::json::{Json, Property, Word};
use pim_core::View;
use pim_core::model::{
    AuthenticationContextSetting, Enablement, ExpirationSetting, Happening, MailClass, NotificationSetting, Policy,
    RuleId,
};
use pim_odata::Value;
use serde::Serialize;

/// A rule with the policy that it belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RuleRow<'v> {
    pub(super) view: View<'v>,
    pub(super) version: Version,
    pub(super) rule: RuleId,
    pub(super) id: PolicyId,
    pub(super) policy: &'v Policy,
}

/// The derived type of a rule, as `@odata.type` spells it.
pub(super) const fn type_name(rule: RuleId) -> &'static str {
    match rule {
        RuleId::Expiration(_) => "#microsoft.graph.unifiedRoleManagementPolicyExpirationRule",
        RuleId::Enablement(_) => "#microsoft.graph.unifiedRoleManagementPolicyEnablementRule",
        RuleId::Approval => "#microsoft.graph.unifiedRoleManagementPolicyApprovalRule",
        RuleId::AuthenticationContext => "#microsoft.graph.unifiedRoleManagementPolicyAuthenticationContextRule",
        RuleId::Notification(..) => "#microsoft.graph.unifiedRoleManagementPolicyNotificationRule",
    }
}

impl<'v> RuleRow<'v> {
    pub(super) fn id(&self) -> Word {
        Word(self.rule.name())
    }

    pub(super) const fn target(&self) -> RuleTarget {
        RuleTarget::of(self.rule.happening(), self.id)
    }

    pub(super) const fn expiration(&self) -> Option<&'v ExpirationSetting> {
        match self.rule {
            RuleId::Expiration(of) => Some(self.policy.expiration(of)),
            RuleId::Enablement(_) | RuleId::Approval | RuleId::AuthenticationContext | RuleId::Notification(..) => None,
        }
    }

    pub(super) fn enabled_rules(&self) -> Option<Vec<Word>> {
        let words = |enablement: &Enablement| enablement.0.iter().map(|it| Word(it.name())).collect();
        match self.rule {
            RuleId::Enablement(of) => Some(words(self.policy.enablement(of))),
            RuleId::Expiration(_) | RuleId::Approval | RuleId::AuthenticationContext | RuleId::Notification(..) => None,
        }
    }

    pub(super) fn approval(&self) -> Option<ApprovalSettings<'v>> {
        match self.rule {
            RuleId::Approval => {
                Some(ApprovalSettings::of(&self.policy.approval_end_user_assignment, self.view, self.version))
            }
            RuleId::Expiration(_)
            | RuleId::Enablement(_)
            | RuleId::AuthenticationContext
            | RuleId::Notification(..) => None,
        }
    }

    pub(super) const fn authentication_context(&self) -> Option<&'v AuthenticationContextSetting> {
        match self.rule {
            RuleId::AuthenticationContext => Some(&self.policy.authentication_context_end_user_assignment),
            RuleId::Expiration(_) | RuleId::Enablement(_) | RuleId::Approval | RuleId::Notification(..) => None,
        }
    }

    /// The context that the rule names. One that names none says so: of a role with null, of a group with an empty text.
    pub(super) fn claim_value(&self) -> Option<Option<String>> {
        let none = match self.id {
            PolicyId::DirectoryRole { .. } => None,
            PolicyId::Group { .. } => Some(String::new()),
        };
        self.authentication_context().map(|it| it.claim_value.map_or(none, |context| Some(context.to_string())))
    }

    pub(super) const fn notification(&self) -> Option<&'v NotificationSetting> {
        match self.rule {
            RuleId::Notification(class, of) => Some(self.policy.notifications.cell(class, of)),
            RuleId::Expiration(_) | RuleId::Enablement(_) | RuleId::Approval | RuleId::AuthenticationContext => None,
        }
    }

    pub(super) const fn mail_class(&self) -> Option<MailClass> {
        match self.rule {
            RuleId::Notification(class, _) => Some(class),
            RuleId::Expiration(_) | RuleId::Enablement(_) | RuleId::Approval | RuleId::AuthenticationContext => None,
        }
    }

    pub(super) fn recipients(&self) -> Option<Vec<&'v str>> {
        self.notification().map(|it| it.recipients.iter().map(String::as_str).collect())
    }
}

impl Related for RuleRow<'_> {
    fn write_related(&self, _: &Navigation, json: &mut Json) {
        json.raw("null");
    }
}

/// `microsoft.graph.unifiedRoleManagementPolicyRuleTarget`: fixed for each rule, whatever a caller writes (POL-11).
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RuleTarget {
    caller: Word,
    operations: [Word; 1],
    level: Word,
    inheritable_settings: [Word; 0],
    enforced_settings: [Word; 0],
}

impl RuleTarget {
    /// Groups spell the one operation with a capital.
    const fn of(happening: Happening, id: PolicyId) -> Self {
        let (caller, level) = (Word(happening.caller()), Word(happening.level()));
        let operations = match id {
            PolicyId::DirectoryRole { .. } => [Word("all")],
            PolicyId::Group { .. } => [Word("All")],
        };
        Self { caller, operations, level, inheritable_settings: [], enforced_settings: [] }
    }
}

impl<'a> Property<'a> for RuleTarget {
    fn write(&self, json: &mut Json) {
        json.raw("{\"caller\":\"");
        json.raw(self.caller.0);
        json.raw("\",\"operations\":[\"");
        json.raw(self.operations[0].0);
        json.raw("\"],\"level\":\"");
        json.raw(self.level.0);
        json.raw("\",\"inheritableSettings\":[],\"enforcedSettings\":[]}");
    }

    fn value(self) -> Value<'a> {
        Value::Null
    }
}
