//! Policies: what is demanded before a privilege is given or activated, as typed settings.

mod change;
mod rule_id;

pub use change::{ApprovalChange, PolicyChange, RuleChange};
pub use rule_id::{Happening, MailClass, RuleId};

use super::conditional_access::AuthenticationContextId;
use super::privilege::{DirectoryScope, GroupAccess, Privilege};
use crate::id::{AzureRoleDefinitionId, AzureScopeId, PrincipalId, RoleDefinitionId};
use crate::time::Length;
use serde::{Deserialize, Serialize};

/// What has a policy of its own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum PolicySubject {
    /// A directory role: one policy for the whole tenant, whatever the scope (POL-12).
    DirectoryRole(RoleDefinitionId),
    /// A group and a relation: two policies for each group (POL-13, POL-23).
    Group(PrincipalId, GroupAccess),
    /// A role at a scope of Azure: one for each, and none is inherited (POL-14, SCO-11).
    AzureRole(AzureRoleDefinitionId, AzureScopeId),
}

impl PolicySubject {
    /// A privilege that the policy holds for: of a role, the one for the whole tenant.
    #[must_use]
    pub const fn privilege(self) -> Privilege {
        match self {
            Self::DirectoryRole(role) => Privilege::DirectoryRole { role, scope: DirectoryScope::Tenant },
            Self::Group(group, access) => Privilege::Group { group, access },
            Self::AzureRole(role, scope) => Privilege::AzureRole { role, scope },
        }
    }
}

impl Privilege {
    /// Whose policy holds for it.
    #[must_use]
    pub const fn policy_subject(self) -> PolicySubject {
        match self {
            Self::DirectoryRole { role, .. } => PolicySubject::DirectoryRole(role),
            Self::Group { group, access } => PolicySubject::Group(group, access),
            Self::AzureRole { role, scope } => PolicySubject::AzureRole(role, scope),
        }
    }
}

/// How long something may last: an `Expiration_…` rule (POL-2, POL-3, POL-4).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExpirationSetting {
    /// Whether there must be an end. When not, the maximum is stored and does not limit (POL-43).
    pub is_expiration_required: bool,
    /// The longest window.
    pub maximum_duration: Length,
}

/// Something a caller must bring along: an entry of an `Enablement_…` rule (POL-5, POL-6, POL-7).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Requirement {
    /// A session with multifactor authentication.
    MultiFactorAuthentication,
    /// A reason.
    Justification,
    /// A ticket number and system.
    Ticketing,
}

impl Requirement {
    /// Every requirement, in the service's order.
    pub const ALL: [Self; 3] = [Self::MultiFactorAuthentication, Self::Justification, Self::Ticketing];

    /// The service's word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::MultiFactorAuthentication => "MultiFactorAuthentication",
            Self::Justification => "Justification",
            Self::Ticketing => "Ticketing",
        }
    }

    /// The requirement of that name, in any case.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name().eq_ignore_ascii_case(name))
    }
}

/// The requirements of one `Enablement_…` rule.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Enablement(pub Vec<Requirement>);

impl Enablement {
    /// Whether this is demanded.
    #[must_use]
    pub fn demands(&self, requirement: Requirement) -> bool {
        self.0.contains(&requirement)
    }
}

/// Somebody who may decide on an activation (APR-11).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Approver {
    /// A user, or a group whose members may decide.
    pub id: PrincipalId,
    /// What people see; the display name unless the writer of the policy said otherwise.
    pub description: Option<String>,
}

/// Whether stages of approval are used. The service knows one stage (APR-2).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum ApprovalMode {
    /// One stage.
    #[default]
    SingleStage,
    /// None; written by some tools where no approval is required.
    NoApproval,
}

impl ApprovalMode {
    /// The service's word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SingleStage => "SingleStage",
            Self::NoApproval => "NoApproval",
        }
    }
}

/// The rule `Approval_EndUser_Assignment` (POL-8, POL-59).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApprovalSetting {
    /// Whether an activation waits for somebody's decision (APR-1).
    pub is_approval_required: bool,
    /// Stored, without effect: extensions always go to managers (APR-20).
    pub is_approval_required_for_extension: bool,
    /// Stored, without effect of its own: the enablement rule asks for the reason.
    pub is_requestor_justification_required: bool,
    /// Always one stage (APR-2).
    pub mode: ApprovalMode,
    /// The one stage (APR-2).
    pub stage: ApprovalStage,
}

/// The one stage of approval.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApprovalStage {
    /// Days until a request that nobody decided times out; the service reads 1 (APR-4, APR-19).
    pub time_out_in_days: u16,
    /// Whether a decision needs a reason (APR-10).
    pub is_approver_justification_required: bool,
    /// Stored and not honoured (APR-18).
    pub escalation_time_in_minutes: u32,
    /// Stored and not honoured (APR-18).
    pub is_escalation_enabled: bool,
    /// Who decides; nobody means the default approvers (APR-14).
    pub primary_approvers: Vec<Approver>,
}

/// The rule `AuthenticationContext_EndUser_Assignment` (POL-9).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthenticationContextSetting {
    /// Whether an activation needs the context.
    pub is_enabled: bool,
    /// Which context.
    pub claim_value: Option<AuthenticationContextId>,
}

/// How much of what happens is mailed (NOT-7, NOT-8).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum NotificationLevel {
    /// Nothing.
    None,
    /// Only what needs somebody to act.
    Critical,
    /// Everything.
    All,
}

impl NotificationLevel {
    /// Every level.
    pub const ALL: [Self; 3] = [Self::None, Self::Critical, Self::All];

    /// The service's word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Critical => "Critical",
            Self::All => "All",
        }
    }
}

/// One of the nine `Notification_…` rules: a cell of the matrix of who is told of what (POL-10, NOT-3).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NotificationSetting {
    /// How much is mailed.
    pub level: NotificationLevel,
    /// Whether the recipients that the service chooses are told.
    pub is_default_recipients_enabled: bool,
    /// Addresses beside them (NOT-22).
    pub recipients: Vec<String>,
}

impl Default for NotificationSetting {
    /// Default recipients on, everything, nobody else (POL-58).
    fn default() -> Self {
        Self { level: NotificationLevel::All, is_default_recipients_enabled: true, recipients: Vec::new() }
    }
}

/// The settings of the nine cells.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Notifications([NotificationSetting; 9]);

impl Notifications {
    /// The setting of a cell.
    #[must_use]
    pub const fn cell(&self, class: MailClass, of: Happening) -> &NotificationSetting {
        &self.0[of as usize * 3 + class as usize]
    }

    /// The setting of a cell, to be changed.
    pub const fn cell_mut(&mut self, class: MailClass, of: Happening) -> &mut NotificationSetting {
        &mut self.0[of as usize * 3 + class as usize]
    }
}

/// What is demanded for one privilege: the same 17 rules for each (POL-1).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Policy {
    /// `Expiration_Admin_Eligibility` (POL-2).
    pub expiration_admin_eligibility: ExpirationSetting,
    /// `Expiration_Admin_Assignment` (POL-3).
    pub expiration_admin_assignment: ExpirationSetting,
    /// `Expiration_EndUser_Assignment` (POL-4).
    pub expiration_end_user_assignment: ExpirationSetting,
    /// `Enablement_Admin_Eligibility` (POL-5).
    pub enablement_admin_eligibility: Enablement,
    /// `Enablement_Admin_Assignment` (POL-6).
    pub enablement_admin_assignment: Enablement,
    /// `Enablement_EndUser_Assignment` (POL-7).
    pub enablement_end_user_assignment: Enablement,
    /// `Approval_EndUser_Assignment` (POL-8).
    pub approval_end_user_assignment: ApprovalSetting,
    /// `AuthenticationContext_EndUser_Assignment` (POL-9).
    pub authentication_context_end_user_assignment: AuthenticationContextSetting,
    /// The nine `Notification_…` rules (POL-10).
    pub notifications: Notifications,
}

impl Policy {
    /// An `Expiration_…` rule.
    #[must_use]
    pub const fn expiration(&self, of: Happening) -> &ExpirationSetting {
        match of {
            Happening::AdminEligibility => &self.expiration_admin_eligibility,
            Happening::AdminAssignment => &self.expiration_admin_assignment,
            Happening::EndUserAssignment => &self.expiration_end_user_assignment,
        }
    }

    /// An `Enablement_…` rule.
    #[must_use]
    pub const fn enablement(&self, of: Happening) -> &Enablement {
        match of {
            Happening::AdminEligibility => &self.enablement_admin_eligibility,
            Happening::AdminAssignment => &self.enablement_admin_assignment,
            Happening::EndUserAssignment => &self.enablement_end_user_assignment,
        }
    }

    pub(crate) const fn expiration_mut(&mut self, of: Happening) -> &mut ExpirationSetting {
        match of {
            Happening::AdminEligibility => &mut self.expiration_admin_eligibility,
            Happening::AdminAssignment => &mut self.expiration_admin_assignment,
            Happening::EndUserAssignment => &mut self.expiration_end_user_assignment,
        }
    }

    pub(crate) const fn enablement_mut(&mut self, of: Happening) -> &mut Enablement {
        match of {
            Happening::AdminEligibility => &mut self.enablement_admin_eligibility,
            Happening::AdminAssignment => &mut self.enablement_admin_assignment,
            Happening::EndUserAssignment => &mut self.enablement_end_user_assignment,
        }
    }
}

/// A rule of policy, by the name that the service says it fails under. In the order of names, as they are reported.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum PolicyRule {
    /// Nothing to activate.
    Eligibility,
    /// Too long, or without the end that must be.
    Expiration,
    /// No reason given.
    Justification,
    /// No multifactor authentication in the session.
    Mfa,
    /// No ticket given.
    Ticketing,
}

impl PolicyRule {
    /// The service's name for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Eligibility => "EligibilityRule",
            Self::Expiration => "ExpirationRule",
            Self::Justification => "JustificationRule",
            Self::Mfa => "MfaRule",
            Self::Ticketing => "TicketingRule",
        }
    }
}
