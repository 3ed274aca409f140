//! Related objects inside objects: `$expand`, at whichever depth.

use super::Version;
use super::identity_governance::access_reviews;
use super::identity_governance::privileged_access::group::Relation;
use super::identity_governance::role_management_alerts::{
    AlertConfigurationResource, AlertDefinitionResource, AlertIncidentResource,
};
use super::json::{Json, Resource, Shown};
use super::objects::ObjectShown;
use super::pim::Held;
use super::policies::{PolicyResource, RuleResource};
use super::privileged_access::{Governance, navigation};
use super::role_management::directory::{Role, RoleDefinitionResource};
use pim_odata::{Entity, Expanded, Expansion, NestedOptions, QueryError, Span};

/// What is wanted of an object: its properties and the objects related to it.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    shown: Shown,
    expand: Vec<Navigation>,
}

impl Wanted {
    /// Reads `$select` and `$expand`, of a query or of a navigation inside one.
    ///
    /// # Errors
    /// When they name what the type does not have in that version.
    pub(crate) fn of<E: Resource>(
        select: Option<&str>,
        expand: Option<&str>,
        version: Version,
    ) -> Result<Self, QueryError> {
        let shown = Shown::of::<E>(select, version)?;
        let expansion = expand.map(Expansion::parse::<E>).transpose()?.unwrap_or_default();
        let bind = |it: &Expanded| E::bind(it.navigation, &it.options, version);
        // What comes inline in any case need not be asked for.
        let is_inline = |it: &&Expanded| E::FIELDS.iter().any(|field| field.name == it.navigation);
        let expand = expansion.items.iter().filter(|it| !is_inline(it)).map(bind).collect::<Result<_, _>>()?;
        Ok(Self { shown, expand })
    }

    /// How a context names it: `(id,policy(rules()))`, and nothing where everything is as it always is.
    pub(crate) fn named<E: Resource>(&self) -> String {
        let selected = self.shown.selection().names::<E>().map(str::to_owned);
        let expanded = self.expand.iter().map(|it| format!("{}{}", it.name, it.named));
        let parts: Vec<_> = selected.chain(expanded).collect();
        if parts.is_empty() { String::new() } else { format!("({})", parts.join(",")) }
    }

    /// Writes the properties and related objects of one object, without braces.
    pub(crate) fn write<E: Resource>(&self, row: &E::Row<'_>, json: &mut Json) {
        E::write(row, &self.shown, json);
        for navigation in &self.expand {
            json.key(navigation.name);
            E::write_navigation(row, navigation, json);
        }
    }
}

/// A navigation that `$expand` named, with what is wanted of the object behind it.
#[derive(Clone, Debug)]
pub(crate) struct Navigation {
    /// Its name.
    pub(crate) name: &'static str,
    /// What is behind it.
    pub(crate) target: Target,
    /// How a context names what is wanted of it.
    named: String,
}

/// The type behind a navigation, with what is wanted of it.
#[derive(Clone, Debug)]
pub(crate) enum Target {
    /// A principal, a group or an administrative unit.
    Object(Box<ObjectShown>),
    /// A role definition.
    RoleDefinition(Wanted),
    /// An eligibility.
    EligibilitySchedule(Wanted),
    /// The instance of an eligibility.
    EligibilityInstance(Wanted),
    /// An active assignment.
    AssignmentSchedule(Wanted),
    /// A policy.
    Policy(Wanted),
    /// The rules of a policy.
    PolicyRules(Wanted),
    /// What belongs to an alert.
    Alert(OfAlert),
    /// What the older routes of PIM have.
    Governance(Box<Governance>),
    /// What access reviews have; the name of the navigation says which of it.
    Review(Box<Wanted>),
    /// An application's own scope: never there.
    Nothing,
}

impl Target {
    /// What is wanted of something that access reviews have.
    pub(crate) fn of_review(&self) -> Option<&Wanted> {
        match self {
            Self::Review(wanted) => Some(wanted),
            Self::Object(_)
            | Self::RoleDefinition(_)
            | Self::EligibilitySchedule(_)
            | Self::EligibilityInstance(_)
            | Self::AssignmentSchedule(_)
            | Self::Policy(_)
            | Self::PolicyRules(_)
            | Self::Alert(_)
            | Self::Governance(_)
            | Self::Nothing => None,
        }
    }
}

/// What belongs to an alert, with what is wanted of it.
#[derive(Clone, Debug)]
pub(crate) enum OfAlert {
    /// What it is about.
    Definition(Wanted),
    /// How it is set.
    Configuration(Wanted),
    /// What it has found.
    Incidents(Wanted),
}

/// A row that has related objects.
pub(crate) trait Related {
    /// Writes the object behind a navigation, or null.
    fn write_related(&self, navigation: &Navigation, json: &mut Json);
}

/// Reads what is wanted of the object behind a navigation of `E`.
///
/// # Errors
/// When it is more than `$select` and `$expand`, or names what that type does not have.
pub(crate) fn bind<E: Entity>(
    name: &'static str,
    options: &NestedOptions,
    version: Version,
) -> Result<Navigation, QueryError> {
    let refused = options.filter.as_deref().or(options.orderby.as_deref());
    if let Some(inner) = refused {
        return Err(not_taken(inner));
    }
    if E::TYPE.starts_with("microsoft.graph.governance") {
        let found = navigation(name, (options.select.as_deref(), options.expand.as_deref()), version)?;
        return Ok(match found {
            Some((wanted, named)) => {
                let named = if named.is_empty() { "()".to_owned() } else { named };
                Navigation { name, target: Target::Governance(Box::new(wanted)), named }
            }
            None => Navigation { name, target: Target::Nothing, named: "()".to_owned() },
        });
    }
    if E::TYPE.starts_with("microsoft.graph.accessReview") {
        return access_reviews::bind::<E>(name, options, version);
    }
    match name {
        "roleDefinition" => to::<RoleDefinitionResource>(name, options, version, Target::RoleDefinition),
        "activatedUsing" | "targetSchedule" if E::TYPE.contains("privilegedAccessGroup") => {
            to_schedule::<Relation, E>(name, options, version)
        }
        "activatedUsing" | "targetSchedule" => to_schedule::<Role, E>(name, options, version),
        "policy" => to::<PolicyResource>(name, options, version, Target::Policy),
        "rules" | "effectiveRules" => to::<RuleResource>(name, options, version, Target::PolicyRules),
        "alertDefinition" => {
            to::<AlertDefinitionResource>(name, options, version, |it| Target::Alert(OfAlert::Definition(it)))
        }
        "alertConfiguration" => {
            to::<AlertConfigurationResource>(name, options, version, |it| Target::Alert(OfAlert::Configuration(it)))
        }
        "alertIncidents" => {
            to::<AlertIncidentResource>(name, options, version, |it| Target::Alert(OfAlert::Incidents(it)))
        }
        "principal" | "directoryScope" | "group" | "manager" | "directReports" | "memberOf" | "transitiveMemberOf"
        | "ownedObjects" | "createdObjects" | "members" | "transitiveMembers" | "owners" => {
            let shown = ObjectShown::of(options.select.as_deref(), version)?;
            to_leaf(name, options, Target::Object(Box::new(shown)))
        }
        _ => to_leaf(name, options, Target::Nothing),
    }
}

/// A navigation to a schedule or instance of the family that the row is of. What is activated is an eligibility.
fn to_schedule<H: Held, E: Entity>(
    name: &'static str,
    options: &NestedOptions,
    version: Version,
) -> Result<Navigation, QueryError> {
    match name {
        "activatedUsing" if E::TYPE.ends_with("Instance") => {
            to::<H::EligibilityInstance>(name, options, version, Target::EligibilityInstance)
        }
        "targetSchedule" if !E::TYPE.contains("Eligibility") => {
            to::<H::AssignmentSchedule>(name, options, version, Target::AssignmentSchedule)
        }
        _ => to::<H::EligibilitySchedule>(name, options, version, Target::EligibilitySchedule),
    }
}

/// A navigation to objects of one type.
pub(crate) fn to<E: Resource>(
    name: &'static str,
    options: &NestedOptions,
    version: Version,
    target: impl FnOnce(Wanted) -> Target,
) -> Result<Navigation, QueryError> {
    let wanted = Wanted::of::<E>(options.select.as_deref(), options.expand.as_deref(), version)?;
    let named = wanted.named::<E>();
    let named = if named.is_empty() { "()".to_owned() } else { named };
    Ok(Navigation { name, target: target(wanted), named })
}

/// A navigation to what has no navigations of its own.
fn to_leaf(name: &'static str, options: &NestedOptions, target: Target) -> Result<Navigation, QueryError> {
    match options.expand.as_deref() {
        Some(inner) => Err(not_taken(inner)),
        None => Ok(Navigation { name, target, named: "()".to_owned() }),
    }
}

fn not_taken(inner: &str) -> QueryError {
    QueryError::InvalidTerm { term: inner.into(), span: Span { start: 0, end: inner.len() } }
}

/// Writes an object of a known type, or null.
pub(crate) fn write_as<E: Resource>(row: Option<&E::Row<'_>>, wanted: &Wanted, json: &mut Json) {
    match row {
        Some(row) => {
            json.open();
            wanted.write::<E>(row, json);
            json.close();
        }
        None => json.raw("null"),
    }
}

/// Writes objects of a known type.
pub(crate) fn write_all_as<'r, E: Resource>(
    rows: impl IntoIterator<Item = E::Row<'r>>,
    wanted: &Wanted,
    json: &mut Json,
) {
    json.raw("[");
    for row in rows {
        json.next();
        write_as::<E>(Some(&row), wanted, json);
    }
    json.raw("]");
}
