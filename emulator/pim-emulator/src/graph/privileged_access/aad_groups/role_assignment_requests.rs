//! `/privilegedAccess/aadGroups/roleAssignmentRequests`: the requests of PIM for Groups in the words of the older routes.

use super::role_definitions;
use crate::graph::Version;
use crate::graph::call::Call;
use crate::graph::collection::{Context, PAGE_SIZE, Query, single};
use crate::graph::error::GraphError;
use crate::graph::identity_governance::privileged_access::group::{Relation, resources};
use crate::graph::json::Word;
use crate::graph::permission::{READ_PRIVILEGED_GROUPS, WRITE_PRIVILEGED_GROUPS};
use crate::graph::pim::Held;
use crate::graph::pim::ask::{guid, instant, invalid, length, required};
use crate::graph::pim::request_row::{Occasion, RequestRow};
use crate::graph::reply::Reply;
use crate::graph::router::{Method, Operation};
use pim_core::model::{
    Action, AskedExpiration, AskedSchedule, AssignmentKind, GroupAccess, Privilege, Resource, TicketInfo,
};
use pim_core::time::{Instant, Length};
use pim_core::{Ask, By, Command, PrincipalId, Rejection, RequestId, RoleDefinitionId, View};
use serde::Serialize;
use std::marker::PhantomData;

crate::entity! {
    /// A request for membership or ownership.
    GovernanceRoleAssignmentRequest(RequestRow<'r, Relation>) = "governanceRoleAssignmentRequest" {
        "id": string = |it| it.request.id.0;
        "resourceId": string = |it| it.held.group.0;
        "roleDefinitionId": string = |it| role_definitions::id(it.held);
        "subjectId": string = |it| it.request.principal.0;
        "linkedEligibleRoleAssignmentId": string = |it| it.activated_using().map(|row| row.schedule.id.0);
        "type": string = |it| Word(type_name(it.request.action));
        "assignmentState": string = |it| Word(super::assignment_state(it.request.side));
        "requestedDateTime": instant = |it| it.request.created;
        "reason": string = |it| it.request.justification.as_deref();
        "schedule": opaque = |it| it.request.asked.as_ref().map(GovernanceSchedule::of);
        "status": opaque = |it| RequestStatus::of(it);
    }
    navigations ["resource", "roleDefinition", "subject"]
}

crate::request_body! {
    /// A request, as far as clients may write it.
    RequestBody {
        /// The group.
        resource_id / "resourceId": String,
        /// The relation to it.
        role_definition_id / "roleDefinitionId": String,
        /// For whom.
        subject_id / "subjectId": String,
        /// What is asked.
        kind / "type": String,
        /// Eligible or active.
        assignment_state / "assignmentState": String,
        /// The reason.
        reason / "reason": String,
        /// When.
        schedule / "schedule": ScheduleBody,
    }
    /// `governanceSchedule`.
    ScheduleBody {
        /// The start.
        start_date_time / "startDateTime": String,
        /// The end.
        end_date_time / "endDateTime": String,
        /// The length, instead of the end.
        duration / "duration": String,
    }
}

/// `microsoft.graph.governanceSchedule`.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct GovernanceSchedule<'a> {
    #[serde(rename = "type")]
    kind: Word,
    start_date_time: Option<Instant>,
    end_date_time: Option<Instant>,
    duration: Option<Length>,
    #[serde(skip)]
    lifetime: PhantomData<&'a ()>,
}

/// `microsoft.graph.governanceRoleAssignmentRequestStatus`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct RequestStatus<'a> {
    status: Word,
    sub_status: Word,
    status_details: Vec<Word>,
    #[serde(skip)]
    lifetime: PhantomData<&'a ()>,
}

crate::complex! {
    GovernanceSchedule {
        kind / "type", start_date_time / "startDateTime", end_date_time / "endDateTime", duration / "duration",
    }
    RequestStatus { status / "status", sub_status / "subStatus", status_details / "statusDetails" }
}

impl GovernanceSchedule<'_> {
    fn of(asked: &AskedSchedule) -> Self {
        let (end_date_time, duration) = match asked.expiration {
            AskedExpiration::NotSpecified | AskedExpiration::NoExpiration => (None, None),
            AskedExpiration::AfterDateTime(end) => (Some(end), None),
            AskedExpiration::AfterDuration(length) => (None, Some(length)),
        };
        Self { kind: Word("Once"), start_date_time: asked.start, end_date_time, duration, lifetime: PhantomData }
    }
}

impl RequestStatus<'_> {
    fn of(row: &RequestRow<'_, Relation>) -> Self {
        let status = row.request.status;
        let word = if status.is_final() { "Closed" } else { "InProgress" };
        Self { status: Word(word), sub_status: row.status(), status_details: Vec::new(), lifetime: PhantomData }
    }
}

const NAME: &str = "governanceRoleAssignmentRequests";
const PATH: &str = "privilegedAccess/aadGroups/roleAssignmentRequests";
const BETA: &[Version] = &[Version::Beta];

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: Method::Get,
        path: "/privilegedAccess/aadGroups/roleAssignmentRequests",
        versions: BETA,
        permission: &READ_PRIVILEGED_GROUPS,
        handler: list,
    },
    Operation {
        method: Method::Post,
        path: "/privilegedAccess/aadGroups/roleAssignmentRequests",
        versions: BETA,
        permission: &WRITE_PRIVILEGED_GROUPS,
        handler: create,
    },
    Operation {
        method: Method::Get,
        path: "/privilegedAccess/aadGroups/resources/{id}/roleAssignmentRequests",
        versions: BETA,
        permission: &READ_PRIVILEGED_GROUPS,
        handler: of_resource,
    },
    Operation {
        method: Method::Get,
        path: "/privilegedAccess/aadGroups/roleAssignmentRequests/{id}",
        versions: BETA,
        permission: &READ_PRIVILEGED_GROUPS,
        handler: get,
    },
    Operation {
        method: Method::Post,
        path: "/privilegedAccess/aadGroups/roleAssignmentRequests/{id}/cancel",
        versions: BETA,
        permission: &WRITE_PRIVILEGED_GROUPS,
        handler: cancel,
    },
];

const fn type_name(action: Action) -> &'static str {
    match action {
        Action::AdminAssign => "AdminAdd",
        Action::AdminUpdate => "AdminUpdate",
        Action::AdminRemove => "AdminRemove",
        Action::SelfActivate => "UserAdd",
        Action::SelfDeactivate => "UserRemove",
        Action::AdminExtend => "AdminExtend",
        Action::AdminRenew => "AdminRenew",
        Action::SelfExtend => "UserExtend",
        Action::SelfRenew => "UserRenew",
    }
}

const fn context() -> Context<'static> {
    Context { name: NAME, path: PATH, typed: false }
}

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<GovernanceRoleAssignmentRequest>::of(call, PAGE_SIZE)?;
    let demand = super::demand(query.pager());
    call.tenant.read(|view| {
        super::may_list(call, view, demand)?;
        let shown = rows(view, demand.by()).into_iter().filter(|(_, row)| row.held.is_listed(call, view, demand));
        Ok(query.answer(call, &context(), |_| shown))
    })
}

fn of_resource(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<GovernanceRoleAssignmentRequest>::of(call, PAGE_SIZE)?;
    call.tenant.read(|view| {
        let group = resources::find(call, view)?.id;
        let path = format!("privilegedAccess/aadGroups/resources/{group}/roleAssignmentRequests");
        Ok(query.answer(call, &Context::at(&path), |_| rows(view, By::Resource(Resource::Group(group)))))
    })
}

/// Both sides, in the order of keys.
fn rows(view: View<'_>, by: By) -> Vec<(u64, RequestRow<'_, Relation>)> {
    let mut rows: Vec<_> = [AssignmentKind::Eligibility, AssignmentKind::Assignment]
        .into_iter()
        .flat_map(|side| view.requests(side, by, None))
        .filter_map(|(key, request)| Some((key, RequestRow::new(view, request, Occasion::Reading)?)))
        .collect();
    rows.sort_by_key(|(key, _)| *key);
    rows
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        view.licensed().map_err(GraphError::Pim)?;
        let row = find(call, view)?;
        row.held.may_see(call, view, row.request.principal)?;
        single::<GovernanceRoleAssignmentRequest>(call, &context(), &row).map(Reply::Ok)
    })
}

fn create(call: &Call<'_>) -> Result<Reply, GraphError> {
    let body: RequestBody = call.body()?;
    let made = call.tenant.handle(call.caller(), &Command::Request(body.ask()?), |view, outcome| {
        let request = outcome.request.ok_or(GraphError::ResourceNotFound)?;
        let location = call.url(&format!("{PATH}/{}", request.id));
        let row = RequestRow::new(view, request, Occasion::FirstAnswer).ok_or(GraphError::ResourceNotFound)?;
        let body = single::<GovernanceRoleAssignmentRequest>(call, &context(), &row)?;
        Ok(Reply::Created { body, location })
    });
    made.map_err(GraphError::Pim)?
}

fn cancel(call: &Call<'_>) -> Result<Reply, GraphError> {
    let id = call.tenant.read(|view| find(call, view).map(|row| row.request.id))?;
    let cancelled = call.tenant.handle(call.caller(), &Command::CancelRequest(id), |_, _| Reply::NoContent);
    cancelled.map_err(GraphError::Pim)
}

fn find<'v>(call: &Call<'_>, view: View<'v>) -> Result<RequestRow<'v, Relation>, GraphError> {
    let request = call.id(0).and_then(|id| view.request(RequestId(id)));
    let row = request.and_then(|it| RequestRow::new(view, it, Occasion::Reading));
    row.ok_or(GraphError::ResourceNotFound)
}

impl RequestBody {
    /// What the machine is asked. Every word is one of an enumeration, though the type says text.
    fn ask(self) -> Result<Ask, GraphError> {
        let kind = required("type", self.kind.as_ref())?;
        let action = Action::ALL.into_iter().find(|action| type_name(*action).eq_ignore_ascii_case(kind));
        let action = action.ok_or_else(|| invalid(format!("type: '{kind}' is none")))?;
        let state = required("assignmentState", self.assignment_state.as_ref())?;
        let sides = [AssignmentKind::Eligibility, AssignmentKind::Assignment];
        let side = sides.into_iter().find(|side| super::assignment_state(*side).eq_ignore_ascii_case(state));
        let side = side.ok_or_else(|| invalid(format!("assignmentState: '{state}' is neither Eligible nor Active")))?;
        let group = PrincipalId(guid("resourceId", required("resourceId", self.resource_id.as_ref())?)?);
        let role = guid("roleDefinitionId", required("roleDefinitionId", self.role_definition_id.as_ref())?)?;
        let mut relations = GroupAccess::ALL.into_iter().map(|access| Relation { group, access });
        let Relation { access, .. } = relations
            .find(|relation| role_definitions::id(*relation) == role)
            .ok_or(GraphError::Pim(Rejection::RoleNotFound(RoleDefinitionId(role))))?;
        Ok(Ask {
            side,
            action,
            principal: PrincipalId(guid("subjectId", required("subjectId", self.subject_id.as_ref())?)?),
            privilege: Privilege::Group { group, access },
            schedule: self.schedule.map(ScheduleBody::asked).transpose()?,
            target_schedule: None,
            justification: self.reason,
            ticket: TicketInfo::default(),
            id: None,
            details: None,
        })
    }
}

impl ScheduleBody {
    /// A length or an end; neither means what the policy allows, or no end.
    fn asked(self) -> Result<AskedSchedule, GraphError> {
        let start = self.start_date_time.map(|text| instant("schedule.startDateTime", &text)).transpose()?;
        let end = self.end_date_time.map(|text| instant("schedule.endDateTime", &text)).transpose()?;
        let duration = self.duration.map(|text| length("schedule.duration", &text)).transpose()?;
        let expiration = match (duration, end) {
            (Some(length), _) => AskedExpiration::AfterDuration(length),
            (None, Some(end)) => AskedExpiration::AfterDateTime(end),
            (None, None) => AskedExpiration::NotSpecified,
        };
        Ok(AskedSchedule { start, expiration })
    }
}
