//! A schedule on its way to the wire: four of the six collections, and role assignments, are views of it.

use super::assignment_id::assignment_id;
use super::complex::RequestSchedule;
use super::role_definitions::RoleDefinitionResource;
use super::role_eligibility_schedule_instances::RoleEligibilityScheduleInstance;
use super::role_eligibility_schedules::RoleEligibilitySchedule;
use crate::graph::expand::{Navigation, Related, Target, write_as};
use crate::graph::json::{Json, Word};
use crate::graph::objects::{write_principal, write_scope};
use pim_core::model::{DirectoryScope, Principal, Privilege, RoleDefinition, Schedule, ScheduleKind, SchedulePhase};
use pim_core::time::Instant;
use pim_core::{RoleDefinitionId, View};
use std::borrow::Cow;
use uuid::Uuid;

/// What `modifiedDateTime` reads while nothing has been modified.
const NEVER_MODIFIED: Instant = Instant::from_milliseconds(Instant::FIRST.milliseconds() + 8 * 3_600_000);

/// A schedule with the state around it.
#[derive(Clone, Debug)]
pub(crate) struct ScheduleRow<'v> {
    pub(crate) view: View<'v>,
    pub(crate) schedule: Schedule,
    pub(super) role: RoleDefinitionId,
    scope: DirectoryScope,
}

impl<'v> ScheduleRow<'v> {
    /// The row of a schedule, if it is about a directory role.
    pub(super) const fn new(view: View<'v>, schedule: Schedule) -> Option<Self> {
        match schedule.privilege {
            Privilege::DirectoryRole { role, scope } => Some(Self { view, schedule, role, scope }),
            Privilege::Group { .. } => None,
        }
    }

    /// The id of the schedule: a GUID, or that of the assignment when it was made outside PIM.
    pub(super) fn schedule_id(&self) -> Cow<'static, str> {
        if self.is_outside() { self.instance_id().into() } else { self.schedule.id.to_string().into() }
    }

    /// The id of the instance, and of the role assignment.
    pub(super) fn instance_id(&self) -> String {
        assignment_id((self.role, self.scope), self.schedule.principal, self.schedule.kind)
    }

    pub(super) fn role_id(&self) -> Uuid {
        self.role.0
    }

    pub(super) fn scope(&self) -> Cow<'static, str> {
        match self.scope {
            DirectoryScope::Tenant => Cow::Borrowed("/"),
            scope @ (DirectoryScope::AdministrativeUnit(_) | DirectoryScope::Object(_)) => scope.to_string().into(),
        }
    }

    /// The request that made it; outside PIM there was none (MOD-11).
    pub(super) fn created_using(&self) -> Option<Uuid> {
        (!self.is_outside()).then_some(self.schedule.id.0)
    }

    pub(super) fn modified(&self) -> Instant {
        self.schedule.modified.unwrap_or(NEVER_MODIFIED)
    }

    pub(super) fn status(&self) -> Word {
        let waits = self.schedule.phase == SchedulePhase::Scheduled && self.schedule.window.start > self.view.now();
        Word(if waits { "Granted" } else { "Provisioned" })
    }

    pub(super) fn schedule_info(&self) -> RequestSchedule<'_> {
        RequestSchedule::stored(self.schedule.window, self.is_outside())
    }

    pub(super) fn start(&self) -> Option<Instant> {
        (!self.is_outside()).then_some(self.schedule.window.start)
    }

    pub(super) fn assignment_type(&self) -> Word {
        Word(if self.schedule.kind == ScheduleKind::Activated { "Activated" } else { "Assigned" })
    }

    /// `Group` for what is had through a group: an activation of a group's eligibility (ACT-24), or the row of a group that
    /// a member is shown as its own (PRI-9).
    pub(super) fn member_type(&self) -> Word {
        let through_group = self.eligibility().is_some_and(|it| it.principal != self.schedule.principal);
        Word(if through_group { "Group" } else { "Direct" })
    }

    pub(super) fn principal_name(&self) -> Option<&str> {
        self.view.principal(self.schedule.principal).map(Principal::display_name)
    }

    pub(super) fn role(&self) -> Option<&'v RoleDefinition> {
        self.view.role(self.role)
    }

    fn is_outside(&self) -> bool {
        self.schedule.kind == ScheduleKind::AssignedOutside
    }

    fn eligibility(&self) -> Option<Schedule> {
        self.view.schedule(self.schedule.activated_using?)
    }
}

impl Related for ScheduleRow<'_> {
    fn write_related(&self, navigation: &Navigation, json: &mut Json) {
        let eligibility = || self.eligibility().and_then(|schedule| ScheduleRow::new(self.view, schedule));
        match &navigation.target {
            Target::Object(shown) if navigation.name == "directoryScope" => {
                write_scope(self.view, self.scope, shown, json);
            }
            Target::Object(shown) => write_principal(self.view, self.schedule.principal, shown, json),
            Target::RoleDefinition(shown) => write_as::<RoleDefinitionResource>(self.role().as_ref(), shown, json),
            Target::EligibilitySchedule(shown) => {
                write_as::<RoleEligibilitySchedule>(eligibility().as_ref(), shown, json);
            }
            Target::EligibilityInstance(shown) => {
                write_as::<RoleEligibilityScheduleInstance>(eligibility().as_ref(), shown, json);
            }
            Target::AssignmentSchedule(_) | Target::Policy(_) | Target::PolicyRules(_) | Target::Nothing => {
                json.raw("null");
            }
        }
    }
}
