//! What a caller may change of a policy: members that are not given keep their values.

use super::rule_id::{Happening, MailClass, RuleId};
use super::{ApprovalMode, Approver, NotificationLevel, PolicySubject, Requirement};
use crate::model::conditional_access::AuthenticationContextId;
use crate::time::Length;

/// A change of one policy: every rule in it changes, or none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PolicyChange {
    /// Whose policy.
    pub subject: PolicySubject,
    /// The rules, in the order in which they are taken in (MFA-12).
    pub rules: Vec<RuleChange>,
}

/// A change of one rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RuleChange {
    /// An `Expiration_…` rule.
    Expiration {
        /// Which.
        of: Happening,
        /// Whether there must be an end.
        is_expiration_required: Option<bool>,
        /// The longest window; `Some(None)` is an empty one, which does where there need not be an end.
        maximum_duration: Option<Option<Length>>,
    },
    /// An `Enablement_…` rule.
    Enablement {
        /// Which.
        of: Happening,
        /// Everything that is demanded.
        enabled_rules: Option<Vec<Requirement>>,
    },
    /// `Approval_EndUser_Assignment`.
    Approval(ApprovalChange),
    /// `AuthenticationContext_EndUser_Assignment`.
    AuthenticationContext {
        /// Whether an activation needs it.
        is_enabled: Option<bool>,
        /// Which context; `Some(None)` takes it away.
        claim_value: Option<Option<AuthenticationContextId>>,
    },
    /// A `Notification_…` rule.
    Notification {
        /// Who is told.
        class: MailClass,
        /// Of what.
        of: Happening,
        /// How much.
        level: Option<NotificationLevel>,
        /// Whether the service's own recipients are told.
        is_default_recipients_enabled: Option<bool>,
        /// All addresses beside them.
        recipients: Option<Vec<String>>,
    },
}

impl RuleChange {
    /// The rule that is changed.
    #[must_use]
    pub const fn rule(&self) -> RuleId {
        match self {
            Self::Expiration { of, .. } => RuleId::Expiration(*of),
            Self::Enablement { of, .. } => RuleId::Enablement(*of),
            Self::Approval(_) => RuleId::Approval,
            Self::AuthenticationContext { .. } => RuleId::AuthenticationContext,
            Self::Notification { class, of, .. } => RuleId::Notification(*class, *of),
        }
    }
}

/// A change of `Approval_EndUser_Assignment`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ApprovalChange {
    /// Whether an activation waits for a decision.
    pub is_approval_required: Option<bool>,
    /// Stored only.
    pub is_approval_required_for_extension: Option<bool>,
    /// Stored only.
    pub is_requestor_justification_required: Option<bool>,
    /// The mode.
    pub mode: Option<ApprovalMode>,
    /// Days until a request times out.
    pub time_out_in_days: Option<u16>,
    /// Whether a decision needs a reason.
    pub is_approver_justification_required: Option<bool>,
    /// Stored only.
    pub escalation_time_in_minutes: Option<u32>,
    /// Stored only.
    pub is_escalation_enabled: Option<bool>,
    /// All who decide.
    pub primary_approvers: Option<Vec<Approver>>,
}
