//! Records of access reviews, which the service files under a name of its own (AUD-28, REV-44).

use super::activity;
use super::record::{AuditResult, Category, Draft, OperationType, Service, TargetResource};
use super::teller::{Doer, Teller};
use pim_core::model::access_review::{
    AccessReviewApplyResult, AccessReviewDefinition, AccessReviewResource, AccessReviewResult, AccessReviewStatus,
    AccessReviewSubject, AccessReviewTarget,
};
use pim_core::model::{DirectoryScope, GroupAccess, Privilege};
use pim_core::{AccessReviewEvent, DecidedLine};
use uuid::Uuid;

/// The records of an event: who decided, and what the service did by itself.
pub(super) fn told(teller: &Teller<'_>, number: u64, by: Option<Doer>, event: &AccessReviewEvent) -> Vec<Draft> {
    let Some(by) = by else { return Vec::new() };
    let writer = Writer { teller, by, correlation: teller.correlation_of(number) };
    match event {
        AccessReviewEvent::Created(it) => vec![writer.of_definition(activity::REVIEW_CREATED, OperationType::Add, it)],
        AccessReviewEvent::Updated(it) => {
            vec![writer.of_definition(activity::REVIEW_UPDATED, OperationType::Update, it)]
        }
        AccessReviewEvent::Deleted { review, display_name } => {
            let targets = vec![named("Other", review.0, display_name)];
            vec![writer.draft(activity::REVIEW_DELETED, OperationType::Delete, targets)]
        }
        AccessReviewEvent::Decided { subject, lines, justification } => (lines.iter())
            .map(|line| writer.of_line(decided(line.decision), subject, line).reasoned(justification.clone()))
            .collect(),
        AccessReviewEvent::Reset { subject, lines } => {
            lines.iter().map(|line| writer.of_line(activity::DECISION_RESET, subject, line)).collect()
        }
        AccessReviewEvent::StatusChanged { subject, status: AccessReviewStatus::Completed, .. } => {
            vec![writer.of_instance(activity::REVIEW_ENDED, subject)]
        }
        AccessReviewEvent::AutoReviewed { subject, .. } => vec![writer.of_instance(activity::AUTO_REVIEWED, subject)],
        AccessReviewEvent::ApplyBegan { subject, is_automatic, .. } => {
            let activity = if *is_automatic { activity::REVIEW_AUTO_APPLIED } else { activity::REVIEW_APPLIED };
            vec![writer.of_instance(activity, subject)]
        }
        AccessReviewEvent::LineApplied { instance, display_name, resource, line, result } => {
            let review = named("Other", instance.0, display_name);
            writer.applied((review, *resource), line, *result).into_iter().collect()
        }
        AccessReviewEvent::StatusChanged { .. }
        | AccessReviewEvent::CameRound { .. }
        | AccessReviewEvent::InstanceCreated(_)
        | AccessReviewEvent::PeopleFound { .. }
        | AccessReviewEvent::Stopped { .. }
        | AccessReviewEvent::ReviewersSet { .. }
        | AccessReviewEvent::Reminded { .. }
        | AccessReviewEvent::StageBegan { .. }
        | AccessReviewEvent::DefaultsSet { .. }
        | AccessReviewEvent::HistoryCreated(_)
        | AccessReviewEvent::HistoryStatusChanged { .. }
        | AccessReviewEvent::HistoryDeleted(_) => Vec::new(),
    }
}

/// What a decision is called.
const fn decided(decision: AccessReviewResult) -> &'static str {
    match decision {
        AccessReviewResult::Approve => activity::DECISION_APPROVED,
        AccessReviewResult::Deny => activity::DECISION_DENIED,
        AccessReviewResult::DontKnow => activity::DECISION_UNKNOWN,
        AccessReviewResult::NotReviewed => activity::DECISION_RESET,
    }
}

struct Writer<'a> {
    teller: &'a Teller<'a>,
    by: Doer,
    correlation: Uuid,
}

impl Writer<'_> {
    fn draft(&self, activity: &str, operation: OperationType, targets: Vec<TargetResource>) -> Draft {
        Draft {
            service: Service::AccessReviews,
            category: Category::UserManagement,
            activity: activity.to_owned(),
            operation,
            result: AuditResult::Success,
            reason: None,
            by: self.by.who.clone(),
            targets,
            details: self.teller.caller(&self.by).collect(),
            correlation: self.correlation,
        }
    }

    fn of_definition(&self, activity: &str, operation: OperationType, review: &AccessReviewDefinition) -> Draft {
        let reviewed = match review.properties.scope.target {
            AccessReviewTarget::One(resource) => Some(self.teller.held(privilege(resource))),
            AccessReviewTarget::GroupsWithGuests => None,
        };
        let review = named("Other", review.id.0, &review.properties.display_name);
        self.draft(activity, operation, std::iter::once(review).chain(reviewed).collect())
    }

    fn of_instance(&self, activity: &str, subject: &AccessReviewSubject) -> Draft {
        let review = named("Other", subject.instance.0, &subject.display_name);
        let reviewed = self.teller.held(privilege(subject.resource));
        self.draft(activity, OperationType::Update, vec![review, reviewed])
    }

    fn of_line(&self, activity: &str, subject: &AccessReviewSubject, line: &DecidedLine) -> Draft {
        let mut draft = self.of_instance(activity, subject);
        draft.targets.insert(0, self.teller.principal(line.principal));
        draft
    }

    /// A decision that came to something, or could not.
    fn applied(
        &self,
        (review, resource): (TargetResource, AccessReviewResource),
        line: &DecidedLine,
        result: AccessReviewApplyResult,
    ) -> Option<Draft> {
        let targets = vec![self.teller.principal(line.principal), review, self.teller.held(privilege(resource))];
        let draft = self.draft(activity::DECISION_APPLIED, OperationType::Update, targets);
        match result {
            AccessReviewApplyResult::New => None,
            AccessReviewApplyResult::AppliedWithUnknownFailure => Some(draft.failed(result.name())),
            AccessReviewApplyResult::AppliedSuccessfully
            | AccessReviewApplyResult::AppliedSuccessfullyButObjectNotFound
            | AccessReviewApplyResult::ApplyNotSupported => Some(draft),
        }
    }
}

fn named(kind: &'static str, id: Uuid, name: &str) -> TargetResource {
    TargetResource { display_name: Some(name.to_owned()), ..TargetResource::of(kind, Some(id)) }
}

/// What is reviewed, as what is held.
const fn privilege(resource: AccessReviewResource) -> Privilege {
    match resource {
        AccessReviewResource::DirectoryRole(role) => Privilege::DirectoryRole { role, scope: DirectoryScope::Tenant },
        AccessReviewResource::Group(group) => Privilege::Group { group, access: GroupAccess::Member },
        AccessReviewResource::AzureRole { role, scope } => Privilege::AzureRole { role, scope },
    }
}
