//! `/users`.

mod body;
mod manager;
mod row;

pub(crate) use row::{INDEXED, UserResource, UserRow, proxy_addresses};

use super::audit_logs::sign_ins;
use super::call::Call;
use super::collection::{Context, Query, single};
use super::error::GraphError;
use super::permission::{DELETE_USERS, READ_USERS, REVOKE_SESSIONS, WRITE_USERS};
use super::references::location;
use super::reply::Reply;
use super::router::{BOTH, Method, Operation};
use pim_core::model::{Principal, PrincipalKind, User, UserDetailsChange};
use pim_core::{AdministrativeUnitId, Command, PrincipalId, Rejection, UserChange, View};
use uuid::Uuid;

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation { method: Method::Get, path: "/users", versions: BOTH, permission: &READ_USERS, handler: list },
    Operation { method: Method::Post, path: "/users", versions: BOTH, permission: &WRITE_USERS, handler: create },
    Operation { method: Method::Get, path: "/users/$count", versions: BOTH, permission: &READ_USERS, handler: count },
    Operation { method: Method::Get, path: "/users/{id}", versions: BOTH, permission: &READ_USERS, handler: get },
    Operation { method: Method::Patch, path: "/users/{id}", versions: BOTH, permission: &WRITE_USERS, handler: update },
    Operation {
        method: Method::Delete,
        path: "/users/{id}",
        versions: BOTH,
        permission: &DELETE_USERS,
        handler: delete,
    },
    Operation {
        method: Method::Post,
        path: "/users/{id}/revokeSignInSessions",
        versions: BOTH,
        permission: &REVOKE_SESSIONS,
        handler: |call| revoke(call, find_id),
    },
];

pub(crate) use manager::OPERATIONS as MANAGER_OPERATIONS;

fn rows<'v>(view: View<'v>, after: Option<u64>) -> impl Iterator<Item = (u64, UserRow<'v>)> {
    view.principals(PrincipalKind::User, after).filter_map(move |(key, principal)| match principal {
        Principal::User(user) => Some((key, UserRow::of(view, user))),
        Principal::Group(_) | Principal::ServicePrincipal(_) => None,
    })
}

/// What lies outside the directory, so that the service has it of one user at a time.
const NOT_ON_LISTS: [&str; 11] = [
    "aboutMe",
    "birthday",
    "hireDate",
    "interests",
    "mailboxSettings",
    "mySite",
    "pastProjects",
    "preferredName",
    "responsibilities",
    "schools",
    "skills",
];

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let selected = call.options()?.select.unwrap_or_default();
    let is_selected = |property: &&&str| selected.split(',').any(|name| name.trim().eq_ignore_ascii_case(property));
    if let Some(property) = NOT_ON_LISTS.iter().find(is_selected) {
        return Err(GraphError::NotOnLists(property));
    }
    let query = Query::<UserResource>::indexed(call, &INDEXED)?;
    call.tenant.read(|view| {
        may_ask_for_activity(call, view)?;
        let query = query.counted(view, PrincipalKind::User);
        Ok(query.answer(call, &Context::at("users"), |after| rows(view, after)))
    })
}

/// When users last signed in is known to the log of sign-ins: whoever asks needs what reading that takes.
fn may_ask_for_activity(call: &Call<'_>, view: View<'_>) -> Result<(), GraphError> {
    let options = call.options()?;
    let texts = [&options.select, &options.filter, &options.orderby];
    let is_asked = texts.into_iter().flatten().any(|text| text.to_ascii_lowercase().contains("signinactivity"));
    if is_asked { sign_ins::may_know(call, view) } else { Ok(()) }
}

fn count(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        may_ask_for_activity(call, view)?;
        Query::<UserResource>::count(call, &INDEXED, rows(view, None).map(|(_, row)| row))
    })
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| answer(call, view, find(call, view)?))
}

/// Writes a user as the whole answer.
pub(crate) fn answer(call: &Call<'_>, view: View<'_>, user: &User) -> Result<Reply, GraphError> {
    may_ask_for_activity(call, view)?;
    single::<UserResource>(call, &Context::at("users"), &UserRow::of(view, user)).map(Reply::Ok)
}

fn create(call: &Call<'_>) -> Result<Reply, GraphError> {
    make(call, &Command::CreateUser(body::user(call.body()?)?), &Context::at("users"))
}

/// Makes the user that the body of a call describes as a member of an administrative unit.
pub(super) fn create_in(call: &Call<'_>, unit: AdministrativeUnitId) -> Result<Reply, GraphError> {
    let user = Box::new(body::user(call.body()?)?);
    make(call, &Command::CreateUserIn { user, unit }, &Context { typed: true, ..Context::at("users") })
}

fn make(call: &Call<'_>, command: &Command, context: &Context<'_>) -> Result<Reply, GraphError> {
    let made = call.tenant.handle(call.caller(), command, |view, outcome| {
        let id = outcome.principal.unwrap_or(PrincipalId(Uuid::nil()));
        let user = view.user(id).ok_or_else(|| GraphError::ObjectNotFound(id.to_string()))?;
        let body = single::<UserResource>(call, context, &UserRow::of(view, user))?;
        Ok(Reply::Created { body, location: location(call, id.0, "User") })
    });
    made.map_err(refused)?
}

fn update(call: &Call<'_>) -> Result<Reply, GraphError> {
    change(call, find_id)
}

/// Changes the user that `find` finds.
pub(crate) fn change(call: &Call<'_>, find: Find) -> Result<Reply, GraphError> {
    let change = body::change(call.body()?)?;
    let user = call.tenant.read(|view| find(call, view))?;
    apply(call, user, change)
}

fn apply(call: &Call<'_>, user: PrincipalId, change: UserChange) -> Result<Reply, GraphError> {
    let command = Command::UpdateUser { user, change: Box::new(change) };
    call.tenant.handle(call.caller(), &command, |_, _| Reply::NoContent).map_err(refused)
}

fn delete(call: &Call<'_>) -> Result<Reply, GraphError> {
    let user = call.tenant.read(|view| find_id(call, view))?;
    call.tenant.handle(call.caller(), &Command::DeletePrincipal(user), |_, _| Reply::NoContent).map_err(refused)
}

/// From now on nobody may go on with a session from before.
pub(crate) fn revoke(call: &Call<'_>, find: Find) -> Result<Reply, GraphError> {
    let (user, now) = call.tenant.read(|view| find(call, view).map(|user| (user, view.now())))?;
    let details = UserDetailsChange { sessions_valid_from: Some(Some(now)), ..UserDetailsChange::default() };
    apply(call, user, UserChange { details, ..UserChange::default() })?;
    Ok(Reply::boolean(call, true))
}

/// The machine's refusal of something about a user.
pub(super) const fn refused(rejection: Rejection) -> GraphError {
    GraphError::Object { resource: body::RESOURCE, rejection }
}

/// Finds the object that a call is about.
pub(crate) type Find = fn(&Call<'_>, View<'_>) -> Result<PrincipalId, GraphError>;

/// The id of the user that the path names.
pub(crate) fn find_id(call: &Call<'_>, view: View<'_>) -> Result<PrincipalId, GraphError> {
    find(call, view).map(|user| user.id)
}

/// The user that the path names, by id or by the name to sign in with; a mail address is neither.
fn find<'v>(call: &Call<'_>, view: View<'v>) -> Result<&'v User, GraphError> {
    let key = call.key(0);
    let user = match call.id(0) {
        Some(id) => view.user(PrincipalId(id)),
        None => view.user_named(key),
    };
    user.filter(|user| view.has_replicated(user.id.0, user.created))
        .ok_or_else(|| GraphError::ObjectNotFound(key.to_owned()))
}
