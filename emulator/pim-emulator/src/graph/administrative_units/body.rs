//! The body of an administrative unit.

use crate::graph::body::members::Members;
use crate::graph::error::GraphError;
use crate::graph::written::{invalid, read};
use pim_core::model::{AdministrativeUnit, MembershipRule};
use pim_core::time::Instant;
use pim_core::{AdministrativeUnitId, AdministrativeUnitProperties};
use uuid::Uuid;

const RESOURCE: &str = "AdministrativeUnit";

/// A body as it is read; `Some(None)` is null.
#[derive(Default)]
struct Written {
    display_name: Option<String>,
    description: Option<Option<String>>,
    visibility: Option<Option<String>>,
    is_restricted: Option<bool>,
    membership_type: Option<Option<String>>,
    rule: Option<Option<String>>,
    state: Option<Option<String>>,
}

impl Written {
    fn of(body: Members) -> Result<Self, GraphError> {
        let mut written = Self::default();
        for (name, value) in body {
            match name.to_ascii_lowercase().as_str() {
                "displayname" => {
                    written.display_name = Some(read(RESOURCE, "displayName", &value)?.unwrap_or_default());
                }
                "description" => written.description = Some(read(RESOURCE, "description", &value)?),
                "visibility" => written.visibility = Some(read(RESOURCE, "visibility", &value)?),
                "ismembermanagementrestricted" => {
                    written.is_restricted = read(RESOURCE, "isMemberManagementRestricted", &value)?;
                }
                "membershiptype" => written.membership_type = Some(read(RESOURCE, "membershipType", &value)?),
                "membershiprule" => written.rule = Some(read(RESOURCE, "membershipRule", &value)?),
                "membershipruleprocessingstate" => {
                    written.state = Some(read(RESOURCE, "membershipRuleProcessingState", &value)?);
                }
                // Annotations, and what the service writes itself.
                _ => {}
            }
        }
        Ok(written)
    }

    /// Whether who is in it is hidden. `Public` is what it is without saying.
    fn is_hidden(&self) -> Result<Option<bool>, GraphError> {
        match self.visibility.as_ref().map(|word| word.as_deref()) {
            None => Ok(None),
            Some(None | Some("Public")) => Ok(Some(false)),
            Some(Some("HiddenMembership")) => Ok(Some(true)),
            Some(Some(_)) => Err(invalid(RESOURCE, "visibility")),
        }
    }

    /// The rule that there is after this, given the one that there was.
    fn rule(&self, before: Option<&MembershipRule>) -> Result<Option<MembershipRule>, GraphError> {
        let is_dynamic = match self.membership_type.as_ref().map(|word| word.as_deref()) {
            None => before.is_some() || self.rule.iter().flatten().next().is_some(),
            Some(None | Some("Assigned")) => false,
            Some(Some("Dynamic")) => true,
            Some(Some(_)) => return Err(invalid(RESOURCE, "membershipType")),
        };
        if !is_dynamic {
            return Ok(None);
        }
        let text = self.rule.clone().flatten().or_else(|| before.map(|rule| rule.text.clone()));
        let is_on = match self.state.as_ref().map(|word| word.as_deref()) {
            None => before.is_none_or(|rule| rule.is_on),
            Some(None | Some("On")) => true,
            Some(Some("Paused")) => false,
            Some(Some(_)) => return Err(invalid(RESOURCE, "membershipRuleProcessingState")),
        };
        let missing = GraphError::RequiredValue { property: "membershipRule", resource: RESOURCE };
        Ok(Some(MembershipRule { text: text.ok_or(missing)?, is_on }))
    }
}

/// A new administrative unit.
///
/// # Errors
/// When the name is missing, or something has a value that it cannot have.
pub(super) fn unit(body: Members, now: Instant) -> Result<AdministrativeUnit, GraphError> {
    let written = Written::of(body)?;
    let missing = GraphError::RequiredValue { property: "displayName", resource: RESOURCE };
    let name = written.display_name.clone().ok_or(missing)?;
    Ok(AdministrativeUnit {
        is_member_management_restricted: written.is_restricted.unwrap_or(false),
        is_membership_hidden: written.is_hidden()?.unwrap_or(false),
        membership_rule: written.rule(None)?,
        description: written.description.flatten(),
        ..AdministrativeUnit::new(AdministrativeUnitId(Uuid::nil()), name, now)
    })
}

/// What a body changes of an administrative unit. Whether the management of its members is restricted was settled when it was
/// made.
///
/// # Errors
/// When something has a value that it cannot have.
pub(super) fn properties(body: Members, unit: &AdministrativeUnit) -> Result<AdministrativeUnitProperties, GraphError> {
    let written = Written::of(body)?;
    if written.is_restricted.is_some_and(|it| it != unit.is_member_management_restricted) {
        return Err(invalid(RESOURCE, "isMemberManagementRestricted"));
    }
    let rule = written.rule(unit.membership_rule.as_ref())?;
    Ok(AdministrativeUnitProperties {
        is_membership_hidden: written.is_hidden()?,
        membership_rule: (rule != unit.membership_rule).then_some(rule),
        display_name: written.display_name,
        description: written.description,
    })
}
