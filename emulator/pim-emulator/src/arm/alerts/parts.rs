//! An alert, what it is about, and how it is set, as Azure writes them.

use super::incident::{self, Incidents};
use crate::arm::front_door::types;
use crate::arm::json::{Called, Row};
use crate::arm::pim::prefix;
use pim_core::model::{Alert, AlertDefinition, AlertSettings, AlertSeverity, AzureAlert, AzureScope};
use pim_core::time::{Instant, Length};
use pim_core::{AlertView, View};

#[derive(Debug)]
pub(in crate::arm) struct Properties<'v> {
    scope: &'v str,
    is_active: bool,
    incident_count: usize,
    last_modified: Instant,
    last_scanned: Instant,
    definition: Row<'v, Definition<'v>>,
    incidents: Vec<incident::Row<'v>>,
    configuration: Row<'v, Configuration<'v>>,
}

#[derive(Clone, Copy, Debug)]
pub(in crate::arm) struct Definition<'v> {
    display_name: &'static str,
    scope: &'v str,
    description: &'static str,
    severity: &'static str,
    security_impact: &'static str,
    mitigation_steps: &'static str,
    how_to_prevent: &'static str,
    is_remediatable: bool,
    is_configurable: bool,
}

#[derive(Clone, Debug)]
pub(in crate::arm) struct Configuration<'v> {
    kind: String,
    definition_id: &'static str,
    scope: &'v str,
    is_enabled: bool,
    definition: Row<'v, Definition<'v>>,
    owners: Option<usize>,
    owners_percentage: Option<usize>,
    permanent_owners: Option<usize>,
    permanent_owners_percentage: Option<usize>,
}

crate::arm_object! {
    Properties<'_> {
        scope / "scope",
        is_active / "isActive",
        incident_count / "incidentCount",
        last_modified / "lastModifiedDateTime",
        last_scanned / "lastScannedDateTime",
        definition / "alertDefinition",
        incidents / "alertIncidents",
        configuration / "alertConfiguration",
    }
    Definition<'_> {
        display_name / "displayName",
        scope / "scope",
        description / "description",
        severity / "severityLevel",
        security_impact / "securityImpact",
        mitigation_steps / "mitigationSteps",
        how_to_prevent / "howToPrevent",
        is_remediatable / "isRemediatable",
        is_configurable / "isConfigurable",
    }
    Configuration<'_> {
        kind / "alertConfigurationType",
        definition_id / "alertDefinitionId",
        scope / "scope",
        is_enabled / "isEnabled",
        definition / "alertDefinition",
        owners / "thresholdNumberOfOwners",
        owners_percentage / "thresholdPercentageOfOwnersOutOfAllRoleMembers",
        permanent_owners / "thresholdNumberOfPermanentOwners",
        permanent_owners_percentage / "thresholdPercentageOfPermanentOwnersOutOfAllOwners",
    }
}

/// What the time of a change reads of what never changed.
const NEVER: Instant = Instant::FIRST.plus(Length::hours(8));

/// An alert with everything about it.
pub(in crate::arm) fn alert<'v>(view: View<'v>, here: &'v AzureScope, of: AlertView<'v>) -> Row<'v, Properties<'v>> {
    let properties = Properties {
        scope: scope(here),
        is_active: of.is_active,
        incident_count: of.incidents.len(),
        last_modified: of.modified.unwrap_or(NEVER),
        last_scanned: of.scanned,
        definition: definition(here, of),
        incidents: incidents(view, here, of).collect(),
        configuration: configuration(here, of),
    };
    let name = of.alert.definition().name;
    Row { called: Called { prefix: prefix(here), kind: &types::ROLE_MANAGEMENT_ALERTS, name }, properties }
}

/// What an alert is about (ALR-2).
pub(in crate::arm) fn definition<'v>(here: &'v AzureScope, of: AlertView<'v>) -> Row<'v, Definition<'v>> {
    let it: &AlertDefinition = of.alert.definition();
    let properties = Definition {
        display_name: it.display_name,
        scope: scope(here),
        description: it.description,
        severity: match it.severity {
            AlertSeverity::Low => "Low",
            AlertSeverity::Medium => "Medium",
            AlertSeverity::High => "High",
        },
        security_impact: it.security_impact,
        mitigation_steps: it.mitigation_steps,
        how_to_prevent: it.how_to_prevent,
        is_remediatable: it.is_remediatable,
        is_configurable: it.is_configurable,
    };
    let kind = &types::ROLE_MANAGEMENT_ALERT_DEFINITIONS;
    Row { called: Called { prefix: prefix(here), kind, name: it.name }, properties }
}

/// How an alert is set.
pub(in crate::arm) fn configuration<'v>(here: &'v AzureScope, of: AlertView<'v>) -> Row<'v, Configuration<'v>> {
    let name = of.alert.definition().name;
    let share = match of.configuration.settings {
        AlertSettings::Share { count, percentage } => Some((count as usize, percentage as usize)),
        AlertSettings::Fixed | AlertSettings::Duration(_) | AlertSettings::Sequence { .. } => None,
    };
    let is_permanent = matches!(of.alert, Alert::AzureRoles(_, AzureAlert::TooManyPermanentOwnersAssignedToResource));
    let (owners, permanent) = if is_permanent { (None, share) } else { (share, None) };
    let properties = Configuration {
        kind: format!("{name}AlertConfiguration"),
        definition_id: name,
        scope: scope(here),
        is_enabled: of.configuration.is_enabled,
        definition: definition(here, of),
        owners: owners.map(|(count, _)| count),
        owners_percentage: owners.map(|(_, percentage)| percentage),
        permanent_owners: permanent.map(|(count, _)| count),
        permanent_owners_percentage: permanent.map(|(_, percentage)| percentage),
    };
    let kind = &types::ROLE_MANAGEMENT_ALERT_CONFIGURATIONS;
    Row { called: Called { prefix: prefix(here), kind, name }, properties }
}

/// What an alert has found.
pub(in crate::arm) fn incidents<'v>(view: View<'v>, here: &'v AzureScope, of: AlertView<'v>) -> Incidents<'v> {
    Incidents::of(view, here, of)
}

/// A scope as alerts write it: without the stroke in front.
fn scope(here: &AzureScope) -> &str {
    here.path.trim_start_matches('/')
}
