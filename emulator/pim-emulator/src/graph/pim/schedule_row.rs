//! A schedule on its way to the wire: four of the six collections of a family, and role assignments, are views of it.

use super::Held;
use super::complex::RequestSchedule;
use crate::graph::expand::{Navigation, Related, Target, write_as};
use crate::graph::json::{Json, Word};
use crate::graph::objects::write_principal;
use pim_core::View;
use pim_core::model::{Principal, Schedule, ScheduleKind, SchedulePhase};
use pim_core::time::Instant;
use uuid::Uuid;

/// A schedule of one family with the state around it.
#[derive(Clone, Debug)]
pub(crate) struct ScheduleRow<'v, H> {
    pub(crate) view: View<'v>,
    pub(crate) schedule: Schedule,
    pub(in crate::graph) held: H,
}

impl<'v, H: Held> ScheduleRow<'v, H> {
    /// The row of a schedule, if it is of this family.
    pub(in crate::graph) fn new(view: View<'v>, schedule: Schedule) -> Option<Self> {
        let held = H::of(schedule.privilege)?;
        Some(Self { view, schedule, held })
    }

    /// The request that made it; outside PIM there was none (MOD-11).
    pub(in crate::graph) fn created_using(&self) -> Option<Uuid> {
        (!self.is_outside()).then_some(self.schedule.id.0)
    }

    pub(in crate::graph) fn status(&self) -> Word {
        let waits = self.schedule.phase == SchedulePhase::Scheduled && self.schedule.window.start > self.view.now();
        Word(if waits { "Granted" } else { "Provisioned" })
    }

    pub(in crate::graph) fn schedule_info(&self) -> RequestSchedule<'_> {
        RequestSchedule::stored(self.schedule.window, self.is_outside())
    }

    pub(in crate::graph) fn start(&self) -> Option<Instant> {
        (!self.is_outside()).then_some(self.schedule.window.start)
    }

    pub(in crate::graph) fn assignment_type(&self) -> Word {
        Word(if self.schedule.kind == ScheduleKind::Activated { H::WORDS.activated } else { H::WORDS.assigned })
    }

    /// `Group` for what is had through a group: an activation of a group's eligibility (ACT-24), or the row of a group that
    /// a member is shown as its own (PRI-9).
    pub(in crate::graph) fn member_type(&self) -> Word {
        let through_group = self.eligibility().is_some_and(|it| it.principal != self.schedule.principal);
        Word(if through_group { H::WORDS.group } else { H::WORDS.direct })
    }

    pub(in crate::graph) fn principal_name(&self) -> Option<&str> {
        self.view.principal(self.schedule.principal).map(Principal::display_name)
    }

    pub(in crate::graph) fn is_outside(&self) -> bool {
        self.schedule.kind == ScheduleKind::AssignedOutside
    }

    fn eligibility(&self) -> Option<Schedule> {
        self.view.schedule(self.schedule.activated_using?)
    }
}

impl<H: Held> Related for ScheduleRow<'_, H> {
    fn write_related(&self, navigation: &Navigation, json: &mut Json) {
        let eligibility = || self.eligibility().and_then(|schedule| ScheduleRow::<H>::new(self.view, schedule));
        match &navigation.target {
            Target::Object(shown) if navigation.name == "principal" => {
                write_principal(self.view, self.schedule.principal, shown, json);
            }
            Target::EligibilitySchedule(shown) => {
                write_as::<H::EligibilitySchedule>(eligibility().as_ref(), shown, json);
            }
            Target::EligibilityInstance(shown) => {
                write_as::<H::EligibilityInstance>(eligibility().as_ref(), shown, json);
            }
            Target::Object(_)
            | Target::RoleDefinition(_)
            | Target::AssignmentSchedule(_)
            | Target::Policy(_)
            | Target::PolicyRules(_)
            | Target::Alert(_)
            | Target::Governance(_)
            | Target::Review(_)
            | Target::Nothing => self.held.write_related(self.view, navigation, json),
        }
    }
}
