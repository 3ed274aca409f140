//! What may happen to access reviews.

use super::Event;
use crate::id::{
    AccessReviewDecisionId, AccessReviewDefinitionId, AccessReviewHistoryId, AccessReviewInstanceId, AzureScopeId,
    PrincipalId,
};
use crate::model::access_review::{
    AccessReviewApplyResult, AccessReviewDecision, AccessReviewDefinition, AccessReviewHistory,
    AccessReviewHistoryStatus, AccessReviewInstance, AccessReviewResource, AccessReviewResult, AccessReviewSettings,
    AccessReviewStage, AccessReviewStatus, AccessReviewSubject, Asked, ReviewerScope,
};
use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// A line on which something was decided.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DecidedLine {
    /// The line.
    pub id: AccessReviewDecisionId,
    /// About whom.
    pub principal: PrincipalId,
    /// What was decided.
    pub decision: AccessReviewResult,
}

/// Something happened to an access review.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum AccessReviewEvent {
    /// A review was made.
    Created(Box<AccessReviewDefinition>),
    /// A review is something else from its next occurrence on.
    Updated(Box<AccessReviewDefinition>),
    /// A review was deleted, with its instances.
    Deleted {
        /// Which.
        review: AccessReviewDefinitionId,
        /// What it was called.
        display_name: String,
    },
    /// An occurrence began, or the series ended: its instances follow.
    CameRound {
        /// Of which review.
        review: AccessReviewDefinitionId,
        /// How many have begun by now.
        occurrences: u32,
        /// When the next one begins.
        next: Option<Instant>,
    },
    /// An instance was made: it has no people yet.
    InstanceCreated(Box<AccessReviewInstance>),
    /// Its people and their reviewers were found (REV-12).
    PeopleFound {
        /// Of what.
        subject: Box<AccessReviewSubject>,
        /// The lists of reviewers.
        panels: Vec<Vec<PrincipalId>>,
        /// The lines.
        decisions: Vec<AccessReviewDecision>,
        /// The stage that begins with it, where there are stages.
        stage: Option<Box<AccessReviewStage>>,
        /// When it goes on.
        due: Instant,
    },
    /// It has come further (REV-38).
    StatusChanged {
        /// What has.
        subject: Box<AccessReviewSubject>,
        /// Its status now.
        status: AccessReviewStatus,
        /// When it goes on by itself.
        due: Instant,
    },
    /// It was stopped: it is being completed (REV-30).
    Stopped {
        /// What was.
        subject: Box<AccessReviewSubject>,
        /// Whether its outcome takes effect by itself.
        is_auto_applied: bool,
        /// When it goes on by itself.
        due: Instant,
    },
    /// Others are asked from now on.
    ReviewersSet {
        /// Where.
        subject: Box<AccessReviewSubject>,
        /// Who decides.
        reviewers: Vec<ReviewerScope>,
        /// Who decides where nobody else is found.
        fallback_reviewers: Vec<ReviewerScope>,
        /// The lists of reviewers.
        panels: Vec<Vec<PrincipalId>>,
        /// Who is asked about each line, in the order of lines.
        asked: Vec<Asked>,
    },
    /// Its reviewers are reminded, at half-time or because somebody says so (REV-28).
    Reminded {
        /// Of what.
        subject: Box<AccessReviewSubject>,
        /// When it goes on by itself.
        due: Instant,
    },
    /// A stage is over and the next one begins.
    StageBegan {
        /// Where.
        subject: Box<AccessReviewSubject>,
        /// The stage that begins.
        stage: Box<AccessReviewStage>,
        /// The lists of reviewers.
        panels: Vec<Vec<PrincipalId>>,
        /// The lines as they are now: those that move on wait again, nobody is asked about the others.
        decisions: Vec<AccessReviewDecision>,
        /// When it goes on by itself.
        due: Instant,
    },
    /// A reviewer has decided (REV-20), the later word instead of the earlier (REV-23).
    Decided {
        /// Where.
        subject: Box<AccessReviewSubject>,
        /// On what, and how.
        lines: Vec<DecidedLine>,
        /// The reason.
        justification: Option<String>,
    },
    /// Those about whom nobody decided were given the default (REV-32).
    AutoReviewed {
        /// Where.
        subject: Box<AccessReviewSubject>,
        /// To whom, and what.
        lines: Vec<DecidedLine>,
    },
    /// All decisions were taken back (REV-39).
    Reset {
        /// Where.
        subject: Box<AccessReviewSubject>,
        /// Those that there were.
        lines: Vec<DecidedLine>,
    },
    /// Decisions begin to take effect.
    ApplyBegan {
        /// Where.
        subject: Box<AccessReviewSubject>,
        /// Whether the service did it by itself.
        is_automatic: bool,
        /// When the first of them does.
        due: Instant,
    },
    /// The next line took effect, or could not (REV-37). What it takes away goes beside it.
    LineApplied {
        /// Where.
        instance: AccessReviewInstanceId,
        /// The name of the review.
        display_name: String,
        /// What is reviewed.
        resource: AccessReviewResource,
        /// The line.
        line: DecidedLine,
        /// What became of it.
        result: AccessReviewApplyResult,
    },
    /// What reviews of Azure roles at a scope begin with was set.
    DefaultsSet {
        /// Where.
        scope: AzureScopeId,
        /// What.
        settings: Box<AccessReviewSettings>,
    },
    /// A report was asked for.
    HistoryCreated(Box<AccessReviewHistory>),
    /// A report has come further.
    HistoryStatusChanged {
        /// Which.
        history: AccessReviewHistoryId,
        /// Its status now.
        status: AccessReviewHistoryStatus,
        /// When it goes on, or goes.
        due: Instant,
    },
    /// A report was deleted, or has been kept long enough.
    HistoryDeleted(AccessReviewHistoryId),
}

impl AccessReviewEvent {
    /// What happened, in one word.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Created(_) => "accessReviewCreated",
            Self::Updated(_) => "accessReviewUpdated",
            Self::Deleted { .. } => "accessReviewDeleted",
            Self::CameRound { .. } => "accessReviewCameRound",
            Self::InstanceCreated(_) => "accessReviewInstanceCreated",
            Self::PeopleFound { .. } => "accessReviewPeopleFound",
            Self::StatusChanged { .. } => "accessReviewStatusChanged",
            Self::Stopped { .. } => "accessReviewStopped",
            Self::ReviewersSet { .. } => "accessReviewReviewersSet",
            Self::Reminded { .. } => "accessReviewReminded",
            Self::StageBegan { .. } => "accessReviewStageBegan",
            Self::Decided { .. } => "accessReviewDecided",
            Self::AutoReviewed { .. } => "accessReviewAutoReviewed",
            Self::Reset { .. } => "accessReviewReset",
            Self::ApplyBegan { .. } => "accessReviewApplyBegan",
            Self::LineApplied { .. } => "accessReviewLineApplied",
            Self::DefaultsSet { .. } => "accessReviewDefaultsSet",
            Self::HistoryCreated(_) => "accessReviewHistoryCreated",
            Self::HistoryStatusChanged { .. } => "accessReviewHistoryStatusChanged",
            Self::HistoryDeleted(_) => "accessReviewHistoryDeleted",
        }
    }
}

impl From<AccessReviewEvent> for Event {
    fn from(event: AccessReviewEvent) -> Self {
        Self::AccessReview(event)
    }
}
