//! `/identityGovernance/roleManagementAlerts`, in beta: what PIM warns of.
//!
//! An alert, its definition and its configuration have one id (ALR-1); what it has found is told by it alone. Alerts can be read
//! without a licence, since one of them says that there is none (LIC-10).

mod alert_configuration_body;
pub(crate) mod alert_configurations;
pub(crate) mod alert_definitions;
mod alert_id;
pub(crate) mod alert_incidents;
mod alert_row;
pub(crate) mod alerts;
pub(crate) mod operations;
mod reading;

pub(crate) use alert_configurations::AlertConfigurationResource;
pub(crate) use alert_definitions::AlertDefinitionResource;
pub(crate) use alert_incidents::AlertIncidentResource;
pub(crate) use alerts::AlertResource;
