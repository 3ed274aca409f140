//! What may be said of an access review, in worlds and in the steps of scenarios.

use super::text::{instant, length};
use pim_core::time::{Instant, Length};
use serde::Deserialize;
use utoipa::ToSchema;

/// An access review: who is asked about whom, when, and what comes of it. It is of a `role`, of a `group`, or of an `azureRole`
/// at a `scope`.
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own in the file")]
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AccessReviewEntry {
    /// The name that the rest of the file uses.
    pub name: String,
    /// The name people see; the name itself when left out.
    pub display_name: Option<String>,
    /// What reviewers are told.
    pub description: Option<String>,
    /// The role of the directory, by name or id.
    pub role: Option<String>,
    /// The group, by name.
    pub group: Option<String>,
    /// The role of Azure, by name or id.
    pub azure_role: Option<String>,
    /// Where the role of Azure is held, such as `prod/web`.
    pub scope: Option<String>,
    /// Whose: `people` (when left out), `guests`, or `applications`. People are users, and of a role their groups, too.
    #[serde(default)]
    pub whose: WhoseWord,
    /// `eligible` or `active` assignments alone; both when left out.
    pub assignments: Option<AssignmentsWord>,
    /// Only of people who have not signed in for so long.
    #[serde(default, deserialize_with = "length")]
    #[schema(value_type = Option<String>, example = "P90D")]
    pub inactive_for: Option<Length>,
    /// Who reviews, by name: users, and groups for their members. Without anybody, people review themselves.
    #[serde(default)]
    pub reviewers: Vec<String>,
    /// Who reviews where no names are: `themselves`, their `managers`, or the `owners` of the group.
    pub reviewed_by: Option<ReviewedByWord>,
    /// Who is asked where nobody else is found, by name.
    #[serde(default)]
    pub fallback: Vec<String>,
    /// The first day; the tenant's today when left out.
    #[serde(default, deserialize_with = "instant")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub start: Option<Instant>,
    /// How many days each occurrence lasts; 14 when left out.
    pub days: Option<u32>,
    /// How often it comes; once when left out.
    pub every: Option<FrequencyWord>,
    /// How many times it comes, where it does not come for ever.
    pub times: Option<u32>,
    /// The last day on which one begins, instead of a number.
    #[serde(default, deserialize_with = "instant")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub until: Option<Instant>,
    /// What is decided for whoever the reviewers say nothing of: `keep` (when left out), `approve`, `deny` or `recommendation`.
    #[serde(default)]
    pub silence: SilenceWord,
    /// Whether what was decided is applied at the end, without anybody asking for it.
    #[serde(default)]
    pub auto_apply: bool,
    /// Whether an approval needs a reason.
    #[serde(default)]
    pub justification: bool,
    /// Whether reviewers are recommended what to decide; they are when left out.
    pub recommendations: Option<bool>,
    /// How long before the start of an occurrence a sign-in counts for the recommendation; 30 days when left out.
    #[serde(default, deserialize_with = "length")]
    #[schema(value_type = Option<String>, example = "P30D")]
    pub look_back: Option<Length>,
    /// Whether mails are sent.
    #[serde(default)]
    pub mails: bool,
    /// Whether reviewers are reminded at half-time.
    #[serde(default)]
    pub reminders: bool,
}

/// Whose assignments a review is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum WhoseWord {
    /// Users and groups.
    #[default]
    People,
    /// Guests alone.
    Guests,
    /// Service principals.
    Applications,
}

/// Which assignments a review is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum AssignmentsWord {
    /// Eligible ones.
    Eligible,
    /// Active ones.
    Active,
}

/// Who reviews, without names.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum ReviewedByWord {
    /// Everybody of themselves.
    Themselves,
    /// Everybody's manager.
    Managers,
    /// The owners of the group.
    Owners,
}

/// How often a review comes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum FrequencyWord {
    /// Every week.
    Week,
    /// Every month.
    Month,
    /// Every three months.
    Quarter,
    /// Every six months.
    HalfYear,
    /// Every twelve months.
    Year,
}

impl FrequencyWord {
    /// How many months lie between two occurrences; none for a week.
    #[must_use]
    pub const fn months(self) -> Option<u32> {
        match self {
            Self::Week => None,
            Self::Month => Some(1),
            Self::Quarter => Some(3),
            Self::HalfYear => Some(6),
            Self::Year => Some(12),
        }
    }
}

/// What is decided where reviewers are silent.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum SilenceWord {
    /// Nothing.
    #[default]
    Keep,
    /// That access stays.
    Approve,
    /// That it goes.
    Deny,
    /// What was recommended.
    Recommendation,
}

impl AccessReviewEntry {
    /// Whether what it says fits together; else the key that does not, and why.
    ///
    /// # Errors
    /// That key.
    pub fn look_at(&self) -> Result<(), (&'static str, String)> {
        let wrong = |key, message: &str| Err((key, message.to_owned()));
        let subjects = [("role", &self.role), ("group", &self.group), ("azureRole", &self.azure_role)];
        let given: Vec<_> = subjects.into_iter().filter(|(_, name)| name.is_some()).map(|(key, _)| key).collect();
        match given[..] {
            [] => return wrong("name", "an access review is of a 'role', of a 'group' or of an 'azureRole'"),
            [_, second, ..] => return wrong(second, "an access review is of one thing alone"),
            ["azureRole"] if self.scope.is_none() => {
                return wrong("azureRole", "an 'azureRole' needs a 'scope', such as 'prod/web'");
            }
            ["role" | "group"] if self.scope.is_some() => return wrong("scope", "'scope' belongs to an 'azureRole'"),
            ["group"] if self.assignments.is_some() => {
                return wrong("assignments", "of a group eligible and active members are reviewed together (REV-10)");
            }
            [_] => {}
        }
        if self.reviewed_by.is_some() && !self.reviewers.is_empty() {
            return wrong("reviewedBy", "either 'reviewers' by name or 'reviewedBy', not both");
        }
        if self.reviewed_by == Some(ReviewedByWord::Owners) && self.group.is_none() {
            return wrong("reviewedBy", "only a group has owners who review");
        }
        if self.times.is_some() && self.until.is_some() {
            return wrong("until", "either 'times' or 'until' says when it comes no more");
        }
        match (self.every, self.times.is_some(), self.until.is_some()) {
            (None, true, _) => wrong("times", "'times' belongs to what comes 'every' so often"),
            (None, _, true) => wrong("until", "'until' belongs to what comes 'every' so often"),
            (_, _, _) => Ok(()),
        }
    }

    /// How many days each occurrence lasts.
    #[must_use]
    pub fn duration_in_days(&self) -> u32 {
        self.days.unwrap_or(if self.every == Some(FrequencyWord::Week) { 7 } else { 14 })
    }
}
