//! Approvals: who may decide on an activation that waits, and what was decided.

use super::policy::Approver;
use crate::id::{PrincipalId, RequestId};
use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// What an approver says (APR-22).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum ReviewResult {
    /// Yes.
    Approve,
    /// No.
    Deny,
}

impl ReviewResult {
    /// The service's word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Approve => "Approve",
            Self::Deny => "Deny",
        }
    }
}

/// A decision.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Review {
    /// What was decided.
    pub result: ReviewResult,
    /// By whom.
    pub by: PrincipalId,
    /// When.
    pub at: Instant,
    /// The reason.
    pub justification: Option<String>,
}

/// How far an approval has come (APR-22).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum ApprovalStatus {
    /// Nobody has decided.
    InProgress,
    /// Somebody has, or there is nothing to decide any more.
    Completed,
    /// Nobody did in time (APR-4).
    Expired,
}

impl ApprovalStatus {
    /// The service's word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::InProgress => "InProgress",
            Self::Completed => "Completed",
            Self::Expired => "Expired",
        }
    }
}

/// The approval of one request: one stage, settled by the first decision (APR-2, APR-3).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Approval {
    /// The request; the approval and its stage have the same id (REQ-14, APR-22).
    pub request: RequestId,
    /// Who decides, as the policy said when the request was made (APR-33); nobody named means the default approvers
    /// (APR-14).
    pub approvers: Vec<Approver>,
    /// Whether a decision needs a reason (APR-10).
    pub is_justification_required: bool,
    /// When it times out (APR-4).
    pub expires: Instant,
    /// When the approvers are told, where that is delayed and has not happened yet (APR-29).
    pub mail_due: Option<Instant>,
    /// How far it has come.
    pub status: ApprovalStatus,
    /// What was decided.
    pub review: Option<Review>,
}
