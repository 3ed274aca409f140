//! Directory objects of whichever type, as they appear inside other answers and in lists of related objects.

pub(crate) mod directory_role;
mod listing;

pub(crate) use listing::{Cast, RowsOf, count, keyed, list, list_all};

use super::Version;
use super::administrative_units::AdministrativeUnitResource;
use super::applications::{ApplicationResource, ApplicationRow};
use super::groups::{GroupResource, GroupRow};
use super::json::{Json, Resource, Shown};
use super::service_principals::{ServicePrincipalResource, ServicePrincipalRow};
use super::users::{UserResource, UserRow};
use directory_role::{DirectoryRole, DirectoryRoleResource};
use pim_core::model::{AdministrativeUnit, Application, DirectoryScope, Principal};
use pim_core::{PrincipalId, View};
use pim_odata::QueryError;
use uuid::Uuid;

/// An object of the directory.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Object<'v> {
    /// A user, group or service principal.
    Principal(&'v Principal),
    /// An application registration.
    Application(&'v Application),
    /// An administrative unit.
    AdministrativeUnit(&'v AdministrativeUnit),
    /// A built-in role.
    DirectoryRole(DirectoryRole<'v>),
}

impl Object<'_> {
    /// Its id.
    pub(crate) const fn id(&self) -> Uuid {
        match self {
            Self::Principal(principal) => principal.id().0,
            Self::Application(application) => application.id.0,
            Self::AdministrativeUnit(unit) => unit.id.0,
            Self::DirectoryRole(role) => role.id,
        }
    }

    /// The name people see.
    pub(crate) fn display_name(&self) -> &str {
        match self {
            Self::Principal(principal) => principal.display_name(),
            Self::Application(application) => &application.display_name,
            Self::AdministrativeUnit(unit) => &unit.display_name,
            Self::DirectoryRole(role) => &role.role.display_name,
        }
    }

    /// Its type, as `@odata.type` writes it.
    pub(crate) const fn odata_type(&self) -> &'static str {
        match self {
            Self::Principal(Principal::User(_)) => "#microsoft.graph.user",
            Self::Principal(Principal::Group(_)) => "#microsoft.graph.group",
            Self::Principal(Principal::ServicePrincipal(_)) => "#microsoft.graph.servicePrincipal",
            Self::Application(_) => "#microsoft.graph.application",
            Self::AdministrativeUnit(_) => "#microsoft.graph.administrativeUnit",
            Self::DirectoryRole(_) => "#microsoft.graph.directoryRole",
        }
    }

    /// Its type, as the directory itself calls it.
    pub(crate) const fn directory_type(&self) -> &'static str {
        match self {
            Self::Principal(Principal::User(_)) => "User",
            Self::Principal(Principal::Group(_)) => "Group",
            Self::Principal(Principal::ServicePrincipal(_)) => "ServicePrincipal",
            Self::Application(_) => "Application",
            Self::AdministrativeUnit(_) => "AdministrativeUnit",
            Self::DirectoryRole(_) => "DirectoryRole",
        }
    }
}

/// What is wanted of an object whose type is not known beforehand: of each type the properties that it has.
#[derive(Clone, Debug)]
pub(crate) struct ObjectShown {
    user: Option<Shown>,
    group: Option<Shown>,
    service_principal: Option<Shown>,
    application: Option<Shown>,
    administrative_unit: Option<Shown>,
    directory_role: Option<Shown>,
}

impl ObjectShown {
    /// Reads `$select`.
    ///
    /// # Errors
    /// When a name belongs to none of the types.
    pub(crate) fn of(select: Option<&str>, version: Version) -> Result<Self, QueryError> {
        let names: Vec<_> = select.unwrap_or_default().split(',').map(str::trim).filter(|it| !it.is_empty()).collect();
        for name in &names {
            Shown::of::<UserResource>(Some(name), version)
                .or_else(|_| Shown::of::<GroupResource>(Some(name), version))
                .or_else(|_| Shown::of::<AdministrativeUnitResource>(Some(name), version))
                .or_else(|_| Shown::of::<DirectoryRoleResource>(Some(name), version))
                .or_else(|_| Shown::of::<ApplicationResource>(Some(name), version))
                .or_else(|_| Shown::of::<ServicePrincipalResource>(Some(name), version))?;
        }
        Ok(Self {
            user: own::<UserResource>(&names, version)?,
            group: own::<GroupResource>(&names, version)?,
            service_principal: own::<ServicePrincipalResource>(&names, version)?,
            application: own::<ApplicationResource>(&names, version)?,
            administrative_unit: own::<AdministrativeUnitResource>(&names, version)?,
            directory_role: own::<DirectoryRoleResource>(&names, version)?,
        })
    }
}

/// The names that a type has; `None` when some were given and it has none of them.
fn own<E: Resource>(names: &[&str], version: Version) -> Result<Option<Shown>, QueryError> {
    let own: Vec<_> = names.iter().copied().filter(|name| Shown::of::<E>(Some(name), version).is_ok()).collect();
    if own.is_empty() && !names.is_empty() {
        return Ok(None);
    }
    Shown::of::<E>(Some(&own.join(",")), version).map(Some)
}

/// Writes an object with its type.
pub(crate) fn write_object(view: View<'_>, object: Object<'_>, shown: &ObjectShown, json: &mut Json) {
    json.open();
    write_members(view, object, shown, json);
    json.close();
}

/// Writes an object with its type, without braces.
pub(crate) fn write_members(view: View<'_>, object: Object<'_>, shown: &ObjectShown, json: &mut Json) {
    json.kind(object.odata_type());
    match object {
        Object::Principal(Principal::User(user)) => {
            write_as::<UserResource>(&UserRow::of(view, user), shown.user.as_ref(), json);
        }
        Object::Principal(Principal::Group(group)) => {
            write_as::<GroupResource>(&GroupRow::of(view, group), shown.group.as_ref(), json);
        }
        Object::Principal(Principal::ServicePrincipal(principal)) => {
            let row = ServicePrincipalRow::new(view, principal);
            write_as::<ServicePrincipalResource>(&row, shown.service_principal.as_ref(), json);
        }
        Object::Application(application) => {
            let row = ApplicationRow::new(view, application);
            write_as::<ApplicationResource>(&row, shown.application.as_ref(), json);
        }
        Object::AdministrativeUnit(unit) => {
            write_as::<AdministrativeUnitResource>(&unit, shown.administrative_unit.as_ref(), json);
        }
        Object::DirectoryRole(role) => write_as::<DirectoryRoleResource>(&role, shown.directory_role.as_ref(), json),
    }
}

/// Writes a principal with its type, or null when it is gone.
pub(crate) fn write_principal(view: View<'_>, id: PrincipalId, shown: &ObjectShown, json: &mut Json) {
    match view.principal(id) {
        Some(principal) => write_object(view, Object::Principal(principal), shown, json),
        None => json.raw("null"),
    }
}

/// Writes the first of some objects: what `$expand` shows of a relation.
pub(crate) fn write_objects(view: View<'_>, objects: &[(u64, Object<'_>)], shown: &ObjectShown, json: &mut Json) {
    /// How many related objects come with an object.
    const MOST_EXPANDED: usize = 20;
    json.raw("[");
    for (_, object) in objects.iter().take(MOST_EXPANDED) {
        json.next();
        write_object(view, *object, shown, json);
    }
    json.raw("]");
}

/// Writes the object that a scope names; the whole tenant is none.
pub(crate) fn write_scope(view: View<'_>, scope: DirectoryScope, shown: &ObjectShown, json: &mut Json) {
    match scope {
        DirectoryScope::Tenant => json.raw("null"),
        DirectoryScope::Object(id) => write_principal(view, id, shown, json),
        DirectoryScope::AdministrativeUnit(id) => match view.administrative_unit(id) {
            Some(unit) => write_object(view, Object::AdministrativeUnit(unit), shown, json),
            None => json.raw("null"),
        },
    }
}

fn write_as<E: Resource>(row: &E::Row<'_>, shown: Option<&Shown>, json: &mut Json) {
    if let Some(shown) = shown {
        E::write(row, shown, json);
    }
}
