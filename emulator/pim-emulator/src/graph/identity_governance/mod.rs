//! `/identityGovernance`.

pub(crate) mod privileged_access;
