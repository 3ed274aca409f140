//! What is looked at, key by key.

use super::{AlertCheck, MembershipEntry, ReviewCheck};
use crate::app::world::{PolicyEntry, about_something, instant};
use pim_core::time::Instant;
use serde::Deserialize;
use utoipa::ToSchema;

/// What is looked at. What is left out is not looked at.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CheckEntry {
    /// Who is active where.
    #[serde(default)]
    pub active: Vec<HeldCheck>,
    /// Who is not.
    #[serde(default)]
    pub not_active: Vec<HeldCheck>,
    /// Who is eligible for what.
    #[serde(default)]
    pub eligible: Vec<HeldCheck>,
    /// Who is not.
    #[serde(default)]
    pub not_eligible: Vec<HeldCheck>,
    /// Who is in which group.
    #[serde(default)]
    pub member: Vec<MembershipEntry>,
    /// Who is not.
    #[serde(default)]
    pub not_member: Vec<MembershipEntry>,
    /// What has become of requests.
    #[serde(default)]
    pub requests: Vec<RequestCheck>,
    /// What the audit log tells.
    #[serde(default)]
    pub audit: Vec<AuditCheck>,
    /// Who was mailed what.
    #[serde(default)]
    pub mail: Vec<MailCheck>,
    /// What a policy says, in the words in which policies are written.
    #[serde(default)]
    pub policies: Vec<PolicyEntry>,
    /// How access reviews stand.
    #[serde(default)]
    pub reviews: Vec<ReviewCheck>,
    /// How alerts stand.
    #[serde(default)]
    pub alerts: Vec<AlertCheck>,
}

about_something! {
    /// Something that somebody holds, or does not.
    pub struct HeldCheck {
        /// Who.
        pub principal: String,
        /// When it ends.
        #[serde(default, deserialize_with = "instant")]
        #[schema(value_type = Option<String>, format = DateTime)]
        pub end: Option<Instant>,
        /// Whether it has no end.
        pub permanent: Option<bool>,
        /// Whether it is `activated` or `assigned`, of something active.
        pub kind: Option<String>,
    }
}

/// What has become of a request.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RequestCheck {
    /// The request, by the name that its step gave it.
    pub request: String,
    /// Its status; `gone` for one that is not to be found any more.
    pub status: String,
}

/// Records of the audit log.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AuditCheck {
    /// The activity.
    pub activity: String,
    /// `success` or `failure`.
    pub result: Option<String>,
    /// Who brought it about, by name.
    pub by: Option<String>,
    /// Somebody or something that it is about, by name.
    pub about: Option<String>,
    /// How many such records there are; at least one when left out.
    pub count: Option<usize>,
}

/// Mails.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct MailCheck {
    /// Whom they went to: the name of a user, or an address.
    pub to: String,
    /// A part of the subject.
    pub subject: Option<String>,
    /// How many such mails there are; at least one when left out.
    pub count: Option<usize>,
}
