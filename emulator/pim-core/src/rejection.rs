//! Why not: everything the machine may say no with, as facts.
//!
//! No status, no code, no English. The variants stand in the order of precedence (REQ-40…REQ-47): where two apply, the
//! upper one is said.

use crate::id::{
    AccessReviewDecisionId, AccessReviewDefinitionId, AccessReviewHistoryId, AccessReviewInstanceId,
    AccessReviewStageId, AdministrativeUnitId, ApplicationId, AzureRoleDefinitionId, AzureScopeId, ClientId,
    ConditionalAccessPolicyId, PrincipalId, RequestId, RoleDefinitionId, ScheduleId,
};
use crate::model::access_review::AccessReviewStatus;
use crate::model::conditional_access::AuthenticationContextId;
use crate::model::{
    Action, Alert, AlertScope, AssignmentKind, Family, GroupAccess, PolicyRule, PolicySubject, Principal,
    PrincipalKind, RequestStatus, Requirement,
};
use crate::time::{Instant, Length};
use uuid::Uuid;

/// An object of the directory that is in the way of another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holder {
    /// A user, a group or a service principal.
    Principal(PrincipalKind, PrincipalId),
    /// An application registration.
    Application(ApplicationId),
}

impl From<&Principal> for Holder {
    fn from(principal: &Principal) -> Self {
        Self::Principal(principal.kind(), principal.id())
    }
}

/// Why a command was refused. A refused command has changed nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Rejection {
    /// The caller holds none of the roles that the operation needs (AUT-1, AUT-20).
    NotPermitted,
    /// A self-service action on behalf of somebody else (ACT-3), or by an application (ACT-4).
    NotForOthers,
    /// The tenant has no licence that includes PIM (REQ-43, LIC-9).
    LicenseRequired,
    /// Privileges of that family do not know the action (REQ-2).
    ActionNotForFamily {
        /// The action.
        action: Action,
        /// The family.
        family: Family,
    },
    /// This side of PIM does not know the action (REQ-4).
    ActionNotForSide {
        /// The action.
        action: Action,
        /// The side it was sent to.
        side: AssignmentKind,
    },
    /// The schedule of the request makes no sense (REQ-41).
    InvalidSchedule(ScheduleFault),
    /// There is no such role (REQ-42).
    RoleNotFound(RoleDefinitionId),
    /// There is no such group (REQ-42).
    GroupNotFound(PrincipalId),
    /// There is no such principal (REQ-42).
    PrincipalNotFound(PrincipalId),
    /// There is no such administrative unit.
    AdministrativeUnitNotFound(AdministrativeUnitId),
    /// There is no such object to be a scope.
    ScopeObjectNotFound(PrincipalId),
    /// There is no such request (ERR-15).
    RequestNotFound(RequestId),
    /// There is no such schedule or assignment.
    ScheduleNotFound(ScheduleId),
    /// There is no such approval (APR-24).
    ApprovalNotFound(RequestId),
    /// There is no such policy.
    PolicyNotFound(PolicySubject),
    /// There is no such Conditional Access policy.
    ConditionalAccessPolicyNotFound(ConditionalAccessPolicyId),
    /// There is no such authentication context.
    AuthenticationContextNotFound(AuthenticationContextId),
    /// The caller is not among those who decide (APR-24), or asked for it (APR-8).
    NotAnApprover,
    /// Somebody has decided already, or time is out (APR-24).
    AlreadyDecided(RequestId),
    /// A decision needs a reason (APR-10).
    ApproverJustificationRequired,
    /// The request does not wait for a manager's decision.
    NotAwaitingDecision(RequestStatus),
    /// The role cannot be held at that scope (SCO-2, SCO-3).
    ScopeNotSupported(RoleDefinitionId),
    /// Azure does not have it, or does not let it be.
    Azure(AzureFault),
    /// Access reviews do not have it, or do not let it be.
    AccessReview(AccessReviewFault),
    /// PIM cannot manage the group: a rule, another directory or a restricted administrative unit decides who is in it (GRP-4,
    /// GRP-5, GRP-6).
    GroupNotManageable(PrincipalId),
    /// A group cannot own a group (PRI-8).
    GroupCannotOwn(PrincipalId),
    /// A group cannot be in itself.
    GroupInItself(PrincipalId),
    /// No group is an active member of a role-assignable group (GRP-16).
    GroupInRoleAssignableGroup(PrincipalId),
    /// No group is an active member of a Microsoft 365 group.
    GroupInMicrosoft365Group(PrincipalId),
    /// A service principal cannot be eligible (PRI-1, PRI-2).
    PrincipalCannotBeEligible(PrincipalId),
    /// The group is not role-assignable (PRI-6, UNC-18).
    GroupNotRoleAssignable(PrincipalId),
    /// The principal holds that privilege already (ASG-6, ACT-11).
    AlreadyExists {
        /// By which schedule.
        schedule: ScheduleId,
    },
    /// An earlier request for the same waits for a decision (ASG-7).
    PendingRequest {
        /// Which one.
        request: RequestId,
    },
    /// A future window overlaps another one (ASG-8).
    OverlapsScheduled {
        /// Which one.
        schedule: ScheduleId,
    },
    /// There is nothing to act on (ASG-14, DEA-4).
    DoesNotExist,
    /// The request does not wait any more (REQ-21).
    NotCancellable(RequestStatus),
    /// The window, or the time since the assignment was made, is under five minutes (ASG-1, ASG-2, DEA-2).
    DurationTooShort,
    /// The last active assignment of a protected role (GA-3).
    LastAdministrator(RoleDefinitionId),
    /// The only owner of a group (DEA-11).
    LastOwner(PrincipalId),
    /// One cannot take Global Administrator from oneself outside PIM (GA-8).
    SelfRemovalOfGlobalAdministrator,
    /// The scope is not covered by the eligibility, where the switch asks for an answer of its own (UNC-17).
    ScopeNotCovered,
    /// The session lacks an authentication context that the policy asks for (REQ-46, MFA-8).
    AuthenticationContextRequired {
        /// Which context.
        context: AuthenticationContextId,
        /// In the words of which family the service says so (UNC-11).
        words_of: Family,
    },
    /// One or more policy rules fail, in the order of their names (REQ-45).
    PolicyRules(Vec<PolicyRule>),
    /// Multifactor authentication cannot be turned on while an authentication context is (MFA-11, MFA-12).
    MfaAndContextConflict,
    /// A policy cannot be so (POL-20).
    InvalidPolicy(PolicyFault),
    /// An authentication context that a policy names cannot be deleted.
    AuthenticationContextInUse(AuthenticationContextId),
    /// The principal holds as many role assignments of that sort as it may (ASG-12).
    TooManyAssignments,
    /// The group has as many owners as it may (GRP-23).
    TooManyOwners(PrincipalId),
    /// The tenant has as many custom roles as it may (LIM-2).
    TooManyCustomRoles,
    /// Built-in roles cannot be changed.
    RoleIsBuiltIn(RoleDefinitionId),
    /// A custom role that is assigned cannot be deleted.
    RoleIsAssigned(RoleDefinitionId),
    /// Another object has that id or name.
    NameTaken {
        /// The property in question, as Graph spells it.
        property: &'static str,
        /// Its value.
        value: String,
        /// The object that has it, where it is one of the directory.
        holder: Option<Holder>,
    },
    /// A property has a value that it cannot have.
    InvalidProperty {
        /// The property in question, as Graph spells it.
        property: &'static str,
    },
    /// A property cannot be changed.
    ReadOnlyProperty {
        /// The property in question, as Graph spells it.
        property: &'static str,
    },
    /// The name to sign in with is not below a domain of the tenant.
    DomainNotVerified,
    /// The password is too easy to guess.
    PasswordTooSimple,
    /// The tenant has as many groups for directory roles as it may (GRP-13).
    TooManyRoleAssignableGroups,
    /// There is no such application, credential, owner, member or grant.
    ObjectNotFound(Uuid),
    /// The same is there already, where the directory says no more than that.
    ConflictingObject {
        /// Of what there would be two.
        of: &'static str,
    },
    /// A service principal is to be made of an application that the tenant does not know.
    ApplicationNotFound(ClientId),
    /// The application has a service principal already.
    ServicePrincipalExists {
        /// The application.
        app_id: ClientId,
        /// Its service principal.
        holder: PrincipalId,
    },
    /// Somebody has that permission already.
    PermissionAlreadyAssigned,
    /// A permission that an application offers must be disabled before it is changed or removed.
    PermissionIsEnabled,
    /// Members or owners of that group cannot be changed by hand: a rule or another directory decides.
    MembershipNotWritable(PrincipalId),
    /// A Microsoft 365 group keeps its last owner.
    OwnerRequired(PrincipalId),
    /// The principal is a member or owner of the group already.
    ReferenceExists {
        /// Member or owner.
        access: GroupAccess,
    },
    /// The principal is no member or owner of the group.
    ReferenceMissing {
        /// Member or owner.
        access: GroupAccess,
    },
    /// There are no alerts of that: it is no subscription, or PIM is not in use there (ALR-34).
    NoAlerts(AlertScope),
    /// The alert has no such incident.
    IncidentNotFound(Uuid),
    /// The service cannot put right what the alert is about.
    AlertNotRemediable(Alert),
    /// An alert cannot be set so: it does not have that, or not with that value.
    InvalidAlertSetting {
        /// What is to be set.
        property: &'static str,
    },
}

/// What is wrong with a schedule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ScheduleFault {
    /// The action needs a schedule and none was given (REQ-5).
    Missing,
    /// The end is not after the start.
    EndNotAfterStart {
        /// The start.
        start: Instant,
        /// The end.
        end: Instant,
    },
    /// The duration is not positive.
    DurationNotPositive,
    /// An extension must move the end to a later instant.
    NotLater,
}

/// What access reviews do not have, or do not let be; only what is asked of them meets it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AccessReviewFault {
    /// There is no such review.
    ReviewNotFound(AccessReviewDefinitionId),
    /// There is no such instance.
    InstanceNotFound(AccessReviewInstanceId),
    /// There is no such stage.
    StageNotFound(AccessReviewStageId),
    /// There is no such line.
    DecisionNotFound(AccessReviewDecisionId),
    /// There is no such report.
    HistoryNotFound(AccessReviewHistoryId),
    /// The caller is not among those who are asked about that line, or about any of the instance.
    NotAReviewer,
    /// What is reviewed takes a licence beyond P2 (LIC-11).
    GovernanceLicenseRequired,
    /// The id that the caller chose is in use.
    IdTaken(AccessReviewDefinitionId),
    /// It is too early or too late for that (REV-22, REV-30).
    NotInStatus {
        /// How far the instance has come.
        status: AccessReviewStatus,
    },
    /// A yes needs a reason (REV-21).
    JustificationRequired,
    /// That is no decision that a reviewer takes.
    NotADecision,
    /// A definition cannot be so.
    InvalidAccessReview(AccessReviewFlaw),
}

/// What is wrong with the definition of an access review, or of a report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AccessReviewFlaw {
    /// It has no name.
    Name,
    /// It is about nobody.
    Principals,
    /// Inactivity is looked for over 1 to 730 days (REV-8).
    InactiveDuration,
    /// An occurrence lasts a day at least, and no longer than its period (REV-4).
    Duration {
        /// How many days it would last.
        days: u32,
        /// How many it may.
        most: u32,
    },
    /// The period is so many weeks, or 1, 3, 6 or 12 months (REV-43).
    Interval,
    /// The series would be over before it began.
    EndBeforeStart,
    /// A series of no occurrences.
    Occurrences,
    /// Recommendations look back over some time (REV-25).
    LookBack,
    /// A default decision that counts must be one (REV-42).
    DefaultDecision,
    /// Roles are not reviewed in stages (REV-14).
    StagesNotSupported,
    /// There are two stages or three (REV-14).
    Stages,
    /// Owners are asked about a group that PIM manages only with somebody to fall back to (REV-10).
    FallbackReviewers,
    /// Nobody decides about oneself in a role-assignable group (REV-11).
    SelfReview,
    /// Owners of what is reviewed are asked only about groups.
    OwnersOfReviewedGroup,
    /// There is no such reviewer.
    ReviewerNotFound(PrincipalId),
    /// The time of a report ends before it begins.
    Period,
}

impl From<AccessReviewFault> for Rejection {
    fn from(fault: AccessReviewFault) -> Self {
        Self::AccessReview(fault)
    }
}

/// What is wrong with a policy.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PolicyFault {
    /// Approval is on and nobody decides: groups have no default approvers (APR-13, APR-15).
    ApproverMissing,
    /// An approver is not there.
    ApproverNotFound(PrincipalId),
    /// A service principal cannot approve (APR-17).
    ApproverIsServicePrincipal(PrincipalId),
    /// An activation lasts from 30 minutes to 24 hours (ACT-7).
    ActivationLength(Length),
    /// A length of time is negative, or missing where an end is demanded.
    Length,
    /// A length of time is set where no end is demanded, so that it would not limit (POL-43).
    IdleLength,
    /// The rule cannot demand this.
    RequirementNotAllowed(Requirement),
    /// The rule is on and names no context.
    ContextMissing,
    /// The rule names a context that nobody has published.
    ContextUnknown(AuthenticationContextId),
    /// A stage times out after one day (APR-4).
    TimeOut(u16),
}

/// What Azure does not have, or does not let be; only what is asked of Azure meets it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AzureFault {
    /// There is no such scope.
    ScopeNotFound(AzureScopeId),
    /// There is no such role (SCO-14).
    RoleNotFound(AzureRoleDefinitionId),
    /// The name that the caller chose for a request is in use (REQ-3).
    RequestIdTaken(RequestId),
    /// The name that the caller chose for an assignment is in use.
    AssignmentIdTaken(ScheduleId),
    /// The role cannot be given at that scope (SCO-14).
    ScopeDoesNotMatchRole(AzureRoleDefinitionId),
    /// A lock forbids it there (AZR-10).
    ResourceIsLocked(AzureScopeId),
    /// The only Owner of a subscription (GA-14).
    LastSubscriptionOwner(AzureScopeId),
    /// A built-in role cannot be changed.
    RoleIsBuiltIn(AzureRoleDefinitionId),
    /// A custom role that is assigned cannot be deleted.
    RoleIsAssigned(AzureRoleDefinitionId),
    /// A management group that is not empty, or that every tenant has, cannot be deleted.
    ScopeInUse(AzureScopeId),
}
