//! Schedules: the windows in which a principal holds a privilege.

use super::azure::AssignmentCondition;
use super::privilege::Privilege;
use super::request::CreatedBy;
use crate::id::{PrincipalId, ScheduleId};
use crate::time::{Instant, Length};
use serde::{Deserialize, Serialize};

/// From when until when: the start belongs to the window, the end does not (REQ-59).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Window {
    /// The first instant inside.
    pub start: Instant,
    /// The first instant after it; `None` for a permanent one (MOD-4).
    pub end: Option<Instant>,
}

impl Window {
    /// Whether the window is open at `now`.
    #[must_use]
    pub fn contains(self, now: Instant) -> bool {
        self.start <= now && self.end.is_none_or(|end| now < end)
    }

    /// How long the window is; `None` for a permanent one.
    #[must_use]
    pub fn length(self) -> Option<Length> {
        self.end.map(|end| end.since(self.start))
    }

    /// Whether two windows share a minute; both ends count, on whole minutes (ASG-9).
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        let last = |window: Self| window.end.unwrap_or(Instant::LAST).whole_minutes();
        self.start.whole_minutes() <= last(other) && other.start.whole_minutes() <= last(self)
    }
}

/// The two sides of PIM: what may be had on demand, and what is had (MOD-2).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum AssignmentKind {
    /// Must be activated before it gives any right.
    Eligibility,
    /// Gives the right.
    Assignment,
}

/// What a schedule is (MOD-2, MOD-3).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum ScheduleKind {
    /// An eligible assignment.
    Eligibility,
    /// An active assignment made by an administrator.
    Assigned,
    /// An active assignment made outside PIM: permanent, with no request behind it (MOD-11).
    AssignedOutside,
    /// An activation of an eligibility.
    Activated,
}

impl ScheduleKind {
    /// Which side it is on.
    #[must_use]
    pub const fn side(self) -> AssignmentKind {
        match self {
            Self::Eligibility => AssignmentKind::Eligibility,
            Self::Assigned | Self::AssignedOutside | Self::Activated => AssignmentKind::Assignment,
        }
    }
}

/// How far a schedule has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum SchedulePhase {
    /// Its start lies ahead (MOD-6).
    Scheduled,
    /// Its window is open: there is an instance.
    Open,
    /// Its end has passed, and it stays open because it is the last of its kind (GA-5, GA-10).
    Held,
    /// Its end has passed; it can be renewed for 30 days (ASG-18).
    Expired,
}

/// What few schedules have.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScheduleDetails {
    /// What must hold for it to count (AZR-4).
    pub condition: Option<AssignmentCondition>,
    /// What somebody wrote about it when it was made outside PIM.
    pub description: Option<String>,
    /// Who made it outside PIM; what came of a request says so there.
    pub made_by: Option<CreatedBy>,
}

/// One principal's window on one privilege.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Schedule {
    /// The id, equal to that of the request that made it (MOD-12); for an assignment made outside PIM one of its own.
    pub id: ScheduleId,
    /// Who holds it.
    pub principal: PrincipalId,
    /// What is held.
    pub privilege: Privilege,
    /// Eligible, assigned or activated.
    pub kind: ScheduleKind,
    /// How far it has come.
    pub phase: SchedulePhase,
    /// From when until when.
    pub window: Window,
    /// When it was made.
    pub created: Instant,
    /// When its window was last changed.
    pub modified: Option<Instant>,
    /// The eligibility it was activated from, as long as that is there.
    pub activated_using: Option<ScheduleId>,
    /// What few have.
    #[serde(default)]
    pub details: Option<Box<ScheduleDetails>>,
}
