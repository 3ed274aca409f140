//! What may be asked of access reviews.

use crate::id::{
    AccessReviewDecisionId, AccessReviewDefinitionId, AccessReviewHistoryId, AccessReviewInstanceId, AzureScopeId,
    PrincipalId,
};
use crate::model::access_review::{
    AccessReviewProperties, AccessReviewResource, AccessReviewResult, AccessReviewSettings, ReviewerScope,
};
use crate::time::Instant;

/// Which lines of an instance a reviewer decides on: only the reviewer's own among them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AccessReviewLines {
    /// One line, which must be the reviewer's.
    One(AccessReviewDecisionId),
    /// Those about a principal and a thing, where these are named.
    About {
        /// The principal.
        principal: Option<PrincipalId>,
        /// The thing.
        resource: Option<AccessReviewResource>,
    },
}

/// What may be asked of an instance.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AccessReviewInstanceChange {
    /// Ask others from now on.
    SetReviewers {
        /// Who decides.
        reviewers: Vec<ReviewerScope>,
        /// Who decides where nobody else is found.
        fallback_reviewers: Vec<ReviewerScope>,
    },
    /// End it before its time (REV-30).
    Stop,
    /// End the stage that runs before its time.
    StopStage,
    /// Remind its reviewers.
    SendReminder,
    /// Take all decisions back (REV-39).
    ResetDecisions,
    /// Let its decisions take effect (REV-31).
    ApplyDecisions,
    /// Decide as is recommended on one's own lines that wait (REV-27).
    AcceptRecommendations,
    /// Decide on lines of one's own (REV-20).
    RecordDecisions {
        /// Which.
        lines: AccessReviewLines,
        /// What.
        decision: AccessReviewResult,
        /// Why.
        justification: Option<String>,
    },
}

/// A report that is asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewAccessReviewHistory {
    /// The id, where the caller chooses it.
    pub id: Option<AccessReviewHistoryId>,
    /// The name people see.
    pub display_name: String,
    /// Which decisions it tells of.
    pub decisions: Vec<AccessReviewResult>,
    /// From when on instances are in it.
    pub period_start: Instant,
    /// Until when.
    pub period_end: Instant,
    /// The scope of Azure whose reviews it tells of; `None` for those of the directory.
    pub azure_scope: Option<AzureScopeId>,
    /// What is kept as it was written, as JSON text by property.
    pub kept: Vec<(String, String)>,
}

/// What may be asked of access reviews.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AccessReviewCommand {
    /// Make a review (REV-1).
    Create {
        /// The id, where the caller chooses it.
        id: Option<AccessReviewDefinitionId>,
        /// What it is to be.
        properties: Box<AccessReviewProperties>,
    },
    /// Let a review be something else from its next occurrence on.
    Replace {
        /// Which.
        review: AccessReviewDefinitionId,
        /// What it is to be.
        properties: Box<AccessReviewProperties>,
    },
    /// Delete a review, with its instances (REV-39).
    Delete(AccessReviewDefinitionId),
    /// End a review: what runs of it, and what would come.
    Stop(AccessReviewDefinitionId),
    /// Do something with an instance.
    Change {
        /// Which.
        instance: AccessReviewInstanceId,
        /// What.
        change: AccessReviewInstanceChange,
    },
    /// Set what reviews of Azure roles at a scope begin with.
    SetDefaults {
        /// Where.
        scope: AzureScopeId,
        /// What.
        settings: Box<AccessReviewSettings>,
    },
    /// Ask for a report.
    CreateHistory(Box<NewAccessReviewHistory>),
    /// Delete a report.
    DeleteHistory(AccessReviewHistoryId),
}

impl From<AccessReviewCommand> for super::Command {
    fn from(command: AccessReviewCommand) -> Self {
        Self::AccessReview(command)
    }
}
