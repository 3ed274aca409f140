//! `/identity`.

pub(crate) mod conditional_access;
