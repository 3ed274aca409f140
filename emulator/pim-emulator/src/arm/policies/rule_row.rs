//! A rule of a policy on its way to the wire.

use super::approval_row;
use super::pim_only_mode;
use crate::arm::json::{Member, member};
use crate::json::Json;
use pim_core::View;
use pim_core::model::{Happening, Policy, Requirement, RuleId};

/// A rule.
#[derive(Clone, Copy, Debug)]
pub(in crate::arm) enum RuleRow<'v> {
    /// One of the 17, with the policy that it belongs to.
    Of { id: RuleId, policy: &'v Policy, view: View<'v> },
    /// The one that only the newest version has.
    PimOnlyMode,
}

/// The derived type of a rule.
pub(super) const fn type_name(id: RuleId) -> &'static str {
    match id {
        RuleId::Expiration(_) => "RoleManagementPolicyExpirationRule",
        RuleId::Enablement(_) => "RoleManagementPolicyEnablementRule",
        RuleId::Approval => "RoleManagementPolicyApprovalRule",
        RuleId::AuthenticationContext => "RoleManagementPolicyAuthenticationContextRule",
        RuleId::Notification(..) => "RoleManagementPolicyNotificationRule",
    }
}

impl Member for RuleRow<'_> {
    fn write(&self, json: &mut Json) {
        json.open();
        let (name, kind, of) = match self {
            Self::Of { id, policy, view } => {
                own(json, *id, policy, *view);
                (id.name(), type_name(*id), id.happening())
            }
            Self::PimOnlyMode => {
                pim_only_mode::write(json);
                (pim_only_mode::ID, pim_only_mode::TYPE, Happening::AdminAssignment)
            }
        };
        member(json, "id", &name);
        member(json, "ruleType", &kind);
        json.key("target");
        json.open();
        member(json, "caller", &of.caller());
        json.key("operations");
        json.raw("[\"All\"]");
        member(json, "level", &of.level());
        json.close();
        json.close();
    }
}

/// What only rules of its type have.
fn own(json: &mut Json, id: RuleId, policy: &Policy, view: View<'_>) {
    match id {
        RuleId::Expiration(of) => {
            let setting = policy.expiration(of);
            member(json, "maximumDuration", &setting.maximum_duration);
            member(json, "isExpirationRequired", &setting.is_expiration_required);
        }
        RuleId::Enablement(of) => {
            let names: Vec<_> = policy.enablement(of).0.iter().copied().map(Requirement::name).collect();
            member(json, "enabledRules", &names);
        }
        RuleId::Approval => {
            json.key("setting");
            approval_row::write(json, &policy.approval_end_user_assignment, view);
        }
        RuleId::AuthenticationContext => {
            let setting = policy.authentication_context_end_user_assignment;
            member(json, "isEnabled", &setting.is_enabled);
            member(json, "claimValue", &setting.claim_value.map(|it| it.to_string()));
        }
        RuleId::Notification(class, of) => {
            let cell = policy.notifications.cell(class, of);
            member(json, "notificationType", &"Email");
            member(json, "recipientType", &class.name());
            member(json, "isDefaultRecipientsEnabled", &cell.is_default_recipients_enabled);
            member(json, "notificationLevel", &cell.level.name());
            let recipients = Some(&cell.recipients).filter(|it| !it.is_empty());
            member(json, "notificationRecipients", &recipients);
        }
    }
}
