//! What may stand in a scenario, key by key: a step here, what somebody does in [`acts`], what is looked at in [`checks`],
//! both of access reviews in [`reviews`].

mod acts;
mod alerts;
mod checks;
mod reviews;

pub use acts::{CallEntry, DecisionEntry, MembershipEntry, RequestEntry};
pub use alerts::{AlertCheck, AlertRemedyEntry, AlertScanEntry};
pub use checks::{AuditCheck, CheckEntry, HeldCheck, MailCheck, RequestCheck};
pub use reviews::{ReviewCheck, ReviewDecisionEntry, ReviewDecisionWord, ReviewLineCheck};

use crate::app::world::{AccessReviewEntry, AlertEntry, PolicyEntry, World, instant, length};
use pim_core::time::{Instant, Length};
use serde::Deserialize;
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
    pub seed: Option<u64>,
    /// The name of a built-in scenario whose world this one has, instead of a world of its own.
    pub scenario: Option<String>,
    /// The world, as in every world file.
    pub world: Option<World>,
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
    /// Has the tenant scanned for what there are alerts about.
    pub refresh_alerts: Option<AlertScanEntry>,
    /// Changes how an alert is set, or dismisses it; what is left out stays as it is.
    pub set_alert: Option<AlertEntry>,
    /// Has the service put right what an alert has found.
    pub remediate_alert: Option<AlertRemedyEntry>,
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
