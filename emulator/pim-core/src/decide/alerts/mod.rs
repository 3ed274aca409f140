//! What may be done with alerts: having them looked for, setting, dismissing and putting right.

mod configuring;
mod remediating;

use super::authority::Managers;
use super::{Context, Decision, authority};
use crate::alert::{self, scan};
use crate::command::{AlertCommand, Outcome};
use crate::event::AlertEvent;
use crate::family::azure_roles::WRITE_ASSIGNMENTS;
use crate::id::IdKind;
use crate::model::{Alert, AlertOperation, AlertScope};
use crate::rejection::Rejection;

crate::implements!["ALR-4", "ALR-5", "AUT-16", "AUT-17"];

pub(crate) mod implemented {
    //! What the files of this folder say they implement.
    pub(crate) const FILES: &[crate::rules::Implements] =
        &[super::IMPLEMENTS, super::configuring::IMPLEMENTS, super::remediating::IMPLEMENTS];
}

/// What the command would do.
pub(super) fn decide(context: &mut Context<'_>, command: AlertCommand) -> Result<Decision, Rejection> {
    match command {
        AlertCommand::Refresh { scope, alert } => refresh(context, scope, alert),
        AlertCommand::Configure { alert, change } => {
            licensed(context, alert)?;
            configuring::decide(context, alert, change)
        }
        AlertCommand::Dismiss(alert) => show(context, alert, false),
        AlertCommand::Reactivate(alert) => show(context, alert, true),
        AlertCommand::Remediate { alert, incident } => {
            licensed(context, alert)?;
            remediating::decide(context, alert, incident)
        }
    }
}

/// A scan now. It needs no licence: how else would anybody learn that there is none (LIC-10)?
fn refresh(context: &mut Context<'_>, scope: AlertScope, alert: Option<Alert>) -> Result<Decision, Rejection> {
    permitted(context, scope)?;
    let id = context.ids.mint(IdKind::AlertOperation);
    let operation = AlertOperation { id, scope, alert, at: context.now };
    let outcome = Outcome { made: Some(id), ..Outcome::default() };
    Ok(Decision { events: scan::asked_for(context.state, context.now, operation), outcome })
}

/// What was dismissed is not looked for any more until somebody wants to see it (ALR-5).
fn show(context: &Context<'_>, alert: Alert, shown: bool) -> Result<Decision, Rejection> {
    licensed(context, alert)?;
    let is_dismissed = context.state.alerts.get(alert).is_some_and(|record| record.is_dismissed);
    Ok(match (shown, is_dismissed) {
        (true, true) => Decision::event(AlertEvent::Reactivated(alert)),
        (false, false) => Decision::event(AlertEvent::Dismissed(alert)),
        (true, false) | (false, true) => Decision::default(),
    })
}

fn licensed(context: &Context<'_>, alert: Alert) -> Result<(), Rejection> {
    permitted(context, alert.scope())?;
    authority::licensed(context.state)
}

/// Alerts of directory roles are for whoever manages these (AUT-16), those of Azure roles for whoever gives roles in the
/// subscription (AUT-17). Where PIM is not in use there are none (ALR-34).
fn permitted(context: &Context<'_>, scope: AlertScope) -> Result<(), Rejection> {
    match scope {
        AlertScope::DirectoryRoles => authority::require_role_manager(context)?,
        AlertScope::Subscription(id) => {
            let managers = Managers::OfAzureScope { scope: id, action: WRITE_ASSIGNMENTS };
            authority::may_manage(context.state, context.now, context.actor, managers)?;
        }
    }
    if alert::is_there(context.state, scope) { Ok(()) } else { Err(Rejection::NoAlerts(scope)) }
}
