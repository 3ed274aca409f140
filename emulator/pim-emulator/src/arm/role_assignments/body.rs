//! The body of a role assignment.

use crate::arm::error::ArmError;
use crate::arm::front_door::{ResourceId, types};
use pim_core::model::{AssignmentCondition, AzureScope, PrincipalKind, ScheduleDetails};
use pim_core::{AzureFault, AzureRoleDefinitionId, PrincipalId, Rejection, View};
use uuid::Uuid;

crate::request_body! {
    /// A role assignment.
    AssignmentBody {
        /// What it is like.
        properties / "properties": PropertiesBody,
    }
    /// The part of it that clients may write; the rest is read back and ignored.
    PropertiesBody {
        /// Which role.
        role_definition_id / "roleDefinitionId": String,
        /// To whom.
        principal_id / "principalId": String,
        /// What that is.
        principal_type / "principalType": String,
        /// What it is for.
        description / "description": String,
        /// What must hold for it to count (AZR-4).
        condition / "condition": String,
        /// The version of its language.
        condition_version / "conditionVersion": String,
    }
}

/// What a body asks for.
pub(super) struct Assignment {
    pub(super) principal: PrincipalId,
    pub(super) role: AzureRoleDefinitionId,
    pub(super) details: ScheduleDetails,
}

fn invalid(detail: impl Into<String>) -> ArmError {
    ArmError::InvalidProperty(detail.into())
}

impl AssignmentBody {
    /// What it asks for at a scope.
    ///
    /// # Errors
    /// When something is missing or makes no sense, or the principal is not there or something else than it is said to be.
    pub(super) fn read(self, view: View<'_>, here: &AzureScope) -> Result<Assignment, ArmError> {
        let body = self.properties.ok_or_else(|| invalid("properties is required"))?;
        let role = body.role_definition_id.as_deref().ok_or_else(|| invalid("roleDefinitionId is required"))?;
        let principal = body.principal_id.as_deref().ok_or_else(|| invalid("principalId is required"))?;
        let principal =
            Uuid::try_parse(principal).map(PrincipalId).map_err(|_| invalid("principalId is not a GUID"))?;
        let role = role_at(here, role)?;
        known(view, principal, body.principal_type.as_deref())?;
        let given = |text: Option<String>| text.filter(|it| !it.is_empty());
        let condition = match (given(body.condition), given(body.condition_version)) {
            (Some(expression), Some(version)) => Some(AssignmentCondition { expression, version }),
            (Some(_), None) => return Err(invalid("a condition has a conditionVersion")),
            (None, _) => None,
        };
        let details = ScheduleDetails { condition, description: given(body.description), made_by: None };
        Ok(Assignment { principal, role, details })
    }
}

/// The role that a body names: by its full id, in that of any scope of the same subscription or above subscriptions.
fn role_at(here: &AzureScope, text: &str) -> Result<AzureRoleDefinitionId, ArmError> {
    let named = ResourceId::parse(text).filter(|id| *id.kind == types::ROLE_DEFINITIONS);
    let named = named.ok_or_else(|| invalid(format!("roleDefinitionId is not the id of a role: '{text}'")))?;
    let role = Uuid::try_parse(&named.name).map(AzureRoleDefinitionId);
    let role = role.map_err(|_| invalid(format!("roleDefinitionId does not end in a GUID: '{text}'")))?;
    let is_at = |id: Uuid| here.path.to_ascii_lowercase().starts_with(&format!("/subscriptions/{id}"));
    match named.scope.subscription() {
        Some(id) if !is_at(id) => Err(ArmError::Classic(Rejection::Azure(AzureFault::RoleNotFound(role)))),
        Some(_) | None => Ok(role),
    }
}

/// Whoever is given something must be known, and be what the body says that it is. Whether it is known everywhere yet is the
/// machine's to say, whatever the body says (AZR-14).
fn known(view: View<'_>, id: PrincipalId, said: Option<&str>) -> Result<(), ArmError> {
    let principal = view.principal(id).ok_or(ArmError::Classic(Rejection::PrincipalNotFound(id)))?;
    let is = match principal.kind() {
        PrincipalKind::User => "User",
        PrincipalKind::Group => "Group",
        PrincipalKind::ServicePrincipal => "ServicePrincipal",
    };
    match said.filter(|it| !it.is_empty()) {
        Some(said) if said.eq_ignore_ascii_case(is) => Ok(()),
        Some(said) => Err(ArmError::UnmatchedPrincipalType { principal: id, said: said.to_owned(), is }),
        None => Ok(()),
    }
}
