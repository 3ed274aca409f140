//! `/auditLogs`: what is served of it.

pub(crate) mod directory_audits;
