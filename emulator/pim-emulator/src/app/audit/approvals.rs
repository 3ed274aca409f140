//! Records of approvals, and those that the approval engine writes of the same (AUD-25): of asking, deciding and of time running
//! out (APR-6).

use super::activity;
use super::record::{AuditResult, Category, Draft, OperationType, Service, TargetResource};
use super::teller::{About, Doer, Teller};
use pim_core::RequestId;
use pim_core::model::{Approval, CreatedBy, Review, ReviewResult, ScheduleRequest};

/// An activation waits for approvers: the requester brought that about (AUD-8).
pub(super) fn opened(teller: &Teller<'_>, by: Option<Doer>, approval: &Approval) -> Vec<Draft> {
    let (Some(by), Some(request)) = (by, teller.request(approval.request)) else { return Vec::new() };
    let about = teller.about(&request, None);
    vec![teller.pim(&by, activity::APPROVAL_REQUESTED, OperationType::Update, &about)]
}

/// An approver has decided. The requester is the target of the type Other (AUD-24).
pub(super) fn reviewed(teller: &Teller<'_>, by: Option<Doer>, id: RequestId, review: &Review) -> Vec<Draft> {
    let (Some(by), Some(request)) = (by, teller.request(id)) else { return Vec::new() };
    let about = About {
        justification: review.justification.clone(),
        other: requester(teller, &request),
        ..teller.about(&request, None)
    };
    let (name, engine) = match review.result {
        ReviewResult::Approve => (activity::APPROVED, activity::ENGINE_APPROVED),
        ReviewResult::Deny => (activity::DENIED, activity::ENGINE_DENIED),
    };
    vec![
        teller.pim(&by, name, OperationType::Update, &about),
        twin(teller, &by, (engine, Category::UserManagement), &about).reasoned(review.justification.clone()),
    ]
}

/// Nobody decided in time (AUD-16).
pub(super) fn timed_out(teller: &Teller<'_>, about: &About) -> Vec<Draft> {
    let by = teller.service();
    vec![
        teller.pim(&by, activity::REQUEST_EXPIRED, OperationType::Update, about),
        twin(teller, &by, (activity::ENGINE_EXPIRED, Category::Policy), about),
    ]
}

fn requester(teller: &Teller<'_>, request: &ScheduleRequest) -> TargetResource {
    match request.created_by {
        CreatedBy::User(id) | CreatedBy::Application(id) => teller.named("Other", id),
        CreatedBy::SetUp | CreatedBy::Service => TargetResource::of("Other", None),
    }
}

/// The line of the approval engine: about the request and whom it is for (AUD-25).
fn twin(teller: &Teller<'_>, by: &Doer, (name, category): (&str, Category), about: &About) -> Draft {
    Draft {
        service: Service::AccessReviews,
        category,
        activity: name.to_owned(),
        operation: OperationType::Update,
        result: AuditResult::Success,
        reason: None,
        by: by.who.clone(),
        targets: vec![TargetResource::of("Request", about.request), teller.principal(about.principal)],
        details: Vec::new(),
        correlation: about.correlation,
    }
}
