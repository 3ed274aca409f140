//! `/directory/administrativeUnits`, in beta also `/administrativeUnits`.

mod body;
mod scoped_role_members;

use super::Version;
use super::body::members::Members;
use super::call::Call;
use super::collection::{Context, Query, single};
use super::error::GraphError;
use super::expand::{Navigation, Related};
use super::json::{Json, Word};
use super::objects::RowsOf;
use super::permission::{
    CREATE_MEMBERS, READ_ADMINISTRATIVE_UNITS, READ_ROLE_DEFINITIONS, USE_ADMINISTRATIVE_UNITS,
    WRITE_ADMINISTRATIVE_UNITS, WRITE_GROUPS, WRITE_ROLES, WRITE_USERS,
};
use super::references::referred;
use super::reply::Reply;
use super::router::{BOTH, Handler, Method, Operation};
use super::written::read as read_value;
use super::{groups, users};
use pim_core::model::AdministrativeUnit;
use pim_core::time::Instant;
use pim_core::{AdministrativeUnitChange, AdministrativeUnitId, Command, PrincipalId, View};

pub(super) use scoped_role_members::{ScopedRoleMembership, ScopedRoleMembershipRow};

crate::entity! {
    /// An administrative unit.
    AdministrativeUnitResource(&'r AdministrativeUnit) = "administrativeUnit" {
        "id": string = |it| it.id.0;
        "deletedDateTime": instant = |_it| None::<Instant>;
        "displayName": string = |it| it.display_name.as_str();
        "description": string = |it| it.description.as_deref();
        "isMemberManagementRestricted": boolean = |it| it.is_member_management_restricted;
        "membershipType": string = |it| it.membership_rule.as_ref().map(|_| Word("Dynamic"));
        "membershipRule": string = |it| it.membership_rule.as_ref().map(|rule| rule.text.as_str());
        "membershipRuleProcessingState": string = |it| {
            it.membership_rule.as_ref().map(|rule| Word(if rule.is_on { "On" } else { "Paused" }))
        };
        "visibility": string = |it| it.is_membership_hidden.then_some(Word("HiddenMembership"));
    }
    navigations []
}

impl Related for &AdministrativeUnit {
    fn write_related(&self, _: &Navigation, json: &mut Json) {
        json.raw("null");
    }
}

/// The operations at an address.
macro_rules! operations {
    ($path:literal, $versions:expr) => {
        &[
            read($path, $versions, list),
            write(Method::Post, $path, $versions, create),
            read(concat!($path, "/$count"), $versions, count),
            read(concat!($path, "/{id}"), $versions, get),
            write(Method::Patch, concat!($path, "/{id}"), $versions, update),
            write(Method::Delete, concat!($path, "/{id}"), $versions, delete),
            Operation {
                method: Method::Post,
                path: concat!($path, "/{id}/members"),
                versions: $versions,
                permission: &CREATE_MEMBERS,
                handler: create_member,
            },
            write(Method::Post, concat!($path, "/{id}/members/$ref"), $versions, add_member),
            write(Method::Delete, concat!($path, "/{id}/members/{id}/$ref"), $versions, remove_member),
            Operation {
                method: Method::Get,
                path: concat!($path, "/{id}/scopedRoleMembers"),
                versions: $versions,
                permission: &READ_ROLE_DEFINITIONS,
                handler: scoped_role_members::list,
            },
            Operation {
                method: Method::Post,
                path: concat!($path, "/{id}/scopedRoleMembers"),
                versions: $versions,
                permission: &WRITE_ROLES,
                handler: scoped_role_members::create,
            },
            Operation {
                method: Method::Get,
                path: concat!($path, "/{id}/scopedRoleMembers/{id}"),
                versions: $versions,
                permission: &READ_ROLE_DEFINITIONS,
                handler: scoped_role_members::get,
            },
            Operation {
                method: Method::Delete,
                path: concat!($path, "/{id}/scopedRoleMembers/{id}"),
                versions: $versions,
                permission: &WRITE_ROLES,
                handler: scoped_role_members::delete,
            },
        ]
    };
}

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = operations!("/directory/administrativeUnits", BOTH);

/// The same at the address that only beta has.
pub(crate) const BETA_OPERATIONS: &[Operation] = operations!("/administrativeUnits", &[Version::Beta]);

const fn read(path: &'static str, versions: &'static [Version], handler: Handler) -> Operation {
    Operation { method: Method::Get, path, versions, permission: &READ_ADMINISTRATIVE_UNITS, handler }
}

const fn write(method: Method, path: &'static str, versions: &'static [Version], handler: Handler) -> Operation {
    Operation { method, path, versions, permission: &WRITE_ADMINISTRATIVE_UNITS, handler }
}

const PATH: &str = "directory/administrativeUnits";

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<AdministrativeUnitResource>::indexed(call, AdministrativeUnitResource::INDEXED)?;
    call.tenant.read(|view| Ok(query.answer(call, &Context::at(PATH), |_| (0..).zip(view.administrative_units()))))
}

fn count(call: &Call<'_>) -> Result<Reply, GraphError> {
    let indexed = AdministrativeUnitResource::INDEXED;
    call.tenant.read(|view| Query::<AdministrativeUnitResource>::count(call, indexed, view.administrative_units()))
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant
        .read(|view| single::<AdministrativeUnitResource>(call, &Context::at(PATH), &find(call, view)?).map(Reply::Ok))
}

fn create(call: &Call<'_>) -> Result<Reply, GraphError> {
    let unit = body::unit(call.body()?, call.tenant.clock().now())?;
    let created = call.tenant.handle(call.caller(), &Command::CreateAdministrativeUnit(unit), |view, outcome| {
        let made = outcome.made.and_then(|id| view.administrative_unit(AdministrativeUnitId(id)));
        let unit = made.ok_or(GraphError::ResourceNotFound)?;
        let location = call.url(&format!("{PATH}/{}", unit.id));
        Ok(Reply::Created { body: single::<AdministrativeUnitResource>(call, &Context::at(PATH), &unit)?, location })
    });
    created.map_err(GraphError::Directory)?
}

fn update(call: &Call<'_>) -> Result<Reply, GraphError> {
    let body = call.body()?;
    let properties = call.tenant.read(|view| body::properties(body, find(call, view)?))?;
    change(call, AdministrativeUnitChange::Properties(properties))
}

fn delete(call: &Call<'_>) -> Result<Reply, GraphError> {
    let unit = call.tenant.read(|view| find(call, view).map(|unit| unit.id))?;
    let command = Command::DeleteAdministrativeUnit(unit);
    call.tenant.handle(call.caller(), &command, |_, _| Reply::NoContent).map_err(GraphError::Directory)
}

/// Makes a group or a user as a member: its type stands in the body, and decides which permissions are taken.
fn create_member(call: &Call<'_>) -> Result<Reply, GraphError> {
    let kinds = call.body::<Members>()?.into_iter().filter(|(name, _)| name.eq_ignore_ascii_case("@odata.type"));
    let mut kinds = kinds.map(|(_, value)| read_value::<String>("DirectoryObject", "@odata.type", &value));
    let kind = kinds.next().transpose()?.flatten().map(|kind| kind.to_ascii_lowercase());
    let kind = kind.as_deref().map(|kind| kind.trim_start_matches('#').trim_start_matches("microsoft.graph."));
    let (permission, create): (_, fn(&Call<'_>, AdministrativeUnitId) -> Result<Reply, GraphError>) = match kind {
        Some("group") => (&WRITE_GROUPS, groups::create_in),
        Some("user") => (&WRITE_USERS, users::create_in),
        Some(_) => return Err(GraphError::InvalidValue { property: "@odata.type", resource: "DirectoryObject" }),
        None => return Err(GraphError::RequiredValue { property: "@odata.type", resource: "DirectoryObject" }),
    };
    let unit = call.tenant.read(|view| {
        call.require(view, permission)?;
        call.require(view, &USE_ADMINISTRATIVE_UNITS)?;
        find(call, view).map(|unit| unit.id)
    })?;
    create(call, unit)
}

fn add_member(call: &Call<'_>) -> Result<Reply, GraphError> {
    change(call, AdministrativeUnitChange::AddMember(referred(call)?))
}

fn remove_member(call: &Call<'_>) -> Result<Reply, GraphError> {
    let member = call.id(1).ok_or_else(|| GraphError::InvalidObjectIdentifier(call.key(1).to_owned()))?;
    change(call, AdministrativeUnitChange::RemoveMember(PrincipalId(member)))
}

fn change(call: &Call<'_>, change: AdministrativeUnitChange) -> Result<Reply, GraphError> {
    let unit = call.tenant.read(|view| find(call, view).map(|unit| unit.id))?;
    let command = Command::ChangeAdministrativeUnit { unit, change: Box::new(change) };
    call.tenant.handle(call.caller(), &command, |_, _| Reply::NoContent).map_err(GraphError::Directory)
}

/// The administrative unit that the path names.
pub(super) fn find<'v>(call: &Call<'_>, view: View<'v>) -> Result<&'v AdministrativeUnit, GraphError> {
    let id = call.id(0).ok_or_else(|| GraphError::InvalidObjectIdentifier(call.key(0).to_owned()))?;
    let unit = view.administrative_unit(AdministrativeUnitId(id));
    unit.ok_or_else(|| GraphError::ObjectNotFound(call.key(0).to_owned()))
}
