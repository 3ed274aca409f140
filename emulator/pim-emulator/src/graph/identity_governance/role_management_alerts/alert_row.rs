//! An alert on its way to the wire: alerts, definitions and configurations are views of it.

use super::alert_id::AlertId;
use super::alert_incidents::IncidentRow;
use super::{AlertConfigurationResource, AlertDefinitionResource, AlertIncidentResource};
use crate::graph::expand::{Navigation, OfAlert, Related, Target, write_all_as, write_as};
use crate::graph::json::Json;
use pim_core::model::{Alert, AlertDefinition, AlertSettings};
use pim_core::time::{Instant, Length};
use pim_core::{AlertView, View};

/// An alert with the state around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AlertRow<'v> {
    pub(super) view: View<'v>,
    pub(super) id: AlertId,
    pub(super) alert: AlertView<'v>,
}

/// What `lastModifiedDateTime` reads of what never changed.
const NEVER: Instant = Instant::FIRST.plus(Length::hours(8));

impl<'v> AlertRow<'v> {
    pub(super) fn definition(&self) -> &'static AlertDefinition {
        self.alert.alert.definition()
    }

    pub(super) fn incident_count(&self) -> u32 {
        u32::try_from(self.alert.incidents.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn last_modified(&self) -> Instant {
        self.alert.modified.unwrap_or(NEVER)
    }

    pub(super) fn incidents(self) -> impl Iterator<Item = IncidentRow<'v>> {
        self.alert.incidents.iter().map(move |incident| self.incident(incident))
    }

    pub(super) const fn incident(self, incident: &'v pim_core::model::Incident) -> IncidentRow<'v> {
        IncidentRow { view: self.view, alert: self.alert.alert, incident }
    }

    pub(super) const fn duration(&self) -> Option<Length> {
        match self.alert.configuration.settings {
            AlertSettings::Duration(length) => Some(length),
            AlertSettings::Fixed | AlertSettings::Sequence { .. } | AlertSettings::Share { .. } => None,
        }
    }

    pub(super) const fn sequence(&self) -> Option<(u32, Length)> {
        match self.alert.configuration.settings {
            AlertSettings::Sequence { count, interval } => Some((count, interval)),
            AlertSettings::Fixed | AlertSettings::Duration(_) | AlertSettings::Share { .. } => None,
        }
    }

    pub(super) const fn share(&self) -> Option<(u32, u32)> {
        match self.alert.configuration.settings {
            AlertSettings::Share { count, percentage } => Some((count, percentage)),
            AlertSettings::Fixed | AlertSettings::Duration(_) | AlertSettings::Sequence { .. } => None,
        }
    }
}

/// The types of an alert's configuration and of its incidents begin alike; what is assigned outside PIM has a longer name there.
pub(super) fn type_name(alert: Alert, end: &str) -> String {
    let name = match alert.definition().name {
        "RolesAssignedOutsidePimAlert" => "RolesAssignedOutsidePrivilegedIdentityManagementAlert",
        name => name,
    };
    let (first, rest) = name.split_at(1);
    format!("#microsoft.graph.{}{rest}{end}", first.to_ascii_lowercase())
}

impl Related for AlertRow<'_> {
    fn write_related(&self, navigation: &Navigation, json: &mut Json) {
        match &navigation.target {
            Target::Alert(OfAlert::Definition(it)) => write_as::<AlertDefinitionResource>(Some(self), it, json),
            Target::Alert(OfAlert::Configuration(it)) => write_as::<AlertConfigurationResource>(Some(self), it, json),
            Target::Alert(OfAlert::Incidents(it)) => write_all_as::<AlertIncidentResource>(self.incidents(), it, json),
            Target::Object(_)
            | Target::RoleDefinition(_)
            | Target::EligibilitySchedule(_)
            | Target::EligibilityInstance(_)
            | Target::AssignmentSchedule(_)
            | Target::Policy(_)
            | Target::PolicyRules(_)
            | Target::Governance(_)
            | Target::Review(_)
            | Target::Nothing => json.raw("null"),
        }
    }
}
