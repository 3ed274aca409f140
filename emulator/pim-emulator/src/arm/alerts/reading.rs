//! Which alerts are asked for, and by whom.

use crate::arm::call::Call;
use crate::arm::error::ArmError;
use crate::arm::front_door::ResourceType;
use crate::arm::scopes;
use pim_core::model::{Alert, AlertScope, AzureScope, AzureScopeKind};
use pim_core::{AlertView, View};

/// The subscription of the path.
///
/// # Errors
/// A scope that is not there, or one that is no subscription.
pub(in crate::arm) fn subscription<'v>(call: &Call<'_>, view: View<'v>) -> Result<&'v AzureScope, ArmError> {
    let here = scopes::find(view, call.scope)?;
    match here.kind {
        AzureScopeKind::Subscription => Ok(here),
        AzureScopeKind::TenantRoot
        | AzureScopeKind::ManagementGroup
        | AzureScopeKind::ResourceGroup
        | AzureScopeKind::Resource { .. } => {
            Err(ArmError::NotEmulated("alerts of anything but subscriptions".to_owned()))
        }
    }
}

/// The alerts of the subscription, for whoever may read there (AUT-9); none where PIM is not in use.
///
/// # Errors
/// A scope that has none, or a caller who may not read there.
pub(in crate::arm) fn listed<'v>(
    call: &Call<'_>,
    view: View<'v>,
    kind: &ResourceType,
) -> Result<(&'v AzureScope, Vec<AlertView<'v>>), ArmError> {
    let here = subscription(call, view)?;
    scopes::may(call, view, here, kind)?;
    Ok((here, view.alerts(AlertScope::Subscription(here.id)).collect()))
}

/// The alert of the path, for whoever may read there.
///
/// # Errors
/// A scope or alert that is not there, or a caller who may not read there.
pub(in crate::arm) fn readable<'v>(
    call: &Call<'_>,
    view: View<'v>,
    kind: &ResourceType,
) -> Result<(&'v AzureScope, AlertView<'v>), ArmError> {
    let here = subscription(call, view)?;
    scopes::may(call, view, here, kind)?;
    let alert = view.alert(named(call, here)?).ok_or(ArmError::NotFound)?;
    Ok((here, alert))
}

/// What the path names. Some examples of the service have `Alert` at the end of the names.
///
/// # Errors
/// When there is no such alert.
pub(in crate::arm) fn named(call: &Call<'_>, here: &AzureScope) -> Result<Alert, ArmError> {
    let scope = AlertScope::Subscription(here.id);
    let name = call.key(0);
    let short = name.strip_suffix("Alert").unwrap_or(name);
    scope.named(name).or_else(|| scope.named(short)).ok_or(ArmError::NotFound)
}
