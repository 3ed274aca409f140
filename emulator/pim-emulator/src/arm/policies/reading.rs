//! Which policies are asked for, and by whom.

use super::policy_id::PolicyId;
use crate::arm::call::Call;
use crate::arm::error::ArmError;
use crate::arm::filter::{Condition, POLICIES};
use crate::arm::front_door::ResourceType;
use crate::arm::pim::role_at;
use crate::arm::scopes;
use pim_core::model::{AzureScope, PolicySubject};
use pim_core::{AzureRoleDefinitionId, Rejection, View};
use uuid::Uuid;

/// The policies of a scope, one for each role that can be given there; with a filter, that of the role that it names as the scope
/// does.
///
/// # Errors
/// A scope that is not there, a filter that makes no sense, or a caller who may not read there (AUT-9).
#[expect(clippy::wildcard_enum_match_arm, reason = "only conditions that the list takes come here")]
pub(in crate::arm) fn listed<'v>(
    call: &Call<'_>,
    view: View<'v>,
    kind: &ResourceType,
) -> Result<(&'v AzureScope, Vec<PolicyId>), ArmError> {
    let filter = call.filter(POLICIES)?;
    let here = scopes::find(view, call.scope)?;
    scopes::may(call, view, here, kind)?;
    let is_wanted = |role: AzureRoleDefinitionId| {
        filter.holds(&|condition| match condition {
            Condition::RoleDefinitionId(text) => role_at(here, text).is_ok_and(|it| it == role),
            _ => false,
        })
    };
    let roles = view.azure_roles().map(|it| it.id).filter(|role| view.azure_role_fits(*role, here.id));
    Ok((here, roles.filter(|role| is_wanted(*role)).map(|role| PolicyId::now(view, role, here.id)).collect()))
}

/// The policy of the path, for whoever may read there.
///
/// # Errors
/// A scope or policy that is not there, or a caller who may not read there (AUT-9).
pub(in crate::arm) fn named<'v>(
    call: &Call<'_>,
    view: View<'v>,
    kind: &ResourceType,
) -> Result<(&'v AzureScope, PolicyId), ArmError> {
    let here = scopes::find(view, call.scope)?;
    scopes::may(call, view, here, kind)?;
    of_id(view, here, call.key(0)).map(|id| (here, id))
}

/// The policy of the path, for whoever may change policies there (POL-22). Who asks comes before what there is.
///
/// # Errors
/// A scope or policy that is not there, or a caller who may not.
pub(in crate::arm) fn changeable(call: &Call<'_>, view: View<'_>) -> Result<PolicyId, ArmError> {
    let here = scopes::find(view, call.scope)?;
    let any = PolicySubject::AzureRole(AzureRoleDefinitionId(Uuid::nil()), here.id);
    view.may_change_policy(call.actor(), any).map_err(ArmError::Pim)?;
    of_id(view, here, call.key(0))
}

/// The policy of a GUID at a scope.
///
/// # Errors
/// When there is none.
pub(in crate::arm) fn of_id(view: View<'_>, here: &AzureScope, name: &str) -> Result<PolicyId, ArmError> {
    let guid = Uuid::try_parse(name).unwrap_or_default();
    let none = Rejection::PolicyNotFound(PolicySubject::AzureRole(AzureRoleDefinitionId(guid), here.id));
    PolicyId::read(view, here.id, guid).ok_or(ArmError::Pim(none))
}
