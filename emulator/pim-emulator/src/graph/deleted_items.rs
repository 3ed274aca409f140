//! `/directory/deletedItems`: users, groups, service principals and applications that were deleted, for the 30 days in which
//! they can be restored (ASG-28).

use super::applications::{ApplicationResource, ApplicationRow};
use super::call::Call;
use super::collection::{Context, Query, single};
use super::error::GraphError;
use super::groups::{self, GroupResource, GroupRow};
use super::objects::{Object, RowsOf};
use super::ownership;
use super::permission::{
    DELETE_USERS, READ_DIRECTORY_OBJECTS, READ_GROUPS, READ_SERVICE_PRINCIPALS, READ_USERS, WRITE_DIRECTORY_OBJECTS,
    WRITE_GROUPS,
};
use super::reply::Reply;
use super::router::{BOTH, Method, Operation};
use super::service_principals::{ServicePrincipalResource, ServicePrincipalRow};
use super::users::{UserResource, UserRow};
use pim_core::model::{DeletedApplication, Principal, PrincipalKind};
use pim_core::time::Instant;
use pim_core::{ApplicationId, Command, PrincipalId, View};
use uuid::Uuid;

const PATH: &str = "directory/deletedItems";

/// The list of each type, and its count.
macro_rules! operations {
    ([$($path:literal $kind:ty, $permission:expr;)*], $($more:expr),*) => {
        &[
            $(
                Operation {
                    method: Method::Get,
                    path: $path,
                    versions: BOTH,
                    permission: $permission,
                    handler: |call| list::<$kind>(call, $path),
                },
                Operation {
                    method: Method::Get,
                    path: concat!($path, "/$count"),
                    versions: BOTH,
                    permission: $permission,
                    handler: count::<$kind>,
                },
            )*
            $($more,)*
        ]
    };
}

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = operations!(
    [
        "/directory/deletedItems/microsoft.graph.user" UserResource, &READ_USERS;
        "/directory/deletedItems/microsoft.graph.group" GroupResource, &READ_GROUPS;
        "/directory/deletedItems/microsoft.graph.servicePrincipal" ServicePrincipalResource, &READ_SERVICE_PRINCIPALS;
        "/directory/deletedItems/microsoft.graph.application" ApplicationResource, &READ_SERVICE_PRINCIPALS;
    ],
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
    }
);

/// A type whose objects are kept for a while after they were deleted.
trait Kept: RowsOf {
    /// The rows of those that are, in the order of keys.
    fn rows(view: View<'_>) -> Vec<(u64, Self::Row<'_>)>;
}

impl Kept for UserResource {
    fn rows(view: View<'_>) -> Vec<(u64, UserRow<'_>)> {
        rows(view, PrincipalKind::User, |principal, at| match principal {
            Principal::User(user) => Some(UserRow::deleted(view, user, at)),
            Principal::Group(_) | Principal::ServicePrincipal(_) => None,
        })
    }
}

impl Kept for GroupResource {
    fn rows(view: View<'_>) -> Vec<(u64, GroupRow<'_>)> {
        rows(view, PrincipalKind::Group, |principal, at| match principal {
            Principal::Group(group) => Some(GroupRow::deleted(view, group, at)),
            Principal::User(_) | Principal::ServicePrincipal(_) => None,
        })
    }
}

impl Kept for ServicePrincipalResource {
    fn rows(view: View<'_>) -> Vec<(u64, ServicePrincipalRow<'_>)> {
        rows(view, PrincipalKind::ServicePrincipal, |principal, at| match principal {
            Principal::ServicePrincipal(it) => Some(ServicePrincipalRow::deleted(view, it, at)),
            Principal::User(_) | Principal::Group(_) => None,
        })
    }
}

impl Kept for ApplicationResource {
    fn rows(view: View<'_>) -> Vec<(u64, ApplicationRow<'_>)> {
        (0..).zip(view.deleted_applications().map(|it| ApplicationRow::deleted(view, it))).collect()
    }
}

fn rows<'v, R>(
    view: View<'v>,
    kind: PrincipalKind,
    row: impl Fn(&'v Principal, Instant) -> Option<R>,
) -> Vec<(u64, R)> {
    let deleted = view.all_deleted(kind);
    let mut rows: Vec<_> =
        deleted.filter_map(|(principal, at)| Some((view.key(principal.id())?, row(principal, at)?))).collect();
    rows.sort_unstable_by_key(|(key, _)| *key);
    rows
}

fn list<E: Kept>(call: &Call<'_>, path: &str) -> Result<Reply, GraphError> {
    let query = Query::<E>::indexed(call, E::INDEXED)?;
    let context = Context { name: E::COLLECTION, path: path.trim_start_matches('/'), typed: false };
    call.tenant.read(|view| Ok(query.answer(call, &context, |_| E::rows(view))))
}

fn count<E: Kept>(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| Query::<E>::count(call, E::INDEXED, E::rows(view).into_iter().map(|(_, row)| row)))
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
        let found = view.deleted(PrincipalId(id(call)?)).ok_or_else(|| absent(call))?;
        match found {
            (Principal::User(it), at) => single::<UserResource>(call, &context, &UserRow::deleted(view, it, at)),
            (Principal::Group(it), at) => single::<GroupResource>(call, &context, &GroupRow::deleted(view, it, at)),
            (Principal::ServicePrincipal(it), at) => {
                single::<ServicePrincipalResource>(call, &context, &ServicePrincipalRow::deleted(view, it, at))
            }
        }
        .map(Reply::Ok)
    })
}

fn restore(call: &Call<'_>) -> Result<Reply, GraphError> {
    carry_out(call, Command::RestoreApplication, Command::RestorePrincipal)?;
    call.tenant.read(|view| {
        let id = id(call)?;
        let application = view.application_with_id(ApplicationId(id)).map(Object::Application);
        let restored = application.or_else(|| view.principal(PrincipalId(id)).map(Object::Principal));
        super::relations::one(call, view, restored.ok_or_else(|| absent(call))?)
    })
}

/// Restoring and deleting for good take what deleting took.
fn carry_out(
    call: &Call<'_>,
    of_application: fn(ApplicationId) -> Command,
    of_principal: fn(PrincipalId) -> Command,
) -> Result<Reply, GraphError> {
    let id = id(call)?;
    let command = call.tenant.read(|view| {
        if let Some(deleted) = application(call, view) {
            ownership::may_write(call, view, &deleted.application.owners)?;
            return Ok::<_, GraphError>(of_application(ApplicationId(id)));
        }
        match view.deleted(PrincipalId(id)).ok_or_else(|| absent(call))? {
            (Principal::User(_), _) => call.require(view, &DELETE_USERS)?,
            (Principal::Group(group), _) => {
                call.require(view, &WRITE_GROUPS)?;
                groups::may_write(call, view, group)?;
            }
            (Principal::ServicePrincipal(it), _) => ownership::may_write(call, view, &it.owners)?,
        }
        Ok(of_principal(PrincipalId(id)))
    })?;
    ownership::carry_out(call, &command)
}

fn absent(call: &Call<'_>) -> GraphError {
    GraphError::ObjectNotFound(call.key(0).to_owned())
}

fn id(call: &Call<'_>) -> Result<Uuid, GraphError> {
    call.id(0).ok_or_else(|| GraphError::InvalidObjectIdentifier(call.key(0).to_owned()))
}
