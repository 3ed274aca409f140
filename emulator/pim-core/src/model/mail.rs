//! Mails as facts: who was told of what. Their texts are made by whoever shows or sends them.

use super::approval::ReviewResult;
use super::policy::{MailClass, RuleId};
use super::privilege::Privilege;
use super::request::CreatedBy;
use super::schedule::Window;
use crate::id::{PrincipalId, RequestId, RoleDefinitionId};
use serde::{Deserialize, Serialize};

/// Somebody who gets a mail.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Recipient {
    /// A user of the tenant.
    User(PrincipalId),
    /// An address that a policy names (NOT-22).
    Address(String),
}

/// What a mail says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Notice {
    /// An eligibility was made (NOT-4).
    EligibleAssigned,
    /// An active assignment was made (NOT-5).
    ActiveAssigned,
    /// An activation began (NOT-6).
    Activated,
    /// An activation waits for a decision (NOT-10).
    ApprovalPending,
    /// An activation was decided on (APR-28, NOT-13).
    ApprovalDecided(ReviewResult),
    /// An assignment ends in so many days (NOT-16).
    Expiring {
        /// 14 or 1.
        days: u8,
    },
    /// An assignment has ended (NOT-16).
    Expired,
    /// A holder asked for an extension (EXT-4).
    ExtensionPending,
    /// A holder asked for a renewal (EXT-4).
    RenewalPending,
    /// An extension was decided on, or made by an administrator (NOT-21).
    ExtensionDecided(ReviewResult),
    /// A renewal was decided on, or made by an administrator (NOT-21).
    RenewalDecided(ReviewResult),
    /// A role was given outside PIM (NOT-14).
    AssignedOutside,
    /// PIM is ready for the tenant (NOT-12).
    PimEnabled,
    /// The week in numbers (NOT-15).
    WeeklyDigest,
}

/// The numbers of the weekly digest (NOT-15).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Digest {
    /// How many people activated something in the week.
    pub users_activated: u32,
    /// How many people were given something for good in the week.
    pub users_made_permanent: u32,
    /// How many active and eligible assignments there are in PIM.
    pub assignments_in_pim: u32,
    /// How many were made outside PIM.
    pub assignments_outside_pim: u32,
    /// The roles with the most assignments, most first, at most five.
    pub top_roles: Vec<(RoleDefinitionId, u32)>,
}

/// One mail to one class of recipients.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Mail {
    /// What it says.
    pub notice: Notice,
    /// To which class (NOT-3).
    pub class: MailClass,
    /// The rule whose setting let it through; none for what no rule governs.
    pub rule: Option<RuleId>,
    /// To whom, at most 1000 (NOT-2).
    pub to: Vec<Recipient>,
    /// Whose assignment or request it is about.
    pub principal: Option<PrincipalId>,
    /// For what.
    pub privilege: Option<Privilege>,
    /// From when until when.
    pub window: Option<Window>,
    /// The request behind it.
    pub request: Option<RequestId>,
    /// Who brought it about.
    pub by: Option<CreatedBy>,
    /// The reason that was given.
    pub justification: Option<String>,
    /// The numbers of a digest.
    pub digest: Option<Box<Digest>>,
}
