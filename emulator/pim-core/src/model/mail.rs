//! Mails as facts: who was told of what. Their texts are made by whoever shows or sends them.

use super::access_review::AccessReviewSubject;
use super::approval::ReviewResult;
use super::policy::{MailClass, RuleId};
use super::privilege::Privilege;
use super::request::CreatedBy;
use super::schedule::Window;
use crate::id::{PrincipalId, RequestId, RoleDefinitionId};
use crate::time::Instant;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::ops::Deref;
use std::sync::Arc;

/// Somebody who gets a mail.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Recipient {
    /// A user of the tenant.
    User(PrincipalId),
    /// An address that a policy names (NOT-22).
    Address(String),
}

/// The people who get a mail, each once.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Recipients(List);

/// The same managers are told of thousands of ends: their list is one. The holder of each is somebody else, and stands in
/// place. One alone is always [`List::One`], so that equal lists are equal.
#[derive(Clone, PartialEq, Eq, Debug)]
enum List {
    One([Recipient; 1]),
    Shared(Arc<[Recipient]>),
}

impl Default for List {
    fn default() -> Self {
        Self::Shared(Arc::default())
    }
}

impl Recipients {
    /// Whether two lists are the same for having been made once; equal ones need not be.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (List::Shared(one), List::Shared(other)) => Arc::ptr_eq(one, other),
            (List::One(_), _) | (_, List::One(_)) => false,
        }
    }
}

impl Deref for Recipients {
    type Target = [Recipient];

    fn deref(&self) -> &[Recipient] {
        match &self.0 {
            List::One(one) => one,
            List::Shared(recipients) => recipients,
        }
    }
}

impl FromIterator<Recipient> for Recipients {
    fn from_iter<I: IntoIterator<Item = Recipient>>(recipients: I) -> Self {
        let mut recipients = recipients.into_iter();
        match (recipients.next(), recipients.next()) {
            (Some(one), None) => Self(List::One([one])),
            (first, second) => Self(List::Shared(first.into_iter().chain(second).chain(recipients).collect())),
        }
    }
}

impl Serialize for Recipients {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Recipients {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::from_iter)
    }
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
    /// An access review waits for its reviewers (REV-28).
    AccessReviewStarted,
    /// It still does (REV-28).
    AccessReviewReminder,
    /// It is over (REV-28).
    AccessReviewCompleted,
}

impl Notice {
    /// What it says, in one word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::EligibleAssigned => "eligibleAssigned",
            Self::ActiveAssigned => "activeAssigned",
            Self::Activated => "activated",
            Self::ApprovalPending => "approvalPending",
            Self::ApprovalDecided(ReviewResult::Approve) => "activationApproved",
            Self::ApprovalDecided(ReviewResult::Deny) => "activationDenied",
            Self::Expiring { .. } => "expiring",
            Self::Expired => "expired",
            Self::ExtensionPending => "extensionPending",
            Self::RenewalPending => "renewalPending",
            Self::ExtensionDecided(ReviewResult::Approve) => "extended",
            Self::ExtensionDecided(ReviewResult::Deny) => "extensionDenied",
            Self::RenewalDecided(ReviewResult::Approve) => "renewed",
            Self::RenewalDecided(ReviewResult::Deny) => "renewalDenied",
            Self::AssignedOutside => "assignedOutside",
            Self::PimEnabled => "pimEnabled",
            Self::WeeklyDigest => "weeklyDigest",
            Self::AccessReviewStarted => "accessReviewStarted",
            Self::AccessReviewReminder => "accessReviewReminder",
            Self::AccessReviewCompleted => "accessReviewCompleted",
        }
    }

    /// Whether somebody has to do something about it: decide, or ask for more time before it is too late (NOT-8).
    #[must_use]
    pub const fn needs_action(self) -> bool {
        match self {
            Self::ApprovalPending
            | Self::ExtensionPending
            | Self::RenewalPending
            | Self::Expiring { .. }
            | Self::AccessReviewStarted
            | Self::AccessReviewReminder => true,
            Self::EligibleAssigned
            | Self::ActiveAssigned
            | Self::Activated
            | Self::ApprovalDecided(_)
            | Self::Expired
            | Self::ExtensionDecided(_)
            | Self::RenewalDecided(_)
            | Self::AssignedOutside
            | Self::PimEnabled
            | Self::WeeklyDigest
            | Self::AccessReviewCompleted => false,
        }
    }
}

/// The numbers of the weekly digest (NOT-15).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Digest {
    /// How many people activated something in the week.
    pub users_activated: u32,
    /// How many people were given a permanent active assignment in the week.
    pub users_made_permanent: u32,
    /// How many eligible and active assignments were made in PIM in the week.
    pub assigned_in_pim: u32,
    /// How many were made outside PIM in the week.
    pub assigned_outside_pim: u32,
    /// The roles with the most eligible and permanent assignments by now, most first, at most five.
    pub top_roles: Vec<(RoleDefinitionId, u32)>,
}

/// The access review that a mail is about.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MailedReview {
    /// Which occurrence of which review, about what.
    pub subject: AccessReviewSubject,
    /// Until when reviewers decide, or did.
    pub end: Instant,
    /// What whoever made it has to say to reviewers.
    pub description: String,
}

/// One class of people who are told of something, in a mail of their own.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Addressees {
    /// Which class (NOT-3).
    pub class: MailClass,
    /// The rule whose setting let it through; none for what no rule governs.
    pub rule: Option<RuleId>,
    /// The people.
    pub people: Recipients,
}

/// What is told of one happening, and to whom: a mail for each class of people.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Mail {
    /// What it says.
    pub notice: Notice,
    /// To whom, at most 1000 people in all (NOT-2); each class once.
    pub to: Vec<Addressees>,
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
    /// The access review.
    pub review: Option<Box<MailedReview>>,
}

impl Mail {
    /// A mail about nothing in particular, which no policy governs.
    pub(crate) fn to_administrators(notice: Notice, people: Recipients) -> Self {
        Self {
            notice,
            to: vec![Addressees { class: MailClass::Admin, rule: None, people }],
            principal: None,
            privilege: None,
            window: None,
            request: None,
            by: None,
            justification: None,
            digest: None,
            review: None,
        }
    }
}
