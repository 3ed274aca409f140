//! What is related to an assignment, a request, a role or a setting: whoever holds it, what it is of, and where.

use super::provider::scoped_resource_id;
use super::resources::{GovernanceResource, Governed};
use super::role_assignments::{Assignment, GovernanceRoleAssignment};
use super::role_definitions::{Definition, GovernanceRoleDefinition};
use super::subject::GovernanceSubject;
use crate::graph::Version;
use crate::graph::expand::{Wanted, write_as};
use crate::graph::json::Json;
use pim_core::model::Privilege;
use pim_core::{AdministrativeUnitId, PrincipalId, ScheduleId, View};
use pim_odata::QueryError;

/// What is wanted of an object behind a navigation of these routes.
#[derive(Clone, Debug)]
pub(crate) enum Governance {
    /// Whoever holds it.
    Subject(Wanted),
    /// What it is of.
    Resource(Wanted),
    /// What that is inside of.
    Parent(Wanted),
    /// What of that it is for.
    ScopedResource(Wanted),
    /// The role that it is.
    RoleDefinition(Wanted),
    /// The eligibility behind an activation.
    Eligibility(Wanted),
}

/// The navigation of that name; `None` where nothing is ever behind it.
///
/// # Errors
/// When `$select` or `$expand` names what the type does not have.
pub(crate) fn navigation(
    name: &str,
    (select, expand): (Option<&str>, Option<&str>),
    version: Version,
) -> Result<Option<(Governance, String)>, QueryError> {
    macro_rules! to {
        ($entity:ident, $variant:ident) => {{
            let wanted = Wanted::of::<$entity>(select, expand, version)?;
            let named = wanted.named::<$entity>();
            Ok(Some((Governance::$variant(wanted), named)))
        }};
    }
    match name {
        "subject" => to!(GovernanceSubject, Subject),
        "resource" => to!(GovernanceResource, Resource),
        "parent" => to!(GovernanceResource, Parent),
        "scopedResource" => to!(GovernanceResource, ScopedResource),
        "roleDefinition" => to!(GovernanceRoleDefinition, RoleDefinition),
        "linkedEligibleRoleAssignment" => to!(GovernanceRoleAssignment, Eligibility),
        _ => Ok(None),
    }
}

/// What objects are related by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Relations<'v> {
    pub(super) view: View<'v>,
    pub(super) privilege: Privilege,
    pub(super) principal: Option<PrincipalId>,
    pub(super) eligibility: Option<ScheduleId>,
}

impl Relations<'_> {
    /// Writes the object behind a navigation, or null.
    pub(super) fn write(self, wanted: &Governance, json: &mut Json) {
        let Self { view, privilege, .. } = self;
        match wanted {
            Governance::Subject(shown) => {
                let subject = self.principal.and_then(|id| view.principal(id));
                write_as::<GovernanceSubject>(subject.as_ref(), shown, json);
            }
            Governance::Resource(shown) => {
                write_as::<GovernanceResource>(Governed::of(view, privilege).as_ref(), shown, json);
            }
            Governance::Parent(shown) => {
                let parent = Governed::of(view, privilege).and_then(Governed::parent);
                write_as::<GovernanceResource>(parent.as_ref(), shown, json);
            }
            Governance::ScopedResource(shown) => {
                let id = scoped_resource_id(privilege).map(AdministrativeUnitId);
                let unit = id.and_then(|id| view.administrative_unit(id)).map(Governed::Unit);
                write_as::<GovernanceResource>(unit.as_ref(), shown, json);
            }
            Governance::RoleDefinition(shown) => {
                write_as::<GovernanceRoleDefinition>(Some(&Definition { view, privilege }), shown, json);
            }
            Governance::Eligibility(shown) => {
                let eligibility = self.eligibility.and_then(|id| view.schedule(id));
                let row = eligibility.map(|schedule| Assignment { view, schedule });
                write_as::<GovernanceRoleAssignment>(row.as_ref(), shown, json);
            }
        }
    }
}
