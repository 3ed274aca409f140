//! Reports on what was decided in access reviews.

use super::decision::AccessReviewResult;
use crate::id::{AccessReviewHistoryId, AzureScopeId};
use crate::model::CreatedBy;
use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// How far a report has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AccessReviewHistoryStatus {
    /// It was asked for.
    Requested,
    /// It is being made.
    InProgress,
    /// It can be read.
    Done,
}

impl AccessReviewHistoryStatus {
    /// The service's word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::InProgress => "inprogress",
            Self::Done => "done",
        }
    }
}

/// A report: the decisions of a time. Whoever shows it makes it from the instances.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessReviewHistory {
    /// The id.
    pub id: AccessReviewHistoryId,
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
    /// When it was asked for.
    pub created: Instant,
    /// By whom.
    pub created_by: CreatedBy,
    /// How far it has come.
    pub status: AccessReviewHistoryStatus,
    /// When it could be read.
    pub fulfilled: Option<Instant>,
    /// When it goes on, or goes.
    pub due: Instant,
    /// What is kept as it was written, as JSON text by property: `scopes`.
    pub kept: Vec<(String, String)>,
}
