//! `/directoryObjects`: objects of whichever type, by their ids.

use super::call::Call;
use super::error::GraphError;
use super::objects::directory_role::DirectoryRole;
use super::objects::{Object, ObjectShown, write_object};
use super::permission::{
    DELETE_USERS, READ_DIRECTORY_OBJECTS, WRITE_ADMINISTRATIVE_UNITS, WRITE_DIRECTORY_OBJECTS, WRITE_GROUPS,
};
use super::relations::one;
use super::reply::Reply;
use super::router::{BOTH, Method, Operation};
use super::{groups, ownership};
use pim_core::model::Principal;
use pim_core::{AdministrativeUnitId, ApplicationId, Command, PrincipalId, View};
use uuid::Uuid;

/// How many ids may be asked for at once.
const MOST_IDS: usize = 1000;

crate::request_body! {
    /// The body of `getByIds`.
    GetByIdsBody {
        /// The ids.
        ids / "ids": Vec<String>,
        /// The types that count; all of them where none is named.
        types / "types": Vec<String>,
    }
}

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: Method::Get,
        path: "/directoryObjects/{id}",
        versions: BOTH,
        permission: &READ_DIRECTORY_OBJECTS,
        handler: get,
    },
    Operation {
        method: Method::Delete,
        path: "/directoryObjects/{id}",
        versions: BOTH,
        permission: &WRITE_DIRECTORY_OBJECTS,
        handler: delete,
    },
    Operation {
        method: Method::Post,
        path: "/directoryObjects/getByIds",
        versions: BOTH,
        permission: &READ_DIRECTORY_OBJECTS,
        handler: get_by_ids,
    },
];

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let object = find(view, id(call)?).ok_or_else(|| GraphError::ObjectNotFound(call.key(0).to_owned()))?;
        one(call, view, object)
    })
}

/// Each type takes the permission that its own address asks for.
fn delete(call: &Call<'_>) -> Result<Reply, GraphError> {
    let command = call.tenant.read(|view| {
        let id = id(call)?;
        match find(view, id) {
            Some(Object::Principal(principal)) => {
                match principal {
                    Principal::User(_) => call.require(view, &DELETE_USERS)?,
                    Principal::Group(group) => {
                        call.require(view, &WRITE_GROUPS)?;
                        groups::may_write(call, view, group)?;
                    }
                    Principal::ServicePrincipal(it) => ownership::may_write(call, view, &it.owners)?,
                }
                Ok(Command::DeletePrincipal(principal.id()))
            }
            Some(Object::Application(application)) => {
                ownership::may_write(call, view, &application.owners)?;
                Ok(Command::DeleteApplication(application.id))
            }
            Some(Object::AdministrativeUnit(unit)) => {
                call.require(view, &WRITE_ADMINISTRATIVE_UNITS)?;
                Ok(Command::DeleteAdministrativeUnit(unit.id))
            }
            // A built-in role stays.
            Some(Object::DirectoryRole(_)) => Err(GraphError::MethodNotAllowed),
            None => Err(GraphError::ObjectNotFound(call.key(0).to_owned())),
        }
    })?;
    ownership::carry_out(call, &command)
}

fn get_by_ids(call: &Call<'_>) -> Result<Reply, GraphError> {
    let body: GetByIdsBody = call.body()?;
    let ids = body.ids.ok_or(GraphError::RequiredValue { property: "ids", resource: "DirectoryObject" })?;
    if ids.len() > MOST_IDS {
        return Err(GraphError::TooManyIds(MOST_IDS));
    }
    let ids = ids.iter().map(|id| Uuid::try_parse(id)).collect::<Result<Vec<_>, _>>();
    let ids = ids.map_err(|_| GraphError::InvalidGuid)?;
    let types = body.types.unwrap_or_default();
    let counts = |object: &Object<'_>| {
        let name = object.odata_type().trim_start_matches("#microsoft.graph.");
        types.is_empty()
            || types
                .iter()
                .any(|wanted| wanted.eq_ignore_ascii_case(name) || wanted.eq_ignore_ascii_case("directoryObject"))
    };
    let shown = ObjectShown::of(call.options()?.select.as_deref(), call.version)?;
    call.tenant.read(|view| {
        let mut json = call.json_of(256 + ids.len() * 400, "directoryObjects");
        json.key("value");
        json.raw("[");
        for object in ids.into_iter().filter_map(|id| find(view, id)).filter(counts) {
            json.next();
            write_object(view, object, &shown, &mut json);
        }
        json.raw("]");
        json.close();
        Ok(Reply::Ok(json.into_bytes()))
    })
}

fn id(call: &Call<'_>) -> Result<Uuid, GraphError> {
    call.id(0).ok_or_else(|| GraphError::InvalidObjectIdentifier(call.key(0).to_owned()))
}

/// The principal that the path names.
pub(crate) fn find_id(call: &Call<'_>, view: View<'_>) -> Result<PrincipalId, GraphError> {
    let found = view.principal(PrincipalId(id(call)?));
    found.map(|it| it.id()).ok_or_else(|| GraphError::ObjectNotFound(call.key(0).to_owned()))
}

/// The object with an id.
fn find(view: View<'_>, id: Uuid) -> Option<Object<'_>> {
    let principal = || {
        let found = view.principal(PrincipalId(id)).filter(|it| view.has_replicated(it.created()));
        found.map(Object::Principal)
    };
    let application = || {
        let found = view.application_with_id(ApplicationId(id)).filter(|it| view.has_replicated(it.created));
        found.map(Object::Application)
    };
    let unit = || view.administrative_unit(AdministrativeUnitId(id)).map(Object::AdministrativeUnit);
    let role = || {
        let tenant = view.tenant()?.id;
        let mut roles = view.roles().filter(|role| role.is_built_in).map(|role| DirectoryRole::of(tenant, role));
        roles.find(|role| role.id == id).map(Object::DirectoryRole)
    };
    principal().or_else(application).or_else(unit).or_else(role)
}
