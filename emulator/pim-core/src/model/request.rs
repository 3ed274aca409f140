//! Requests: what somebody asked for, kept as history.

use super::azure::AssignmentCondition;
use super::privilege::Privilege;
use super::schedule::AssignmentKind;
use crate::id::{PrincipalId, RequestId, ScheduleId};
use crate::time::{Instant, Length};
use serde::{Deserialize, Serialize};

/// What a request asks for: Graph's nine actions (REQ-1).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Action {
    /// An administrator makes an eligible or active assignment.
    AdminAssign,
    /// An administrator changes its window.
    AdminUpdate,
    /// An administrator ends it.
    AdminRemove,
    /// A principal activates an eligibility.
    SelfActivate,
    /// A principal ends an own activation.
    SelfDeactivate,
    /// An administrator moves the end of an assignment.
    AdminExtend,
    /// An administrator makes an expired assignment anew.
    AdminRenew,
    /// A principal asks for an extension.
    SelfExtend,
    /// A principal asks for a renewal.
    SelfRenew,
}

impl Action {
    /// Every action, in Graph's order.
    pub const ALL: [Self; 9] = [
        Self::AdminAssign,
        Self::AdminUpdate,
        Self::AdminRemove,
        Self::SelfActivate,
        Self::SelfDeactivate,
        Self::AdminExtend,
        Self::AdminRenew,
        Self::SelfExtend,
        Self::SelfRenew,
    ];

    /// Graph's word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AdminAssign => "adminAssign",
            Self::AdminUpdate => "adminUpdate",
            Self::AdminRemove => "adminRemove",
            Self::SelfActivate => "selfActivate",
            Self::SelfDeactivate => "selfDeactivate",
            Self::AdminExtend => "adminExtend",
            Self::AdminRenew => "adminRenew",
            Self::SelfExtend => "selfExtend",
            Self::SelfRenew => "selfRenew",
        }
    }

    /// The action of that name, in any case.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.name().eq_ignore_ascii_case(name))
    }

    /// Whether the principal acts for itself, rather than an administrator for it.
    #[must_use]
    pub const fn is_self_service(self) -> bool {
        match self {
            Self::SelfActivate | Self::SelfDeactivate | Self::SelfExtend | Self::SelfRenew => true,
            Self::AdminAssign | Self::AdminUpdate | Self::AdminRemove | Self::AdminExtend | Self::AdminRenew => false,
        }
    }
}

/// When an asked-for window shall end (REQ-7).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum AskedExpiration {
    /// Not said: the policy's maximum for an activation, otherwise never.
    NotSpecified,
    /// Never.
    NoExpiration,
    /// At an instant.
    AfterDateTime(Instant),
    /// So long after the start.
    AfterDuration(Length),
}

/// The window that was asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AskedSchedule {
    /// The start; `None` for now. One in the past means now (REQ-10).
    pub start: Option<Instant>,
    /// The end.
    pub expiration: AskedExpiration,
}

/// A ticket of some other system, kept for information only (POL-31).
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct TicketInfo {
    /// Its number.
    pub number: Option<String>,
    /// The system that gave the number.
    pub system: Option<String>,
}

/// Who made a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum CreatedBy {
    /// A signed-in user.
    User(PrincipalId),
    /// An application on its own.
    Application(PrincipalId),
    /// The emulator, when it set up the tenant.
    SetUp,
    /// PIM itself, when something came due (AUD-26).
    Service,
}

/// How far a request has come (REQ-16).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum RequestStatus {
    /// Accepted; its start lies ahead (REQ-13).
    Granted,
    /// Accepted; takes effect when the service has come to it (LAT-1).
    PendingProvisioning,
    /// In effect, or was.
    Provisioned,
    /// Something was taken away (REQ-15).
    Revoked,
    /// Withdrawn while it waited.
    Canceled,
    /// Waits for an approver (REQ-14).
    PendingApproval,
    /// An approver said no (APR-26).
    Denied,
    /// Nobody decided in time (APR-7).
    TimedOut,
    /// Waits for an administrator (EXT-13).
    PendingAdminDecision,
    /// An administrator said yes (EXT-13).
    AdminApproved,
    /// An administrator said no (EXT-13).
    AdminDenied,
    /// Could not be carried out (REQ-56).
    Failed,
    /// It could not be carried out because a lock forbids changes there (AZR-10).
    FailedAsResourceIsLocked,
}

impl RequestStatus {
    /// Every status, for those who list them.
    pub const ALL: [Self; 13] = [
        Self::Granted,
        Self::PendingProvisioning,
        Self::Provisioned,
        Self::Revoked,
        Self::Canceled,
        Self::PendingApproval,
        Self::Denied,
        Self::TimedOut,
        Self::PendingAdminDecision,
        Self::AdminApproved,
        Self::AdminDenied,
        Self::Failed,
        Self::FailedAsResourceIsLocked,
    ];

    /// Graph's word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Granted => "Granted",
            Self::PendingProvisioning => "PendingProvisioning",
            Self::Provisioned => "Provisioned",
            Self::Revoked => "Revoked",
            Self::Canceled => "Canceled",
            Self::PendingApproval => "PendingApproval",
            Self::Denied => "Denied",
            Self::TimedOut => "TimedOut",
            Self::PendingAdminDecision => "PendingAdminDecision",
            Self::AdminApproved => "AdminApproved",
            Self::AdminDenied => "AdminDenied",
            Self::Failed => "Failed",
            Self::FailedAsResourceIsLocked => "FailedAsResourceIsLocked",
        }
    }

    /// Whether the request still waits and may be cancelled (REQ-21).
    #[must_use]
    pub const fn is_waiting(self) -> bool {
        match self {
            Self::Granted | Self::PendingApproval | Self::PendingAdminDecision => true,
            Self::PendingProvisioning
            | Self::Provisioned
            | Self::Revoked
            | Self::Canceled
            | Self::Denied
            | Self::TimedOut
            | Self::AdminApproved
            | Self::AdminDenied
            | Self::Failed
            | Self::FailedAsResourceIsLocked => false,
        }
    }

    /// Whether somebody has yet to decide, or the service to come to it, so that no second request may be made (ASG-7).
    #[must_use]
    pub const fn is_pending(self) -> bool {
        match self {
            Self::PendingProvisioning | Self::PendingApproval | Self::PendingAdminDecision => true,
            Self::Granted
            | Self::Provisioned
            | Self::Revoked
            | Self::Canceled
            | Self::Denied
            | Self::TimedOut
            | Self::AdminApproved
            | Self::AdminDenied
            | Self::Failed
            | Self::FailedAsResourceIsLocked => false,
        }
    }

    /// Whether it stays as it is for good (REQ-57).
    #[must_use]
    pub const fn is_final(self) -> bool {
        !self.is_waiting() && !self.is_pending()
    }
}

/// What few requests have.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestDetails {
    /// What must hold for the assignment to count (AZR-4).
    pub condition: Option<AssignmentCondition>,
    /// The eligibility that shall be activated, where there are several (ACT-18).
    pub linked_eligibility: Option<ScheduleId>,
}

/// A request: immutable but for its status, kept as history (MOD-5).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScheduleRequest {
    /// The id.
    pub id: RequestId,
    /// Which side of PIM it concerns.
    pub side: AssignmentKind,
    /// What it asks for.
    pub action: Action,
    /// For whom.
    pub principal: PrincipalId,
    /// For what.
    pub privilege: Privilege,
    /// How far it has come.
    pub status: RequestStatus,
    /// When it was made.
    pub created: Instant,
    /// When it was done, or for a future start when it will be (REQ-13).
    pub completed: Option<Instant>,
    /// By whom.
    pub created_by: CreatedBy,
    /// The window asked for, with the start that the service stored; `None` for removals and deactivations (REQ-15).
    pub asked: Option<AskedSchedule>,
    /// The schedule it made or changed (MOD-12).
    pub target_schedule: Option<ScheduleId>,
    /// The reason given.
    pub justification: Option<String>,
    /// The ticket given.
    pub ticket: TicketInfo,
    /// What few have.
    #[serde(default)]
    pub details: Option<Box<RequestDetails>>,
}
