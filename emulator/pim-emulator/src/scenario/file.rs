//! What may stand in the steps of a scenario, key by key.

use super::review_file::{ReviewCheck, ReviewDecisionEntry};
use crate::app::world::{AccessReviewEntry, PolicyEntry, instant, length};
use pim_core::model::GroupAccess;
use pim_core::time::{Instant, Length};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A scenario: a world, and what happens in it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ScenarioFile {
    /// What it is called.
    pub title: String,
    /// What it teaches or tests, in a sentence.
    pub teaches: String,
    /// The same seed gives the same ids every time.
    #[schema(value_type = Option<u64>)]
    #[expect(dead_code, reason = "it is read with the world")]
    pub(crate) seed: Option<IgnoredAny>,
    /// The name of a built-in scenario whose world this one has, instead of a world of its own.
    #[schema(value_type = Option<String>)]
    #[expect(dead_code, reason = "it is read with the world")]
    pub(crate) scenario: Option<IgnoredAny>,
    /// The world, as in every world file.
    #[schema(value_type = Option<crate::app::world::World>)]
    #[expect(dead_code, reason = "it is read with the world")]
    pub(crate) world: Option<IgnoredAny>,
    /// Who looks, where a check does not say who: a user or an application that may read everything. People look at what is
    /// theirs themselves where nobody is named.
    pub observer: Option<String>,
    /// What happens, one after the other.
    #[serde(default)]
    pub steps: Vec<StepEntry>,
}

/// A step: one act, one move of the clock, or one check.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct StepEntry {
    /// What the step shows, in a sentence.
    pub shows: Option<String>,
    /// Who acts: the name of a user or an application.
    #[serde(rename = "as")]
    pub actor: Option<String>,
    /// Whether the session satisfied multifactor authentication; as the world says of the user when left out.
    pub mfa: Option<bool>,
    /// The authentication contexts that the session satisfied.
    pub contexts: Option<Vec<String>>,
    /// The name by which later steps know the request that this one makes.
    pub request: Option<String>,
    /// The status that the request has then; any that is not a failure when left out.
    pub status: Option<String>,
    /// How the service refuses the act. Without it the act must succeed.
    pub refused: Option<RefusedEntry>,

    /// Activates what one is eligible for.
    pub activate: Option<RequestEntry>,
    /// Ends an activation of one's own.
    pub deactivate: Option<RequestEntry>,
    /// Makes somebody eligible.
    pub make_eligible: Option<RequestEntry>,
    /// Makes somebody active, without a step by whoever it is.
    pub make_active: Option<RequestEntry>,
    /// Changes the window of an eligibility.
    pub change_eligible: Option<RequestEntry>,
    /// Changes the window of an active assignment.
    pub change_active: Option<RequestEntry>,
    /// Takes an eligibility away.
    pub remove_eligible: Option<RequestEntry>,
    /// Takes an active assignment away.
    pub remove_active: Option<RequestEntry>,
    /// Extends an eligibility that ends soon, or asks for it where it is one's own.
    pub extend_eligible: Option<RequestEntry>,
    /// Extends an active assignment that ends soon, or asks for it where it is one's own.
    pub extend_active: Option<RequestEntry>,
    /// Renews an eligibility that has ended, or asks for it where it is one's own.
    pub renew_eligible: Option<RequestEntry>,
    /// Renews an active assignment that has ended, or asks for it where it is one's own.
    pub renew_active: Option<RequestEntry>,
    /// Takes back a request, by the name that its step gave it.
    pub cancel: Option<String>,
    /// Approves an activation.
    pub approve: Option<DecisionEntry>,
    /// Denies an activation.
    pub deny: Option<DecisionEntry>,
    /// Changes a policy; what is left out stays as it is.
    pub set_policy: Option<PolicyEntry>,
    /// Puts somebody into a group, outside PIM.
    pub add_member: Option<MembershipEntry>,
    /// Takes somebody out of a group, outside PIM.
    pub remove_member: Option<MembershipEntry>,
    /// Makes an access review.
    pub start_review: Option<AccessReviewEntry>,
    /// Decides in the latest occurrence of an access review that one is asked in.
    pub decide_review: Option<ReviewDecisionEntry>,
    /// Takes what is recommended for everybody of whom one has said nothing, in the review of that name.
    pub accept_recommendations: Option<String>,
    /// Ends the latest occurrence of an access review before its time, by the name of the review.
    pub stop_review: Option<String>,
    /// Takes back every decision of the latest occurrence, by the name of the review.
    pub reset_review: Option<String>,
    /// Applies what was decided in the latest occurrence, by the name of the review.
    pub apply_review: Option<String>,
    /// Mails the reviewers of the latest occurrence once more, by the name of the review.
    pub remind_reviewers: Option<String>,
    /// A call of any route, as a client sends it.
    pub call: Option<CallEntry>,

    /// Moves the clock on by a duration such as `PT8H`.
    #[serde(default, deserialize_with = "length")]
    #[schema(value_type = Option<String>, example = "PT8H")]
    pub advance: Option<Length>,
    /// Moves the clock on to an instant.
    #[serde(default, deserialize_with = "instant")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub until: Option<Instant>,
    /// Sets switches of the emulator's behaviour.
    #[schema(value_type = Option<Object>)]
    pub behaviour: Option<BTreeMap<String, Value>>,

    /// Looks whether something is so.
    pub check: Option<CheckEntry>,
}

/// How an act is refused.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RefusedEntry {
    /// The code of the error.
    pub code: String,
    /// The HTTP status; any from 400 on when left out.
    pub http: Option<u16>,
    /// A part of the message.
    pub message: Option<String>,
    /// The rule of the service that it rests on, such as `ACT-5`, for the reader. It must be a known one.
    pub rule: Option<String>,
}

/// A request to PIM.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RequestEntry {
    /// Whom it is about; whoever acts when left out.
    pub principal: Option<String>,
    /// The role of the directory, by name.
    pub role: Option<String>,
    /// The group, by name.
    pub group: Option<String>,
    /// `member` or `owner`, for a group.
    #[schema(value_type = Option<String>, example = "member")]
    pub access: Option<GroupAccess>,
    /// The role of Azure, by name.
    pub azure_role: Option<String>,
    /// Where: an administrative unit for a role of the directory, a place such as `prod/web` for a role of Azure.
    pub scope: Option<String>,
    /// The reason.
    pub because: Option<String>,
    /// The number of a ticket.
    pub ticket: Option<String>,
    /// The system that the ticket is in.
    pub ticket_system: Option<String>,
    /// When it begins; at once when left out.
    #[serde(default, deserialize_with = "instant")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub start: Option<Instant>,
    /// How long it lasts.
    #[serde(rename = "for", default, deserialize_with = "length")]
    #[schema(value_type = Option<String>, example = "PT2H")]
    pub duration: Option<Length>,
    /// When it ends, instead of how long it lasts.
    #[serde(default, deserialize_with = "instant")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub end: Option<Instant>,
    /// Whether it has no end.
    #[serde(default)]
    pub permanent: bool,
    /// Whether it is only tried out.
    #[serde(default)]
    pub dry_run: bool,
}

/// A decision on an activation.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct DecisionEntry {
    /// The request, by the name that its step gave it.
    pub request: String,
    /// The reason.
    pub because: Option<String>,
}

/// Somebody in a group.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct MembershipEntry {
    /// The group, by name.
    pub group: String,
    /// The user, group or application, by name.
    pub principal: String,
    /// `member` (when left out) or `owner`.
    #[schema(value_type = Option<String>, example = "member")]
    pub access: Option<GroupAccess>,
}

/// A call of any route. In the path and in the texts of the body `{alice}` stands for the id of what is called so, and
/// `{request:NAME}` for that of a request.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CallEntry {
    /// The method; GET when left out.
    pub method: Option<String>,
    /// The path with its query: `/v1.0/…` or `/beta/…` of Microsoft Graph, everything else of Azure.
    pub path: String,
    /// The body.
    #[schema(value_type = Option<Object>)]
    pub body: Option<Value>,
    /// The HTTP status of the answer; any below 300 when left out.
    pub http: Option<u16>,
    /// What the answer has in it: every member that is written here, with that value.
    #[schema(value_type = Option<Object>)]
    pub answers: Option<Value>,
    /// How many items the list in the answer has.
    pub count: Option<usize>,
    /// The name by which later steps know the object that the answer shows.
    pub remember: Option<String>,
}

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
}

/// Something that somebody holds, or does not.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct HeldCheck {
    /// Who.
    pub principal: String,
    /// The role of the directory, by name.
    pub role: Option<String>,
    /// The group, by name.
    pub group: Option<String>,
    /// `member` or `owner`, for a group.
    #[schema(value_type = Option<String>, example = "member")]
    pub access: Option<GroupAccess>,
    /// The role of Azure, by name.
    pub azure_role: Option<String>,
    /// Where, as in requests.
    pub scope: Option<String>,
    /// When it ends.
    #[serde(default, deserialize_with = "instant")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub end: Option<Instant>,
    /// Whether it has no end.
    pub permanent: Option<bool>,
    /// Whether it is `activated` or `assigned`, of something active.
    pub kind: Option<String>,
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
