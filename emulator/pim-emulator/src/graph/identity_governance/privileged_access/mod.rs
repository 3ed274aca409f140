//! `/identityGovernance/privilegedAccess`.

pub(crate) mod group;
