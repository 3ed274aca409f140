//! `checkMemberGroups`, `checkMemberObjects`, `getMemberGroups` and `getMemberObjects`: what a principal is in, by ids alone.

use super::call::Call;
use super::error::GraphError;
use super::objects::Object;
use super::permission::{
    Permission, READ_DIRECTORY_OBJECTS, READ_GROUPS, READ_MY_MEMBERSHIPS, READ_SERVICE_PRINCIPALS,
    READ_USER_MEMBERSHIPS,
};
use super::relations::Relation;
use super::reply::Reply;
use super::router::{BOTH, Handler, Method, Operation};
use super::users::Find;
use super::{directory_objects, groups, me, service_principals, users};
use pim_core::View;
use pim_core::model::Principal;
use uuid::Uuid;

/// How many ids may be checked at once.
const MOST_CHECKED: usize = 20;

/// What is counted among the things that a principal is in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Which {
    /// Groups.
    Groups,
    /// Groups, administrative units and roles.
    Objects,
}

crate::request_body! {
    /// The body of a check.
    CheckBody {
        /// The groups.
        group_ids / "groupIds": Vec<String>,
        /// The objects.
        ids / "ids": Vec<String>,
    }
    /// The body of a question for all.
    GetBody {
        /// Whether only groups count that control access.
        security_enabled_only / "securityEnabledOnly": bool,
    }
}

/// The four actions of each owner.
macro_rules! operations {
    ($($base:literal, $find:expr, $permission:expr;)*) => {
        &[$(
            action(concat!($base, "/checkMemberGroups"), $permission, |call| check(call, $find, Which::Groups)),
            action(concat!($base, "/checkMemberObjects"), $permission, |call| check(call, $find, Which::Objects)),
            action(concat!($base, "/getMemberGroups"), $permission, |call| get(call, $find, Which::Groups)),
            action(concat!($base, "/getMemberObjects"), $permission, |call| get(call, $find, Which::Objects)),
        )*]
    };
}

const fn action(path: &'static str, permission: &'static Permission, handler: Handler) -> Operation {
    Operation { method: Method::Post, path, versions: BOTH, permission, handler }
}

/// What can be asked.
pub(crate) const OPERATIONS: &[Operation] = operations! {
    "/me", me::id, &READ_MY_MEMBERSHIPS;
    "/users/{id}", users::find_id, &READ_USER_MEMBERSHIPS;
    "/groups/{id}", groups::find_id, &READ_GROUPS;
    "/servicePrincipals/{id}", service_principals::find_id, &READ_SERVICE_PRINCIPALS;
    "/directoryObjects/{id}", directory_objects::find_id, &READ_DIRECTORY_OBJECTS;
};

fn check(call: &Call<'_>, find: Find, which: Which) -> Result<Reply, GraphError> {
    let body: CheckBody = call.body()?;
    let (property, ids) = match which {
        Which::Groups => ("groupIds", body.group_ids),
        Which::Objects => ("ids", body.ids),
    };
    let ids = ids.ok_or(GraphError::RequiredValue { property, resource: "DirectoryObject" })?;
    if ids.len() > MOST_CHECKED {
        return Err(GraphError::TooManyIds(MOST_CHECKED));
    }
    let ids = ids.iter().map(|id| Uuid::try_parse(id)).collect::<Result<Vec<_>, _>>();
    let ids = ids.map_err(|_| GraphError::InvalidGuid)?;
    call.tenant.read(|view| {
        let held: Vec<_> = held(call, view, find, which)?.iter().map(Object::id).collect();
        Ok(answer(call, ids.into_iter().filter(|id| held.contains(id))))
    })
}

fn get(call: &Call<'_>, find: Find, which: Which) -> Result<Reply, GraphError> {
    let body: GetBody = call.body()?;
    let security_enabled_only = body.security_enabled_only.unwrap_or(false);
    call.tenant.read(|view| {
        let id = find(call, view)?;
        if security_enabled_only && view.group(id).is_some() {
            return Err(GraphError::InvalidValue { property: "securityEnabledOnly", resource: "Group" });
        }
        let counts = |object: &Object<'_>| match object {
            Object::Principal(Principal::Group(group)) => !security_enabled_only || group.is_security_enabled(),
            Object::Principal(Principal::User(_) | Principal::ServicePrincipal(_))
            | Object::Application(_)
            | Object::AdministrativeUnit(_)
            | Object::DirectoryRole(_) => true,
        };
        let held = held(call, view, find, which)?;
        Ok(answer(call, held.iter().filter(|object| counts(object)).map(Object::id)))
    })
}

/// What the principal is in, directly or by groups in groups.
fn held<'v>(call: &Call<'_>, view: View<'v>, find: Find, which: Which) -> Result<Vec<Object<'v>>, GraphError> {
    let objects = Relation::TransitiveMemberOf.objects(view, find(call, view)?);
    let counts = |object: &Object<'_>| match object {
        Object::Principal(_) => true,
        Object::Application(_) => false,
        Object::AdministrativeUnit(_) | Object::DirectoryRole(_) => which == Which::Objects,
    };
    Ok(objects.into_iter().map(|(_, object)| object).filter(counts).collect())
}

fn answer(call: &Call<'_>, ids: impl Iterator<Item = Uuid>) -> Reply {
    let mut json = call.json_of(512, "Collection(Edm.String)");
    json.key("value");
    json.raw("[");
    for id in ids {
        json.next();
        json.uuid(id);
    }
    json.raw("]");
    json.close();
    Reply::Ok(json.into_bytes())
}
