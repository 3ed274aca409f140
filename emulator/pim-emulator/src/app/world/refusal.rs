//! What the machine refuses, in plain English: for people who write worlds, not for clients of a surface.

use pim_core::model::{Action, AssignmentKind};
use pim_core::{AccessReviewFault, AccessReviewFlaw, AzureFault, PolicyFault, Rejection, ScheduleFault};

/// Why not, as a sentence without a full stop.
#[must_use]
pub fn sentence(rejection: &Rejection) -> String {
    match rejection {
        Rejection::NotPermitted => "the caller holds none of the roles that this needs".to_owned(),
        Rejection::NotForOthers => "only the principal itself may do this".to_owned(),
        Rejection::LicenseRequired => {
            "the tenant's licence does not include PIM; 'license: p2' does, and a plain role \
             assignment ('outsidePim: true') needs none"
                .to_owned()
        }
        Rejection::Azure(fault) => azure_fault(*fault),
        Rejection::AccessReview(fault) => access_review_fault(*fault),
        Rejection::ActionNotForSide { action, side } => not_for_side(*action, *side),
        Rejection::InvalidSchedule(fault) => schedule_fault(*fault),
        Rejection::RoleNotFound(id) => format!("there is no role with the id {id}"),
        Rejection::PrincipalNotFound(id) => format!("there is no user, group or application with the id {id}"),
        Rejection::AdministrativeUnitNotFound(id) => format!("there is no administrative unit with the id {id}"),
        Rejection::ScopeObjectNotFound(id) => format!("there is no object with the id {id} to be a scope"),
        Rejection::RequestNotFound(id) => format!("there is no request with the id {id}"),
        Rejection::ScheduleNotFound(id) => format!("there is no assignment with the id {id}"),
        Rejection::ApprovalNotFound(id) => format!("there is no approval with the id {id}"),
        Rejection::PolicyNotFound(_) => "there is no role or group with such a policy".to_owned(),
        Rejection::ConditionalAccessPolicyNotFound(id) => {
            format!("there is no Conditional Access policy with the id {id}")
        }
        Rejection::AuthenticationContextNotFound(id) => format!("there is no authentication context {id}"),
        Rejection::AuthenticationContextInUse(id) => format!("a policy names the authentication context {id}"),
        Rejection::NotAnApprover => "the caller is not among those who decide on this request".to_owned(),
        Rejection::AlreadyDecided(_) => "this request was decided on already".to_owned(),
        Rejection::ApproverJustificationRequired => "a decision needs a justification".to_owned(),
        Rejection::NotAwaitingDecision(status) => {
            format!("the request is {} and does not wait for a manager's decision", status.name())
        }
        Rejection::AuthenticationContextRequired { context: id, .. } => {
            format!("the session does not satisfy the authentication context {id}")
        }
        Rejection::MfaAndContextConflict => {
            "multifactor authentication cannot be demanded while an authentication context is".to_owned()
        }
        Rejection::InvalidPolicy(fault) => policy_fault(*fault),
        Rejection::ScopeNotSupported(_) => "this role cannot be held at such a scope".to_owned(),
        Rejection::PrincipalCannotBeEligible(_) => {
            "an application cannot be eligible; it can only have active assignments".to_owned()
        }
        Rejection::GroupNotRoleAssignable(_) => {
            "this group cannot hold directory roles; one made with 'roleAssignable: true' can".to_owned()
        }
        Rejection::AlreadyExists { .. } => {
            "this principal already holds this role at this scope, or this place in the group".to_owned()
        }
        Rejection::PendingRequest { .. } => "an earlier request for the same waits for a decision".to_owned(),
        Rejection::OverlapsScheduled { .. } => {
            "this principal already has such an assignment whose time overlaps".to_owned()
        }
        Rejection::DoesNotExist => "there is no such assignment".to_owned(),
        Rejection::NotCancellable(status) => {
            format!("the request is {} and no longer waits, so that it cannot be cancelled", status.name())
        }
        Rejection::DurationTooShort => "an assignment lasts at least five minutes".to_owned(),
        Rejection::LastAdministrator(_) => "this is the last active assignment of a protected role".to_owned(),
        Rejection::SelfRemovalOfGlobalAdministrator => {
            "one cannot take Global Administrator from oneself outside PIM".to_owned()
        }
        Rejection::ScopeNotCovered => "the eligibility does not cover this scope".to_owned(),
        Rejection::PolicyRules(rules) => {
            let names: Vec<_> = rules.iter().map(|rule| rule.name()).collect();
            format!("the policy does not allow it: {}", names.join(", "))
        }
        Rejection::TooManyAssignments => {
            "this principal holds as many role assignments of that sort as it may".to_owned()
        }
        Rejection::TooManyCustomRoles => "the tenant has as many custom roles as it may".to_owned(),
        Rejection::RoleIsBuiltIn(_) => "a built-in role cannot be changed".to_owned(),
        Rejection::RoleIsAssigned(_) => "a role that somebody holds cannot be deleted".to_owned(),
        Rejection::NameTaken { property, value, .. } => format!("another object has the {property} '{value}' already"),
        Rejection::InvalidProperty { property: "isAssignableToRole" } => {
            "a group for directory roles has assigned members only: it is neither dynamic nor synchronised".to_owned()
        }
        Rejection::InvalidProperty { property } => format!("this is not a possible value of {property}"),
        Rejection::ReadOnlyProperty { property } => format!("{property} cannot be changed"),
        Rejection::DomainNotVerified => "its userPrincipalName is below none of the tenant's domains".to_owned(),
        Rejection::PasswordTooSimple => "its password is too easy to guess".to_owned(),
        Rejection::TooManyRoleAssignableGroups => "there may be 500 role-assignable groups and no more".to_owned(),
        Rejection::ObjectNotFound(id) => format!("there is nothing with the id {id}"),
        Rejection::ConflictingObject { of } => format!("the same is among the {of} already"),
        Rejection::ApplicationNotFound(id) => format!("there is no application with the client id {id}"),
        Rejection::ServicePrincipalExists { app_id, .. } => {
            format!("the application {app_id} has a service principal already")
        }
        Rejection::PermissionAlreadyAssigned => "this permission was given already".to_owned(),
        Rejection::PermissionIsEnabled => {
            "a permission that an application offers must be disabled before it changes".to_owned()
        }
        Rejection::ReferenceExists { access } => format!("it is among the {}s already", access.name()),
        Rejection::ReferenceMissing { access } => format!("it is not among the {}s", access.name()),
        Rejection::ActionNotForFamily { action, .. } => format!("{} cannot be asked of groups", action.name()),
        Rejection::GroupNotFound(id) => format!("there is no group with the id {id}"),
        Rejection::GroupNotManageable(_) => {
            "PIM cannot manage this group: it is dynamic, synchronised or in a restricted administrative unit"
                .to_owned()
        }
        Rejection::GroupCannotOwn(_) => "it is a group, and a group cannot own one".to_owned(),
        Rejection::GroupInItself(_) => "a group cannot be in itself".to_owned(),
        Rejection::GroupInRoleAssignableGroup(_) => {
            "a group cannot be an active member of a role-assignable one; it can be eligible".to_owned()
        }
        Rejection::GroupInMicrosoft365Group(_) => "a group cannot be a member of a Microsoft 365 group".to_owned(),
        Rejection::LastOwner(_) | Rejection::OwnerRequired(_) => "this is the only owner of the group".to_owned(),
        Rejection::TooManyOwners(_) => "a group has at most 100 owners".to_owned(),
        Rejection::NoAlerts(_) => "there are alerts of a subscription once PIM gave something in it".to_owned(),
        Rejection::IncidentNotFound(id) => format!("the alert has found nothing with the id {id}"),
        Rejection::AlertNotRemediable(alert) => {
            format!("{} is not an alert that can be put right for you", alert.definition().name)
        }
        Rejection::InvalidAlertSetting { property } => {
            format!("the alert has no {property}, or not with that value")
        }
        Rejection::MembershipNotWritable(_) => {
            "who is in this group is decided by a rule or another directory".to_owned()
        }
    }
}

fn azure_fault(fault: AzureFault) -> String {
    match fault {
        AzureFault::ScopeNotFound(id) => format!("there is no Azure scope with the id {id}"),
        AzureFault::RoleNotFound(id) => format!("there is no Azure role with the id {id}"),
        AzureFault::RequestIdTaken(id) => format!("there is a request with the id {id} already"),
        AzureFault::AssignmentIdTaken(id) => format!("there is an assignment with the id {id} already"),
        AzureFault::ScopeDoesNotMatchRole(_) => "this Azure role cannot be given at such a scope".to_owned(),
        AzureFault::ResourceIsLocked(_) => "a lock forbids changes there".to_owned(),
        AzureFault::LastSubscriptionOwner(_) => "this is the last Owner of the subscription".to_owned(),
        AzureFault::RoleIsBuiltIn(_) => "a built-in Azure role cannot be changed".to_owned(),
        AzureFault::RoleIsAssigned(_) => "an Azure role that somebody holds cannot be deleted".to_owned(),
        AzureFault::ScopeInUse(_) => "a management group that is not empty cannot be deleted".to_owned(),
    }
}

fn access_review_fault(fault: AccessReviewFault) -> String {
    match fault {
        AccessReviewFault::ReviewNotFound(id) => format!("there is no access review with the id {id}"),
        AccessReviewFault::InstanceNotFound(id) => format!("there is no instance of an access review with the id {id}"),
        AccessReviewFault::StageNotFound(id) => format!("there is no stage of an access review with the id {id}"),
        AccessReviewFault::DecisionNotFound(id) => format!("there is no line of an access review with the id {id}"),
        AccessReviewFault::HistoryNotFound(id) => format!("there is no report on access reviews with the id {id}"),
        AccessReviewFault::NotAReviewer => "only a reviewer decides, and on what it is asked about".to_owned(),
        AccessReviewFault::GovernanceLicenseRequired => {
            "reviews of groups that PIM manages, of inactive users and of service principals need 'license: governance'"
                .to_owned()
        }
        AccessReviewFault::IdTaken(id) => format!("there is an access review with the id {id} already"),
        AccessReviewFault::NotInStatus { status } => format!("the access review is {}", status.name()),
        AccessReviewFault::JustificationRequired => "an approval needs a justification in this review".to_owned(),
        AccessReviewFault::NotADecision => "that is no decision".to_owned(),
        AccessReviewFault::InvalidAccessReview(flaw) => access_review_flaw(flaw),
    }
}

fn access_review_flaw(flaw: AccessReviewFlaw) -> String {
    match flaw {
        AccessReviewFlaw::Name => "an access review needs a name".to_owned(),
        AccessReviewFlaw::Principals => "an access review must be about somebody".to_owned(),
        AccessReviewFlaw::InactiveDuration => "inactivity is looked for over 1 to 730 days".to_owned(),
        AccessReviewFlaw::Duration { days, most: u32::MAX } => {
            format!("an access review lasts a day at least, not {days}")
        }
        AccessReviewFlaw::Duration { days, most } => {
            format!("with this recurrence an access review lasts from 1 to {most} days, not {days}")
        }
        AccessReviewFlaw::Interval => "an access review comes round weekly, or every 1, 3, 6 or 12 months".to_owned(),
        AccessReviewFlaw::EndBeforeStart => "the series would be over before it began".to_owned(),
        AccessReviewFlaw::Occurrences => "a series has one occurrence at least".to_owned(),
        AccessReviewFlaw::LookBack => "recommendations look back over some time".to_owned(),
        AccessReviewFlaw::DefaultDecision => "a default decision must be Approve, Deny or Recommendation".to_owned(),
        AccessReviewFlaw::StagesNotSupported => "roles are not reviewed in stages".to_owned(),
        AccessReviewFlaw::Stages => "there are two or three stages, or none".to_owned(),
        AccessReviewFlaw::FallbackReviewers => {
            "owners review a group that PIM manages only with a fallback reviewer".to_owned()
        }
        AccessReviewFlaw::SelfReview => "nobody decides about oneself in a role-assignable group".to_owned(),
        AccessReviewFlaw::OwnersOfReviewedGroup => "only groups are reviewed by their owners".to_owned(),
        AccessReviewFlaw::ReviewerNotFound(id) => format!("there is no such reviewer with the id {id}"),
        AccessReviewFlaw::Period => "the time of the report ends before it begins".to_owned(),
    }
}

fn policy_fault(fault: PolicyFault) -> String {
    match fault {
        PolicyFault::ApproverMissing => {
            "groups and Azure roles have no default approvers: name at least one".to_owned()
        }
        PolicyFault::ApproverNotFound(id) => format!("there is no user or group with the id {id} to be an approver"),
        PolicyFault::ApproverIsServicePrincipal(_) => "an application cannot approve".to_owned(),
        PolicyFault::ActivationLength(length) => {
            format!("an activation may last from 30 minutes to 24 hours, not {length}")
        }
        PolicyFault::Length => "a maximum cannot be negative".to_owned(),
        PolicyFault::IdleLength => "what may last for good has no maximum".to_owned(),
        PolicyFault::RequirementNotAllowed(requirement) => {
            format!("{} cannot be demanded of administrators", requirement.name())
        }
        PolicyFault::ContextMissing => "an authentication context that is demanded must be named".to_owned(),
        PolicyFault::ContextUnknown(id) => format!("there is no authentication context {id}"),
        PolicyFault::TimeOut(days) => format!("a request for approval waits for 1 day, not for {days}"),
    }
}

fn not_for_side(action: Action, side: AssignmentKind) -> String {
    let side = match side {
        AssignmentKind::Eligibility => "eligible",
        AssignmentKind::Assignment => "active",
    };
    format!("{} cannot be asked of {side} assignments", action.name())
}

fn schedule_fault(fault: ScheduleFault) -> String {
    match fault {
        ScheduleFault::Missing => "it needs a schedule, which says when it begins and ends".to_owned(),
        ScheduleFault::EndNotAfterStart { start, end } => {
            format!("it ends at {end}, which is not after its start at {start}")
        }
        ScheduleFault::DurationNotPositive => "it must last longer than no time".to_owned(),
        ScheduleFault::NotLater => "an extension must end later than what it extends".to_owned(),
    }
}
