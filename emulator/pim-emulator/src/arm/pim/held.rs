//! Schedules and their instances: what is held, read and never written.

use super::ids::{self, full};
use super::listing::{HeldAt, Listing};
use super::people::People;
use super::{Expanded, expanded};
use crate::arm::call::Call;
use crate::arm::error::ArmError;
use crate::arm::filter::{Accepted, Condition, INSTANCES, SCHEDULES};
use crate::arm::front_door::{ResourceType, types};
use crate::arm::json::{Called, List, Row, bytes};
use crate::arm::reply::Reply;
use crate::arm::scopes;
use pim_core::model::{AssignmentKind, Schedule, ScheduleKind};
use pim_core::time::Instant;
use pim_core::{AzureScopeId, By, PrincipalId, Rejection, ScheduleId, View};
use uuid::Uuid;

/// One of the four types: a side, and whether only what is open now shows (MOD-5, MOD-6).
#[derive(Debug)]
pub(in crate::arm) struct Face {
    /// The type.
    pub(in crate::arm) kind: &'static ResourceType,
    /// The side.
    pub(in crate::arm) side: AssignmentKind,
    /// Whether it shows instances.
    pub(in crate::arm) is_instance: bool,
}

impl Face {
    const fn accepted(&self) -> Accepted {
        if self.is_instance { INSTANCES } else { SCHEDULES }
    }

    fn rows<'v>(&self, view: View<'v>, by: By) -> Box<dyn Iterator<Item = (u64, Schedule)> + 'v> {
        match self.is_instance {
            true => Box::new(view.instances(self.side, by, None)),
            false => Box::new(view.schedules(self.side, by, None)),
        }
    }
}

/// How somebody comes to a row of a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Membership {
    Direct,
    /// It is held above where the list stands (SCO-10).
    Inherited,
    /// A group has it (REQ-28).
    Group,
}

impl Membership {
    const fn name(self) -> &'static str {
        match self {
            Self::Direct => "Direct",
            Self::Inherited => "Inherited",
            Self::Group => "Group",
        }
    }
}

/// What is held, with where.
pub(in crate::arm) struct Held<'v> {
    pub(in crate::arm) schedule: Schedule,
    pub(in crate::arm) place: HeldAt<'v>,
}

impl<'v> Held<'v> {
    /// An Azure role that is held; anything else does not show here (MOD-27).
    pub(in crate::arm) fn of(view: View<'v>, schedule: Schedule) -> Option<Self> {
        Some(Self { place: HeldAt::of(view, schedule.principal, schedule.privilege)?, schedule })
    }

    fn status(&self, now: Instant) -> &'static str {
        if self.schedule.window.start > now { "Granted" } else { "Provisioned" }
    }
}

/// `GET …/{type}`.
///
/// # Errors
/// A filter that makes no sense, or a list of everybody's without the right to read it.
pub(in crate::arm) fn list(call: &Call<'_>, face: &Face) -> Result<Reply, ArmError> {
    call.read(|view| {
        let listing = Listing::of(call, view, face.accepted())?;
        listing.allowed(call, face.kind, &[Condition::AsTarget])?;
        let mut rows: Vec<_> = listing.sources().into_iter().flat_map(|by| face.rows(view, by)).collect();
        rows.sort_by_key(|(key, _)| *key);
        let rows = rows.into_iter().filter_map(|(_, schedule)| Held::of(view, schedule));
        let written: Vec<_> = rows
            .filter(|row| shows(view, &listing, row))
            .map(|row| Written::of(view, face, &row, membership(&listing, &row)))
            .collect();
        Ok(Reply::Ok(bytes(&List::of(written.iter().map(Written::row).collect()))))
    })
}

/// Whether a row is in a list. What the caller is the target of shows at the scope and above it; at the root it spans
/// everything.
#[expect(clippy::wildcard_enum_match_arm, reason = "only conditions that the list takes come here")]
fn shows(view: View<'_>, listing: &Listing<'_>, row: &Held<'_>) -> bool {
    let spans = || listing.here.id == AzureScopeId::ROOT || listing.is_above(row.place.scope);
    (!listing.filter.demands(&Condition::AsTarget) || spans())
        && listing.shows(row.place, |condition| match condition {
            Condition::Status(text) => row.status(view.now()).eq_ignore_ascii_case(text),
            Condition::RoleAssignmentScheduleId(text) | Condition::RoleEligibilityScheduleId(text) => {
                ids::last_guid(text) == Some(row.schedule.id.0)
            }
            _ => false,
        })
}

fn membership(listing: &Listing<'_>, row: &Held<'_>) -> Membership {
    if listing.asked_for().is_some_and(|person| person != row.place.principal) {
        Membership::Group
    } else if row.place.scope.id != listing.here.id && listing.is_above(row.place.scope) {
        Membership::Inherited
    } else {
        Membership::Direct
    }
}

/// `GET …/{type}/{name}`.
///
/// # Errors
/// When it is not there, or not for the caller.
pub(in crate::arm) fn get(call: &Call<'_>, face: &Face) -> Result<Reply, ArmError> {
    call.tenant.read(|view| {
        let here = scopes::find(view, call.scope)?;
        let id = call.id(0).ok_or(ArmError::NotFound)?;
        let schedule = if face.is_instance { ids::schedule_of_instance(view, id) } else { ScheduleId(id) };
        let is_open = |it: &Schedule| !face.is_instance || it.window.start <= view.now();
        let found = (view.schedule(schedule))
            .filter(|it| it.kind.side() == face.side && is_open(it))
            .and_then(|it| Held::of(view, it))
            .filter(|it| it.place.scope.id == here.id);
        if !found.as_ref().is_some_and(|it| People::of(view, call.caller_id()).contains(it.place.principal)) {
            scopes::may(call, view, here, face.kind)?;
        }
        let found = found.ok_or(ArmError::Pim(Rejection::ScheduleNotFound(schedule)))?;
        let written = Written::of(view, face, &found, Membership::Direct);
        Ok(Reply::Ok(bytes(&written.row())))
    })
}

/// A row as it is written.
struct Written<'v> {
    prefix: &'v str,
    kind: &'static ResourceType,
    name: String,
    properties: Properties<'v>,
}

impl<'v> Written<'v> {
    fn of(view: View<'v>, face: &Face, held: &Held<'v>, membership: Membership) -> Self {
        let name = if face.is_instance { ids::instance_id(&held.schedule) } else { held.schedule.id.0 };
        Self {
            prefix: ids::prefix(held.place.scope),
            kind: face.kind,
            name: name.to_string(),
            properties: Properties::of(view, face, held, membership),
        }
    }

    fn row(&self) -> Row<'_, &Properties<'v>> {
        let Self { prefix, kind, name, properties } = self;
        Row { called: Called { prefix, kind, name }, properties }
    }
}

/// What the four types say; each leaves out what it has not.
#[derive(Debug)]
struct Properties<'v> {
    role_assignment_schedule_request_id: Option<String>,
    role_eligibility_schedule_request_id: Option<String>,
    role_assignment_schedule_id: Option<String>,
    role_eligibility_schedule_id: Option<String>,
    origin_role_assignment_id: Option<String>,
    linked_role_eligibility_schedule_id: Option<String>,
    linked_role_eligibility_schedule_instance_id: Option<String>,
    scope: &'v str,
    role_definition_id: String,
    principal_id: PrincipalId,
    principal_type: Option<&'static str>,
    status: &'static str,
    start_date_time: Instant,
    end_date_time: Option<Instant>,
    assignment_type: Option<&'static str>,
    member_type: &'static str,
    created_on: Instant,
    updated_on: Option<Instant>,
    condition: Option<String>,
    condition_version: Option<String>,
    expanded_properties: Expanded<'v>,
}

crate::arm_object! {
    Properties<'_> {
        role_assignment_schedule_request_id / "roleAssignmentScheduleRequestId",
        role_eligibility_schedule_request_id / "roleEligibilityScheduleRequestId",
        role_assignment_schedule_id / "roleAssignmentScheduleId",
        role_eligibility_schedule_id / "roleEligibilityScheduleId",
        origin_role_assignment_id / "originRoleAssignmentId",
        linked_role_eligibility_schedule_id / "linkedRoleEligibilityScheduleId",
        linked_role_eligibility_schedule_instance_id / "linkedRoleEligibilityScheduleInstanceId",
        scope / "scope",
        role_definition_id / "roleDefinitionId",
        principal_id / "principalId",
        principal_type / "principalType",
        status / "status",
        start_date_time / "startDateTime",
        end_date_time / "endDateTime",
        assignment_type / "assignmentType",
        member_type / "memberType",
        created_on / "createdOn",
        updated_on / "updatedOn",
        condition / "condition",
        condition_version / "conditionVersion",
        expanded_properties / "expandedProperties",
    }
}

impl<'v> Properties<'v> {
    fn of(view: View<'v>, face: &Face, held: &Held<'v>, membership: Membership) -> Self {
        let Held { schedule, place: HeldAt { role, scope, .. } } = held;
        let is_active = face.side == AssignmentKind::Assignment;
        let of_schedule = |kind, name: Uuid, shows: bool| shows.then(|| full(scope, kind, name));
        let id = schedule.id.0;
        let has_request = !face.is_instance && schedule.kind != ScheduleKind::AssignedOutside;
        let condition = schedule.details.as_ref().and_then(|it| it.condition.clone());
        let linked = schedule.activated_using.filter(|_| is_active && face.is_instance).and_then(|id| {
            let eligibility = view.schedule(id)?;
            let linked = Held::of(view, eligibility)?;
            Some((
                full(linked.place.scope, &types::ROLE_ELIGIBILITY_SCHEDULES, id),
                full(
                    linked.place.scope,
                    &types::ROLE_ELIGIBILITY_SCHEDULE_INSTANCES,
                    ids::instance_id(&linked.schedule),
                ),
            ))
        });
        let (linked_schedule, linked_instance) = linked.unzip();
        Self {
            role_assignment_schedule_request_id: of_schedule(
                &types::ROLE_ASSIGNMENT_SCHEDULE_REQUESTS,
                id,
                has_request && is_active,
            ),
            role_eligibility_schedule_request_id: of_schedule(
                &types::ROLE_ELIGIBILITY_SCHEDULE_REQUESTS,
                id,
                has_request && !is_active,
            ),
            role_assignment_schedule_id: of_schedule(
                &types::ROLE_ASSIGNMENT_SCHEDULES,
                id,
                face.is_instance && is_active,
            ),
            role_eligibility_schedule_id: of_schedule(
                &types::ROLE_ELIGIBILITY_SCHEDULES,
                id,
                face.is_instance && !is_active,
            ),
            origin_role_assignment_id: of_schedule(
                &types::ROLE_ASSIGNMENTS,
                ids::role_assignment_id(schedule),
                face.is_instance && is_active,
            ),
            linked_role_eligibility_schedule_id: linked_schedule,
            linked_role_eligibility_schedule_instance_id: linked_instance,
            scope: &scope.path,
            role_definition_id: ids::role_definition_id(scope, *role),
            principal_id: schedule.principal,
            principal_type: expanded::kind(view, schedule.principal),
            status: held.status(view.now()),
            start_date_time: schedule.window.start,
            end_date_time: schedule.window.end,
            assignment_type: is_active.then_some(match schedule.kind {
                ScheduleKind::Activated => "Activated",
                ScheduleKind::Assigned | ScheduleKind::AssignedOutside | ScheduleKind::Eligibility => "Assigned",
            }),
            member_type: membership.name(),
            created_on: schedule.created,
            updated_on: (!face.is_instance).then(|| schedule.modified.unwrap_or(schedule.created)),
            condition: condition.as_ref().map(|it| it.expression.clone()),
            condition_version: condition.map(|it| it.version),
            expanded_properties: Expanded::of(view, schedule.principal, *role, scope),
        }
    }
}
