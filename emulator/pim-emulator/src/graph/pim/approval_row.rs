//! An approval on its way to the wire: `approval` with its one step, which has the same id (APR-22).

use crate::graph::expand::{Navigation, Related};
use crate::graph::json::{Json, Word};
use pim_core::model::{Approval, ReviewResult};
use pim_core::time::Instant;
use pim_core::{PrincipalId, View};
use serde::Serialize;
use uuid::Uuid;

/// An approval with the state around it, as somebody sees it.
#[derive(Clone, Debug)]
pub(crate) struct ApprovalRow<'v> {
    pub(super) view: View<'v>,
    pub(super) approval: Approval,
    /// Who looks at it.
    pub(super) caller: Option<PrincipalId>,
}

impl<'v> ApprovalRow<'v> {
    pub(super) fn review_result(&self) -> Word {
        Word(self.approval.review.as_ref().map_or("NotReviewed", |review| review.result.name()))
    }

    /// Whether the caller may decide on it.
    pub(super) fn assigned_to_me(&self) -> bool {
        self.caller.is_some_and(|user| self.view.is_approver(user, self.approval.request))
    }

    pub(super) fn justification(&self) -> &str {
        self.approval.review.as_ref().and_then(|review| review.justification.as_deref()).unwrap_or_default()
    }

    pub(super) fn reviewed(&self) -> Option<Instant> {
        self.approval.review.as_ref().map(|review| review.at)
    }

    pub(super) fn reviewed_by(&self) -> Option<Reviewer<'v>> {
        let by = self.approval.review.as_ref()?.by;
        Some(Reviewer { display_name: self.view.name_of(by), id: by.0 })
    }

    pub(super) fn steps(&self) -> Vec<Step<'_>> {
        vec![Step {
            id: self.approval.request.0,
            display_name: None,
            reviewed_date_time: self.reviewed(),
            review_result: self.review_result(),
            status: Word(self.approval.status.name()),
            assigned_to_me: self.assigned_to_me(),
            justification: self.justification(),
            reviewed_by: self.reviewed_by(),
        }]
    }
}

/// `approvalStep` inside its approval.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Step<'a> {
    id: Uuid,
    display_name: Option<Word>,
    reviewed_date_time: Option<Instant>,
    review_result: Word,
    status: Word,
    assigned_to_me: bool,
    justification: &'a str,
    reviewed_by: Option<Reviewer<'a>>,
}

/// `identity` of whoever decided.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Reviewer<'a> {
    id: Uuid,
    display_name: Option<&'a str>,
}

crate::complex! {
    Step {
        id / "id", display_name / "displayName", reviewed_date_time / "reviewedDateTime", review_result / "reviewResult",
        status / "status", assigned_to_me / "assignedToMe", justification / "justification", reviewed_by / "reviewedBy",
    }
    Reviewer { id / "id", display_name / "displayName" }
}

impl Related for ApprovalRow<'_> {
    /// Steps come inline, whether `$expand` names them or not.
    fn write_related(&self, _: &Navigation, json: &mut Json) {
        json.raw("null");
    }
}

/// What a client says for a decision: the words of today and the older ones, in any case.
pub(super) fn review_result(word: &str) -> Option<ReviewResult> {
    let is = |names: [&str; 2]| names.iter().any(|name| name.eq_ignore_ascii_case(word));
    if is(["Approve", "Approved"]) {
        Some(ReviewResult::Approve)
    } else if is(["Deny", "Denied"]) {
        Some(ReviewResult::Deny)
    } else {
        None
    }
}
