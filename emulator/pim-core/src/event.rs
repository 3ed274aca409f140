//! What may happen. Events say everything in absolute terms: replaying them over nothing gives the same state.

mod access_review;
mod alert;
mod azure;

pub use access_review::{AccessReviewEvent, DecidedLine};
pub use alert::{AlertEvent, AlertFinding, AlertScan, AlertTurn};
pub use azure::AzureEvent;

use crate::behaviour::Behaviour;
use crate::id::{
    AdministrativeUnitId, AppRoleAssignmentId, ApplicationId, ConditionalAccessPolicyId, PermissionGrantId,
    PrincipalId, RequestId, RoleDefinitionId, ScheduleId,
};
use crate::model::conditional_access::{AuthenticationContext, AuthenticationContextId, ConditionalAccessPolicy};
use crate::model::{
    AdministrativeUnit, AppRoleAssignment, Application, Approval, CreatedBy, Group, GroupAccess, License, Mail,
    PermissionGrant, Policy, PolicySubject, Privilege, RefusedRequest, RequestStatus, Review, RoleDefinition, RuleId,
    Schedule, ScheduleDetails, ScheduleKind, ScheduleRequest, ServicePrincipal, SignInEntry, Tenant, User, Window,
};
use crate::time::Instant;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// Why a schedule went away.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum EndCause {
    /// Its end came (ASG-17, ACT-21).
    Expired,
    /// An administrator removed it (ASG-16, DEA-10).
    Removed,
    /// Its holder deactivated it (DEA-1).
    Deactivated,
    /// Its request was cancelled before the start (REQ-23).
    Canceled,
    /// The eligibility it was activated from went away (ASG-19).
    EligibilityEnded,
    /// At its start the principal held the privilege already (ACT-16).
    CouldNotStart,
    /// It was removed in the directory, outside PIM.
    RemovedOutside,
    /// Its principal was deleted (ASG-27).
    PrincipalDeleted,
    /// The administrative unit that it was for was deleted.
    ScopeDeleted,
    /// The tenant's licence lapsed (LIC-7).
    LicenseLapsed,
    /// A lock forbids changes where it was to begin (AZR-10).
    ResourceLocked,
    /// An access review denied it (REV-33).
    DeniedInReview,
}

/// Why a request has come to another status.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum StatusCause {
    /// What it asked for has begun, or is done (REQ-52, REQ-54).
    InEffect,
    /// A manager said yes, and gives this (EXT-13, EXT-7).
    Approved(Window),
    /// An approver or a manager said no (APR-26, EXT-13).
    Denied,
    /// Somebody who may withdrew it (REQ-20).
    Canceled,
    /// Nobody decided in time (APR-4).
    TimedOut,
    /// What it had made, or asked more time for, was taken away.
    Removed,
    /// What it had made ended before it began.
    Expired,
    /// The eligibility that it would activate is not there any more (APR-32).
    EligibilityEnded,
    /// The principal has come to hold the privilege otherwise (ACT-16).
    AlreadyHeld,
    /// Another window of the same has been scheduled for that time (ASG-8).
    Overlaps,
    /// No window can be given that ends and is five minutes long (MOD-4, ACT-6).
    TooShort,
    /// Its principal was deleted (ASG-27).
    PrincipalDeleted,
    /// The administrative unit that it was for was deleted.
    ScopeDeleted,
    /// The tenant's licence lapsed (LIC-7).
    LicenseLapsed,
    /// A lock forbids changes where it was to begin (AZR-10).
    ResourceLocked,
}

impl StatusCause {
    /// Its name, in the spelling of JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::InEffect => "inEffect",
            Self::Approved(_) => "approved",
            Self::Denied => "denied",
            Self::Canceled => "canceled",
            Self::TimedOut => "timedOut",
            Self::Removed => "removed",
            Self::Expired => "expired",
            Self::EligibilityEnded => "eligibilityEnded",
            Self::AlreadyHeld => "alreadyHeld",
            Self::Overlaps => "overlaps",
            Self::TooShort => "tooShort",
            Self::PrincipalDeleted => "principalDeleted",
            Self::ScopeDeleted => "scopeDeleted",
            Self::LicenseLapsed => "licenseLapsed",
            Self::ResourceLocked => "resourceLocked",
        }
    }
}

impl From<EndCause> for StatusCause {
    /// Why a request has failed whose schedule went before it began.
    fn from(cause: EndCause) -> Self {
        match cause {
            EndCause::Expired => Self::Expired,
            EndCause::Canceled => Self::Canceled,
            EndCause::Removed | EndCause::Deactivated | EndCause::RemovedOutside | EndCause::DeniedInReview => {
                Self::Removed
            }
            EndCause::EligibilityEnded => Self::EligibilityEnded,
            EndCause::CouldNotStart => Self::AlreadyHeld,
            EndCause::PrincipalDeleted => Self::PrincipalDeleted,
            EndCause::ScopeDeleted => Self::ScopeDeleted,
            EndCause::LicenseLapsed => Self::LicenseLapsed,
            EndCause::ResourceLocked => Self::ResourceLocked,
        }
    }
}

/// What something was and what it is, so that whoever reads the past can tell what changed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Updated<T> {
    /// Before.
    pub was: T,
    /// From now on.
    pub now: T,
}

/// Something that happened in the directory around PIM: to principals, applications and administrative units, and to the edges
/// between them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum DirectoryEvent {
    /// A user was made.
    UserCreated(Box<User>),
    /// A group was made.
    GroupCreated(Box<Group>),
    /// A service principal was made.
    ServicePrincipalCreated(Box<ServicePrincipal>),
    /// An application was registered.
    ApplicationCreated(Box<Application>),
    /// An administrative unit was made.
    AdministrativeUnitCreated(Box<AdministrativeUnit>),
    /// A principal became a member of a group.
    MemberAdded {
        /// The group.
        group: PrincipalId,
        /// The member.
        member: PrincipalId,
    },
    /// A principal is no longer a member of a group.
    MemberRemoved {
        /// The group.
        group: PrincipalId,
        /// The member.
        member: PrincipalId,
    },
    /// A principal became an owner of a group.
    OwnerAdded {
        /// The group.
        group: PrincipalId,
        /// The owner.
        owner: PrincipalId,
    },
    /// A principal is no longer an owner of a group.
    OwnerRemoved {
        /// The group.
        group: PrincipalId,
        /// The owner.
        owner: PrincipalId,
    },
    /// A user was changed.
    UserUpdated(Box<Updated<User>>),
    /// A group was changed.
    GroupUpdated(Box<Updated<Group>>),
    /// A principal was deleted. It can be restored for a while.
    PrincipalDeleted(PrincipalId),
    /// A deleted principal is back, with the edges that it had (ASG-28).
    PrincipalRestored(PrincipalId),
    /// A deleted principal is gone for good.
    PrincipalPurged(PrincipalId),
    /// An application registration was changed.
    ApplicationUpdated(Box<Updated<Application>>),
    /// An application registration was deleted. It can be brought back until it is purged.
    ApplicationDeleted(ApplicationId),
    /// An application registration was brought back, and with it the service principal, if it had one.
    ApplicationRestored(ApplicationId),
    /// An application registration that was deleted went for good.
    ApplicationPurged(ApplicationId),
    /// A service principal was changed.
    ServicePrincipalUpdated(Box<Updated<ServicePrincipal>>),
    /// An administrative unit was changed. Its members are left out of both.
    AdministrativeUnitUpdated(Box<Updated<AdministrativeUnit>>),
    /// An administrative unit was deleted.
    AdministrativeUnitDeleted(AdministrativeUnitId),
    /// A principal became a member of an administrative unit.
    UnitMemberAdded {
        /// The administrative unit.
        unit: AdministrativeUnitId,
        /// The member.
        member: PrincipalId,
    },
    /// A principal is no longer a member of an administrative unit.
    UnitMemberRemoved {
        /// The administrative unit.
        unit: AdministrativeUnitId,
        /// The member.
        member: PrincipalId,
    },
    /// Somebody was given an app role.
    AppRoleAssigned(Box<AppRoleAssignment>),
    /// An app role was taken away.
    AppRoleAssignmentRemoved(AppRoleAssignmentId),
    /// A client may do something in the name of users; this is what it may now.
    PermissionGrantSet(Box<PermissionGrant>),
    /// A client may do it no longer.
    PermissionGrantRevoked(PermissionGrantId),
    /// A built-in role is listed among those in use from now on.
    DirectoryRoleActivated(RoleDefinitionId),
}

impl DirectoryEvent {
    /// The name of its kind, in the spelling of JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::UserCreated(_) => "userCreated",
            Self::GroupCreated(_) => "groupCreated",
            Self::ServicePrincipalCreated(_) => "servicePrincipalCreated",
            Self::ApplicationCreated(_) => "applicationCreated",
            Self::AdministrativeUnitCreated(_) => "administrativeUnitCreated",
            Self::MemberAdded { .. } => "memberAdded",
            Self::MemberRemoved { .. } => "memberRemoved",
            Self::OwnerAdded { .. } => "ownerAdded",
            Self::OwnerRemoved { .. } => "ownerRemoved",
            Self::UserUpdated(_) => "userUpdated",
            Self::GroupUpdated(_) => "groupUpdated",
            Self::PrincipalDeleted(_) => "principalDeleted",
            Self::PrincipalRestored(_) => "principalRestored",
            Self::PrincipalPurged(_) => "principalPurged",
            Self::ApplicationUpdated(_) => "applicationUpdated",
            Self::ApplicationDeleted(_) => "applicationDeleted",
            Self::ApplicationRestored(_) => "applicationRestored",
            Self::ApplicationPurged(_) => "applicationPurged",
            Self::ServicePrincipalUpdated(_) => "servicePrincipalUpdated",
            Self::AdministrativeUnitUpdated(_) => "administrativeUnitUpdated",
            Self::AdministrativeUnitDeleted(_) => "administrativeUnitDeleted",
            Self::UnitMemberAdded { .. } => "unitMemberAdded",
            Self::UnitMemberRemoved { .. } => "unitMemberRemoved",
            Self::AppRoleAssigned(_) => "appRoleAssigned",
            Self::AppRoleAssignmentRemoved(_) => "appRoleAssignmentRemoved",
            Self::PermissionGrantSet(_) => "permissionGrantSet",
            Self::PermissionGrantRevoked(_) => "permissionGrantRevoked",
            Self::DirectoryRoleActivated(_) => "directoryRoleActivated",
        }
    }
}

impl DirectoryEvent {
    /// That a principal belongs to a group in one way, or no longer.
    pub(crate) const fn edge((group, access): (PrincipalId, GroupAccess), principal: PrincipalId, is_in: bool) -> Self {
        match (access, is_in) {
            (GroupAccess::Member, true) => Self::MemberAdded { group, member: principal },
            (GroupAccess::Member, false) => Self::MemberRemoved { group, member: principal },
            (GroupAccess::Owner, true) => Self::OwnerAdded { group, owner: principal },
            (GroupAccess::Owner, false) => Self::OwnerRemoved { group, owner: principal },
        }
    }
}

impl From<DirectoryEvent> for Event {
    fn from(event: DirectoryEvent) -> Self {
        Self::Directory(event)
    }
}

/// Something that happened.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Event {
    /// The tenant was made.
    TenantCreated(Box<Tenant>),
    /// The switches were set.
    BehaviourChanged(Box<Behaviour>),
    /// The tenant pays for something else now.
    LicenseChanged(License),
    /// A policy was changed (POL-45).
    PolicyChanged {
        /// Whose.
        subject: PolicySubject,
        /// What it is now.
        policy: Box<Policy>,
        /// The rules that were written.
        rules: Vec<RuleId>,
    },
    /// A Conditional Access policy was made or changed; this is what it is now.
    ConditionalAccessPolicySet(Box<ConditionalAccessPolicy>),
    /// A Conditional Access policy was deleted.
    ConditionalAccessPolicyDeleted(ConditionalAccessPolicyId),
    /// An authentication context was published or changed; this is what it is now.
    AuthenticationContextSet(Box<AuthenticationContext>),
    /// An authentication context was deleted.
    AuthenticationContextDeleted(AuthenticationContextId),
    /// PIM manages a group from now on (GRP-8, GRP-9).
    GroupOnboarded(PrincipalId),
    /// Something in the directory around PIM.
    Directory(DirectoryEvent),
    /// Something changed in Azure.
    Azure(AzureEvent),
    /// Something happened to an access review.
    AccessReview(AccessReviewEvent),
    /// Something happened to alerts.
    Alert(AlertEvent),
    /// A custom role was made.
    RoleDefinitionCreated(Box<RoleDefinition>),
    /// A custom role was changed; this is what it is now.
    RoleDefinitionUpdated(Box<RoleDefinition>),
    /// A custom role was deleted.
    RoleDefinitionDeleted(RoleDefinitionId),
    /// A request was made.
    RequestCreated(Box<ScheduleRequest>),
    /// A request was refused: a note that changes nothing (GA-7, UNC-14).
    RequestRefused(Box<RefusedRequest>),
    /// A request has come to another status.
    RequestStatusChanged {
        /// The request.
        request: RequestId,
        /// Its status now.
        status: RequestStatus,
        /// Why.
        cause: StatusCause,
    },
    /// A request that waited has made its schedule.
    RequestGranted {
        /// The request.
        request: RequestId,
        /// Its status now.
        status: RequestStatus,
        /// The start that is stored now (APR-27).
        start: Instant,
        /// The schedule it made.
        schedule: ScheduleId,
    },
    /// A request waits for approvers (REQ-53).
    ApprovalOpened(Box<Approval>),
    /// An approver has decided (APR-3).
    ApprovalReviewed {
        /// The request.
        request: RequestId,
        /// The decision.
        review: Box<Review>,
    },
    /// The time came to tell the approvers (APR-29).
    ApproversTold(RequestId),
    /// A request was purged from the history (MOD-15, MOD-16).
    RequestPurged(RequestId),
    /// A schedule was made.
    ScheduleCreated(Box<Schedule>),
    /// What few schedules have is different now.
    ScheduleDetailsSet {
        /// Whose.
        schedule: ScheduleId,
        /// Everything that is to be said.
        details: Box<ScheduleDetails>,
    },
    /// A schedule's window was changed.
    ScheduleChanged {
        /// The schedule.
        schedule: ScheduleId,
        /// Its window now.
        window: Window,
    },
    /// A schedule has another id from now on (MOD-14). Nothing else of it is different.
    ScheduleIdChanged {
        /// The id that it had.
        schedule: ScheduleId,
        /// The id that it has now.
        id: ScheduleId,
    },
    /// The start of a schedule came: its instance appears (REQ-51).
    ScheduleStarted {
        /// The schedule.
        schedule: ScheduleId,
        /// Its window.
        window: Window,
    },
    /// The end of a schedule came, and it stays because it is the last of its kind (GA-5, GA-10).
    EndHeldBack {
        /// The schedule.
        schedule: ScheduleId,
        /// When its end is tried again.
        again: Instant,
        /// Who holds it.
        principal: PrincipalId,
        /// What is held.
        privilege: Privilege,
        /// Eligible or assigned.
        kind: ScheduleKind,
        /// The window that should have closed.
        window: Window,
    },
    /// A schedule went away, and with it its instance and role assignment.
    ScheduleEnded {
        /// The schedule.
        schedule: ScheduleId,
        /// Why.
        cause: EndCause,
        /// Who held it.
        principal: PrincipalId,
        /// What was held.
        privilege: Privilege,
        /// Eligible, assigned or activated.
        kind: ScheduleKind,
        /// The window that was to be.
        window: Window,
    },
    /// The end of an assignment is near (NOT-16).
    EndNears {
        /// The schedule.
        schedule: ScheduleId,
        /// In how many days, at the most.
        days: u8,
    },
    /// An expired schedule can be renewed no longer (ASG-18).
    ScheduleForgotten(ScheduleId),
    /// A week is over (NOT-15).
    WeekEnded {
        /// When the next one is.
        next: Instant,
    },
    /// Somebody signed in, or tried to.
    SignedIn(Box<SignInEntry>),
    /// People were told of something by mail: one event for all of them.
    MailSent(Box<Mail>),
}

impl Event {
    /// The name of its kind, in the spelling of JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::TenantCreated(_) => "tenantCreated",
            Self::BehaviourChanged(_) => "behaviourChanged",
            Self::GroupOnboarded(_) => "groupOnboarded",
            Self::Azure(event) => event.name(),
            Self::AccessReview(event) => event.name(),
            Self::Alert(event) => event.name(),
            Self::ScheduleDetailsSet { .. } => "scheduleDetailsSet",
            Self::Directory(event) => event.name(),
            Self::RoleDefinitionCreated(_) => "roleDefinitionCreated",
            Self::RoleDefinitionUpdated(_) => "roleDefinitionUpdated",
            Self::RoleDefinitionDeleted(_) => "roleDefinitionDeleted",
            Self::RequestCreated(_) => "requestCreated",
            Self::RequestRefused(_) => "requestRefused",
            Self::RequestStatusChanged { .. } => "requestStatusChanged",
            Self::RequestPurged(_) => "requestPurged",
            Self::ScheduleCreated(_) => "scheduleCreated",
            Self::ScheduleChanged { .. } => "scheduleChanged",
            Self::ScheduleIdChanged { .. } => "scheduleIdChanged",
            Self::ScheduleStarted { .. } => "scheduleStarted",
            Self::EndHeldBack { .. } => "endHeldBack",
            Self::ScheduleEnded { .. } => "scheduleEnded",
            Self::ScheduleForgotten(_) => "scheduleForgotten",
            Self::LicenseChanged(_) => "licenseChanged",
            Self::PolicyChanged { .. } => "policyChanged",
            Self::ConditionalAccessPolicySet(_) => "conditionalAccessPolicySet",
            Self::ConditionalAccessPolicyDeleted(_) => "conditionalAccessPolicyDeleted",
            Self::AuthenticationContextSet(_) => "authenticationContextSet",
            Self::AuthenticationContextDeleted(_) => "authenticationContextDeleted",
            Self::RequestGranted { .. } => "requestGranted",
            Self::ApprovalOpened(_) => "approvalOpened",
            Self::ApprovalReviewed { .. } => "approvalReviewed",
            Self::ApproversTold(_) => "approversTold",
            Self::EndNears { .. } => "endNears",
            Self::WeekEnded { .. } => "weekEnded",
            Self::SignedIn(_) => "signedIn",
            Self::MailSent(_) => "mailSent",
        }
    }
}

/// What is known of whoever called, as it was then (AUD-23). Nothing follows from it: the past remembers it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Session {
    /// The directory roles that the caller held for the whole tenant.
    pub roles: Vec<RoleDefinitionId>,
    /// The address that the call came from, where it came over a network.
    pub address: Option<IpAddr>,
}

/// An event with the instant at which it happened: its own due time, also when one jump passed over many.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Recorded {
    /// When it happened.
    pub at: Instant,
    /// Who brought it about; PIM itself for what came due (AUD-26).
    pub by: CreatedBy,
    /// What is known of the call; none for what PIM did by itself and what set the tenant up.
    pub session: Option<Box<Session>>,
    /// What happened.
    pub event: Event,
}
