//! Requests: made under a name that the client chooses, validated, cancelled and read.

use super::ask::RequestBody;
use super::ids::{self, full};
use super::listing::{HeldAt, Listing};
use super::people::People;
use super::{Expanded, expanded};
use crate::arm::call::Call;
use crate::arm::error::ArmError;
use crate::arm::filter::{Condition, REQUESTS};
use crate::arm::front_door::{ResourceType, types};
use crate::arm::json::{Called, List, Row, WithOffset, bytes};
use crate::arm::reply::Reply;
use crate::arm::scopes;
use axum::http::StatusCode;
use pim_core::model::{
    AskedExpiration, AskedSchedule, AssignmentKind, CreatedBy, Privilege, RequestStatus, ScheduleRequest, TicketInfo,
};
use pim_core::time::{Instant, Length};
use pim_core::{Command, PrincipalId, Rejection, RequestId, View};

/// The type of a side's requests.
const fn kind(side: AssignmentKind) -> &'static ResourceType {
    match side {
        AssignmentKind::Assignment => &types::ROLE_ASSIGNMENT_SCHEDULE_REQUESTS,
        AssignmentKind::Eligibility => &types::ROLE_ELIGIBILITY_SCHEDULE_REQUESTS,
    }
}

/// A request with what it is about.
struct Asked<'v> {
    request: ScheduleRequest,
    place: HeldAt<'v>,
}

impl<'v> Asked<'v> {
    /// A request for an Azure role; others have stores of their own (MOD-27).
    fn of(view: View<'v>, request: ScheduleRequest) -> Option<Self> {
        Some(Self { place: HeldAt::of(view, request.principal, request.privilege)?, request })
    }

    fn is_by(&self, id: PrincipalId) -> bool {
        creator(&self.request) == Some(id)
    }
}

const fn creator(request: &ScheduleRequest) -> Option<PrincipalId> {
    match request.created_by {
        CreatedBy::User(id) | CreatedBy::Application(id) => Some(id),
        CreatedBy::SetUp | CreatedBy::Service => None,
    }
}

/// The name that the client chose: a GUID (REQ-3).
fn name(call: &Call<'_>) -> Result<RequestId, ArmError> {
    let name = call.id(0).map(RequestId);
    name.ok_or_else(|| ids::invalid(format!("the name of a request is a GUID, which '{}' is not", call.key(0))))
}

fn command(call: &Call<'_>, side: AssignmentKind) -> Result<Command, ArmError> {
    let name = name(call)?;
    let body: RequestBody = call.body()?;
    call.tenant.read(|view| body.ask(view, scopes::find(view, call.scope)?, side, name)).map(Command::Request)
}

/// `PUT …/{name}`.
///
/// # Errors
/// What the machine refuses, and bodies that make no sense.
pub(in crate::arm) fn put(call: &Call<'_>, side: AssignmentKind) -> Result<Reply, ArmError> {
    let made = call.tenant.handle(call.caller(), &command(call, side)?, |view, outcome| {
        Ok(Reply::Created(written(view, outcome.request.ok_or(ArmError::NotFound)?)?))
    });
    made.map_err(ArmError::Pim)?
}

/// `POST …/{name}/validate`: what `PUT` would answer, with a verdict for a status; nothing is made of it (REQ-61, APR-34).
///
/// # Errors
/// The same as those of `PUT`.
pub(in crate::arm) fn validate(call: &Call<'_>, side: AssignmentKind) -> Result<Reply, ArmError> {
    let verdict = call.tenant.dry_run(call.actor(), &command(call, side)?, |view, outcome| {
        let request = outcome.request.ok_or(ArmError::NotFound)?;
        let status = match request.status {
            RequestStatus::PendingApproval => "PendingEvaluation",
            RequestStatus::Provisioned | RequestStatus::PendingProvisioning => "Granted",
            other @ (RequestStatus::Granted
            | RequestStatus::Revoked
            | RequestStatus::Canceled
            | RequestStatus::Denied
            | RequestStatus::TimedOut
            | RequestStatus::PendingAdminDecision
            | RequestStatus::AdminApproved
            | RequestStatus::AdminDenied
            | RequestStatus::Failed
            | RequestStatus::FailedAsResourceIsLocked) => other.name(),
        };
        let asked = Asked::of(view, request).ok_or(ArmError::NotFound)?;
        let mut written = Written::of(view, &asked);
        written.properties.status = status;
        Ok(Reply::Ok(bytes(&written.row())))
    });
    verdict.map_err(ArmError::Pim)?
}

/// `POST …/{name}/cancel` (REQ-20).
///
/// # Errors
/// When it is not there, does not wait, or is neither the caller's nor at a scope that the caller manages.
pub(in crate::arm) fn cancel(call: &Call<'_>, side: AssignmentKind) -> Result<Reply, ArmError> {
    let id = call.tenant.read(|view| find(call, view, side).map(|it| it.request.id))?;
    call.tenant
        .handle(call.caller(), &Command::CancelRequest(id), |_, _| Reply::Empty(StatusCode::OK))
        .map_err(ArmError::Pim)
}

/// The request of the path, of this side, at this scope.
fn find<'v>(call: &Call<'_>, view: View<'v>, side: AssignmentKind) -> Result<Asked<'v>, ArmError> {
    let here = scopes::find(view, call.scope)?;
    let id = call.id(0).map(RequestId).ok_or(ArmError::NotFound)?;
    let request = view.request(id).filter(|it| it.side == side).and_then(|it| Asked::of(view, it));
    request.filter(|it| it.place.scope.id == here.id).ok_or(ArmError::Pim(Rejection::RequestNotFound(id)))
}

/// `GET …/{name}`: for whoever it is for, made it or decides on it, and for whoever may read the scope (AUT-9).
///
/// # Errors
/// When it is not there, or not for the caller.
pub(in crate::arm) fn get(call: &Call<'_>, side: AssignmentKind) -> Result<Reply, ArmError> {
    call.tenant.read(|view| {
        let here = scopes::find(view, call.scope)?;
        let found = find(call, view, side);
        let caller = call.caller_id();
        let is_party = found.as_ref().is_ok_and(|it| {
            it.is_by(caller)
                || view.is_approver(caller, it.request.id)
                || People::of(view, caller).contains(it.request.principal)
        });
        if !is_party {
            scopes::may(call, view, here, kind(side))?;
        }
        Ok(Reply::Ok(bytes(&Written::of(view, &found?).row())))
    })
}

/// `GET …`.
///
/// # Errors
/// A filter that makes no sense, or a list of everybody's without the right to read it.
pub(in crate::arm) fn list(call: &Call<'_>, side: AssignmentKind) -> Result<Reply, ArmError> {
    call.read(|view| {
        let listing = Listing::of(call, view, REQUESTS)?;
        // Whoever asks for its own requests still needs to read the scope (REQ-29).
        listing.allowed(call, kind(side), &[Condition::AsTarget, Condition::AsApprover])?;
        let mut rows: Vec<_> = listing.sources().into_iter().flat_map(|by| view.requests(side, by, None)).collect();
        rows.sort_by_key(|(key, _)| *key);
        let rows = rows.into_iter().filter_map(|(_, request)| Asked::of(view, request));
        let rows = rows.filter(|row| shows(view, call.caller_id(), &listing, row));
        let written: Vec<_> = rows.map(|row| Written::of(view, &row)).collect();
        Ok(Reply::Ok(bytes(&List::of(written.iter().map(Written::row).collect()))))
    })
}

#[expect(clippy::wildcard_enum_match_arm, reason = "only conditions that the list takes come here")]
fn shows(view: View<'_>, caller: PrincipalId, listing: &Listing<'_>, row: &Asked<'_>) -> bool {
    let Asked { request, place } = row;
    listing.shows(*place, |condition| match condition {
        Condition::AsRequestor => row.is_by(caller),
        Condition::RequestorId(id) => row.is_by(*id),
        Condition::AsApprover => {
            request.status == RequestStatus::PendingApproval && view.is_approver(caller, request.id)
        }
        Condition::Status(text) => request.status.name().eq_ignore_ascii_case(text),
        _ => false,
    })
}

fn written(view: View<'_>, request: ScheduleRequest) -> Result<Vec<u8>, ArmError> {
    let asked = Asked::of(view, request).ok_or(ArmError::NotFound)?;
    Ok(bytes(&Written::of(view, &asked).row()))
}

/// A request as it is written.
struct Written<'v> {
    prefix: &'v str,
    kind: &'static ResourceType,
    name: String,
    properties: Properties<'v>,
}

impl<'v> Written<'v> {
    fn of(view: View<'v>, asked: &Asked<'v>) -> Self {
        Self {
            prefix: ids::prefix(asked.place.scope),
            kind: kind(asked.request.side),
            name: asked.request.id.to_string(),
            properties: Properties::of(view, asked),
        }
    }

    fn row(&self) -> Row<'_, &Properties<'v>> {
        let Self { prefix, kind, name, properties } = self;
        Row { called: Called { prefix, kind, name }, properties }
    }
}

#[derive(Debug)]
struct Properties<'v> {
    target_role_assignment_schedule_id: Option<String>,
    target_role_eligibility_schedule_id: Option<String>,
    linked_role_eligibility_schedule_id: Option<String>,
    approval_id: Option<String>,
    scope: &'v str,
    role_definition_id: String,
    principal_id: PrincipalId,
    principal_type: Option<&'static str>,
    request_type: String,
    status: &'static str,
    schedule_info: Option<ScheduleInfo>,
    ticket_info: Ticket,
    justification: Option<String>,
    requestor_id: Option<PrincipalId>,
    created_on: Instant,
    condition: Option<String>,
    condition_version: Option<String>,
    expanded_properties: Expanded<'v>,
}

/// The window as it was asked for, with the start that was stored.
#[derive(Debug)]
struct ScheduleInfo {
    start_date_time: Option<WithOffset>,
    expiration: Expiration,
}

/// Each kind with its own member only.
#[derive(Debug)]
struct Expiration {
    kind: &'static str,
    end_date_time: Option<WithOffset>,
    duration: Option<Length>,
}

/// Always there, if empty.
#[derive(Debug)]
struct Ticket {
    number: Option<String>,
    system: Option<String>,
}

crate::arm_object! {
    Properties<'_> {
        target_role_assignment_schedule_id / "targetRoleAssignmentScheduleId",
        target_role_eligibility_schedule_id / "targetRoleEligibilityScheduleId",
        linked_role_eligibility_schedule_id / "linkedRoleEligibilityScheduleId",
        approval_id / "approvalId",
        scope / "scope",
        role_definition_id / "roleDefinitionId",
        principal_id / "principalId",
        principal_type / "principalType",
        request_type / "requestType",
        status / "status",
        schedule_info / "scheduleInfo",
        ticket_info / "ticketInfo",
        justification / "justification",
        requestor_id / "requestorId",
        created_on / "createdOn",
        condition / "condition",
        condition_version / "conditionVersion",
        expanded_properties / "expandedProperties",
    }
    ScheduleInfo { start_date_time / "startDateTime", expiration / "expiration" }
    Expiration { kind / "type", end_date_time / "endDateTime", duration / "duration" }
    Ticket { number / "ticketNumber", system / "ticketSystem" }
}

impl From<AskedSchedule> for ScheduleInfo {
    fn from(asked: AskedSchedule) -> Self {
        let (kind, end_date_time, duration) = match asked.expiration {
            AskedExpiration::NotSpecified | AskedExpiration::NoExpiration => ("NoExpiration", None, None),
            AskedExpiration::AfterDateTime(end) => ("AfterDateTime", Some(WithOffset(end)), None),
            AskedExpiration::AfterDuration(length) => ("AfterDuration", None, Some(length)),
        };
        Self { start_date_time: asked.start.map(WithOffset), expiration: Expiration { kind, end_date_time, duration } }
    }
}

impl From<TicketInfo> for Ticket {
    fn from(ticket: TicketInfo) -> Self {
        Self { number: ticket.number, system: ticket.system }
    }
}

impl<'v> Properties<'v> {
    fn of(view: View<'v>, asked: &Asked<'v>) -> Self {
        let Asked { request, place: HeldAt { role, scope, .. } } = asked;
        let details = request.details.as_deref();
        let target = request.target_schedule;
        let is_active = request.side == AssignmentKind::Assignment;
        let condition = details.and_then(|it| it.condition.clone());
        Self {
            target_role_assignment_schedule_id: (target.filter(|_| is_active))
                .map(|id| full(scope, &types::ROLE_ASSIGNMENT_SCHEDULES, id)),
            target_role_eligibility_schedule_id: (target.filter(|_| !is_active))
                .map(|id| full(scope, &types::ROLE_ELIGIBILITY_SCHEDULES, id)),
            linked_role_eligibility_schedule_id: linked(view, request),
            approval_id: view
                .has_approval(request.id)
                .then(|| format!("/providers/{}/{}", types::ROLE_ASSIGNMENT_APPROVALS, request.id)),
            scope: &scope.path,
            role_definition_id: ids::role_definition_id(scope, *role),
            principal_id: request.principal,
            principal_type: expanded::kind(view, request.principal),
            request_type: pascal(request.action.name()),
            status: request.status.name(),
            schedule_info: request.asked.map(ScheduleInfo::from),
            ticket_info: request.ticket.clone().into(),
            justification: request.justification.clone(),
            requestor_id: creator(request),
            created_on: request.created,
            condition: condition.as_ref().map(|it| it.expression.clone()),
            condition_version: condition.map(|it| it.version),
            expanded_properties: Expanded::of(view, request.principal, *role, scope),
        }
    }
}

/// The eligibility that was activated, or that was named for it.
fn linked(view: View<'_>, request: &ScheduleRequest) -> Option<String> {
    let named = request.details.as_ref().and_then(|it| it.linked_eligibility);
    let used = || request.target_schedule.and_then(|id| view.schedule(id)).and_then(|it| it.activated_using);
    let eligibility = view.schedule(used().or(named)?)?;
    match eligibility.privilege {
        Privilege::AzureRole { scope, .. } => {
            Some(full(view.azure_scope(scope)?, &types::ROLE_ELIGIBILITY_SCHEDULES, eligibility.id))
        }
        Privilege::DirectoryRole { .. } | Privilege::Group { .. } => None,
    }
}

/// Azure begins the word with a capital (REQ-3).
fn pascal(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
