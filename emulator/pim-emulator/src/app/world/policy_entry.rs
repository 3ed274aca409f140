//! What may stand in the `policies` of a world file, key by key.

use super::about::{About, NotOneThing, about_something};
use super::text::length;
use pim_core::model::{NotificationLevel, Requirement};
use pim_core::time::Length;
use serde::Deserialize;
use utoipa::ToSchema;

about_something! {
    /// The policy of a role, of the members or owners of a group, or of a role of Azure at one place. What is left out keeps the
    /// service's default. With the policy of a group PIM begins to manage it.
    pub struct PolicyEntry {
        /// What it takes to activate it.
        #[serde(default)]
        pub activation: ActivationEntry,
        /// How it may be given as eligible.
        #[serde(default)]
        pub eligible: GivingEntry,
        /// How it may be given as active.
        #[serde(default)]
        pub active: GivingEntry,
        /// Who is mailed of what.
        #[serde(default)]
        pub notifications: NotificationsEntry,
    }
}

impl PolicyEntry {
    /// What it is the policy of. That of a role of the directory has no place: it is the same everywhere.
    pub(crate) fn of(&self) -> Result<About<'_>, NotOneThing> {
        let about = self.about()?;
        if let About::Role { scope: Some(_), .. } = about {
            return Err(NotOneThing { key: Some("scope"), message: "only the policy of an 'azureRole' has a 'scope'" });
        }
        Ok(about)
    }
}

/// What it takes to activate a role or a place in a group.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ActivationEntry {
    /// How long an activation may last, as an ISO 8601 duration from `PT30M` to `PT24H`.
    #[serde(default, deserialize_with = "length")]
    #[schema(value_type = Option<String>, example = "PT4H")]
    pub max: Option<Length>,
    /// Everything that is demanded: `mfa`, `justification`, `ticket`.
    pub require: Option<Vec<RequirementWord>>,
    /// The names of the users and groups who decide. Approval is required when there are any.
    pub approvers: Option<Vec<String>>,
    /// Whether approval is required, where the approvers alone should not say so. Without approvers, the Privileged Role
    /// Administrators and Global Administrators decide; for a group or a role of Azure somebody must be named.
    pub approval: Option<bool>,
    /// Whether a decision needs a justification.
    pub approver_justification: Option<bool>,
    /// The authentication context that is demanded, `c1` to `c99`. It is published where nothing else publishes it.
    pub authentication_context: Option<String>,
}

/// How a role or a place in a group may be given.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct GivingEntry {
    /// Whether it may be given for good.
    pub permanent: Option<bool>,
    /// How long it may be given for, as an ISO 8601 duration; it counts where it may not be given for good.
    #[serde(default, deserialize_with = "length")]
    #[schema(value_type = Option<String>, example = "P180D")]
    pub max: Option<Length>,
    /// Everything that is demanded of the administrator who gives it: `mfa`, `justification`, and for active assignments of groups
    /// `ticket`.
    pub require: Option<Vec<RequirementWord>>,
}

/// Who is mailed of what.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NotificationsEntry {
    /// When it is given as eligible.
    #[serde(default)]
    pub eligible: RecipientsEntry,
    /// When it is given as active.
    #[serde(default)]
    pub active: RecipientsEntry,
    /// When it is activated.
    #[serde(default)]
    pub activation: RecipientsEntry,
}

/// Who is mailed of one sort of thing.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RecipientsEntry {
    /// Whoever manages it.
    pub admin: Option<NotificationEntry>,
    /// Whoever holds it or asked for it.
    pub requestor: Option<NotificationEntry>,
    /// Whoever decides.
    pub approver: Option<NotificationEntry>,
}

/// What is mailed to one sort of recipient.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NotificationEntry {
    /// Whether the recipients that the service chooses are told.
    pub default: Option<bool>,
    /// How much is mailed: `all`, `critical` or `none`.
    pub level: Option<LevelWord>,
    /// Mail addresses beside them.
    pub additional: Option<Vec<String>>,
}

/// Something that may be demanded.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum RequirementWord {
    /// A session with multifactor authentication.
    Mfa,
    /// A reason.
    Justification,
    /// A ticket number and system.
    Ticket,
}

impl From<RequirementWord> for Requirement {
    fn from(word: RequirementWord) -> Self {
        match word {
            RequirementWord::Mfa => Self::MultiFactorAuthentication,
            RequirementWord::Justification => Self::Justification,
            RequirementWord::Ticket => Self::Ticketing,
        }
    }
}

/// How much is mailed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum LevelWord {
    /// Everything.
    All,
    /// Only what needs somebody to act.
    Critical,
    /// Nothing.
    None,
}

impl From<LevelWord> for NotificationLevel {
    fn from(word: LevelWord) -> Self {
        match word {
            LevelWord::All => Self::All,
            LevelWord::Critical => Self::Critical,
            LevelWord::None => Self::None,
        }
    }
}
