//! Related objects inside objects: `$expand`.

use super::Version;
use super::json::{Json, Resource, Shown};
use super::objects::ObjectShown;
use super::role_management::directory::{
    RoleAssignmentSchedule, RoleDefinitionResource, RoleEligibilitySchedule, RoleEligibilityScheduleInstance,
};
use pim_odata::{Entity, NestedOptions, QueryError, Span};

/// A navigation that `$expand` named, with what is wanted of the object behind it.
#[derive(Clone, Debug)]
pub(crate) struct Navigation {
    /// Its name.
    pub(crate) name: &'static str,
    /// What is behind it.
    pub(crate) target: Target,
}

/// The type behind a navigation, with the properties to be shown.
#[derive(Clone, Debug)]
pub(crate) enum Target {
    /// A principal or an administrative unit.
    Object(Box<ObjectShown>),
    /// A role definition.
    RoleDefinition(Shown),
    /// An eligibility.
    EligibilitySchedule(Shown),
    /// The instance of an eligibility.
    EligibilityInstance(Shown),
    /// An active assignment.
    AssignmentSchedule(Shown),
    /// An application's own scope: never there.
    Nothing,
}

/// A row that has related objects.
pub(crate) trait Related {
    /// Writes the object behind a navigation, or null.
    fn write_related(&self, navigation: &Navigation, json: &mut Json);
}

/// Reads what is wanted of the object behind a navigation of `E`.
///
/// # Errors
/// When it is more than `$select`, or names what that type does not have.
pub(crate) fn bind<E: Entity>(
    name: &'static str,
    options: &NestedOptions,
    version: Version,
) -> Result<Navigation, QueryError> {
    if let Some(inner) = options.expand.as_deref().or(options.filter.as_deref()).or(options.orderby.as_deref()) {
        return Err(QueryError::InvalidTerm { term: inner.into(), span: Span { start: 0, end: inner.len() } });
    }
    let select = options.select.as_deref();
    let is_instance = E::TYPE.ends_with("Instance");
    let target = match name {
        "roleDefinition" => Target::RoleDefinition(Shown::of::<RoleDefinitionResource>(select, version)?),
        "activatedUsing" if is_instance => {
            Target::EligibilityInstance(Shown::of::<RoleEligibilityScheduleInstance>(select, version)?)
        }
        "activatedUsing" => Target::EligibilitySchedule(Shown::of::<RoleEligibilitySchedule>(select, version)?),
        "targetSchedule" if E::TYPE.contains("Eligibility") => {
            Target::EligibilitySchedule(Shown::of::<RoleEligibilitySchedule>(select, version)?)
        }
        "targetSchedule" => Target::AssignmentSchedule(Shown::of::<RoleAssignmentSchedule>(select, version)?),
        "principal" | "directoryScope" | "manager" => Target::Object(Box::new(ObjectShown::of(select, version)?)),
        _ => Target::Nothing,
    };
    Ok(Navigation { name, target })
}

/// Writes an object of a known type, or null.
pub(crate) fn write_as<E: Resource>(row: Option<&E::Row<'_>>, shown: &Shown, json: &mut Json) {
    match row {
        Some(row) => {
            json.open();
            E::write(row, shown, json);
            json.close();
        }
        None => json.raw("null"),
    }
}
