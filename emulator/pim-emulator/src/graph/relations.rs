//! What is related to users, groups and service principals: lists, their counts, and both by a cast to one type.
//!
//! Walks up and down the memberships take time for what they find (GRP-19).

use super::call::Call;
use super::error::GraphError;
use super::json::Json;
use super::objects::directory_role::DirectoryRole;
use super::objects::{Cast, Object, ObjectShown, count, keyed, list, write_members};
use super::permission::{READ_GROUPS, READ_MY_MEMBERSHIPS, READ_SERVICE_PRINCIPALS, READ_USER_MEMBERSHIPS};
use super::reply::Reply;
use super::router::{BOTH, Method, Operation};
use super::users::Find;
use super::{groups, me, users};
use pim_core::model::AssignmentKind;
use pim_core::{By, PrincipalId, View};
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
    /// Who works for a user.
    DirectReports,
}

impl Relation {
    /// How a path names it.
    const fn name(self) -> &'static str {
        match self {
            Self::Members => "members",
            Self::TransitiveMembers => "transitiveMembers",
            Self::Owners => "owners",
            Self::MemberOf => "memberOf",
            Self::TransitiveMemberOf => "transitiveMemberOf",
            Self::OwnedObjects => "ownedObjects",
            Self::DirectReports => "directReports",
        }
    }

    /// What it leads to, in the order of keys.
    pub(crate) fn objects<'v>(self, view: View<'v>, of: PrincipalId) -> Vec<(u64, Object<'v>)> {
        let mut objects = keyed(
            view,
            &match self {
                Self::Members => view.members(of),
                Self::TransitiveMembers => view.transitive_members(of),
                Self::Owners => view.owners(of),
                Self::MemberOf => view.groups_of(of),
                Self::TransitiveMemberOf => view.transitive_groups_of(of),
                Self::OwnedObjects => view.groups_owned_by(of),
                Self::DirectReports => view.reports_of(of),
            },
        );
        match self {
            Self::MemberOf | Self::TransitiveMemberOf => objects.extend(units_and_roles(view, of, self)),
            Self::Members | Self::TransitiveMembers | Self::Owners | Self::OwnedObjects | Self::DirectReports => {}
        }
        objects
    }
}

/// The administrative units that a principal is in and the built-in roles that it holds for the whole tenant: what comes after
/// all groups.
fn units_and_roles<'v>(view: View<'v>, of: PrincipalId, relation: Relation) -> Vec<(u64, Object<'v>)> {
    const FIRST_UNIT: u64 = 1 << 40;
    const FIRST_ROLE: u64 = 1 << 41;
    let units = (FIRST_UNIT..).zip(view.administrative_units()).filter(|(_, unit)| unit.members.contains(&of));
    let held = match relation {
        Relation::TransitiveMemberOf => view.active_roles(of),
        Relation::Members
        | Relation::TransitiveMembers
        | Relation::Owners
        | Relation::MemberOf
        | Relation::OwnedObjects
        | Relation::DirectReports => (view.instances(AssignmentKind::Assignment, By::Principal(of), None))
            .filter_map(|(_, instance)| instance.privilege.tenant_wide_role())
            .collect(),
    };
    let tenant = view.tenant().map(|tenant| tenant.id);
    let roles = (FIRST_ROLE..).zip(view.roles()).filter(|(_, role)| role.is_built_in && held.contains(&role.id));
    let roles = roles.filter_map(|(key, role)| Some((key, Object::DirectoryRole(DirectoryRole::of(tenant?, role)))));
    units.map(|(key, unit)| (key, Object::AdministrativeUnit(unit))).chain(roles).collect()
}

/// The list, its count, and both by a cast, of each relation of each owner.
macro_rules! operations {
    ($($base:literal, $find:expr, $permission:expr => [$($name:literal $relation:ident),* $(,)?];)*) => {
        &[$($(
            Operation {
                method: Method::Get,
                path: concat!($base, "/", $name),
                versions: BOTH,
                permission: $permission,
                handler: |call| all(call, $base, $find, Relation::$relation),
            },
            Operation {
                method: Method::Get,
                path: concat!($base, "/", $name, "/$count"),
                versions: BOTH,
                permission: $permission,
                handler: |call| number(call, $find, Relation::$relation, None),
            },
            Operation {
                method: Method::Get,
                path: concat!($base, "/", $name, "/{type}"),
                versions: BOTH,
                permission: $permission,
                handler: |call| narrowed(call, $base, $find, Relation::$relation),
            },
            Operation {
                method: Method::Get,
                path: concat!($base, "/", $name, "/{type}/$count"),
                versions: BOTH,
                permission: $permission,
                handler: |call| number(call, $find, Relation::$relation, Some(cast(call)?)),
            },
        )*)*]
    };
}

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = operations! {
    "/users/{id}", users::find_id, &READ_USER_MEMBERSHIPS => [
        "memberOf" MemberOf,
        "transitiveMemberOf" TransitiveMemberOf,
        "ownedObjects" OwnedObjects,
        "directReports" DirectReports,
    ];
    "/me", me::id, &READ_MY_MEMBERSHIPS => [
        "memberOf" MemberOf,
        "transitiveMemberOf" TransitiveMemberOf,
        "ownedObjects" OwnedObjects,
        "directReports" DirectReports,
    ];
    "/groups/{id}", groups::find_id, &READ_GROUPS => [
        "members" Members,
        "transitiveMembers" TransitiveMembers,
        "owners" Owners,
        "memberOf" MemberOf,
        "transitiveMemberOf" TransitiveMemberOf,
    ];
    "/servicePrincipals/{id}", service_principal, &READ_SERVICE_PRINCIPALS => [
        "memberOf" MemberOf,
        "transitiveMemberOf" TransitiveMemberOf,
        "ownedObjects" OwnedObjects,
    ];
};

/// The service principal that the path names.
pub(crate) fn service_principal(call: &Call<'_>, view: View<'_>) -> Result<PrincipalId, GraphError> {
    let id = call.id(0).ok_or_else(|| GraphError::InvalidObjectIdentifier(call.key(0).to_owned()))?;
    let found = view.service_principal(PrincipalId(id)).filter(|it| view.has_replicated(it.created));
    found.map(|it| it.id).ok_or_else(|| GraphError::ObjectNotFound(call.key(0).to_owned()))
}

/// The path of the owner as the call has it, without the slash in front.
fn base(call: &Call<'_>, pattern: &str) -> String {
    pattern.trim_start_matches('/').replace("{id}", call.key(0))
}

fn all(call: &Call<'_>, pattern: &str, find: Find, relation: Relation) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let path = format!("{}/{}", base(call, pattern), relation.name());
        list(call, view, &path, None, relation.objects(view, find(call, view)?))
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
        let objects = relation.objects(view, find(call, view)?);
        if let Some(cast) = Cast::parse(name) {
            let path = format!("{}/{}", base(call, pattern), relation.name());
            return list(call, view, &path, Some(cast), objects);
        }
        let id = Uuid::try_parse(name).map_err(|_| GraphError::UnknownSegment(name.to_owned()))?;
        let object = objects.into_iter().map(|(_, object)| object).find(|object| object.id() == id);
        one(call, view, object.ok_or_else(|| GraphError::ObjectNotFound(name.to_owned()))?)
    })
}

/// Writes an object of whichever type as the whole answer.
pub(crate) fn one(call: &Call<'_>, view: View<'_>, object: Object<'_>) -> Result<Reply, GraphError> {
    let shown = ObjectShown::of(call.options()?.select.as_deref(), call.version)?;
    let mut json = Json::with_capacity(1200);
    json.open();
    json.key("@odata.context");
    json.text(&call.url("$metadata#directoryObjects/$entity"));
    write_members(view, object, &shown, &mut json);
    json.close();
    Ok(Reply::Ok(json.into_bytes()))
}
