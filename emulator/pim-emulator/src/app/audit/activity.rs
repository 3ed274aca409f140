//! What happened, in the service's words. They are kept to the letter: people search for them.

use pim_core::model::{AskedExpiration, AssignmentKind, Window};

/// How far something has come.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stage {
    Requested,
    Completed,
    Canceled,
}

impl Stage {
    const fn word(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Completed => "completed",
            Self::Canceled => "canceled",
        }
    }
}

/// What stands in brackets behind an assignment.
#[derive(Clone, Copy, Debug)]
pub(super) enum Lasting {
    Permanent,
    TimeBound,
    Renewed,
}

impl Lasting {
    const fn word(self) -> &'static str {
        match self {
            Self::Permanent => "permanent",
            Self::TimeBound => "timebound",
            Self::Renewed => "renew",
        }
    }

    /// That of a window that is there.
    pub(super) const fn of(window: Window) -> Self {
        if window.end.is_some() { Self::TimeBound } else { Self::Permanent }
    }

    /// That of a window that an administrator asks for.
    pub(super) const fn asked(expiration: AskedExpiration) -> Self {
        match expiration {
            AskedExpiration::NotSpecified | AskedExpiration::NoExpiration => Self::Permanent,
            AskedExpiration::AfterDateTime(_) | AskedExpiration::AfterDuration(_) => Self::TimeBound,
        }
    }
}

const fn member(side: AssignmentKind) -> &'static str {
    match side {
        AssignmentKind::Eligibility => "eligible member",
        AssignmentKind::Assignment => "member",
    }
}

/// An assignment is made (AUD-5, AUD-6).
pub(super) fn added(side: AssignmentKind, stage: Stage, lasting: Lasting) -> String {
    format!("Add {} to role in PIM {} ({})", member(side), stage.word(), lasting.word())
}

/// An assignment is taken away (AUD-11, AUD-12).
pub(super) fn removed(side: AssignmentKind, stage: Stage, lasting: Lasting) -> String {
    format!("Remove {} from role in PIM {} ({})", member(side), stage.word(), lasting.word())
}

/// An eligibility is activated (AUD-7).
pub(super) fn activated(stage: Stage) -> String {
    format!("Add member to role {} (PIM activation)", stage.word())
}

/// An activation is ended by its holder (AUD-9).
pub(super) fn deactivated(stage: Stage) -> String {
    format!("Remove member from role {} (PIM deactivate)", stage.word())
}

/// An assignment is to last longer (AUD-14).
pub(super) fn extended(side: AssignmentKind, stage: Stage) -> String {
    format!("Update {} in PIM {} (extend)", member(side), stage.word())
}

/// An administrator said yes to an extension or renewal (AUD-14).
pub(super) const APPROVED_BY_ADMIN: &str = "Update member in PIM approved by admin (extend/renew)";
/// An administrator said no (AUD-14).
pub(super) const DENIED_BY_ADMIN: &str = "Update member in PIM denied by admin (extend/renew)";
/// The end of an activation came (AUD-10).
pub(super) const ACTIVATION_EXPIRED: &str = "Remove member from role (PIM activation expired)";
/// An activation waits for a decision (AUD-8).
pub(super) const APPROVAL_REQUESTED: &str = "Add member to role approval requested (PIM activation)";
/// An approver said yes (AUD-8).
pub(super) const APPROVED: &str = "Add member to role request approved (PIM activation)";
/// An approver said no (AUD-8).
pub(super) const DENIED: &str = "Add member to role request denied (PIM activation)";
/// Nobody decided in time (AUD-16).
pub(super) const REQUEST_EXPIRED: &str = "PIM activation request expired";
/// The approval engine's line of a yes (AUD-25).
pub(super) const ENGINE_APPROVED: &str = "Request Approved";
/// Of a no.
pub(super) const ENGINE_DENIED: &str = "Request Denied";
/// Of nothing at all.
pub(super) const ENGINE_EXPIRED: &str = "Request expired";
/// A role was given outside PIM (AUD-13).
pub(super) const ADDED_OUTSIDE: &str = "Add member to role outside of PIM (permanent)";
/// A permanent assignment went, other than by a request (AUD-13).
pub(super) const PERMANENT_REMOVED: &str = "Remove permanent direct role assignment";
/// A permanent eligibility went, other than by a request (AUD-13).
pub(super) const PERMANENT_ELIGIBLE_REMOVED: &str = "Remove permanent eligible role assignment";
/// A policy was changed (AUD-15, POL-45).
pub(super) const SETTING_UPDATED: &str = "Update role setting in PIM";
/// An alert has come up (AUD-17).
pub(super) const ALERT_TRIGGERED: &str = "Triggered PIM alert";
/// Nothing is left of what an alert was about, or somebody put it right (AUD-17).
pub(super) const ALERT_RESOLVED: &str = "Resolve PIM alert";
/// Somebody had the tenant scanned (AUD-17).
pub(super) const ALERT_REFRESHED: &str = "Refresh PIM alert";
/// Somebody does not want to see an alert any more (AUD-17).
pub(super) const ALERT_DEACTIVATED: &str = "Deactivate PIM alert";
/// The tenant is scanned for an alert again, or it is shown again (AUD-17).
pub(super) const ALERT_ENABLED: &str = "Enable PIM alert";
/// The tenant is scanned for an alert no longer (AUD-17).
pub(super) const ALERT_DISABLED: &str = "Disable PIM alert";
/// An alert looks for something else (AUD-17).
pub(super) const ALERT_SETTING_UPDATED: &str = "Update PIM alert setting";
/// PIM came to manage a group (AUD-18).
pub(super) const ONBOARDED: &str = "Onboarded resource to PIM";
/// Somebody took access to everything of Azure (AUT-7).
pub(super) const ELEVATED: &str =
    "User has elevated their access to User Access Administrator for their Azure Resources";
/// And has it no longer.
pub(super) const ELEVATION_REMOVED: &str =
    "The role assignment of User Access Administrator has been removed from the user";
/// The engine took a request and it failed (AUD-19).
pub(super) const PROCESS_REQUEST: &str = "Process request";
/// The same for a removal (AUD-19).
pub(super) const PROCESS_REMOVAL: &str = "Process role removal request";
/// The same for a change (AUD-19).
pub(super) const PROCESS_UPDATE: &str = "Process role update request";
/// An access review was made (AUD-28).
pub(super) const REVIEW_CREATED: &str = "Create access review";
/// It is to be something else from its next occurrence on.
pub(super) const REVIEW_UPDATED: &str = "Update access review";
/// It was deleted.
pub(super) const REVIEW_DELETED: &str = "Delete access review";
/// A reviewer lets somebody keep it (AUD-28).
pub(super) const DECISION_APPROVED: &str = "Approve decision";
/// A reviewer does not (AUD-28).
pub(super) const DECISION_DENIED: &str = "Deny decision";
/// A reviewer does not know.
pub(super) const DECISION_UNKNOWN: &str = "Don't know decision";
/// A decision was taken back (AUD-28).
pub(super) const DECISION_RESET: &str = "Reset decision";
/// A decision took effect, or could not (AUD-28).
pub(super) const DECISION_APPLIED: &str = "Apply decision";
/// An occurrence is over (AUD-28).
pub(super) const REVIEW_ENDED: &str = "Access review ended";
/// Those about whom nobody decided were given the default (AUD-28).
pub(super) const AUTO_REVIEWED: &str = "Auto review";
/// Decisions begin to take effect by themselves (AUD-28).
pub(super) const REVIEW_AUTO_APPLIED: &str = "Auto apply review";
/// The same because somebody says so (AUD-28).
pub(super) const REVIEW_APPLIED: &str = "Apply review";
