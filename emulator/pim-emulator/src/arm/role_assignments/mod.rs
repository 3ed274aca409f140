//! `roleAssignments`: what is held now, whoever gave it. Assignments of PIM and activations are among them; what is given here
//! is given for good, outside PIM (MOD-8, MOD-11).

mod body;
mod row;

use super::call::Call;
use super::error::ArmError;
use super::filter::ROLE_ASSIGNMENTS;
use super::front_door::types;
use super::json::{List, bytes};
use super::pim::{Held, HeldAt, Listing, schedule_of_role_assignment};
use super::reply::Reply;
use super::router::{Handler, Method, Operation, Place, Resource as Served};
use super::scopes;
use axum::http::StatusCode;
use body::{Assignment, AssignmentBody};
use pim_core::model::{
    AssignmentKind, AzureScope, Privilege, Resource, Schedule, ScheduleDetails, ScheduleKind, SchedulePhase, Window,
};
use pim_core::{AzureFault, AzureScopeId, By, Command, Rejection, ScheduleId, View};
use row::Written;
use uuid::Uuid;

/// The version in which an assignment can be tried out.
const VALIDATED: &[&str] = &["2020-10-01-preview"];

/// What can be done with them.
pub(crate) static RESOURCE: Served = Served {
    kind: &types::ROLE_ASSIGNMENTS,
    place: Place::AnyScope,
    operations: &[
        Operation { method: Method::Get, path: "", versions: None, handler: Handler::Signed(list) },
        Operation { method: Method::Get, path: "{name}", versions: None, handler: Handler::Signed(get) },
        Operation { method: Method::Put, path: "{name}", versions: None, handler: Handler::Signed(put) },
        Operation { method: Method::Delete, path: "{name}", versions: None, handler: Handler::Signed(delete) },
        Operation {
            method: Method::Post,
            path: "{name}/validate",
            versions: Some(VALIDATED),
            handler: Handler::Signed(validate),
        },
    ],
};

/// An active assignment that is open now; anything else is none.
fn open<'v>(view: View<'v>, schedule: Schedule) -> Option<Held<'v>> {
    let is_open = schedule.kind.side() == AssignmentKind::Assignment && schedule.window.start <= view.now();
    if is_open { Held::of(view, schedule) } else { None }
}

/// The role assignment of a name at a scope.
fn named<'v>(view: View<'v>, here: &AzureScope, name: Uuid) -> Option<Held<'v>> {
    let held = open(view, schedule_of_role_assignment(view, name)?)?;
    Some(held).filter(|it| it.place.scope.id == here.id)
}

fn list(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        scopes::allowed_at(call, view)?;
        let listing = Listing::of(call, view, ROLE_ASSIGNMENTS)?;
        let mut rows: Vec<_> = listing.sources().into_iter().flat_map(|by| instances(view, by)).collect();
        rows.sort_by_key(|(key, _)| *key);
        let held = rows.into_iter().filter_map(|(_, schedule)| Held::of(view, schedule));
        // A row of a group stays the group's.
        let written: Vec<_> =
            held.filter(|row| listing.shows(row.place, |_| false)).map(|row| Written::of(view, &row)).collect();
        Ok(Reply::Ok(bytes(&List::of(written.iter().map(Written::row).collect()))))
    })
}

fn instances(view: View<'_>, by: By) -> impl Iterator<Item = (u64, Schedule)> {
    view.instances(AssignmentKind::Assignment, by, None)
}

/// The name in the path: a GUID.
fn name(call: &Call<'_>) -> Result<Uuid, ArmError> {
    call.id(0).ok_or_else(|| ArmError::InvalidRoleAssignmentId(call.key(0).to_owned()))
}

fn get(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        let here = scopes::allowed_at(call, view)?;
        let name = name(call)?;
        let held = named(view, here, name);
        let held = held.ok_or(ArmError::Classic(Rejection::ScheduleNotFound(ScheduleId(name))))?;
        Ok(Reply::Ok(bytes(&Written::of(view, &held).row())))
    })
}

/// What the body of a request would do.
enum Change {
    /// Something is given.
    Create(Box<New>),
    /// Something else is said about what was given.
    Describe(Box<Command>),
    /// It is so already.
    Nothing,
}

/// What is to be given under a name at a scope.
struct New {
    id: ScheduleId,
    scope: AzureScopeId,
    assignment: Assignment,
}

impl New {
    fn privilege(&self) -> Privilege {
        Privilege::AzureRole { role: self.assignment.role, scope: self.scope }
    }

    fn command(&self) -> Command {
        Command::CreateRoleAssignment {
            principal: self.assignment.principal,
            privilege: self.privilege(),
            id: Some(self.id),
            details: Some(Box::new(self.assignment.details.clone())),
        }
    }

    /// What it is once it is given; it need not be found by its id yet (LAT-10).
    fn given<'v>(&self, call: &Call<'_>, view: View<'v>) -> Result<Held<'v>, ArmError> {
        let made_by = Some(call.actor().created_by());
        let schedule = Schedule {
            id: self.id,
            principal: self.assignment.principal,
            privilege: self.privilege(),
            kind: ScheduleKind::AssignedOutside,
            phase: SchedulePhase::Open,
            window: Window { start: view.now(), end: None },
            created: view.now(),
            modified: None,
            activated_using: None,
            details: Some(Box::new(ScheduleDetails { made_by, ..self.assignment.details.clone() })),
        };
        Held::of(view, schedule).ok_or(ArmError::NotFound)
    }
}

/// What a body asks for: a new assignment, or the one that has the name, of which only condition and description change.
fn change(call: &Call<'_>, view: View<'_>, body: AssignmentBody) -> Result<Change, ArmError> {
    let here = scopes::allowed_at(call, view)?;
    let name = name(call)?;
    let assignment = body.read(view, here)?;
    let before = schedule_of_role_assignment(view, name).and_then(|schedule| open(view, schedule));
    let Some(before) = before else {
        return Ok(Change::Create(Box::new(New { id: ScheduleId(name), scope: here.id, assignment })));
    };
    let Assignment { principal, role, details } = assignment;
    let Held { schedule, place: HeldAt { role: held, scope, .. } } = before;
    if (schedule.principal, held, scope.id) != (principal, role, here.id) {
        return Err(ArmError::Classic(Rejection::Azure(AzureFault::AssignmentIdTaken(schedule.id))));
    }
    let said = schedule.details.map(|it| *it).unwrap_or_default();
    if (&said.condition, &said.description) == (&details.condition, &details.description) {
        return Ok(Change::Nothing);
    }
    let command = Command::DescribeRoleAssignment { schedule: schedule.id, details: Box::new(details) };
    Ok(Change::Describe(Box::new(command)))
}

fn put(call: &Call<'_>) -> Result<Reply, ArmError> {
    // Whoever may not write is told so, whatever the body says.
    call.read(|view| scopes::allowed_at(call, view).map(drop))?;
    let body: AssignmentBody = call.body()?;
    let change = call.read(|view| change(call, view, body))?;
    let written = |view: View<'_>| {
        let held = call.id(0).and_then(|name| open(view, schedule_of_role_assignment(view, name)?));
        held.map(|held| bytes(&Written::of(view, &held).row())).ok_or(ArmError::NotFound)
    };
    match change {
        Change::Nothing => call.read(written).map(Reply::Ok),
        Change::Describe(command) => call.carry_out(&command, written).map(Reply::Ok),
        Change::Create(new) => call.carry_out(&new.command(), |view| {
            Ok(Reply::Created(bytes(&Written::of(view, &new.given(call, view)?).row())))
        }),
    }
}

/// What is not there is gone already.
fn delete(call: &Call<'_>) -> Result<Reply, ArmError> {
    let found = call.read(|view| {
        let here = scopes::allowed_at(call, view)?;
        let held = named(view, here, name(call)?);
        Ok(held.map(|held| (held.schedule.id, bytes(&Written::of(view, &held).row()))))
    })?;
    let Some((schedule, deleted)) = found else { return Ok(Reply::Empty(StatusCode::NO_CONTENT)) };
    let command = Command::DeleteRoleAssignment { schedule };
    call.carry_out(&command, |_| Ok(Reply::Ok(deleted)))
}

#[derive(Debug)]
struct Verdict {
    is_valid: bool,
    error_info: Option<ErrorInfo>,
}

#[derive(Debug)]
struct ErrorInfo {
    code: &'static str,
    message: String,
}

crate::arm_object! {
    Verdict { is_valid / "isValid", error_info / "errorInfo" }
    ErrorInfo { code / "code", message / "message" }
}

/// What `PUT` would say; nothing is given.
fn validate(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| scopes::allowed_at(call, view).map(drop))?;
    let body: AssignmentBody = call.body()?;
    let tried = call.read(|view| change(call, view, body)).and_then(|change| {
        let command = match change {
            Change::Nothing => return Ok(()),
            Change::Create(new) => new.command(),
            Change::Describe(command) => *command,
        };
        call.tenant.dry_run(call.actor(), &command, |_, _| ()).map_err(ArmError::Classic)
    });
    let error_info = tried.err().map(|error| {
        let answer = error.answer(call.context);
        ErrorInfo { code: answer.code, message: answer.message.into_owned() }
    });
    Ok(Reply::Ok(bytes(&Verdict { is_valid: error_info.is_none(), error_info })))
}

/// How many there are at some scopes.
pub(super) fn count(view: View<'_>, scopes: impl IntoIterator<Item = AzureScopeId>) -> usize {
    let at = |scope| instances(view, By::Resource(Resource::AzureScope(scope)));
    scopes.into_iter().flat_map(at).count()
}
