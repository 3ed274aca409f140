//! Lists of directory objects: of whichever type, or by a cast of one.

use super::directory_role::{DirectoryRole, DirectoryRoleResource};
use super::{Object, ObjectShown, write_object};
use crate::graph::administrative_units::AdministrativeUnitResource;
use crate::graph::applications::{self, ApplicationResource, ApplicationRow};
use crate::graph::call::Call;
use crate::graph::collection::{Context, Indexed, Query, counting};
use crate::graph::error::GraphError;
use crate::graph::groups::{self, GroupResource, GroupRow};
use crate::graph::json::Resource;
use crate::graph::reply::Reply;
use crate::graph::service_principals::{ServicePrincipalResource, ServicePrincipalRow};
use crate::graph::users::{self, UserResource, UserRow};
use pim_core::View;
use pim_core::model::{AdministrativeUnit, Principal};
use pim_odata::{Entity, Field, Value};

/// A type that a list of directory objects can be narrowed to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Cast {
    /// `microsoft.graph.user`.
    User,
    /// `microsoft.graph.group`.
    Group,
    /// `microsoft.graph.servicePrincipal`.
    ServicePrincipal,
    /// `microsoft.graph.application`.
    Application,
    /// `microsoft.graph.administrativeUnit`.
    AdministrativeUnit,
    /// `microsoft.graph.directoryRole`.
    DirectoryRole,
    /// A type of which nothing is ever in a list here.
    Nothing,
}

impl Cast {
    /// The types, by the name that a path has when its namespace is gone.
    const NAMES: [(&str, Self); 9] = [
        ("user", Self::User),
        ("group", Self::Group),
        ("servicePrincipal", Self::ServicePrincipal),
        ("administrativeUnit", Self::AdministrativeUnit),
        ("directoryRole", Self::DirectoryRole),
        ("application", Self::Application),
        ("device", Self::Nothing),
        ("orgContact", Self::Nothing),
        ("endpoint", Self::Nothing),
    ];

    /// The type of that name.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, cast)| cast)
    }
}

/// An object as queries see it.
#[derive(Clone, Copy, Debug)]
struct ObjectRow<'v>(Object<'v>);

/// Directory objects of whichever type, for queries.
#[derive(Clone, Copy, Debug)]
struct DirectoryObject;

impl Entity for DirectoryObject {
    type Row<'r> = ObjectRow<'r>;
    const TYPE: &'static str = "microsoft.graph.directoryObject";
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::string("@odata.type", |it| Value::Member(it.0.odata_type())).not_selectable(),
        Field::string("id", |it| Value::Guid(it.0.id())),
        Field::string("displayName", |it| Value::text(it.0.display_name())),
    ];
    const NAVIGATIONS: &'static [&'static str] = &[];
}

const OBJECTS: Indexed = Indexed {
    filterable: &["@odata.type", "id", "displayName"],
    orderable: &["displayName"],
    searchable: &["displayName"],
};

/// What a list of objects of one type is made from.
pub(crate) trait RowsOf: Resource {
    /// What can be asked of them.
    const INDEXED: &'static Indexed;
    /// The collection that holds all of them.
    const COLLECTION: &'static str;

    /// The row of an object, if it is of the type.
    fn row<'v>(view: View<'v>, object: Object<'v>) -> Option<Self::Row<'v>>;
}

impl RowsOf for UserResource {
    const INDEXED: &'static Indexed = &users::INDEXED;
    const COLLECTION: &'static str = "users";

    fn row<'v>(view: View<'v>, object: Object<'v>) -> Option<UserRow<'v>> {
        match object {
            Object::Principal(Principal::User(user)) => Some(UserRow::of(view, user)),
            Object::Principal(_)
            | Object::Application(_)
            | Object::AdministrativeUnit(_)
            | Object::DirectoryRole(_) => None,
        }
    }
}

impl RowsOf for GroupResource {
    const INDEXED: &'static Indexed = &groups::INDEXED;
    const COLLECTION: &'static str = "groups";

    fn row<'v>(view: View<'v>, object: Object<'v>) -> Option<GroupRow<'v>> {
        match object {
            Object::Principal(Principal::Group(group)) => Some(GroupRow::of(view, group)),
            Object::Principal(_)
            | Object::Application(_)
            | Object::AdministrativeUnit(_)
            | Object::DirectoryRole(_) => None,
        }
    }
}

impl RowsOf for ServicePrincipalResource {
    const INDEXED: &'static Indexed = &Indexed {
        filterable: &["id", "accountEnabled", "appId", "displayName", "servicePrincipalType", "servicePrincipalNames"],
        orderable: &["displayName"],
        searchable: &["displayName"],
    };
    const COLLECTION: &'static str = "servicePrincipals";

    fn row<'v>(view: View<'v>, object: Object<'v>) -> Option<ServicePrincipalRow<'v>> {
        match object {
            Object::Principal(Principal::ServicePrincipal(principal)) => {
                Some(ServicePrincipalRow::new(view, principal))
            }
            Object::Principal(_)
            | Object::Application(_)
            | Object::AdministrativeUnit(_)
            | Object::DirectoryRole(_) => None,
        }
    }
}

impl RowsOf for ApplicationResource {
    const INDEXED: &'static Indexed = &applications::INDEXED;
    const COLLECTION: &'static str = "applications";

    fn row<'v>(view: View<'v>, object: Object<'v>) -> Option<ApplicationRow<'v>> {
        match object {
            Object::Application(application) => Some(ApplicationRow::new(view, application)),
            Object::Principal(_) | Object::AdministrativeUnit(_) | Object::DirectoryRole(_) => None,
        }
    }
}

impl RowsOf for AdministrativeUnitResource {
    const INDEXED: &'static Indexed = &Indexed {
        filterable: &["id", "displayName"],
        orderable: &["displayName"],
        searchable: &["displayName", "description"],
    };
    const COLLECTION: &'static str = "administrativeUnits";

    fn row<'v>(_: View<'v>, object: Object<'v>) -> Option<&'v AdministrativeUnit> {
        match object {
            Object::AdministrativeUnit(unit) => Some(unit),
            Object::Principal(_) | Object::Application(_) | Object::DirectoryRole(_) => None,
        }
    }
}

impl RowsOf for DirectoryRoleResource {
    const INDEXED: &'static Indexed = &Indexed {
        filterable: &["id", "displayName", "roleTemplateId"],
        orderable: &["displayName"],
        searchable: &["displayName", "description"],
    };
    const COLLECTION: &'static str = "directoryRoles";

    fn row<'v>(_: View<'v>, object: Object<'v>) -> Option<DirectoryRole<'v>> {
        match object {
            Object::DirectoryRole(role) => Some(role),
            Object::Principal(_) | Object::Application(_) | Object::AdministrativeUnit(_) => None,
        }
    }
}

/// Lists objects in the order of their keys, narrowed to a type where the path says so.
///
/// # Errors
/// When the query is not good.
pub(crate) fn list(
    call: &Call<'_>,
    view: View<'_>,
    path: &str,
    cast: Option<Cast>,
    objects: Vec<(u64, Object<'_>)>,
) -> Result<Reply, GraphError> {
    match cast {
        None => list_any(call, view, path, objects),
        Some(Cast::User) => list_of::<UserResource>(call, view, path, "user", objects),
        Some(Cast::Group) => list_of::<GroupResource>(call, view, path, "group", objects),
        Some(Cast::ServicePrincipal) => {
            list_of::<ServicePrincipalResource>(call, view, path, "servicePrincipal", objects)
        }
        Some(Cast::Application) => list_of::<ApplicationResource>(call, view, path, "application", objects),
        Some(Cast::AdministrativeUnit) => {
            list_of::<AdministrativeUnitResource>(call, view, path, "administrativeUnit", objects)
        }
        Some(Cast::DirectoryRole) => list_of::<DirectoryRoleResource>(call, view, path, "directoryRole", objects),
        Some(Cast::Nothing) => list_any(call, view, path, Vec::new()),
    }
}

/// Lists principals that are in no order yet.
///
/// # Errors
/// When the query is not good.
pub(crate) fn list_all(
    call: &Call<'_>,
    view: View<'_>,
    path: &str,
    principals: &[&Principal],
) -> Result<Reply, GraphError> {
    list(call, view, path, None, keyed(view, principals))
}

/// Principals in the order of their keys.
pub(crate) fn keyed<'v>(view: View<'v>, principals: &[&'v Principal]) -> Vec<(u64, Object<'v>)> {
    let mut keyed: Vec<_> =
        principals.iter().filter_map(|it| Some((view.key(it.id())?, Object::Principal(it)))).collect();
    keyed.sort_unstable_by_key(|(key, _)| *key);
    keyed
}

fn list_of<E: RowsOf>(
    call: &Call<'_>,
    view: View<'_>,
    path: &str,
    name: &str,
    objects: Vec<(u64, Object<'_>)>,
) -> Result<Reply, GraphError> {
    let query = Query::<E>::indexed(call, E::INDEXED)?;
    let path = format!("{path}/microsoft.graph.{name}");
    let context = Context { name: E::COLLECTION, path: &path, typed: false };
    let rows = objects.into_iter().filter_map(|(key, object)| Some((key, E::row(view, object)?)));
    Ok(query.answer(call, &context, |_| rows))
}

fn list_any(call: &Call<'_>, view: View<'_>, path: &str, objects: Vec<(u64, Object<'_>)>) -> Result<Reply, GraphError> {
    let mut options = call.options()?;
    let shown = ObjectShown::of(options.select.as_deref(), call.version)?;
    let (pager, search) = OBJECTS.bind::<DirectoryObject>(call, &mut options)?;
    let rows = objects.into_iter().map(|(key, object)| (key, ObjectRow(object)));
    let found = |(_, row): &(u64, ObjectRow<'_>)| search.as_ref().is_none_or(|search| search.matches(row));
    let page = pager.page(|_| rows.filter(found));
    let selected = options.select.as_deref().map(|select| format!("({select})")).unwrap_or_default();
    let mut json = call.json_of(256 + page.items.len() * 400, &format!("directoryObjects{selected}"));
    if let Some(count) = page.count {
        json.key("@odata.count");
        json.raw(&count.to_string());
    }
    if let Some(next) = &page.next {
        json.key("@odata.nextLink");
        json.text(&format!("{}?{}", call.url(path), options.next_query(next)));
    }
    json.key("value");
    json.raw("[");
    for ObjectRow(object) in page.items {
        json.next();
        write_object(view, object, &shown, &mut json);
    }
    json.raw("]");
    json.close();
    Ok(Reply::Ok(json.into_bytes()))
}

/// Counts objects, narrowed to a type where the path says so.
///
/// # Errors
/// When the query is not good, or the header that says that the answer may lag is missing.
pub(crate) fn count(
    call: &Call<'_>,
    view: View<'_>,
    cast: Option<Cast>,
    objects: Vec<(u64, Object<'_>)>,
) -> Result<Reply, GraphError> {
    fn of<E: RowsOf>(call: &Call<'_>, view: View<'_>, objects: Vec<(u64, Object<'_>)>) -> Result<Reply, GraphError> {
        Query::<E>::count(call, E::INDEXED, objects.into_iter().filter_map(|(_, object)| E::row(view, object)))
    }
    match cast {
        None => {
            let (filter, search) = counting::<DirectoryObject>(call, &OBJECTS)?;
            let is_counted = |row: &ObjectRow<'_>| {
                filter.as_ref().is_none_or(|filter| filter.matches(row))
                    && search.as_ref().is_none_or(|search| search.matches(row))
            };
            Ok(Reply::Count(objects.into_iter().map(|(_, it)| ObjectRow(it)).filter(is_counted).count() as u64))
        }
        Some(Cast::User) => of::<UserResource>(call, view, objects),
        Some(Cast::Group) => of::<GroupResource>(call, view, objects),
        Some(Cast::ServicePrincipal) => of::<ServicePrincipalResource>(call, view, objects),
        Some(Cast::Application) => of::<ApplicationResource>(call, view, objects),
        Some(Cast::AdministrativeUnit) => of::<AdministrativeUnitResource>(call, view, objects),
        Some(Cast::DirectoryRole) => of::<DirectoryRoleResource>(call, view, objects),
        Some(Cast::Nothing) => counting::<DirectoryObject>(call, &OBJECTS).map(|_| Reply::Count(0)),
    }
}
