//! How an access review is held.

use super::decision::AccessReviewResult;
use super::recurrence::AccessReviewRecurrence;
use super::reviewers::ReviewerScope;
use crate::time::Length;
use serde::{Deserialize, Serialize};

/// What becomes of those about whom nobody has decided (REV-32, REV-42).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum AccessReviewDefault {
    /// Nothing.
    #[default]
    None,
    /// They keep it.
    Approve,
    /// They lose it.
    Deny,
    /// What is recommended.
    Recommendation,
}

impl AccessReviewDefault {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::None, Self::Approve, Self::Deny, Self::Recommendation];

    /// The service's word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Approve => "Approve",
            Self::Deny => "Deny",
            Self::Recommendation => "Recommendation",
        }
    }

    /// The one of that name, in any case.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name().eq_ignore_ascii_case(name))
    }
}

macro_rules! settings {
    ($($(#[doc = $doc:literal])+ $field:ident: $kind:ty = $default:expr;)*) => {
        /// How an access review is held.
        #[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct AccessReviewSettings {
            $($(#[doc = $doc])+ pub $field: $kind,)*
        }

        impl Default for AccessReviewSettings {
            fn default() -> Self {
                Self { $($field: $default,)* }
            }
        }
    };
}

// Each with what it is where nobody says anything: off (REV-41), once and for a month (REV-2), looking back 30 days (REV-24).
settings! {
    /// Whether reviewers are told of the start, and whoever made the review of the end.
    mail_notifications_enabled: bool = false;
    /// Whether reviewers are reminded at half-time.
    reminder_notifications_enabled: bool = false;
    /// Whether a yes needs a reason (REV-21).
    justification_required_on_approval: bool = false;
    /// Whether the default decision counts.
    default_decision_enabled: bool = false;
    /// The default decision.
    default_decision: AccessReviewDefault = AccessReviewDefault::None;
    /// Whether the outcome takes effect by itself (REV-31).
    auto_apply_decisions_enabled: bool = false;
    /// Whether reviewers are told what is recommended.
    recommendations_enabled: bool = false;
    /// How long before the start somebody must have signed in to be recommended (REV-24, REV-25).
    recommendation_look_back_duration: Length = Length::days(30);
    /// How many days an occurrence lasts; with stages, the sum of theirs.
    instance_duration_in_days: u32 = 30;
    /// When it is held; `None` for once, from now on.
    recurrence: Option<AccessReviewRecurrence> = None;
    /// Whether reviewers of a later stage see the decisions of those before.
    decision_histories_for_reviewers_enabled: bool = false;
}

impl AccessReviewSettings {
    /// The default decision, where it counts (REV-42).
    #[must_use]
    pub const fn default_that_counts(&self) -> AccessReviewDefault {
        if self.default_decision_enabled { self.default_decision } else { AccessReviewDefault::None }
    }

    /// Whether lines carry a recommendation: reviewers are shown it, or the silent are given it.
    #[must_use]
    pub const fn recommends(&self) -> bool {
        self.recommendations_enabled || matches!(self.default_that_counts(), AccessReviewDefault::Recommendation)
    }
}

/// One stage of a review that is held in stages (REV-14).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessReviewStageSettings {
    /// What it is called among the stages.
    pub stage_id: String,
    /// The stages that it comes after, as they are called.
    pub depends_on: Vec<String>,
    /// How many days it lasts.
    pub duration_in_days: u32,
    /// Who decides; nobody named means everybody about oneself.
    pub reviewers: Vec<ReviewerScope>,
    /// Who decides where nobody else is found.
    pub fallback_reviewers: Vec<ReviewerScope>,
    /// Whether something is recommended; `None` as in the settings of the review.
    pub recommendations_enabled: Option<bool>,
    /// How far recommendations look back; `None` as in the settings of the review.
    pub recommendation_look_back_duration: Option<Length>,
    /// With which decisions of this stage somebody is reviewed in the next one.
    pub decisions_that_will_move_to_next_stage: Vec<AccessReviewResult>,
    /// What is kept as it was written, as JSON text by property.
    pub kept: Vec<(String, String)>,
}
