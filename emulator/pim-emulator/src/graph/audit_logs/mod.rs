//! `/auditLogs`: what is served of it, and what its logs have in common.

pub(crate) mod directory_audits;
pub(crate) mod sign_ins;

use super::call::Call;
use super::error::GraphError;
use crate::app::Tenant;
use pim_core::View;
use pim_core::time::Instant;

/// A signed-in user also needs one of the reporting roles; an application was measured by its permission.
fn may_read(call: &Call<'_>, view: View<'_>) -> Result<(), GraphError> {
    match call.user() {
        Some(user) if !view.may_read_audit_log(user) => Err(GraphError::NotInReportingRole),
        Some(_) | None => Ok(()),
    }
}

/// Since when the logs can be read (AUD-3).
fn kept_since(tenant: &Tenant) -> Instant {
    tenant.audit(|audit| audit.kept_since())
}
