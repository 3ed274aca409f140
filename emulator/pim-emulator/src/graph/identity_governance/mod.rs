//! `/identityGovernance`.

pub(crate) mod access_reviews;
pub(crate) mod privileged_access;
pub(crate) mod role_management_alerts;
