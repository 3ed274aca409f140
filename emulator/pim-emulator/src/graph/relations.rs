//! What is related to users, groups, service principals and applications: lists, their counts, and both by a cast to one type.
//!
//! Walks up and down the memberships take time for what they find (GRP-19).

use super::call::Call;
use super::error::GraphError;
use super::expand::{Navigation, Target};
use super::json::Json;
use super::objects::directory_role::DirectoryRole;
use super::objects::{Cast, Object, ObjectShown, count, keyed, list, write_members, write_objects};
use super::permission::{
    Permission, READ_ADMINISTRATIVE_UNITS, READ_GROUPS, READ_MY_MEMBERSHIPS, READ_SERVICE_PRINCIPALS,
    READ_USER_MEMBERSHIPS,
};
use super::reply::Reply;
use super::router::{BOTH, Handler, Method, Operation};
use super::users::Find;
use super::{Version, administrative_units, applications, groups, me, service_principals, users};
use pim_core::model::{AssignmentKind, Principal};
use pim_core::{AdministrativeUnitId, ApplicationId, By, PrincipalId, RoleDefinitionId, Things, View};
use uuid::Uuid;

/// A relation between a principal and other objects.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Relation {
    /// Who is in a group.
    Members,
    /// The same with groups in groups.
    TransitiveMembers,
    /// Whose a group is.
    Owners,
    /// The groups, units and roles that a principal is in.
    MemberOf,
    /// The same with groups in groups.
    TransitiveMemberOf,
    /// What a principal owns.
    OwnedObjects,
    /// What a principal made that held no role then.
    CreatedObjects,
    /// Who works for a user.
    DirectReports,
}

impl Relation {
    /// Every one.
    const ALL: [Self; 8] = [
        Self::Members,
        Self::TransitiveMembers,
        Self::Owners,
        Self::MemberOf,
        Self::TransitiveMemberOf,
        Self::OwnedObjects,
        Self::CreatedObjects,
        Self::DirectReports,
    ];

    /// The relation that a path or `$expand` names so.
    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|relation| relation.name() == name)
    }

    /// How a path names it.
    const fn name(self) -> &'static str {
        match self {
            Self::Members => "members",
            Self::TransitiveMembers => "transitiveMembers",
            Self::Owners => "owners",
            Self::MemberOf => "memberOf",
            Self::TransitiveMemberOf => "transitiveMemberOf",
            Self::OwnedObjects => "ownedObjects",
            Self::CreatedObjects => "createdObjects",
            Self::DirectReports => "directReports",
        }
    }

    /// What it leads to, in the order of keys. Applications and units are no principals, and have the same sort of id.
    pub(crate) fn objects<'v>(self, view: View<'v>, of: PrincipalId) -> Vec<(u64, Object<'v>)> {
        let held = || view.instances(AssignmentKind::Assignment, By::Principal(of), None);
        let roles = || held().filter_map(|(_, instance)| instance.privilege.tenant_wide_role()).collect();
        match self {
            Self::Members => keyed(view, &members(view, of)),
            Self::TransitiveMembers => keyed(view, &view.transitive_members(of)),
            Self::Owners => keyed(view, &owners(view, of)),
            Self::MemberOf => with_units_and_roles(view, of, &view.groups_of(of), roles()),
            Self::TransitiveMemberOf => {
                with_units_and_roles(view, of, &view.transitive_groups_of(of), view.active_roles(of))
            }
            Self::OwnedObjects => {
                let mut owned = view.things_owned_by(of);
                owned.principals.extend(view.groups_owned_by(of));
                things(view, &owned)
            }
            Self::CreatedObjects => things(view, &view.things_made_by(of)),
            Self::DirectReports => keyed(view, &view.reports_of(of)),
        }
    }
}

/// Writes what `$expand` shows of a relation.
pub(crate) fn write_relation(view: View<'_>, of: PrincipalId, navigation: &Navigation, json: &mut Json) {
    match (Relation::named(navigation.name), &navigation.target) {
        (Some(relation), Target::Object(shown)) => write_objects(view, &relation.objects(view, of), shown, json),
        _ => json.raw("null"),
    }
}

/// What comes after all principals in a list has keys from here on.
const AFTER_PRINCIPALS: u64 = 1 << 40;

/// The members of a group or an administrative unit.
fn members<'v>(view: View<'v>, of: PrincipalId) -> Vec<&'v Principal> {
    match view.administrative_unit(AdministrativeUnitId(of.0)) {
        Some(unit) => unit.members.iter().filter_map(|id| view.principal(*id)).collect(),
        None => view.members(of),
    }
}

/// The owners of a group, a service principal or an application.
fn owners<'v>(view: View<'v>, of: PrincipalId) -> Vec<&'v Principal> {
    let all = |ids: &[PrincipalId]| ids.iter().filter_map(|id| view.principal(*id)).collect();
    match (view.service_principal(of), view.application_with_id(ApplicationId(of.0))) {
        (Some(principal), _) => all(&principal.owners),
        (None, Some(application)) => all(&application.owners),
        (None, None) => view.owners(of),
    }
}

fn things<'v>(view: View<'v>, things: &Things<'v>) -> Vec<(u64, Object<'v>)> {
    let mut objects = keyed(view, &things.principals);
    objects.extend((AFTER_PRINCIPALS..).zip(things.applications.iter().copied().map(Object::Application)));
    objects
}

/// Groups, and after them the administrative units that a principal is in and the built-in roles that it holds for the whole
/// tenant.
fn with_units_and_roles<'v>(
    view: View<'v>,
    of: PrincipalId,
    groups: &[&'v Principal],
    held: Vec<RoleDefinitionId>,
) -> Vec<(u64, Object<'v>)> {
    let mut objects = keyed(view, groups);
    let units = view.units_of(of).map(Object::AdministrativeUnit);
    let tenant = view.tenant().map(|tenant| tenant.id);
    let roles = view.roles().filter(|role| role.is_built_in && held.contains(&role.id));
    let roles = roles.filter_map(|role| Some(Object::DirectoryRole(DirectoryRole::of(tenant?, role))));
    objects.extend((AFTER_PRINCIPALS..).zip(units.chain(roles)));
    objects
}

/// The list, its count, and both by a cast, of each relation of each owner.
macro_rules! operations {
    ($($base:literal in $versions:expr, $find:expr, $permission:expr => [$($name:literal $relation:ident),* $(,)?];)*) => {
        &[$($(
            read(concat!($base, "/", $name), $versions, $permission, |call| all(call, $base, $find, Relation::$relation)),
            read(
                concat!($base, "/", $name, "/$count"),
                $versions,
                $permission,
                |call| number(call, $find, Relation::$relation, None),
            ),
            read(
                concat!($base, "/", $name, "/{type}"),
                $versions,
                $permission,
                |call| narrowed(call, $base, $find, Relation::$relation),
            ),
            read(
                concat!($base, "/", $name, "/{type}/$count"),
                $versions,
                $permission,
                |call| number(call, $find, Relation::$relation, Some(cast(call)?)),
            ),
        )*)*]
    };
}

const fn read(
    path: &'static str,
    versions: &'static [Version],
    permission: &'static Permission,
    handler: Handler,
) -> Operation {
    Operation { method: Method::Get, path, versions, permission, handler }
}

/// What only beta has.
const BETA: &[Version] = &[Version::Beta];

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = operations! {
    "/users/{id}" in BOTH, users::find_id, &READ_USER_MEMBERSHIPS => [
        "memberOf" MemberOf,
        "transitiveMemberOf" TransitiveMemberOf,
        "ownedObjects" OwnedObjects,
        "createdObjects" CreatedObjects,
        "directReports" DirectReports,
    ];
    "/me" in BOTH, me::id, &READ_MY_MEMBERSHIPS => [
        "memberOf" MemberOf,
        "transitiveMemberOf" TransitiveMemberOf,
        "ownedObjects" OwnedObjects,
        "createdObjects" CreatedObjects,
        "directReports" DirectReports,
    ];
    "/groups/{id}" in BOTH, groups::find_id, &READ_GROUPS => [
        "members" Members,
        "transitiveMembers" TransitiveMembers,
        "owners" Owners,
        "memberOf" MemberOf,
        "transitiveMemberOf" TransitiveMemberOf,
    ];
    "/servicePrincipals/{id}" in BOTH, service_principals::find_id, &READ_SERVICE_PRINCIPALS => [
        "owners" Owners,
        "memberOf" MemberOf,
        "transitiveMemberOf" TransitiveMemberOf,
        "ownedObjects" OwnedObjects,
        "createdObjects" CreatedObjects,
    ];
    "/applications/{id}" in BOTH, application, &READ_SERVICE_PRINCIPALS => [
        "owners" Owners,
    ];
    "/directory/administrativeUnits/{id}" in BOTH, unit, &READ_ADMINISTRATIVE_UNITS => [
        "members" Members,
    ];
    "/administrativeUnits/{id}" in BETA, unit, &READ_ADMINISTRATIVE_UNITS => [
        "members" Members,
    ];
};

/// The application that the path names.
fn application(call: &Call<'_>, view: View<'_>) -> Result<PrincipalId, GraphError> {
    applications::find(call, view).map(|application| PrincipalId(application.id.0))
}

/// The administrative unit that the path names.
fn unit(call: &Call<'_>, view: View<'_>) -> Result<PrincipalId, GraphError> {
    administrative_units::find(call, view).map(|unit| PrincipalId(unit.id.0))
}

/// The path of a list: whatever the call named its owner by, links name it by its id.
fn path(pattern: &str, owner: PrincipalId, relation: Relation) -> String {
    format!("{}/{}", pattern.trim_start_matches('/').replace("{id}", &owner.to_string()), relation.name())
}

fn all(call: &Call<'_>, pattern: &str, find: Find, relation: Relation) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let owner = find(call, view)?;
        list(call, view, &path(pattern, owner, relation), None, relation.objects(view, owner))
    })
}

fn number(call: &Call<'_>, find: Find, relation: Relation, cast: Option<Cast>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| count(call, view, cast, relation.objects(view, find(call, view)?)))
}

/// The type at the end of a path, before a count.
fn cast(call: &Call<'_>) -> Result<Cast, GraphError> {
    let name = call.keys.last().map_or("", |key| key);
    Cast::parse(name).ok_or_else(|| GraphError::UnknownSegment(name.to_owned()))
}

/// The list of one type; where the path ends in an id, the one related object with that id.
fn narrowed(call: &Call<'_>, pattern: &str, find: Find, relation: Relation) -> Result<Reply, GraphError> {
    let name = call.keys.last().map_or("", |key| key);
    call.tenant.read(|view| {
        let owner = find(call, view)?;
        let objects = relation.objects(view, owner);
        if let Some(cast) = Cast::parse(name) {
            return list(call, view, &path(pattern, owner, relation), Some(cast), objects);
        }
        let id = Uuid::try_parse(name).map_err(|_| GraphError::UnknownSegment(name.to_owned()))?;
        let object = objects.into_iter().map(|(_, object)| object).find(|object| object.id() == id);
        one(call, view, object.ok_or_else(|| GraphError::ObjectNotFound(name.to_owned()))?)
    })
}

/// Writes an object of whichever type as the whole answer.
pub(crate) fn one(call: &Call<'_>, view: View<'_>, object: Object<'_>) -> Result<Reply, GraphError> {
    let shown = ObjectShown::of(call.options()?.select.as_deref(), call.version)?;
    let mut json = call.json_of(1200, "directoryObjects/$entity");
    write_members(view, object, &shown, &mut json);
    json.close();
    Ok(Reply::Ok(json.into_bytes()))
}
