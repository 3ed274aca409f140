//! One occurrence of an access review, about one thing.

use super::decision::{AccessReviewDecision, Asked};
use super::definition::AccessReviewProperties;
use super::reviewers::ReviewerScope;
use super::scope::AccessReviewResource;
use crate::id::{
    AccessReviewDecisionId, AccessReviewDefinitionId, AccessReviewInstanceId, AccessReviewStageId, PrincipalId,
};
use crate::model::CreatedBy;
use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// How far an instance, a stage or a definition has come (REV-38).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum AccessReviewStatus {
    /// Its start lies ahead.
    NotStarted,
    /// It is being made.
    Initializing,
    /// Its people are found.
    Starting,
    /// Reviewers decide.
    InProgress,
    /// Nobody decides any more.
    Completing,
    /// The decisions stand.
    Completed,
    /// Those about whom nobody decided are given the default.
    AutoReviewing,
    /// They were.
    AutoReviewed,
    /// The decisions take effect.
    Applying,
    /// They did.
    Applied,
}

impl AccessReviewStatus {
    /// The service's word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotStarted => "NotStarted",
            Self::Initializing => "Initializing",
            Self::Starting => "Starting",
            Self::InProgress => "InProgress",
            Self::Completing => "Completing",
            Self::Completed => "Completed",
            Self::AutoReviewing => "AutoReviewing",
            Self::AutoReviewed => "AutoReviewed",
            Self::Applying => "Applying",
            Self::Applied => "Applied",
        }
    }

    /// Whether reviewers decide, will do so at once, or just did.
    #[must_use]
    pub const fn is_running(self) -> bool {
        match self {
            Self::Initializing | Self::Starting | Self::InProgress | Self::Completing => true,
            Self::NotStarted
            | Self::Completed
            | Self::AutoReviewing
            | Self::AutoReviewed
            | Self::Applying
            | Self::Applied => false,
        }
    }
}

/// What the past says of an instance whenever it speaks of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessReviewSubject {
    /// The instance.
    pub instance: AccessReviewInstanceId,
    /// The review that it is of.
    pub definition: AccessReviewDefinitionId,
    /// The name of the review.
    pub display_name: String,
    /// What is reviewed.
    pub resource: AccessReviewResource,
}

/// A stage that has begun.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessReviewStage {
    /// The id.
    pub id: AccessReviewStageId,
    /// Its place among the stages of the review, from nought.
    pub number: u32,
    /// When it began.
    pub start: Instant,
    /// When it ends or ended.
    pub end: Instant,
    /// How far it has come.
    pub status: AccessReviewStatus,
    /// Who decides.
    pub reviewers: Vec<ReviewerScope>,
    /// Who decides where nobody else is found.
    pub fallback_reviewers: Vec<ReviewerScope>,
    /// Its lines as they were when it ended; those of a stage that runs are the instance's own.
    pub decisions: Vec<AccessReviewDecision>,
}

/// One occurrence about one thing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessReviewInstance {
    /// The id.
    pub id: AccessReviewInstanceId,
    /// The review that it is of.
    pub definition: AccessReviewDefinitionId,
    /// Which occurrence it is, from nought.
    pub occurrence: u32,
    /// What is reviewed.
    pub resource: AccessReviewResource,
    /// The review as it was at the start: later changes are for later occurrences.
    pub properties: Box<AccessReviewProperties>,
    /// When it began.
    pub start: Instant,
    /// When it ends, or ended.
    pub end: Instant,
    /// How far it has come.
    pub status: AccessReviewStatus,
    /// Who decides, or is asked to since that was changed.
    pub reviewers: Vec<ReviewerScope>,
    /// Who decides where nobody else is found.
    pub fallback_reviewers: Vec<ReviewerScope>,
    /// When something next happens to it by itself; [`Instant::LAST`] for never.
    pub due: Instant,
    /// Whether its outcome takes effect by itself.
    pub is_auto_applied: bool,
    /// Who had it applied, where that was somebody.
    pub applied_by: Option<CreatedBy>,
    /// How many lines were applied.
    pub lines_applied: u32,
    /// The reviewers that lines speak of: each list once, and each in the order of ids.
    pub panels: Vec<Vec<PrincipalId>>,
    /// Its lines, in the order of ids.
    pub decisions: Vec<AccessReviewDecision>,
    /// The stages that have begun.
    pub stages: Vec<AccessReviewStage>,
}

impl AccessReviewInstance {
    /// A line.
    #[must_use]
    pub fn decision(&self, id: AccessReviewDecisionId) -> Option<&AccessReviewDecision> {
        self.decisions.get(self.place(id)?)
    }

    /// The place of a line.
    pub(crate) fn place(&self, id: AccessReviewDecisionId) -> Option<usize> {
        self.decisions.binary_search_by_key(&id, |it| it.id).ok()
    }

    /// Who is asked about a principal.
    #[must_use]
    pub fn reviewers_of<'a>(&'a self, decision: &'a AccessReviewDecision) -> &'a [PrincipalId] {
        match decision.asked {
            Asked::Nobody => &[],
            Asked::Itself => std::slice::from_ref(&decision.principal),
            Asked::Panel(panel) => self.panels.get(panel as usize).map_or(&[], Vec::as_slice),
        }
    }

    /// The lines that somebody is asked about.
    pub(crate) fn lines_asked_about(&self) -> impl Iterator<Item = &AccessReviewDecision> {
        self.decisions.iter().filter(|it| it.asked != Asked::Nobody)
    }

    /// The stage that runs, or ran last.
    #[must_use]
    pub fn current_stage(&self) -> Option<&AccessReviewStage> {
        self.stages.last()
    }

    /// What the past says of it.
    #[must_use]
    pub fn subject(&self) -> AccessReviewSubject {
        AccessReviewSubject {
            instance: self.id,
            definition: self.definition,
            display_name: self.properties.display_name.clone(),
            resource: self.resource,
        }
    }
}
