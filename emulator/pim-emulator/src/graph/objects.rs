//! Directory objects of whichever type, as they appear inside other answers.

use super::Version;
use super::administrative_units::AdministrativeUnitResource;
use super::groups::GroupResource;
use super::json::{Json, Resource, Shown};
use super::service_principals::{ServicePrincipalResource, ServicePrincipalRow};
use super::users::UserResource;
use pim_core::model::{DirectoryScope, Principal};
use pim_core::{PrincipalId, View};
use pim_odata::QueryError;

/// What is wanted of an object whose type is not known beforehand: of each type the properties that it has.
#[derive(Clone, Debug)]
pub(crate) struct ObjectShown {
    user: Option<Shown>,
    group: Option<Shown>,
    service_principal: Option<Shown>,
    administrative_unit: Option<Shown>,
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
                .or_else(|_| Shown::of::<ServicePrincipalResource>(Some(name), version))?;
        }
        Ok(Self {
            user: own::<UserResource>(&names, version)?,
            group: own::<GroupResource>(&names, version)?,
            service_principal: own::<ServicePrincipalResource>(&names, version)?,
            administrative_unit: own::<AdministrativeUnitResource>(&names, version)?,
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

/// Writes a principal with its type, or null when it is gone.
pub(crate) fn write_principal(view: View<'_>, id: PrincipalId, shown: &ObjectShown, json: &mut Json) {
    match view.principal(id) {
        Some(Principal::User(user)) => object::<UserResource>(&user, shown.user.as_ref(), json),
        Some(Principal::Group(group)) => object::<GroupResource>(&group, shown.group.as_ref(), json),
        Some(Principal::ServicePrincipal(principal)) => {
            object::<ServicePrincipalResource>(
                &ServicePrincipalRow::new(view, principal),
                shown.service_principal.as_ref(),
                json,
            );
        }
        None => json.raw("null"),
    }
}

/// Writes the object that a scope names; the whole tenant is none.
pub(crate) fn write_scope(view: View<'_>, scope: DirectoryScope, shown: &ObjectShown, json: &mut Json) {
    match scope {
        DirectoryScope::Tenant => json.raw("null"),
        DirectoryScope::Object(id) => write_principal(view, id, shown, json),
        DirectoryScope::AdministrativeUnit(id) => match view.administrative_unit(id) {
            Some(unit) => object::<AdministrativeUnitResource>(&unit, shown.administrative_unit.as_ref(), json),
            None => json.raw("null"),
        },
    }
}

fn object<E: Resource>(row: &E::Row<'_>, shown: Option<&Shown>, json: &mut Json) {
    json.open();
    json.key("@odata.type");
    json.plain(&format!("#{}", E::TYPE));
    if let Some(shown) = shown {
        E::write(row, shown, json);
    }
    json.close();
}

/// Lists related objects of whichever type, each with its type, in one page.
///
/// # Errors
/// When `$select` names what none of the types has.
pub(crate) fn list(
    call: &super::call::Call<'_>,
    view: View<'_>,
    path: &str,
    objects: &[&Principal],
) -> Result<super::reply::Reply, super::error::GraphError> {
    let options = call.options()?;
    let shown = ObjectShown::of(options.select.as_deref(), call.version)?;
    let mut json = Json::with_capacity(256 + objects.len() * 400);
    json.open();
    json.key("@odata.context");
    json.text(&call.url("$metadata#directoryObjects"));
    if options.filter.is_some() || options.orderby.is_some() || options.skiptoken.is_some() {
        return Err(super::error::GraphError::NotEmulated(format!("querying /{path}")));
    }
    json.key("value");
    json.raw("[");
    for object in objects {
        json.next();
        write_principal(view, object.id(), &shown, &mut json);
    }
    json.raw("]");
    json.close();
    Ok(super::reply::Reply::Ok(json.into_bytes()))
}
