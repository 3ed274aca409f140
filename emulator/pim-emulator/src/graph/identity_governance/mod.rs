//! `/identityGovernance`.

pub(crate) mod privileged_access;
pub(crate) mod role_management_alerts;
