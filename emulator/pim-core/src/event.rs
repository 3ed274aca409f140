//! What may happen. Events say everything in absolute terms: replaying them over nothing gives the same state.

use crate::behaviour::Behaviour;
use crate::id::{ApplicationId, PrincipalId, RequestId, RoleDefinitionId, ScheduleId};
use crate::model::{
    AdministrativeUnit, Application, Group, RequestStatus, RoleDefinition, Schedule, ScheduleRequest, ServicePrincipal,
    Tenant, User, Window,
};
use crate::time::Instant;
use serde::{Deserialize, Serialize};

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
}

/// Something that happened.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Event {
    /// The tenant was made.
    TenantCreated(Box<Tenant>),
    /// The switches were set.
    BehaviourChanged(Box<Behaviour>),
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
    /// A principal was deleted.
    PrincipalDeleted(PrincipalId),
    /// An application registration was removed.
    ApplicationDeleted(ApplicationId),
    /// A custom role was made.
    RoleDefinitionCreated(Box<RoleDefinition>),
    /// A custom role was changed; this is what it is now.
    RoleDefinitionUpdated(Box<RoleDefinition>),
    /// A custom role was deleted.
    RoleDefinitionDeleted(RoleDefinitionId),
    /// A request was made.
    RequestCreated(Box<ScheduleRequest>),
    /// A request has come to another status.
    RequestStatusChanged {
        /// The request.
        request: RequestId,
        /// Its status now.
        status: RequestStatus,
    },
    /// A request was purged from the history (MOD-15, MOD-16).
    RequestPurged(RequestId),
    /// A schedule was made.
    ScheduleCreated(Box<Schedule>),
    /// A schedule's window was changed.
    ScheduleChanged {
        /// The schedule.
        schedule: ScheduleId,
        /// Its window now.
        window: Window,
    },
    /// The start of a schedule came: its instance appears (REQ-51).
    ScheduleStarted(ScheduleId),
    /// The end of a schedule came, and it stays because it is the last of its kind (GA-5, GA-10).
    EndHeldBack {
        /// The schedule.
        schedule: ScheduleId,
        /// When its end is tried again.
        again: Instant,
    },
    /// A schedule went away, and with it its instance and role assignment.
    ScheduleEnded {
        /// The schedule.
        schedule: ScheduleId,
        /// Why.
        cause: EndCause,
    },
    /// An expired schedule can be renewed no longer (ASG-18).
    ScheduleForgotten(ScheduleId),
}

impl Event {
    /// The name of its kind, in the spelling of JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::TenantCreated(_) => "tenantCreated",
            Self::BehaviourChanged(_) => "behaviourChanged",
            Self::UserCreated(_) => "userCreated",
            Self::GroupCreated(_) => "groupCreated",
            Self::ServicePrincipalCreated(_) => "servicePrincipalCreated",
            Self::ApplicationCreated(_) => "applicationCreated",
            Self::AdministrativeUnitCreated(_) => "administrativeUnitCreated",
            Self::MemberAdded { .. } => "memberAdded",
            Self::MemberRemoved { .. } => "memberRemoved",
            Self::OwnerAdded { .. } => "ownerAdded",
            Self::PrincipalDeleted(_) => "principalDeleted",
            Self::ApplicationDeleted(_) => "applicationDeleted",
            Self::RoleDefinitionCreated(_) => "roleDefinitionCreated",
            Self::RoleDefinitionUpdated(_) => "roleDefinitionUpdated",
            Self::RoleDefinitionDeleted(_) => "roleDefinitionDeleted",
            Self::RequestCreated(_) => "requestCreated",
            Self::RequestStatusChanged { .. } => "requestStatusChanged",
            Self::RequestPurged(_) => "requestPurged",
            Self::ScheduleCreated(_) => "scheduleCreated",
            Self::ScheduleChanged { .. } => "scheduleChanged",
            Self::ScheduleStarted(_) => "scheduleStarted",
            Self::EndHeldBack { .. } => "endHeldBack",
            Self::ScheduleEnded { .. } => "scheduleEnded",
            Self::ScheduleForgotten(_) => "scheduleForgotten",
        }
    }
}

/// An event with the instant at which it happened: its own due time, also when one jump passed over many.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Recorded {
    /// When it happened.
    pub at: Instant,
    /// What happened.
    pub event: Event,
}
