//! An activation waits for a decision, and is decided on.

use super::cells::Matter;
use super::{Moment, recipients};
use crate::id::RequestId;
use crate::model::{
    Approval, ApprovalStatus, CreatedBy, Happening, Mail, MailClass, Notice, RequestStatus, Review, ReviewResult,
};
use crate::state::{ApprovalRecord, RequestRecord};

crate::implements!["NOT-10", "NOT-13", "NOT-20", "APR-28", "APR-29", "APR-31", "LAT-7"];

const OF: Happening = Happening::EndUserAssignment;

/// The approvers are told at once, unless that is delayed (APR-29).
pub(super) fn opened(moment: Moment<'_>, approval: &Approval) -> Option<Mail> {
    if approval.mail_due.is_some() { None } else { pending(moment, approval.request) }
}

/// The approvers are told that somebody waits for them, and nobody else (NOT-10, APR-31) but for the managers of a place of
/// Azure (NOT-17). After a decision they are not (NOT-20).
pub(super) fn pending(moment: Moment<'_>, request: RequestId) -> Option<Mail> {
    let (request, approval) = approval(moment, request)?;
    if approval.status != ApprovalStatus::InProgress {
        return None;
    }
    let told = (Notice::ApprovalPending, MailClass::Approver, OF);
    let matter = Matter::request(moment, request);
    let approvers = matter.tell(moment, told, || recipients::approvers(moment, request, approval));
    let told = (Notice::ApprovalPending, MailClass::Admin, OF);
    let decide = recipients::approvers(moment, request, approval);
    let managers = recipients::watchers(moment, matter.privilege, request.principal, &decide);
    let managers = managers.and_then(|people| matter.tell(moment, told, || people));
    matter.mail(moment, Notice::ApprovalPending, [approvers, managers])
}

/// The answer is yes.
pub(super) fn granted(moment: Moment<'_>, request: RequestId) -> Option<Mail> {
    answered(moment, request, ReviewResult::Approve)
}

/// The answer is no: an approver said so, or said yes to what can be given no more (APR-32). Nobody is told of a time-out, a
/// withdrawal or a failure without a decision.
pub(super) fn settled(moment: Moment<'_>, request: RequestId, status: RequestStatus) -> Option<Mail> {
    if matches!(status, RequestStatus::Denied | RequestStatus::Failed) {
        answered(moment, request, ReviewResult::Deny)
    } else {
        None
    }
}

/// What became of a decision: the approvers learn of it, all of them, whoever took it (NOT-13, APR-28), and whoever asked.
fn answered(moment: Moment<'_>, request: RequestId, result: ReviewResult) -> Option<Mail> {
    let (request, approval) = approval(moment, request)?;
    let review = approval.review.as_ref()?;
    let (matter, notice) = (decided(moment, request, review), Notice::ApprovalDecided(result));
    let approvers = || recipients::approvers(moment, request, approval);
    let approvers = matter.tell(moment, (notice, MailClass::Approver, OF), approvers);
    let holder = || recipients::behind(moment, request.principal);
    let holder = matter.tell(moment, (notice, MailClass::Requestor, OF), holder);
    matter.mail(moment, notice, [approvers, holder])
}

/// The request, with who decided on it and the reason for that.
fn decided(moment: Moment<'_>, request: &RequestRecord, review: &Review) -> Matter {
    Matter {
        by: CreatedBy::User(review.by),
        justification: review.justification.clone(),
        ..Matter::request(moment, request)
    }
}

fn approval<'a>(moment: Moment<'a>, request: RequestId) -> Option<(&'a RequestRecord, &'a ApprovalRecord)> {
    let (slot, request) = moment.state.request_record(request)?;
    Some((request, moment.state.approvals.get(slot)?))
}
