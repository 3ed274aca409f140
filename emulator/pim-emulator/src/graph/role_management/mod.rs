//! `/roleManagement`.

pub(crate) mod directory;
