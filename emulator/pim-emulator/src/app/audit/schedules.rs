//! Records of assignments that come and go without a request: outside PIM, when their end comes, and with what they hung on.

use super::activity::{self, Lasting, Stage};
use super::elevation;
use super::record::{Draft, OperationType, TargetResource};
use super::refusals::code;
use super::teller::{About, Doer, Teller, correlation};
use pim_core::model::{AssignmentKind, Family, Privilege, Refusal, Schedule, ScheduleKind, TicketInfo, Window};
use pim_core::time::Instant;
use pim_core::{EndCause, PrincipalId, ScheduleId};

/// A schedule that went, or should have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ended {
    pub(super) schedule: ScheduleId,
    pub(super) principal: PrincipalId,
    pub(super) privilege: Privilege,
    pub(super) kind: ScheduleKind,
    pub(super) window: Window,
}

impl Ended {
    /// The request that made it has the same id; one made outside PIM stands for itself.
    fn about(&self) -> About {
        About {
            principal: self.principal,
            privilege: self.privilege,
            request: Some(self.schedule.0),
            correlation: correlation(self.schedule.0),
            window: Some(self.window),
            justification: None,
            ticket: TicketInfo::default(),
            other: TargetResource::of("Other", Some(self.schedule.0)),
        }
    }

    /// What it is called when it goes by itself.
    fn removed(&self) -> String {
        match (self.kind, self.window.end) {
            (ScheduleKind::Activated, _) => activity::ACTIVATION_EXPIRED.to_owned(),
            (ScheduleKind::Eligibility, None) => activity::PERMANENT_ELIGIBLE_REMOVED.to_owned(),
            (ScheduleKind::Assigned | ScheduleKind::AssignedOutside, None) => activity::PERMANENT_REMOVED.to_owned(),
            (ScheduleKind::Eligibility | ScheduleKind::Assigned | ScheduleKind::AssignedOutside, Some(_)) => {
                activity::removed(self.kind.side(), Stage::Completed, Lasting::TimeBound)
            }
        }
    }
}

/// A schedule was made: told here only where no request tells of it (AUD-13). Nobody made what PIM found in a group; and what
/// is given directly in Azure PIM hears nothing of.
pub(super) fn created(teller: &Teller<'_>, by: Option<Doer>, schedule: &Schedule) -> Vec<Draft> {
    let (ScheduleKind::AssignedOutside, Some(by)) = (schedule.kind, by) else { return Vec::new() };
    if schedule.was_found_at_onboarding() {
        return Vec::new();
    }
    if schedule.privilege.family() == Family::AzureRoles {
        let what = (schedule.principal, schedule.privilege);
        return elevation::taken(teller, by, what, correlation(schedule.id.0)).into_iter().collect();
    }
    let made = Ended {
        schedule: schedule.id,
        principal: schedule.principal,
        privilege: schedule.privilege,
        kind: schedule.kind,
        window: schedule.window,
    };
    vec![teller.pim(&by, activity::ADDED_OUTSIDE, OperationType::Assign, &made.about())]
}

/// A schedule went. Where somebody asked for that, the request has told of it; what never began was never had.
pub(super) fn ended(teller: &Teller<'_>, at: Instant, by: Option<Doer>, ended: &Ended, cause: EndCause) -> Vec<Draft> {
    let by = match cause {
        EndCause::Removed
        | EndCause::Deactivated
        | EndCause::Canceled
        | EndCause::CouldNotStart
        | EndCause::ResourceLocked => None,
        EndCause::RemovedOutside
            if ended.privilege.family() == Family::AzureRoles && ended.kind == ScheduleKind::AssignedOutside =>
        {
            let what = (ended.principal, ended.privilege);
            let told = by.and_then(|by| elevation::removed(teller, by, what, correlation(ended.schedule.0)));
            return told.into_iter().collect();
        }
        EndCause::RemovedOutside => by,
        EndCause::Expired
        | EndCause::EligibilityEnded
        | EndCause::PrincipalDeleted
        | EndCause::ScopeDeleted
        | EndCause::LicenseLapsed
        | EndCause::DeniedInReview => (ended.window.start <= at).then(|| teller.service()),
    };
    by.map(|by| teller.pim(&by, ended.removed(), OperationType::Delete, &ended.about())).into_iter().collect()
}

/// An end came and the last administrator stays: the removal has failed (GA-7).
pub(super) fn held_back(teller: &Teller<'_>, ended: &Ended) -> Vec<Draft> {
    vec![
        teller
            .pim(
                &teller.service(),
                removal(ended.kind.side(), Some(ended.window)),
                OperationType::Delete,
                &ended.about(),
            )
            .failed(code(&Refusal::LastAdministrator)),
    ]
}

/// A removal that an administrator asked for, or that came due.
pub(super) fn removal(side: AssignmentKind, window: Option<Window>) -> String {
    activity::removed(side, Stage::Completed, window.map_or(Lasting::TimeBound, Lasting::of))
}
