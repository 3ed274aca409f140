//! What an access review is to be.

use super::reviewers::ReviewerScope;
use super::scope::AccessReviewScope;
use super::settings::{AccessReviewSettings, AccessReviewStageSettings};
use crate::id::{AccessReviewDefinitionId, PrincipalId};
use crate::model::CreatedBy;
use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// Everything that whoever manages reviews says of one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessReviewProperties {
    /// The name people see.
    pub display_name: String,
    /// What it is for, to whoever manages reviews.
    pub description_for_admins: String,
    /// What it is for, to whoever decides.
    pub description_for_reviewers: String,
    /// Whose access to what.
    pub scope: AccessReviewScope,
    /// Who decides; nobody named means everybody about oneself. Stages have their own.
    pub reviewers: Vec<ReviewerScope>,
    /// Who decides where nobody else is found.
    pub fallback_reviewers: Vec<ReviewerScope>,
    /// How it is held.
    pub settings: AccessReviewSettings,
    /// Its stages, if it has any.
    pub stages: Vec<AccessReviewStageSettings>,
    /// Users and groups that are told of its end, beside whoever made it.
    pub additional_recipients: Vec<PrincipalId>,
    /// What is kept as it was written and not evaluated, or said again word for word, as JSON text by the way to the
    /// property: `scope`, `settings.applyActions`.
    pub kept: Vec<(String, String)>,
}

impl AccessReviewProperties {
    /// What is kept of a property.
    #[must_use]
    pub fn kept(&self, property: &str) -> Option<&str> {
        self.kept.iter().find(|(name, _)| name == property).map(|(_, text)| text.as_str())
    }

    /// How many days an occurrence lasts.
    #[must_use]
    pub fn duration_in_days(&self) -> u32 {
        if self.stages.is_empty() {
            self.settings.instance_duration_in_days
        } else {
            self.stages.iter().fold(0, |sum, stage| sum.saturating_add(stage.duration_in_days))
        }
    }
}

/// An access review: what is to be, and how far it has come.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessReviewDefinition {
    /// The id.
    pub id: AccessReviewDefinitionId,
    /// What it is to be.
    pub properties: AccessReviewProperties,
    /// When it was made.
    pub created: Instant,
    /// By whom.
    pub created_by: CreatedBy,
    /// When it was last changed.
    pub modified: Option<Instant>,
    /// From when on its occurrences are counted.
    pub first: Instant,
    /// How many occurrences have begun.
    pub occurrences: u32,
    /// When the next one begins; `None` where there will be none.
    pub next: Option<Instant>,
}
