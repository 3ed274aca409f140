//! Alerts: what PIM looks for when it scans a tenant, a file per alert under the service's own name.
//!
//! Each is a pure function of the state and an instant (ALR-23). It says what is so now, and when time alone may make it
//! otherwise. What was found when, and what becomes of an alert for it, is [`scan`]'s.
//!
//! Deliberately absent: alerts about several activations at once, failed activations and accounts for emergencies, which PIM
//! does not have (ALR-24, MON-3).

mod azure_roles_assigned_outside_pim;
mod duplicate_role_created;
mod holders;
pub(crate) mod in_use;
mod invalid_license;
mod no_mfa_on_role_activation;
mod redundant_assignment;
mod roles_assigned_outside_pim;
pub(crate) mod scan;
mod sequential_activation_renewals;
mod stale_sign_in;
mod too_many_global_admins_assigned_to_tenant;
mod too_many_owners_assigned_to_resource;
mod too_many_permanent_owners_assigned_to_resource;

use crate::decide::authority;
use crate::model::{Alert, AlertScope, AlertSettings, AzureAlert, DirectoryAlert, Family, Incident};
use crate::state::{ScheduleRecord, State};
use crate::time::Instant;

crate::implements!["ALR-2", "ALR-6", "ALR-23", "ALR-24", "MON-3"];

pub(crate) mod implemented {
    //! What the files of this folder say they implement.
    pub(crate) const FILES: &[crate::rules::Implements] = &[
        super::IMPLEMENTS,
        super::azure_roles_assigned_outside_pim::IMPLEMENTS,
        super::duplicate_role_created::IMPLEMENTS,
        super::in_use::IMPLEMENTS,
        super::invalid_license::IMPLEMENTS,
        super::no_mfa_on_role_activation::IMPLEMENTS,
        super::redundant_assignment::IMPLEMENTS,
        super::roles_assigned_outside_pim::IMPLEMENTS,
        super::scan::IMPLEMENTS,
        super::sequential_activation_renewals::IMPLEMENTS,
        super::stale_sign_in::IMPLEMENTS,
        super::too_many_global_admins_assigned_to_tenant::IMPLEMENTS,
        super::too_many_owners_assigned_to_resource::IMPLEMENTS,
        super::too_many_permanent_owners_assigned_to_resource::IMPLEMENTS,
    ];
}

/// What an alert finds.
#[derive(Debug, Default)]
struct Found {
    incidents: Vec<Incident>,
    /// When time alone may make more or less of it.
    again: Option<Instant>,
}

impl Found {
    fn now(incidents: Vec<Incident>) -> Self {
        Self { incidents, again: None }
    }

    /// Notes when something ripens or fades.
    fn look_again(&mut self, at: Instant) {
        self.again = Some(self.again.map_or(at, |again| again.min(at)));
    }
}

/// What an alert finds at `now`. Without a licence PIM looks for nothing but that (ALR-10).
fn look(state: &State, now: Instant, alert: Alert, settings: AlertSettings) -> Found {
    match alert {
        Alert::DirectoryRoles(DirectoryAlert::InvalidLicense) => invalid_license::look(state),
        Alert::DirectoryRoles(_) | Alert::AzureRoles(..) if authority::licensed(state).is_err() => Found::default(),
        Alert::DirectoryRoles(DirectoryAlert::NoMfaOnRoleActivation) => no_mfa_on_role_activation::look(state, now),
        Alert::DirectoryRoles(DirectoryAlert::RedundantAssignment) => redundant_assignment::look(state, now, settings),
        Alert::DirectoryRoles(DirectoryAlert::RolesAssignedOutsidePim) => roles_assigned_outside_pim::look(state, now),
        Alert::DirectoryRoles(DirectoryAlert::SequentialActivationRenewals) => {
            sequential_activation_renewals::look(state, now, settings)
        }
        Alert::DirectoryRoles(DirectoryAlert::StaleSignIn) => stale_sign_in::look(state, now, settings),
        Alert::DirectoryRoles(DirectoryAlert::TooManyGlobalAdminsAssignedToTenant) => {
            too_many_global_admins_assigned_to_tenant::look(state, now, settings)
        }
        Alert::AzureRoles(scope, AzureAlert::AzureRolesAssignedOutsidePim) => {
            azure_roles_assigned_outside_pim::look(state, now, scope)
        }
        Alert::AzureRoles(scope, AzureAlert::DuplicateRoleCreated) => duplicate_role_created::look(state, scope),
        Alert::AzureRoles(scope, AzureAlert::TooManyOwnersAssignedToResource) => {
            too_many_owners_assigned_to_resource::look(state, now, (scope, settings))
        }
        Alert::AzureRoles(scope, AzureAlert::TooManyPermanentOwnersAssignedToResource) => {
            too_many_permanent_owners_assigned_to_resource::look(state, now, (scope, settings))
        }
    }
}

/// What there are alerts of: directory roles, and every subscription in which PIM is in use (ALR-34).
pub(crate) fn scopes(state: &State) -> impl Iterator<Item = AlertScope> {
    std::iter::once(AlertScope::DirectoryRoles).chain(in_use::subscriptions(state).map(AlertScope::Subscription))
}

/// Whether there are alerts of something.
pub(crate) fn is_there(state: &State, scope: AlertScope) -> bool {
    match scope {
        AlertScope::DirectoryRoles => true,
        AlertScope::Subscription(id) => in_use::is_in_use(state, id),
    }
}

/// What is held of directory roles at `now`, whichever role and scope.
fn of_directory_roles(state: &State, now: Instant) -> impl Iterator<Item = &ScheduleRecord> {
    (state.schedules.records.from(0))
        .map(|(_, record)| record)
        .filter(move |record| record.is_open(now))
        .filter(|record| state.privileges.get(record.privilege).family() == Family::DirectoryRoles)
}
