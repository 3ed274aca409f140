//! What may stand in the steps of a scenario about access reviews, key by key.

use serde::Deserialize;
use utoipa::ToSchema;

/// What a reviewer decides.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ReviewDecisionEntry {
    /// The review, by the name that the world or a step gave it.
    pub review: String,
    /// Whom it is about, by name; everybody whom the reviewer is asked about when left out.
    pub principal: Option<String>,
    /// `approve`, `deny` or `dontKnow`.
    pub decision: ReviewDecisionWord,
    /// The reason.
    pub because: Option<String>,
}

/// What can be decided.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum ReviewDecisionWord {
    /// Access stays.
    Approve,
    /// It goes.
    Deny,
    /// The reviewer cannot say.
    DontKnow,
    /// Nothing was said.
    NotReviewed,
}

impl ReviewDecisionWord {
    /// The word of the service.
    pub(in crate::scenario) const fn word(self) -> &'static str {
        match self {
            Self::Approve => "Approve",
            Self::Deny => "Deny",
            Self::DontKnow => "DontKnow",
            Self::NotReviewed => "NotReviewed",
        }
    }
}

/// How an access review stands. What is left out is not looked at.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ReviewCheck {
    /// The review, by name.
    pub review: String,
    /// The status of the latest occurrence, in the service's words.
    pub status: Option<String>,
    /// How many occurrences there were, this one too.
    pub occurrences: Option<usize>,
    /// How many people and things the latest one is about.
    pub count: Option<usize>,
    /// What was said of some of them.
    #[serde(default)]
    pub lines: Vec<ReviewLineCheck>,
    /// Whom the latest one does not ask about, by name.
    #[serde(default)]
    pub without: Vec<String>,
    /// Who was asked, by name: exactly these, in any order.
    pub contacted: Option<Vec<String>>,
}

/// What was said of somebody, and what became of it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ReviewLineCheck {
    /// Whom it is about, by name.
    pub principal: String,
    /// The decision.
    pub decision: Option<ReviewDecisionWord>,
    /// The recommendation, in the service's word: `Approve`, `Deny` or `NoInfoAvailable`.
    pub recommendation: Option<String>,
    /// What came of applying it, in the service's word: `New`, `AppliedSuccessfully`, `AppliedWithUnknownFailure` and so on.
    pub result: Option<String>,
    /// Who decided, by name.
    pub by: Option<String>,
}
