//! Which alerts are asked for, and by whom.

use super::alert_id::{AlertId, SCOPE_TYPE};
use super::alert_row::AlertRow;
use crate::graph::call::Call;
use crate::graph::error::GraphError;
use pim_core::View;
use pim_core::model::AlertScope;
use pim_odata::{Entity, Literal, Pager};

/// Where all of it is.
pub(super) const PATH: &str = "identityGovernance/roleManagementAlerts";

/// Refuses whoever may not read alerts: a user needs one of the reading roles (AUT-16).
pub(super) fn may_read(call: &Call<'_>, view: View<'_>) -> Result<(), GraphError> {
    match call.user() {
        Some(user) if !view.may_read_alerts(user) => Err(GraphError::Unauthorized),
        Some(_) | None => Ok(()),
    }
}

/// A list must say whose alerts it wants: those of directory roles, of the tenant.
pub(super) fn demanded<E: Entity>(pager: &Pager<E>) -> Result<(), GraphError> {
    let text = |property| pager.equality(property).and_then(Literal::text).ok_or(GraphError::MissingProvider);
    text("scopeId")?;
    if text("scopeType")?.eq_ignore_ascii_case(SCOPE_TYPE) { Ok(()) } else { Err(GraphError::MissingProvider) }
}

/// Every alert, in the service's order.
pub(super) fn rows<'v>(call: &Call<'_>, view: View<'v>) -> impl Iterator<Item = (u64, AlertRow<'v>)> {
    let tenant = call.tenant.id();
    let row =
        move |alert: pim_core::AlertView<'v>| AlertRow { view, id: AlertId { tenant, alert: alert.alert }, alert };
    (0..).zip(view.alerts(AlertScope::DirectoryRoles).map(row))
}

/// The id in the path.
pub(super) fn id(call: &Call<'_>) -> Result<AlertId, GraphError> {
    AlertId::parse(call.key(0), call.tenant.id()).ok_or(GraphError::ResourceNotFound)
}

/// The alert whose id stands in the path, for whoever may read it.
pub(super) fn readable<'v>(call: &Call<'_>, view: View<'v>) -> Result<AlertRow<'v>, GraphError> {
    may_read(call, view)?;
    let id = id(call)?;
    let alert = view.alert(id.alert).ok_or(GraphError::ResourceNotFound)?;
    Ok(AlertRow { view, id, alert })
}
