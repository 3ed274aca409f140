//! Which scopes there are, and what a caller may read at them.

use super::call::Call;
use super::error::ArmError;
use super::front_door::{ResourceType, ScopePath};
use crate::app::Tenant;
use pim_core::model::{AssignmentKind, AzureScope, Privilege};
use pim_core::{AzureScopeId, By, View};
use std::collections::BTreeSet;

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

/// The management group that every tenant has, above all others.
pub(super) fn root_group(view: View<'_>) -> Option<&AzureScope> {
    let name = view.tenant()?.id.to_string();
    view.azure_scope_at(&ScopePath::ManagementGroup { name }.to_string())
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

/// Whether the caller may do at a scope what the operation is about.
pub(super) fn permits(call: &Call<'_>, view: View<'_>, here: &AzureScope) -> bool {
    view.azure_permits(call.caller_id(), &call.context.action, here.id)
}

/// Refuses whoever may not do at a scope what the operation is about.
///
/// # Errors
/// [`ArmError::AuthorizationFailed`].
pub(super) fn allowed(call: &Call<'_>, view: View<'_>, here: &AzureScope) -> Result<(), ArmError> {
    if permits(call, view, here) { Ok(()) } else { Err(ArmError::AuthorizationFailed) }
}

/// The scope of the path, where the caller may do what the operation is about.
///
/// # Errors
/// When there is none, or the caller may not.
pub(super) fn allowed_at<'v>(call: &Call<'_>, view: View<'v>) -> Result<&'v AzureScope, ArmError> {
    let here = find(view, call.scope)?;
    allowed(call, view, here).map(|()| here)
}

/// The scopes at which the caller holds something on one side now, itself or by a group.
pub(super) fn held(call: &Call<'_>, view: View<'_>, side: AssignmentKind) -> BTreeSet<AzureScopeId> {
    let held = view.instances(side, By::Target(call.caller_id()), None);
    held.filter_map(|(_, schedule)| match schedule.privilege {
        Privilege::AzureRole { scope, .. } => Some(scope),
        Privilege::DirectoryRole { .. } | Privilege::Group { .. } => None,
    })
    .collect()
}

/// Whether somebody who holds something at some scopes sees a subscription or a management group: for that, whatever it is and
/// whether it is at it, above or below.
pub(super) fn sees(view: View<'_>, held: &BTreeSet<AzureScopeId>, place: &AzureScope) -> bool {
    !view.behaviour().permission_enforcement
        || held.iter().any(|at| view.azure_covers(*at, place.id) || view.azure_covers(place.id, *at))
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
