//! `/directoryRoles`: the built-in roles that are in use, each as an object of this tenant, with whoever is active in it.

use super::administrative_units::{ScopedRoleMembership, ScopedRoleMembershipRow};
use super::call::Call;
use super::collection::{Context, Query, single};
use super::error::GraphError;
use super::objects::directory_role::{DirectoryRole, DirectoryRoleResource};
use super::permission::{READ_ROLE_DEFINITIONS, WRITE_ROLES};
use super::references::referred;
use super::reply::Reply;
use super::router::{BOTH, Method, Operation};
use pim_core::model::{
    AssignmentKind, DirectoryScope, GroupAccess, Privilege, Resource, RoleDefinition, Schedule, ScheduleKind,
};
use pim_core::{By, Command, PrincipalId, Rejection, RoleDefinitionId, TenantId, View};
use uuid::Uuid;

const PATH: &str = "directoryRoles";

/// A role as an object of the tenant.
fn row<'r>(view: View<'_>, role: &'r RoleDefinition) -> DirectoryRole<'r> {
    DirectoryRole::of(view.tenant().map_or(TenantId(Uuid::nil()), |tenant| tenant.id), role)
}

/// The id that a role has as an object of a tenant: another one in each, and always the same.
pub(super) fn object_id(view: View<'_>, role: RoleDefinitionId) -> Uuid {
    view.role(role).map_or(Uuid::nil(), |role| row(view, role).id)
}

/// The role of such an id, or of the id of its template.
pub(super) fn role_of(view: View<'_>, id: Uuid) -> Option<RoleDefinitionId> {
    let is_it = |role: &RoleDefinition| role.is_built_in && (role.id.0 == id || object_id(view, role.id) == id);
    view.roles().find(|role| is_it(role)).map(|role| role.id)
}

crate::request_body! {
    /// `directoryRole`, as far as clients may write it.
    DirectoryRoleBody {
        /// The template.
        role_template_id / "roleTemplateId": String,
    }
}

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    operation(Method::Get, "/directoryRoles", list),
    operation(Method::Post, "/directoryRoles", activate),
    operation(Method::Get, "/directoryRoles/{id}", get),
    operation(Method::Get, "/directoryRoles/{id}/members", members),
    operation(Method::Post, "/directoryRoles/{id}/members/$ref", add_member),
    operation(Method::Delete, "/directoryRoles/{id}/members/{id}/$ref", remove_member),
    operation(Method::Get, "/directoryRoles/{id}/scopedMembers", scoped_members),
];

const fn operation(method: Method, path: &'static str, handler: super::router::Handler) -> Operation {
    let permission = match method {
        Method::Get => &READ_ROLE_DEFINITIONS,
        Method::Post | Method::Put | Method::Patch | Method::Delete => &WRITE_ROLES,
    };
    Operation { method, path, versions: BOTH, permission, handler }
}

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<DirectoryRoleResource>::whole(call)?;
    call.tenant.read(|view| {
        let rows = view.roles_in_use().map(|role| row(view, role));
        Ok(query.answer(call, &Context::at(PATH), |_| (0..).zip(rows)))
    })
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let row = row(view, find(call, view)?);
        single::<DirectoryRoleResource>(call, &Context::at(PATH), &row).map(Reply::Ok)
    })
}

fn activate(call: &Call<'_>) -> Result<Reply, GraphError> {
    let body: DirectoryRoleBody = call.body()?;
    let missing = GraphError::RequiredValue { property: "roleTemplateId", resource: "DirectoryRole" };
    let text = body.role_template_id.ok_or(missing)?;
    let template = Uuid::try_parse(&text).map_err(|_| GraphError::InvalidObjectIdentifier(text))?;
    let role = RoleDefinitionId(template);
    let activated = call.tenant.handle(call.caller(), &Command::ActivateDirectoryRole(role), |view, _| {
        let role = view.role(role).ok_or(GraphError::ResourceNotFound)?;
        let row = row(view, role);
        let location = call.url(&format!("{PATH}/{}", row.id));
        Ok(Reply::Created { body: single::<DirectoryRoleResource>(call, &Context::at(PATH), &row)?, location })
    });
    activated.map_err(GraphError::Directory)?
}

/// Who is active in a role for the whole tenant now, however that came about.
fn active(view: View<'_>, role: RoleDefinitionId) -> impl Iterator<Item = Schedule> {
    let open = view
        .instances(AssignmentKind::Assignment, By::Resource(Resource::DirectoryRole(role)), None)
        .map(|(_, schedule)| schedule);
    open.filter(|schedule| schedule.privilege.tenant_wide_role().is_some())
}

fn members(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let role = find(call, view)?;
        let mut ids: Vec<PrincipalId> = Vec::new();
        for schedule in active(view, role.id) {
            if !ids.contains(&schedule.principal) {
                ids.push(schedule.principal);
            }
        }
        let members: Vec<_> = ids.into_iter().filter_map(|id| view.principal(id)).collect();
        super::objects::list_all(call, view, &format!("{PATH}/{}/members", object_id(view, role.id)), &members)
    })
}

/// Gives the role for good, outside PIM.
fn add_member(call: &Call<'_>) -> Result<Reply, GraphError> {
    let principal = referred(call)?;
    let role = call.tenant.read(|view| find(call, view).map(|role| role.id))?;
    let privilege = Privilege::DirectoryRole { role, scope: DirectoryScope::Tenant };
    let command = Command::CreateRoleAssignment { principal, privilege, id: None, details: None };
    let added = call.tenant.handle(call.caller(), &command, |_, _| Reply::NoContent);
    added.map_err(|rejection| {
        let is_member = matches!(rejection, Rejection::AlreadyExists { .. });
        let said = if is_member { Rejection::ReferenceExists { access: GroupAccess::Member } } else { rejection };
        GraphError::Directory(said)
    })
}

/// Takes the role away outside PIM: what somebody was given before what somebody has activated.
fn remove_member(call: &Call<'_>) -> Result<Reply, GraphError> {
    let member = call.id(1).ok_or_else(|| GraphError::InvalidObjectIdentifier(call.key(1).to_owned()))?;
    let schedule = call.tenant.read(|view| {
        let role = find(call, view)?.id;
        let mut held: Vec<_> = active(view, role).filter(|it| it.principal == PrincipalId(member)).collect();
        held.sort_by_key(|schedule| schedule.kind == ScheduleKind::Activated);
        let first = held.first().map(|schedule| schedule.id);
        first.ok_or_else(|| GraphError::ObjectNotFound(call.key(1).to_owned()))
    })?;
    let command = Command::DeleteRoleAssignment { schedule };
    call.tenant.handle(call.caller(), &command, |_, _| Reply::NoContent).map_err(GraphError::Directory)
}

fn scoped_members(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<ScopedRoleMembership>::whole(call)?;
    call.tenant.read(|view| {
        let role = find(call, view)?.id;
        let open = view.instances(AssignmentKind::Assignment, By::Resource(Resource::DirectoryRole(role)), None);
        let rows = open.filter_map(|(_, schedule)| ScopedRoleMembershipRow::of(view, schedule));
        Ok(query.answer(call, &Context::at("scopedRoleMemberships"), |_| (0..).zip(rows)))
    })
}

/// A role that is in use; by its object id or its template.
fn find<'v>(call: &Call<'_>, view: View<'v>) -> Result<&'v RoleDefinition, GraphError> {
    let key = call.key(0);
    let id = Uuid::try_parse(key).map_err(|_| GraphError::InvalidObjectIdentifier(key.to_owned()))?;
    let is_it = |role: &RoleDefinition| match call.property(0) {
        None => object_id(view, role.id) == id,
        Some(_) => role.template_id.0 == id,
    };
    let found = view.roles_in_use().find(|role| is_it(role));
    found.ok_or_else(|| GraphError::ObjectNotFound(key.to_owned()))
}
