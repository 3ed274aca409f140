//! A role was given outside PIM.

use super::cells::Matter;
use super::{Moment, recipients};
use crate::alert;
use crate::id::AzureScopeId;
use crate::model::{Addressees, Alert, AzureAlert, AzureScopeKind, DirectoryAlert, Mail, MailClass, Notice, Privilege};
use crate::state::{ScheduleRecord, State};

crate::implements!["NOT-14", "ALR-13", "ALR-33"];

/// The administrators are told, of Azure those of the place; no policy governs that (NOT-14, ALR-33). It is the alert that tells
/// them, so that nobody is told where that is disabled or PIM is not in use.
pub(super) fn assigned(moment: Moment<'_>, record: &ScheduleRecord) -> Option<Mail> {
    let privilege = moment.state.privileges.get(record.privilege);
    let alert = match privilege {
        Privilege::DirectoryRole { .. } => Alert::DirectoryRoles(DirectoryAlert::RolesAssignedOutsidePim),
        Privilege::AzureRole { scope, .. } => {
            Alert::AzureRoles(subscription_of(moment.state, scope)?, AzureAlert::AzureRolesAssignedOutsidePim)
        }
        // Groups are changed directly every day.
        Privilege::Group { .. } => return None,
    };
    if !moment.state.alerts.configuration(alert).is_enabled || !alert::is_there(moment.state, alert.scope()) {
        return None;
    }
    let people = recipients::administrators_of(moment, privilege, &[]);
    let to = (!people.is_empty()).then_some(Addressees { class: MailClass::Admin, rule: None, people });
    Matter::schedule(moment, record).mail(moment, Notice::AssignedOutside, [to])
}

/// The subscription that a scope is in; none for what lies above all of them.
fn subscription_of(state: &State, scope: AzureScopeId) -> Option<AzureScopeId> {
    state.azure.upwards(scope).find(|above| above.kind == AzureScopeKind::Subscription).map(|it| it.id)
}
