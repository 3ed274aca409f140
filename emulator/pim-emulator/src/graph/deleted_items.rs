//! `/directory/deletedItems`: users, groups and applications that were deleted, for the 30 days in which they can be restored (ASG-28).

use super::applications::{self, ApplicationResource, ApplicationRow};
use super::call::Call;
use super::collection::{Context, Query, single};
use super::error::GraphError;
use super::groups::{self, GroupResource, GroupRow};
use super::permission::{
    DELETE_USERS, READ_DIRECTORY_OBJECTS, READ_GROUPS, READ_SERVICE_PRINCIPALS, READ_USERS, WRITE_APPLICATIONS,
    WRITE_DIRECTORY_OBJECTS, WRITE_GROUPS,
};
use super::reply::Reply;
use super::router::{BOTH, Method, Operation};
use super::users::{self, UserResource, UserRow};
use pim_core::model::{DeletedApplication, Principal, PrincipalKind};
use pim_core::{ApplicationId, Command, PrincipalId, View};
use uuid::Uuid;

const PATH: &str = "directory/deletedItems";

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: Method::Get,
        path: "/directory/deletedItems/microsoft.graph.user",
        versions: BOTH,
        permission: &READ_USERS,
        handler: |call| call.tenant.read(|view| list_users(call, view)),
    },
    Operation {
        method: Method::Get,
        path: "/directory/deletedItems/microsoft.graph.user/$count",
        versions: BOTH,
        permission: &READ_USERS,
        handler: |call| {
            call.tenant.read(|view| {
                Query::<UserResource>::count(call, &users::INDEXED, deleted_users(view).into_iter().map(|(_, row)| row))
            })
        },
    },
    Operation {
        method: Method::Get,
        path: "/directory/deletedItems/microsoft.graph.group",
        versions: BOTH,
        permission: &READ_GROUPS,
        handler: |call| call.tenant.read(|view| list_groups(call, view)),
    },
    Operation {
        method: Method::Get,
        path: "/directory/deletedItems/microsoft.graph.group/$count",
        versions: BOTH,
        permission: &READ_GROUPS,
        handler: |call| {
            call.tenant.read(|view| {
                Query::<GroupResource>::count(
                    call,
                    &groups::INDEXED,
                    deleted_groups(view).into_iter().map(|(_, row)| row),
                )
            })
        },
    },
    Operation {
        method: Method::Get,
        path: "/directory/deletedItems/microsoft.graph.application",
        versions: BOTH,
        permission: &READ_SERVICE_PRINCIPALS,
        handler: |call| call.tenant.read(|view| list_applications(call, view)),
    },
    Operation {
        method: Method::Get,
        path: "/directory/deletedItems/{id}",
        versions: BOTH,
        permission: &READ_DIRECTORY_OBJECTS,
        handler: get,
    },
    Operation {
        method: Method::Delete,
        path: "/directory/deletedItems/{id}",
        versions: BOTH,
        permission: &WRITE_DIRECTORY_OBJECTS,
        handler: |call| carry_out(call, Command::PurgeApplication, Command::PurgePrincipal),
    },
    Operation {
        method: Method::Post,
        path: "/directory/deletedItems/{id}/restore",
        versions: BOTH,
        permission: &WRITE_DIRECTORY_OBJECTS,
        handler: restore,
    },
];

fn deleted_users(view: View<'_>) -> Vec<(u64, UserRow<'_>)> {
    let mut rows: Vec<_> = (view.all_deleted(PrincipalKind::User))
        .filter_map(|(principal, at)| match principal {
            Principal::User(user) => Some((view.key(user.id)?, UserRow::deleted(view, user, at))),
            Principal::Group(_) | Principal::ServicePrincipal(_) => None,
        })
        .collect();
    rows.sort_unstable_by_key(|(key, _)| *key);
    rows
}

fn deleted_groups(view: View<'_>) -> Vec<(u64, GroupRow<'_>)> {
    let mut rows: Vec<_> = (view.all_deleted(PrincipalKind::Group))
        .filter_map(|(principal, at)| match principal {
            Principal::Group(group) => Some((view.key(group.id)?, GroupRow::deleted(view, group, at))),
            Principal::User(_) | Principal::ServicePrincipal(_) => None,
        })
        .collect();
    rows.sort_unstable_by_key(|(key, _)| *key);
    rows
}

fn list_users(call: &Call<'_>, view: View<'_>) -> Result<Reply, GraphError> {
    let query = Query::<UserResource>::indexed(call, &users::INDEXED)?;
    let context = Context { name: "users", path: "directory/deletedItems/microsoft.graph.user", typed: false };
    Ok(query.answer(call, &context, |_| deleted_users(view)))
}

fn list_groups(call: &Call<'_>, view: View<'_>) -> Result<Reply, GraphError> {
    let query = Query::<GroupResource>::indexed(call, &groups::INDEXED)?;
    let context = Context { name: "groups", path: "directory/deletedItems/microsoft.graph.group", typed: false };
    Ok(query.answer(call, &context, |_| deleted_groups(view)))
}

fn list_applications(call: &Call<'_>, view: View<'_>) -> Result<Reply, GraphError> {
    let query = Query::<ApplicationResource>::indexed(call, &applications::INDEXED)?;
    let path = "directory/deletedItems/microsoft.graph.application";
    let context = Context { name: "applications", path, typed: false };
    Ok(query
        .answer(call, &context, |_| (0..).zip(view.deleted_applications().map(|it| ApplicationRow::deleted(view, it)))))
}

/// The deleted application that the path names.
fn application<'v>(call: &Call<'_>, view: View<'v>) -> Option<&'v DeletedApplication> {
    view.deleted_applications().find(|it| Some(it.application.id.0) == call.id(0))
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let context = Context { typed: true, ..Context::at(PATH) };
        if let Some(deleted) = application(call, view) {
            let row = ApplicationRow::deleted(view, deleted);
            return single::<ApplicationResource>(call, &context, &row).map(Reply::Ok);
        }
        match view.deleted(PrincipalId(id(call)?)) {
            Some((Principal::User(user), at)) => {
                single::<UserResource>(call, &context, &UserRow::deleted(view, user, at)).map(Reply::Ok)
            }
            Some((Principal::Group(group), at)) => {
                single::<GroupResource>(call, &context, &GroupRow::deleted(view, group, at)).map(Reply::Ok)
            }
            Some((Principal::ServicePrincipal(_), _)) | None => Err(GraphError::ObjectNotFound(call.key(0).to_owned())),
        }
    })
}

fn restore(call: &Call<'_>) -> Result<Reply, GraphError> {
    carry_out(call, Command::RestoreApplication, Command::RestorePrincipal)?;
    call.tenant.read(|view| {
        let context = Context { typed: true, ..Context::at("directoryObjects") };
        if let Some(application) = view.application_with_id(ApplicationId(id(call)?)) {
            let row = ApplicationRow::new(view, application);
            return single::<ApplicationResource>(call, &context, &row).map(Reply::Ok);
        }
        match view.principal(PrincipalId(id(call)?)) {
            Some(Principal::User(user)) => {
                single::<UserResource>(call, &context, &UserRow::of(view, user)).map(Reply::Ok)
            }
            Some(Principal::Group(group)) => {
                single::<GroupResource>(call, &context, &GroupRow::of(view, group)).map(Reply::Ok)
            }
            Some(Principal::ServicePrincipal(_)) | None => Err(GraphError::ObjectNotFound(call.key(0).to_owned())),
        }
    })
}

/// Restoring and deleting for good take what deleting took.
fn carry_out(
    call: &Call<'_>,
    of_application: fn(ApplicationId) -> Command,
    of_principal: fn(PrincipalId) -> Command,
) -> Result<Reply, GraphError> {
    let id = PrincipalId(id(call)?);
    let is_application = call.tenant.read(|view| application(call, view).is_some());
    call.tenant.read(|view| match view.deleted(id) {
        _ if is_application => call.require(view, &WRITE_APPLICATIONS),
        Some((Principal::User(_), _)) => call.require(view, &DELETE_USERS),
        Some((Principal::Group(group), _)) => {
            call.require(view, &WRITE_GROUPS)?;
            groups::may_write(call, view, group)
        }
        Some((Principal::ServicePrincipal(_), _)) | None => Err(GraphError::ObjectNotFound(call.key(0).to_owned())),
    })?;
    let command = if is_application { of_application(ApplicationId(id.0)) } else { of_principal(id) };
    call.tenant.handle(call.caller(), &command, |_, _| Reply::NoContent).map_err(GraphError::Directory)
}

fn id(call: &Call<'_>) -> Result<Uuid, GraphError> {
    call.id(0).ok_or_else(|| GraphError::InvalidObjectIdentifier(call.key(0).to_owned()))
}
