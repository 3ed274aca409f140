//! A request on its way to the wire.

use super::Held;
use super::complex::RequestSchedule;
use super::schedule_row::ScheduleRow;
use crate::graph::expand::{Navigation, Related, Target, write_as};
use crate::graph::json::{Json, Word};
use crate::graph::objects::write_principal;
use pim_core::model::{Action, AskedSchedule, Principal, RequestStatus, ScheduleKind, ScheduleRequest};
use pim_core::{ScheduleId, View};
use uuid::Uuid;

/// On which occasion somebody is told of a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::graph) enum Occasion {
    /// Nothing of it is stored (MOD-20).
    Validation,
    /// It has just been made.
    FirstAnswer,
    /// Somebody reads it.
    Reading,
}

/// A request of one family with the state around it.
#[derive(Clone, Debug)]
pub(crate) struct RequestRow<'v, H> {
    pub(crate) view: View<'v>,
    pub(crate) request: ScheduleRequest,
    pub(in crate::graph) held: H,
    occasion: Occasion,
}

impl<'v, H: Held> RequestRow<'v, H> {
    /// The row of a request, if it is of this family.
    pub(in crate::graph) fn new(view: View<'v>, request: ScheduleRequest, occasion: Occasion) -> Option<Self> {
        let held = H::of(request.privilege)?;
        Some(Self { view, request, held, occasion })
    }

    pub(in crate::graph) fn is_validation_only(&self) -> bool {
        self.occasion == Occasion::Validation
    }

    /// Validation is answered `Granted`; a start that lies ahead reads as the switch has it (REQ-13), and the first answer to
    /// an activation that is provisioned later as the other one does (REQ-12).
    pub(in crate::graph) fn status(&self) -> Word {
        let status = self.request.status;
        let begins_later = status == RequestStatus::Granted && self.request.target_schedule.is_some();
        if self.is_validation_only() && status == RequestStatus::Provisioned {
            Word(RequestStatus::Granted.name())
        } else if self.is_answered_pending() {
            Word(RequestStatus::PendingProvisioning.name())
        } else if begins_later && self.view.behaviour().future_start_is_schedule_created {
            Word("ScheduleCreated")
        } else {
            Word(status.name())
        }
    }

    fn is_answered_pending(&self) -> bool {
        H::IS_PROVISIONED_LATER
            && self.occasion == Occasion::FirstAnswer
            && self.request.action == Action::SelfActivate
            && self.request.status == RequestStatus::Provisioned
            && self.view.behaviour().group_activations_answer_pending
    }

    /// The approval that it waits for, or waited for: it has the same id (REQ-14).
    pub(in crate::graph) fn approval_id(&self) -> Option<Uuid> {
        self.view.has_approval(self.request.id).then_some(self.request.id.0)
    }

    /// What was asked; a start at once is not settled before somebody has decided (REQ-14).
    pub(in crate::graph) fn schedule_info(&self) -> Option<RequestSchedule<'_>> {
        let asked = self.request.asked.as_ref()?;
        let waits = self.request.status == RequestStatus::PendingApproval;
        let unsettled = waits && asked.start.is_none_or(|start| start <= self.request.created);
        Some(RequestSchedule::asked(&AskedSchedule { start: asked.start.filter(|_| !unsettled), ..*asked }))
    }

    /// The schedule that it made or changed; validation has made none.
    pub(in crate::graph) fn target_schedule(&self) -> Option<ScheduleId> {
        self.request.target_schedule.filter(|_| !self.is_validation_only())
    }

    pub(in crate::graph) fn principal_name(&self) -> Option<&str> {
        self.view.principal(self.request.principal).map(Principal::display_name)
    }

    /// What was activated, as long as both are there.
    pub(in crate::graph) fn activated_using(&self) -> Option<ScheduleRow<'v, H>> {
        let activation = self.view.schedule(self.request.target_schedule?)?;
        let eligibility = self.view.schedule(activation.activated_using?)?;
        (activation.kind == ScheduleKind::Activated).then(|| ScheduleRow::new(self.view, eligibility)).flatten()
    }
}

impl<H: Held> Related for RequestRow<'_, H> {
    fn write_related(&self, navigation: &Navigation, json: &mut Json) {
        let target = || {
            let schedule = self.request.target_schedule.and_then(|id| self.view.schedule(id));
            schedule.and_then(|schedule| ScheduleRow::<H>::new(self.view, schedule))
        };
        match &navigation.target {
            Target::Object(shown) if navigation.name == "principal" => {
                write_principal(self.view, self.request.principal, shown, json);
            }
            Target::EligibilitySchedule(shown) if navigation.name == "activatedUsing" => {
                write_as::<H::EligibilitySchedule>(self.activated_using().as_ref(), shown, json);
            }
            Target::EligibilitySchedule(shown) => {
                write_as::<H::EligibilitySchedule>(target().as_ref(), shown, json);
            }
            Target::AssignmentSchedule(shown) => write_as::<H::AssignmentSchedule>(target().as_ref(), shown, json),
            Target::Object(_)
            | Target::RoleDefinition(_)
            | Target::EligibilityInstance(_)
            | Target::Policy(_)
            | Target::PolicyRules(_)
            | Target::Alert(_)
            | Target::Governance(_)
            | Target::Review(_)
            | Target::Nothing => self.held.write_related(self.view, navigation, json),
        }
    }
}
