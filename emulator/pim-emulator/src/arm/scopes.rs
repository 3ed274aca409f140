//! Which scopes there are, and what a caller may read at them.

use super::call::Call;
use super::error::ArmError;
use super::front_door::{ResourceType, ScopePath};
use crate::app::Tenant;
use pim_core::model::AzureScope;
use pim_core::{AzureScopeId, View};

/// Whether the subscription of a path is there. It is asked before anything about the path's type.
///
/// # Errors
/// When it is not.
pub(super) fn subscription_is_there(tenant: &Tenant, scope: &ScopePath) -> Result<(), ArmError> {
    let Some(id) = scope.subscription() else { return Ok(()) };
    tenant.read(|view| find(view, &ScopePath::Subscription { id }).map(drop))
}

/// The scope of a path.
///
/// # Errors
/// When there is none.
pub(super) fn find<'v>(view: View<'v>, path: &ScopePath) -> Result<&'v AzureScope, ArmError> {
    view.azure_scope_at(&path.to_string()).ok_or_else(|| ArmError::ScopeNotFound(path.clone()))
}

/// Whether the caller may read things of a type at a scope (AUT-9).
pub(super) fn reads(call: &Call<'_>, view: View<'_>, here: &AzureScope, kind: &ResourceType) -> bool {
    view.azure_permits(call.caller_id(), &format!("{}/{}/read", kind.namespace, kind.name), here.id)
}

/// Refuses whoever may not read one of them.
///
/// # Errors
/// [`ArmError::AuthorizationFailed`].
pub(super) fn may(call: &Call<'_>, view: View<'_>, here: &AzureScope, kind: &ResourceType) -> Result<(), ArmError> {
    if reads(call, view, here, kind) { Ok(()) } else { Err(ArmError::AuthorizationFailed) }
}

/// Refuses whoever may not list everybody's.
///
/// # Errors
/// [`ArmError::InsufficientPermissions`].
pub(super) fn may_list(
    call: &Call<'_>,
    view: View<'_>,
    here: &AzureScope,
    kind: &ResourceType,
) -> Result<(), ArmError> {
    if reads(call, view, here, kind) { Ok(()) } else { Err(ArmError::InsufficientPermissions) }
}

/// The scopes above a scope, itself, and unless `only_above` those below it.
pub(super) fn around(view: View<'_>, here: &AzureScope, only_above: bool) -> Vec<AzureScopeId> {
    let above = view.azure_upwards(here.id).map(|it| it.id);
    let below = view.azure_downwards(here.id).into_iter().skip(1).map(|it| it.id);
    above.chain(below.filter(|_| !only_above)).collect()
}
