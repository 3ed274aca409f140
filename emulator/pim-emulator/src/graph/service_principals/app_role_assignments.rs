//! `appRoleAssignments`, what a service principal was given, and `appRoleAssignedTo`, what it gave: permissions of applications.
//! Those of Microsoft Graph stand in the next token.

use super::{find, graph_permissions};
use crate::graph::call::Call;
use crate::graph::collection::{Context, PAGE_SIZE, Query, single};
use crate::graph::error::GraphError;
use crate::graph::expand::{Navigation, Related};
use crate::graph::json::{Json, Word};
use crate::graph::permission::{READ_SERVICE_PRINCIPALS, WRITE_APP_ROLE_ASSIGNMENTS};
use crate::graph::reply::Reply;
use crate::graph::router::{BOTH, Handler, Method, Operation};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pim_core::model::{AppRoleAssignment, PrincipalKind};
use pim_core::time::Instant;
use pim_core::{AppRoleAssignmentId, ClientId, Command, GrantChange, PrincipalId, View};
use uuid::Uuid;

/// From which end assignments are looked at.
#[derive(Clone, Copy, Debug)]
enum Side {
    /// Those that the service principal was given.
    Given,
    /// Those that it offers and others were given.
    Offered,
}

impl Side {
    fn is_of(self, principal: PrincipalId, assignment: &AppRoleAssignment) -> bool {
        match self {
            Self::Given => assignment.principal == principal,
            Self::Offered => assignment.resource == principal,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Given => "appRoleAssignments",
            Self::Offered => "appRoleAssignedTo",
        }
    }
}

/// The operations of each side.
macro_rules! operations {
    ($($path:literal $side:expr),*) => {
        &[$(
            read($path, |call| list(call, $side)),
            assign(Method::Post, $path, |call| create(call, $side)),
            read(concat!($path, "/{id}"), |call| get(call, $side)),
            assign(Method::Delete, concat!($path, "/{id}"), |call| delete(call, $side)),
        )*]
    };
}

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = operations!(
    "/servicePrincipals/{id}/appRoleAssignments" Side::Given,
    "/servicePrincipals/{id}/appRoleAssignedTo" Side::Offered
);

const fn read(path: &'static str, handler: Handler) -> Operation {
    Operation { method: Method::Get, path, versions: BOTH, permission: &READ_SERVICE_PRINCIPALS, handler }
}

const fn assign(method: Method, path: &'static str, handler: Handler) -> Operation {
    Operation { method, path, versions: BOTH, permission: &WRITE_APP_ROLE_ASSIGNMENTS, handler }
}

/// An assignment with the names of both ends.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AssignmentRow<'v> {
    assignment: &'v AppRoleAssignment,
    view: View<'v>,
}

crate::entity! {
    /// A permission that was given.
    AppRoleAssignmentResource(AssignmentRow<'r>) = "appRoleAssignment" {
        "id": exact = |it| written_id(it.assignment);
        "deletedDateTime": instant = |_it| None::<Instant>;
        "appRoleId": string = |it| it.assignment.app_role;
        "createdDateTime": instant = |it| it.assignment.created;
        "principalDisplayName": string = |it| it.view.name_of(it.assignment.principal);
        "principalId": string = |it| it.assignment.principal.0;
        "principalType": string = |it| it.view.principal(it.assignment.principal).map(|it| kind(it.kind()));
        "resourceDisplayName": string = |it| it.view.name_of(it.assignment.resource);
        "resourceId": string = |it| it.assignment.resource.0;
    }
    navigations []
}

const fn kind(kind: PrincipalKind) -> Word {
    Word(match kind {
        PrincipalKind::User => "User",
        PrincipalKind::Group => "Group",
        PrincipalKind::ServicePrincipal => "ServicePrincipal",
    })
}

impl Related for AssignmentRow<'_> {
    fn write_related(&self, _: &Navigation, json: &mut Json) {
        json.raw("null");
    }
}

/// The id as the service has it: the principal and a number in one word.
fn written_id(assignment: &AppRoleAssignment) -> String {
    URL_SAFE_NO_PAD.encode([assignment.principal.0.into_bytes(), assignment.id.0.into_bytes()].concat())
}

fn read_id(text: &str) -> Option<AppRoleAssignmentId> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let (_, id) = bytes.split_at_checked(16)?;
    Uuid::from_slice(id).ok().map(AppRoleAssignmentId)
}

crate::request_body! {
    /// `appRoleAssignment`, as far as clients may write it.
    AssignmentBody {
        /// To whom.
        principal_id / "principalId": String,
        /// Whose permission.
        resource_id / "resourceId": String,
        /// Which; nothing but zeros for access without any.
        app_role_id / "appRoleId": String,
    }
}

fn path(principal: PrincipalId, side: Side) -> String {
    format!("servicePrincipals('{principal}')/{}", side.name())
}

fn list(call: &Call<'_>, side: Side) -> Result<Reply, GraphError> {
    let query = Query::<AppRoleAssignmentResource>::of(call, PAGE_SIZE)?;
    call.tenant.read(|view| {
        let principal = find(call, view)?.id;
        let all = view.app_role_assignments().filter(|it| side.is_of(principal, it));
        let rows = all.map(|assignment| AssignmentRow { assignment, view });
        Ok(query.answer(call, &Context::at(&path(principal, side)), |_| (0..).zip(rows)))
    })
}

fn get(call: &Call<'_>, side: Side) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let row = AssignmentRow { assignment: assignment(call, view, side)?, view };
        let path = path(find(call, view)?.id, side);
        single::<AppRoleAssignmentResource>(call, &Context::at(&path), &row).map(Reply::Ok)
    })
}

fn create(call: &Call<'_>, side: Side) -> Result<Reply, GraphError> {
    let body: AssignmentBody = call.body()?;
    let (principal, resource) = (guid("principalId", body.principal_id)?, guid("resourceId", body.resource_id)?);
    let app_role = guid("appRoleId", body.app_role_id)?;
    let (principal, resource) = (PrincipalId(principal), PrincipalId(resource));
    let here = call.tenant.read(|view| find(call, view).map(|it| it.id))?;
    let (end, property) = match side {
        Side::Given => (principal, "principalId"),
        Side::Offered => (resource, "resourceId"),
    };
    if end != here {
        return Err(GraphError::InvalidValue { property, resource: "AppRoleAssignment" });
    }
    let (value, is_graph_permission) = call.tenant.read(|view| offered(view, resource, app_role))?;
    let assignment = AppRoleAssignment {
        id: AppRoleAssignmentId(Uuid::nil()),
        principal,
        resource,
        app_role,
        value,
        created: call.tenant.clock().now(),
    };
    let change = GrantChange::AssignAppRole { assignment, is_graph_permission };
    let created = call.tenant.handle(call.caller(), &Command::ChangeGrants(Box::new(change)), |view, outcome| {
        let made = view.app_role_assignments().find(|it| Some(it.id.0) == outcome.made);
        let row = AssignmentRow { assignment: made.ok_or(GraphError::ResourceNotFound)?, view };
        let path = path(here, side);
        let location = call.url(&format!("{path}/{}", written_id(row.assignment)));
        Ok(Reply::Created { body: single::<AppRoleAssignmentResource>(call, &Context::at(&path), &row)?, location })
    });
    created.map_err(GraphError::Directory)?
}

fn guid(property: &'static str, text: Option<String>) -> Result<Uuid, GraphError> {
    let resource = "AppRoleAssignment";
    let text = text.ok_or(GraphError::RequiredValue { property, resource })?;
    Uuid::try_parse(&text).map_err(|_| GraphError::InvalidValue { property, resource })
}

/// What tokens say of a permission that a resource offers, and whether it is one of Microsoft Graph. Access without any may be
/// given where nothing is offered.
fn offered(view: View<'_>, resource: PrincipalId, app_role: Uuid) -> Result<(Option<String>, bool), GraphError> {
    let principal = view.service_principal(resource).ok_or_else(|| GraphError::ObjectNotFound(resource.to_string()))?;
    let not_found = || GraphError::AppRoleNotFound(principal.app_id);
    if principal.app_id == ClientId::MICROSOFT_GRAPH {
        return graph_permissions::name(app_role).map(|name| (Some(name.to_owned()), true)).ok_or_else(not_found);
    }
    let offered = view.application(principal.app_id).map_or(&[][..], |application| &application.app_roles);
    match offered.iter().find(|role| role.id == app_role && role.is_enabled) {
        Some(role) => Ok((role.value.clone(), false)),
        None if app_role.is_nil() && offered.is_empty() => Ok((None, false)),
        None => Err(not_found()),
    }
}

fn delete(call: &Call<'_>, side: Side) -> Result<Reply, GraphError> {
    let id = call.tenant.read(|view| assignment(call, view, side).map(|it| it.id))?;
    let command = Command::ChangeGrants(Box::new(GrantChange::RemoveAppRoleAssignment(id)));
    call.tenant.handle(call.caller(), &command, |_, _| Reply::NoContent).map_err(GraphError::Directory)
}

fn assignment<'v>(call: &Call<'_>, view: View<'v>, side: Side) -> Result<&'v AppRoleAssignment, GraphError> {
    let principal = find(call, view)?.id;
    let id = read_id(call.key(1));
    let mut all = view.app_role_assignments().filter(|it| side.is_of(principal, it));
    all.find(|it| Some(it.id) == id).ok_or_else(|| GraphError::ObjectNotFound(call.key(1).to_owned()))
}
