//! The 17 fixed ids of policy rules: who acts, on which side, and what is ruled are encoded in each (POL-1).

use serde::{Deserialize, Serialize};

/// What happens, as the ids of rules tell it apart: who calls, and on which side.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Happening {
    /// An administrator makes an eligibility.
    AdminEligibility,
    /// An administrator makes an active assignment.
    AdminAssignment,
    /// A principal activates.
    EndUserAssignment,
}

impl Happening {
    /// All three, in the service's order.
    pub const ALL: [Self; 3] = [Self::AdminEligibility, Self::AdminAssignment, Self::EndUserAssignment];

    /// The `caller` of a rule's target (POL-11).
    #[must_use]
    pub const fn caller(self) -> &'static str {
        match self {
            Self::AdminEligibility | Self::AdminAssignment => "Admin",
            Self::EndUserAssignment => "EndUser",
        }
    }

    /// The `level` of a rule's target (POL-11).
    #[must_use]
    pub const fn level(self) -> &'static str {
        match self {
            Self::AdminEligibility => "Eligibility",
            Self::AdminAssignment | Self::EndUserAssignment => "Assignment",
        }
    }
}

/// Who is mailed (NOT-3).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum MailClass {
    /// Whoever manages the privilege.
    Admin,
    /// Whoever holds it or asked for it.
    Requestor,
    /// Whoever decides.
    Approver,
}

impl MailClass {
    /// All three, in the service's order.
    pub const ALL: [Self; 3] = [Self::Admin, Self::Requestor, Self::Approver];

    /// The `recipientType` of a rule.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Admin => "Admin",
            Self::Requestor => "Requestor",
            Self::Approver => "Approver",
        }
    }
}

/// A rule of a policy.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum RuleId {
    /// How long it may last.
    Expiration(Happening),
    /// What must be brought along.
    Enablement(Happening),
    /// Who decides on an activation.
    Approval,
    /// Which authentication context an activation needs.
    AuthenticationContext,
    /// Who is told.
    Notification(MailClass, Happening),
}

macro_rules! rule_ids {
    ($($name:literal => $id:expr,)*) => {
        impl RuleId {
            /// All 17, in the order in which the service lists them.
            pub const ALL: [Self; 17] = [$($id),*];

            const NAMES: [&'static str; 17] = [$($name),*];
        }
    };
}

rule_ids! {
    "Expiration_Admin_Eligibility" => Self::Expiration(Happening::AdminEligibility),
    "Enablement_Admin_Eligibility" => Self::Enablement(Happening::AdminEligibility),
    "Notification_Admin_Admin_Eligibility" => Self::Notification(MailClass::Admin, Happening::AdminEligibility),
    "Notification_Requestor_Admin_Eligibility" => Self::Notification(MailClass::Requestor, Happening::AdminEligibility),
    "Notification_Approver_Admin_Eligibility" => Self::Notification(MailClass::Approver, Happening::AdminEligibility),
    "Expiration_Admin_Assignment" => Self::Expiration(Happening::AdminAssignment),
    "Enablement_Admin_Assignment" => Self::Enablement(Happening::AdminAssignment),
    "Notification_Admin_Admin_Assignment" => Self::Notification(MailClass::Admin, Happening::AdminAssignment),
    "Notification_Requestor_Admin_Assignment" => Self::Notification(MailClass::Requestor, Happening::AdminAssignment),
    "Notification_Approver_Admin_Assignment" => Self::Notification(MailClass::Approver, Happening::AdminAssignment),
    "Expiration_EndUser_Assignment" => Self::Expiration(Happening::EndUserAssignment),
    "Enablement_EndUser_Assignment" => Self::Enablement(Happening::EndUserAssignment),
    "Approval_EndUser_Assignment" => Self::Approval,
    "AuthenticationContext_EndUser_Assignment" => Self::AuthenticationContext,
    "Notification_Admin_EndUser_Assignment" => Self::Notification(MailClass::Admin, Happening::EndUserAssignment),
    "Notification_Requestor_EndUser_Assignment" => Self::Notification(MailClass::Requestor, Happening::EndUserAssignment),
    "Notification_Approver_EndUser_Assignment" => Self::Notification(MailClass::Approver, Happening::EndUserAssignment),
}

impl RuleId {
    /// The service's id for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().position(|it| *it == self).map_or("", |place| Self::NAMES[place])
    }

    /// The rule of that id, in any case.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::NAMES.iter().position(|it| it.eq_ignore_ascii_case(name)).map(|place| Self::ALL[place])
    }

    /// Who acts, on which side.
    #[must_use]
    pub const fn happening(self) -> Happening {
        match self {
            Self::Expiration(of) | Self::Enablement(of) | Self::Notification(_, of) => of,
            Self::Approval | Self::AuthenticationContext => Happening::EndUserAssignment,
        }
    }
}
