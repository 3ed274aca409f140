//! What is decided about one principal in an access review.

use crate::id::{AccessReviewDecisionId, PrincipalId};
use crate::model::CreatedBy;
use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// What a reviewer says of somebody (REV-20).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum AccessReviewResult {
    /// Nothing yet.
    NotReviewed,
    /// It may be kept.
    Approve,
    /// It shall go.
    Deny,
    /// Somebody else should say.
    DontKnow,
}

impl AccessReviewResult {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::NotReviewed, Self::Approve, Self::Deny, Self::DontKnow];

    /// The service's word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotReviewed => "NotReviewed",
            Self::Approve => "Approve",
            Self::Deny => "Deny",
            Self::DontKnow => "DontKnow",
        }
    }

    /// The one of that name, in any case.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name().eq_ignore_ascii_case(name))
    }
}

/// What is recommended to reviewers (REV-24).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum AccessReviewRecommendation {
    /// Signed in lately.
    Approve,
    /// Did not.
    Deny,
    /// Nobody knows, or nothing is to be recommended.
    NoInfoAvailable,
}

impl AccessReviewRecommendation {
    /// The service's word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Approve => "Approve",
            Self::Deny => "Deny",
            Self::NoInfoAvailable => "NoInfoAvailable",
        }
    }

    /// The decision that it comes to, if to one.
    #[must_use]
    pub const fn result(self) -> Option<AccessReviewResult> {
        match self {
            Self::Approve => Some(AccessReviewResult::Approve),
            Self::Deny => Some(AccessReviewResult::Deny),
            Self::NoInfoAvailable => None,
        }
    }
}

/// What became of a decision (REV-37).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum AccessReviewApplyResult {
    /// Nothing yet, or there was nothing to do.
    New,
    /// It took effect.
    AppliedSuccessfully,
    /// It was refused: the last administrator stays (REV-40).
    AppliedWithUnknownFailure,
    /// What was to go had gone.
    AppliedSuccessfullyButObjectNotFound,
    /// It is held in a way that the review cannot touch (REV-35).
    ApplyNotSupported,
}

impl AccessReviewApplyResult {
    /// The service's word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "New",
            Self::AppliedSuccessfully => "AppliedSuccessfully",
            Self::AppliedWithUnknownFailure => "AppliedWithUnknownFailure",
            Self::AppliedSuccessfullyButObjectNotFound => "AppliedSuccessfullyButObjectNotFound",
            Self::ApplyNotSupported => "ApplyNotSupported",
        }
    }
}

/// Who is asked about a principal.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Asked {
    /// Nobody any more: an earlier stage has settled it.
    Nobody,
    /// The principal itself.
    Itself,
    /// One of the panels of the instance.
    Panel(u32),
}

/// That somebody decided.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessReviewed {
    /// Who; the service itself for a default.
    pub by: CreatedBy,
    /// When.
    pub at: Instant,
    /// The reason.
    pub justification: Option<String>,
}

/// That a decision was applied.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessReviewApplied {
    /// By whom; the service itself where it is automatic.
    pub by: CreatedBy,
    /// When.
    pub at: Instant,
}

/// One line of an instance: a principal, however many assignments it has.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessReviewDecision {
    /// The id.
    pub id: AccessReviewDecisionId,
    /// About whom.
    pub principal: PrincipalId,
    /// Whether it is held by a group, and in no other way, so that the review cannot take it.
    pub is_indirect: bool,
    /// Who is asked.
    pub asked: Asked,
    /// What is recommended.
    pub recommendation: AccessReviewRecommendation,
    /// When the principal last signed in before the start, as far as that is known.
    pub last_sign_in: Option<Instant>,
    /// What was decided.
    pub decision: AccessReviewResult,
    /// By whom and when.
    pub reviewed: Option<Box<AccessReviewed>>,
    /// What became of it.
    pub apply_result: AccessReviewApplyResult,
    /// By whom and when it was applied.
    pub applied: Option<Box<AccessReviewApplied>>,
}
