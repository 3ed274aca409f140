//! Policies: what is demanded before a privilege is given or activated, as typed settings.

use crate::time::Length;
use serde::{Deserialize, Serialize};

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

/// What is demanded for one privilege.
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
}

/// A rule of policy, by the name that the service says it fails under. In the order of names, as they are reported.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
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
