//! A request on its way to the wire.

use super::complex::RequestSchedule;
use super::role_assignment_schedules::RoleAssignmentSchedule;
use super::role_definitions::RoleDefinitionResource;
use super::role_eligibility_schedules::RoleEligibilitySchedule;
use super::schedule_row::ScheduleRow;
use crate::graph::expand::{Navigation, Related, Target, write_as};
use crate::graph::json::{Json, Word};
use crate::graph::objects::{write_principal, write_scope};
use pim_core::model::{
    AskedSchedule, DirectoryScope, Principal, Privilege, RequestStatus, ScheduleKind, ScheduleRequest,
};
use pim_core::{RoleDefinitionId, View};
use std::borrow::Cow;
use uuid::Uuid;

/// A request with the state around it.
#[derive(Clone, Debug)]
pub(crate) struct RequestRow<'v> {
    pub(crate) view: View<'v>,
    pub(crate) request: ScheduleRequest,
    /// Whether nothing of it was stored (MOD-20).
    pub(crate) is_validation_only: bool,
    role: RoleDefinitionId,
    scope: DirectoryScope,
}

impl<'v> RequestRow<'v> {
    /// The row of a request, if it is about a directory role.
    pub(super) fn new(view: View<'v>, request: ScheduleRequest, is_validation_only: bool) -> Option<Self> {
        match request.privilege {
            Privilege::DirectoryRole { role, scope } => Some(Self { view, request, is_validation_only, role, scope }),
            Privilege::Group { .. } => None,
        }
    }

    /// Validation is answered `Granted`; a start that lies ahead reads as the switch has it (REQ-13).
    pub(super) fn status(&self) -> Word {
        let status = self.request.status;
        let begins_later = status == RequestStatus::Granted && self.request.target_schedule.is_some();
        if self.is_validation_only && status == RequestStatus::Provisioned {
            Word(RequestStatus::Granted.name())
        } else if begins_later && self.view.behaviour().future_start_is_schedule_created {
            Word("ScheduleCreated")
        } else {
            Word(status.name())
        }
    }

    /// The approval that it waits for, or waited for: it has the same id (REQ-14).
    pub(super) fn approval_id(&self) -> Option<Uuid> {
        self.view.has_approval(self.request.id).then_some(self.request.id.0)
    }

    /// What was asked; a start at once is not settled before somebody has decided (REQ-14).
    pub(super) fn schedule_info(&self) -> Option<RequestSchedule<'_>> {
        let asked = self.request.asked.as_ref()?;
        let waits = self.request.status == RequestStatus::PendingApproval;
        let unsettled = waits && asked.start.is_none_or(|start| start <= self.request.created);
        Some(RequestSchedule::asked(&AskedSchedule { start: asked.start.filter(|_| !unsettled), ..*asked }))
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

    pub(super) fn target(&self) -> Option<Uuid> {
        self.request.target_schedule.filter(|_| !self.is_validation_only).map(|schedule| schedule.0)
    }

    pub(super) fn principal_name(&self) -> Option<&str> {
        self.view.principal(self.request.principal).map(Principal::display_name)
    }

    pub(super) fn role_name(&self) -> Option<&str> {
        self.view.role(self.role).map(|role| role.display_name.as_str())
    }

    /// What was activated, as long as both are there.
    fn activated_using(&self) -> Option<ScheduleRow<'v>> {
        let activation = self.view.schedule(self.request.target_schedule?)?;
        let eligibility = self.view.schedule(activation.activated_using?)?;
        (activation.kind == ScheduleKind::Activated).then(|| ScheduleRow::new(self.view, eligibility)).flatten()
    }
}

impl Related for RequestRow<'_> {
    fn write_related(&self, navigation: &Navigation, json: &mut Json) {
        let target = || {
            let schedule = self.request.target_schedule.and_then(|id| self.view.schedule(id));
            schedule.and_then(|schedule| ScheduleRow::new(self.view, schedule))
        };
        match &navigation.target {
            Target::Object(shown) if navigation.name == "directoryScope" => {
                write_scope(self.view, self.scope, shown, json);
            }
            Target::Object(shown) => write_principal(self.view, self.request.principal, shown, json),
            Target::RoleDefinition(shown) => {
                write_as::<RoleDefinitionResource>(self.view.role(self.role).as_ref(), shown, json);
            }
            Target::EligibilitySchedule(shown) if navigation.name == "activatedUsing" => {
                write_as::<RoleEligibilitySchedule>(self.activated_using().as_ref(), shown, json);
            }
            Target::EligibilitySchedule(shown) => write_as::<RoleEligibilitySchedule>(target().as_ref(), shown, json),
            Target::AssignmentSchedule(shown) => write_as::<RoleAssignmentSchedule>(target().as_ref(), shown, json),
            Target::EligibilityInstance(_) | Target::Policy(_) | Target::PolicyRules(_) | Target::Nothing => {
                json.raw("null");
            }
        }
    }
}
