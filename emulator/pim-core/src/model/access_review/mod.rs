//! Access reviews: whoever holds something is looked at from time to time, and reviewers say who keeps it.
//!
//! A *definition* says what is reviewed, by whom and how often. Each time that it comes round there is an *instance* for each
//! thing reviewed, with a *decision* about everybody who held it then. People, reviewers and recommendations are those of
//! the start (REV-12, REV-13).

mod decision;
mod definition;
mod history;
mod instance;
mod recurrence;
mod reviewers;
mod scope;
mod settings;

pub use decision::{
    AccessReviewApplied, AccessReviewApplyResult, AccessReviewDecision, AccessReviewRecommendation, AccessReviewResult,
    AccessReviewed, Asked,
};
pub use definition::{AccessReviewDefinition, AccessReviewProperties};
pub use history::{AccessReviewHistory, AccessReviewHistoryStatus};
pub use instance::{AccessReviewInstance, AccessReviewStage, AccessReviewStatus, AccessReviewSubject};
pub use recurrence::{AccessReviewPattern, AccessReviewRange, AccessReviewRecurrence};
pub use reviewers::{AccessReviewReviewers, ReviewerScope};
pub use scope::{
    AccessReviewAssignments, AccessReviewPrincipals, AccessReviewResource, AccessReviewScope, AccessReviewTarget,
};
pub use settings::{AccessReviewDefault, AccessReviewSettings, AccessReviewStageSettings};
