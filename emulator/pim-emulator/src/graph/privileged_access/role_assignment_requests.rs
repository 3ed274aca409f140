//! `/privilegedAccess/{provider}/roleAssignmentRequests`: requests in the words of the older routes.

mod body;
mod status;

use self::body::{DecisionBody, RequestBody};
use self::status::{Empty, GovernanceSchedule, RequestStatus};
use super::provider::{Provider, resource_id, role_definition_id, scoped_resource_id};
use super::related::Relations;
use super::{BOTH, SERVICE, assignment_state, of_groups, of_others, resources};
use crate::graph::call::Call;
use crate::graph::collection::{Context, PAGE_SIZE, Query, single};
use crate::graph::error::GraphError;
use crate::graph::expand::{Navigation, Related, Target};
use crate::graph::identity_governance::privileged_access::group::Relation;
use crate::graph::json::{Json, Word};
use crate::graph::pim::request_row::{Occasion, RequestRow};
use crate::graph::reply::Reply;
use crate::graph::role_management::directory::Role;
use crate::graph::router::{Method, Operation};
use pim_core::model::{Action, AskedExpiration, AssignmentKind, RequestStatus as Status, ScheduleRequest, Window};
use pim_core::{By, Command, RequestId, ScheduleId, View};

/// A request, on its way to the wire.
#[derive(Clone, Debug)]
pub(crate) struct Asked<'v> {
    view: View<'v>,
    request: ScheduleRequest,
    occasion: Occasion,
    /// Its status in the words of its family.
    word: Word,
}

crate::entity! {
    /// A request for a role or a relation.
    GovernanceRoleAssignmentRequest(Asked<'r>) = "governanceRoleAssignmentRequest" {
        "id": string = |it| it.request.id.0;
        "resourceId": string = |it| resource_id(it.view, it.request.privilege);
        "roleDefinitionId": string = |it| role_definition_id(it.request.privilege);
        "subjectId": string = |it| it.request.principal.0;
        "scopedResourceId": string [service] = |it| scoped_resource_id(it.request.privilege);
        "linkedEligibleRoleAssignmentId": string = |it| it.eligibility().map(|id| id.0);
        "type": string = |it| Word(body::type_name(it.request.action));
        "assignmentState": string = |it| Word(assignment_state(it.request.side));
        "requestedDateTime": instant = |it| it.request.created;
        "roleAssignmentStartDateTime": instant [service] = |it| it.window().map(|window| window.start);
        "roleAssignmentEndDateTime": instant [service] = |it| it.window().and_then(|window| window.end);
        "reason": string = |it| it.request.justification.as_deref();
        "ticketNumber": string [service] = |it| it.request.ticket.number.as_deref().unwrap_or_default();
        "ticketSystem": string [service] = |it| it.request.ticket.system.as_deref().unwrap_or_default();
        "condition": string [service] = |_it| None::<Word>;
        "conditionVersion": string [service] = |_it| None::<Word>;
        "conditionDescription": string [service] = |_it| None::<Word>;
        "schedule": opaque = |it| it.request.asked.as_ref().map(GovernanceSchedule::of);
        "status": opaque = |it| it.status();
        "metadata": opaque [service] = |_it| Empty;
        paths {
            "subject/id": string = |it| it.request.principal.0;
            "resource/id": string = |it| resource_id(it.view, it.request.privilege);
            "roleDefinition/id": string = |it| role_definition_id(it.request.privilege);
            "status/status": string = |it| it.status().status;
            "status/subStatus": string = |it| it.word;
        }
    }
    navigations ["linkedEligibleRoleAssignment", "resource", "roleDefinition", "scopedResource", "subject"]
}

/// The status of a request for an Azure role: what is only evaluated is granted and never given.
const fn azure_status(request: &ScheduleRequest, occasion: Occasion) -> Word {
    match (request.status, occasion) {
        (Status::Provisioned, Occasion::Validation) => Word(Status::Granted.name()),
        (status, _) => Word(status.name()),
    }
}

impl<'v> Asked<'v> {
    /// The row of a request, if it is of that provider.
    fn new(view: View<'v>, provider: Provider, request: ScheduleRequest, occasion: Occasion) -> Option<Self> {
        let word = match provider {
            Provider::AadRoles => RequestRow::<Role>::new(view, request.clone(), occasion)?.status(),
            Provider::AadGroups => RequestRow::<Relation>::new(view, request.clone(), occasion)?.status(),
            Provider::AzureResources if Provider::of(request.privilege) == provider => azure_status(&request, occasion),
            Provider::AzureResources => return None,
        };
        Some(Self { view, request, occasion, word })
    }

    /// The eligibility that was activated, as long as it is there.
    fn eligibility(&self) -> Option<ScheduleId> {
        let activation = self.request.target_schedule.and_then(|id| self.view.schedule(id));
        activation.and_then(|it| it.activated_using)
    }

    /// What it gave, or asks for.
    fn window(&self) -> Option<Window> {
        let given = self.request.target_schedule.and_then(|id| self.view.schedule(id)).map(|it| it.window);
        let asked = || {
            let asked = self.request.asked?;
            let start = asked.start.unwrap_or(self.request.created);
            let end = match asked.expiration {
                AskedExpiration::NotSpecified | AskedExpiration::NoExpiration => None,
                AskedExpiration::AfterDateTime(end) => Some(end),
                AskedExpiration::AfterDuration(length) => Some(start.plus(length)),
            };
            Some(Window { start, end })
        };
        given.or_else(asked)
    }

    fn status(&self) -> RequestStatus<'_> {
        let is_closed = self.request.status.is_final() && self.occasion == Occasion::Reading;
        RequestStatus::of(self.request.action, self.word, is_closed)
    }
}

impl Related for Asked<'_> {
    fn write_related(&self, navigation: &Navigation, json: &mut Json) {
        match &navigation.target {
            Target::Governance(wanted) => Relations {
                view: self.view,
                privilege: self.request.privilege,
                principal: Some(self.request.principal),
                eligibility: self.eligibility(),
            }
            .write(wanted, json),
            Target::Object(_)
            | Target::RoleDefinition(_)
            | Target::EligibilitySchedule(_)
            | Target::EligibilityInstance(_)
            | Target::AssignmentSchedule(_)
            | Target::Policy(_)
            | Target::PolicyRules(_)
            | Target::Review(_)
            | Target::Alert(_)
            | Target::Nothing => json.raw("null"),
        }
    }
}

const NAME: &str = "governanceRoleAssignmentRequests";

/// Declares what can be done with the requests of one provider.
macro_rules! operations {
    ($of:ident, $path:literal, $versions:expr, $provider:expr) => {
        &[
            $of(Method::Get, concat!($path, "/roleAssignmentRequests"), $versions, |call| list(call, $provider)),
            $of(Method::Post, concat!($path, "/roleAssignmentRequests"), $versions, |call| create(call, $provider)),
            $of(Method::Get, concat!($path, "/resources/{id}/roleAssignmentRequests"), $versions, |call| {
                of_resource(call, $provider)
            }),
            $of(Method::Get, concat!($path, "/roleAssignmentRequests/{id}"), $versions, |call| get(call, $provider)),
            $of(Method::Post, concat!($path, "/roleAssignmentRequests/{id}/cancel"), $versions, |call| {
                cancel(call, $provider)
            }),
            $of(Method::Post, concat!($path, "/roleAssignmentRequests/{id}/updateRequest"), $versions, |call| {
                decide(call, $provider)
            }),
        ]
    };
}

/// What can be done with those of groups.
pub(crate) const OPERATIONS: &[Operation] =
    operations!(of_groups, "/privilegedAccess/aadGroups", BOTH, Provider::AadGroups);

/// What can be done with those of directory roles.
pub(crate) const ROLE_OPERATIONS: &[Operation] =
    operations!(of_others, "/privilegedAccess/aadRoles", SERVICE, Provider::AadRoles);

/// What can be done with those of Azure roles.
pub(crate) const AZURE_OPERATIONS: &[Operation] =
    operations!(of_others, "/privilegedAccess/azureResources", SERVICE, Provider::AzureResources);

fn list(call: &Call<'_>, provider: Provider) -> Result<Reply, GraphError> {
    let query = Query::<GovernanceRoleAssignmentRequest>::of(call, PAGE_SIZE)?;
    let demand = provider.demand(query.pager());
    let path = provider.path("roleAssignmentRequests");
    call.tenant.read(|view| {
        provider.may_list(call, view, demand)?;
        let is_shown = |(_, row): &(u64, Asked<'_>)| provider.is_listed(call, view, demand, row.request.privilege);
        let shown = rows(view, provider, demand.by()).into_iter().filter(is_shown);
        Ok(query.answer(call, &Context { name: NAME, path: &path, typed: false }, |_| shown))
    })
}

fn of_resource(call: &Call<'_>, provider: Provider) -> Result<Reply, GraphError> {
    let query = Query::<GovernanceRoleAssignmentRequest>::of(call, PAGE_SIZE)?;
    call.tenant.read(|view| {
        let by = resources::everything_of(call, view, provider)?;
        let path = provider.path(&format!("resources/{}/roleAssignmentRequests", call.id(0).unwrap_or_default()));
        Ok(query.answer(call, &Context::at(&path), |_| rows(view, provider, by)))
    })
}

/// Both sides, in the order of keys.
fn rows(view: View<'_>, provider: Provider, by: By) -> Vec<(u64, Asked<'_>)> {
    let mut rows: Vec<_> = [AssignmentKind::Eligibility, AssignmentKind::Assignment]
        .into_iter()
        .flat_map(|side| view.requests(side, by, None))
        .filter_map(|(key, request)| Some((key, Asked::new(view, provider, request, Occasion::Reading)?)))
        .collect();
    rows.sort_by_key(|(key, _)| *key);
    rows
}

fn written(call: &Call<'_>, provider: Provider, row: &Asked<'_>) -> Result<Vec<u8>, GraphError> {
    let path = provider.path("roleAssignmentRequests");
    single::<GovernanceRoleAssignmentRequest>(call, &Context { name: NAME, path: &path, typed: false }, row)
}

fn get(call: &Call<'_>, provider: Provider) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        view.licensed().map_err(GraphError::Pim)?;
        let row = find(call, view, provider)?;
        provider.may_see(call, view, (row.request.privilege, row.request.principal))?;
        written(call, provider, &row).map(Reply::Ok)
    })
}

/// Makes a request or, where the query says so, only tells what would become of it.
fn create(call: &Call<'_>, provider: Provider) -> Result<Reply, GraphError> {
    let body: RequestBody = call.body()?;
    let options = call.options()?;
    let only_evaluated = (options.other.iter())
        .any(|(name, value)| name.eq_ignore_ascii_case("evaluateOnly") && value.eq_ignore_ascii_case("true"));
    let occasion = if only_evaluated { Occasion::Validation } else { Occasion::FirstAnswer };
    let ask = call.tenant.read(|view| body.ask(view, provider))?;
    let command = Command::Request(ask);
    let write = |view: View<'_>, outcome: pim_core::Outcome| {
        let request = outcome.request.ok_or(GraphError::ResourceNotFound)?;
        let location = call.url(&format!("{}/{}", provider.path("roleAssignmentRequests"), request.id));
        let row = Asked::new(view, provider, request, occasion).ok_or(GraphError::ResourceNotFound)?;
        Ok(Reply::Created { body: written(call, provider, &row)?, location })
    };
    let reply = match occasion {
        Occasion::Validation => call.tenant.dry_run(call.actor(), &command, write),
        Occasion::FirstAnswer | Occasion::Reading => call.tenant.handle(call.caller(), &command, write),
    };
    reply.map_err(GraphError::Pim)?
}

fn cancel(call: &Call<'_>, provider: Provider) -> Result<Reply, GraphError> {
    let id = call.tenant.read(|view| find(call, view, provider).map(|row| row.request.id))?;
    let cancelled = call.tenant.handle(call.caller(), &Command::CancelRequest(id), |_, _| Reply::NoContent);
    cancelled.map_err(GraphError::Pim)
}

/// A manager's decision on what a holder has asked for (EXT-13): only on what waits for one.
fn decide(call: &Call<'_>, provider: Provider) -> Result<Reply, GraphError> {
    let body: DecisionBody = call.body()?;
    let request = call.tenant.read(|view| find(call, view, provider).map(|row| row.request))?;
    let command = body.command(request.id, request.side)?;
    call.tenant.handle(call.caller(), &command, |_, _| Reply::NoContent).map_err(GraphError::Pim)
}

fn find<'v>(call: &Call<'_>, view: View<'v>, provider: Provider) -> Result<Asked<'v>, GraphError> {
    let request = call.id(0).and_then(|id| view.request(RequestId(id)));
    let row = request.and_then(|it| Asked::new(view, provider, it, Occasion::Reading));
    row.ok_or(GraphError::ResourceNotFound)
}

/// Whether an action takes a schedule.
const fn takes_schedule(action: Action) -> bool {
    match action {
        Action::AdminRemove | Action::SelfDeactivate => false,
        Action::AdminAssign
        | Action::AdminUpdate
        | Action::AdminExtend
        | Action::AdminRenew
        | Action::SelfActivate
        | Action::SelfExtend
        | Action::SelfRenew => true,
    }
}
