//! A directory role at a scope, as the routes of directory roles have it.

use super::assignment_id::{self, assignment_id};
use super::reading::may_list;
use super::role_definitions::RoleDefinitionResource;
use super::{RoleAssignmentSchedule, RoleEligibilitySchedule, RoleEligibilityScheduleInstance};
use crate::graph::call::Call;
use crate::graph::error::GraphError;
use crate::graph::expand::{Navigation, Target, write_as};
use crate::graph::json::Json;
use crate::graph::objects::write_scope;
use crate::graph::pim::ask::{ScheduleRequestBody, guid, invalid, required};
use crate::graph::pim::demand::Demand;
use crate::graph::pim::request_row::RequestRow;
use crate::graph::pim::schedule_row::ScheduleRow;
use crate::graph::pim::schedules::{Collection, Layer};
use crate::graph::pim::{Held, Words};
use pim_core::model::{self, DirectoryScope, Privilege, RoleDefinition};
use pim_core::time::Instant;
use pim_core::{By, PrincipalId, RoleDefinitionId, ScheduleId, View};
use std::borrow::Cow;
use uuid::Uuid;

/// What `modifiedDateTime` reads while nothing has been modified.
const NEVER_MODIFIED: Instant = Instant::from_milliseconds(Instant::FIRST.milliseconds() + 8 * 3_600_000);

/// A directory role at a scope.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Role {
    pub(super) id: RoleDefinitionId,
    scope: DirectoryScope,
}

impl Role {
    fn scope_text(self) -> Cow<'static, str> {
        match self.scope {
            DirectoryScope::Tenant => Cow::Borrowed("/"),
            scope @ (DirectoryScope::AdministrativeUnit(_) | DirectoryScope::Object(_)) => scope.to_string().into(),
        }
    }
}

impl Held for Role {
    const WORDS: Words = Words { assigned: "Assigned", activated: "Activated", direct: "Direct", group: "Group" };
    const ACTION_IS_TEXT_IN_BETA: bool = true;
    const IS_PROVISIONED_LATER: bool = false;
    const PRINCIPAL: &'static [&'static str] = &["principalId", "principal/id"];
    const RESOURCE: &'static [&'static str] = &["roleDefinitionId", "roleDefinition/id"];

    type EligibilitySchedule = RoleEligibilitySchedule;
    type EligibilityInstance = RoleEligibilityScheduleInstance;
    type AssignmentSchedule = RoleAssignmentSchedule;

    fn of(privilege: Privilege) -> Option<Self> {
        match privilege {
            Privilege::DirectoryRole { role, scope } => Some(Self { id: role, scope }),
            Privilege::Group { .. } | Privilege::AzureRole { .. } => None,
        }
    }

    fn resource(id: Uuid) -> model::Resource {
        model::Resource::DirectoryRole(RoleDefinitionId(id))
    }

    /// Exactly one of the two scopes is expected (MOD-18).
    fn asked(body: &ScheduleRequestBody) -> Result<Privilege, GraphError> {
        let role = RoleDefinitionId(guid(
            "roleDefinitionId",
            required("roleDefinitionId", body.role_definition_id.as_ref())?,
        )?);
        let scope = match (&body.directory_scope_id, &body.app_scope_id) {
            (Some(_), Some(_)) => {
                return Err(invalid("exactly one of directoryScopeId and appScopeId is expected (MOD-18)"));
            }
            (None, None) => return Err(invalid("directoryScopeId is required (REQ-5)")),
            (None, Some(_)) => return Err(GraphError::NotEmulated("appScopeId".to_owned())),
            (Some(text), None) => DirectoryScope::parse(text)
                .ok_or_else(|| invalid(format!("directoryScopeId is not a scope: '{text}' (SCO-1)")))?,
        };
        Ok(Privilege::DirectoryRole { role, scope })
    }

    fn schedule_id(text: &str) -> Option<ScheduleId> {
        Uuid::try_parse(text).ok().map(ScheduleId)
    }

    /// Of a schedule a GUID or, made outside PIM, the id of its assignment; of an instance always that.
    fn find<'v>(collection: Collection<Self>, view: View<'v>, id: &str) -> Option<ScheduleRow<'v, Self>> {
        if collection.layer == Layer::Schedules
            && let Some(id) = Self::schedule_id(id)
        {
            return collection.with_id(view, id).filter(|row| row.created_using().is_some());
        }
        let (role, principal) = assignment_id::parse(id)?;
        collection
            .rows(view, By::Principal(principal), None)
            .map(|(_, row)| row)
            .find(|row| row.held.id == role && id_in(collection.layer, row) == id)
    }

    fn may_list(call: &Call<'_>, view: View<'_>, demand: Demand) -> Result<(), GraphError> {
        may_list(call, view, demand.by())
    }

    fn may_see(self, call: &Call<'_>, view: View<'_>, holder: PrincipalId) -> Result<(), GraphError> {
        may_list(call, view, By::Principal(holder))
    }

    fn is_listed(self, _: &Call<'_>, _: View<'_>, _: Demand) -> bool {
        true
    }

    fn write_related(self, view: View<'_>, navigation: &Navigation, json: &mut Json) {
        match &navigation.target {
            Target::Object(shown) => write_scope(view, self.scope, shown, json),
            Target::RoleDefinition(shown) => {
                write_as::<RoleDefinitionResource>(view.role(self.id).as_ref(), shown, json);
            }
            Target::EligibilitySchedule(_)
            | Target::EligibilityInstance(_)
            | Target::AssignmentSchedule(_)
            | Target::Policy(_)
            | Target::PolicyRules(_)
            | Target::Alert(_)
            | Target::Governance(_)
            | Target::Review(_)
            | Target::Nothing => json.raw("null"),
        }
    }
}

fn id_in(layer: Layer, row: &ScheduleRow<'_, Role>) -> String {
    match layer {
        Layer::Schedules => row.schedule_id().into_owned(),
        Layer::Instances => row.instance_id(),
    }
}

impl<'v> ScheduleRow<'v, Role> {
    /// The id of the schedule: a GUID, or that of the assignment when it was made outside PIM.
    pub(super) fn schedule_id(&self) -> Cow<'static, str> {
        if self.is_outside() { self.instance_id().into() } else { self.schedule.id.to_string().into() }
    }

    /// The id of the instance, and of the role assignment.
    pub(super) fn instance_id(&self) -> String {
        assignment_id((self.held.id, self.held.scope), self.schedule.principal, self.schedule.kind)
    }

    pub(super) const fn role_id(&self) -> Uuid {
        self.held.id.0
    }

    pub(super) fn scope(&self) -> Cow<'static, str> {
        self.held.scope_text()
    }

    pub(super) fn modified(&self) -> Instant {
        self.schedule.modified.unwrap_or(NEVER_MODIFIED)
    }

    pub(super) fn role(&self) -> Option<&'v RoleDefinition> {
        self.view.role(self.held.id)
    }
}

impl RequestRow<'_, Role> {
    pub(super) const fn role_id(&self) -> Uuid {
        self.held.id.0
    }

    pub(super) fn scope(&self) -> Cow<'static, str> {
        self.held.scope_text()
    }

    pub(super) fn target(&self) -> Option<Uuid> {
        self.target_schedule().map(|schedule| schedule.0)
    }

    pub(super) fn role_name(&self) -> Option<&str> {
        self.view.role(self.held.id).map(|role| role.display_name.as_str())
    }
}
