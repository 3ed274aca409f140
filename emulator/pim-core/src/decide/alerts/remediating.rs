//! Putting right what an incident is about, by the commands with which anybody else would do it, and with all their guards.

use super::super::{Context, Decision, outside, policies, request};
use crate::command::Ask;
use crate::event::{AlertEvent, Event};
use crate::id::{PrincipalId, RoleDefinitionId, ScheduleId};
use crate::model::{
    Action, Alert, AzureAlert, DirectoryAlert, DirectoryScope, Happening, Incident, PolicyChange, PolicySubject,
    Privilege, Requirement, RuleChange, ScheduleKind, TicketInfo, azure_roles, roles,
};
use crate::rejection::Rejection;
use crate::state::{ScheduleRecord, State};
use uuid::Uuid;

crate::implements!["ALR-11", "ALR-12", "ALR-13", "ALR-16", "ALR-18", "ALR-30", "ALR-31"];

/// What the remedy would do, and that the incident is gone. Where what it was about is gone already, nothing is left to be done.
pub(super) fn decide(context: &mut Context<'_>, alert: Alert, id: Uuid) -> Result<Decision, Rejection> {
    let state = context.state;
    let incidents = state.alerts.incidents(alert);
    let place = incidents.binary_search_by_key(&id, Incident::id).map_err(|_| Rejection::IncidentNotFound(id))?;
    if !alert.definition().is_remediatable {
        return Err(Rejection::AlertNotRemediable(alert));
    }
    let mut decision = match &incidents[place] {
        Incident::RoleWithoutMfa(role) => require_mfa(context, *role)?,
        Incident::Unused { schedule, .. } | Incident::Outside { schedule, .. } | Incident::Stale { schedule, .. } => {
            match held(state, context, *schedule) {
                Some(record) => remove(context, record)?,
                None => Decision::default(),
            }
        }
        Incident::OneOfMany(principal) => remove_all(context, alert, *principal)?,
        Incident::License(_) | Incident::Sequence { .. } | Incident::Duplicate { .. } => {
            return Err(Rejection::AlertNotRemediable(alert));
        }
    };
    let count = u32::try_from(incidents.len() - 1).unwrap_or(u32::MAX);
    decision.events.push(Event::from(AlertEvent::Remediated { alert, incident: id, count }));
    Ok(decision)
}

/// From now on activation asks for multifactor authentication beside what it asks for already.
fn require_mfa(context: &Context<'_>, role: RoleDefinitionId) -> Result<Decision, Rejection> {
    let (subject, of) = (PolicySubject::DirectoryRole(role), Happening::EndUserAssignment);
    let mut enabled = context.state.policies.of(subject, &context.state.behaviour).enablement(of).0.clone();
    if enabled.contains(&Requirement::MultiFactorAuthentication) {
        return Ok(Decision::default());
    }
    enabled.insert(0, Requirement::MultiFactorAuthentication);
    let rules = vec![RuleChange::Enablement { of, enabled_rules: Some(enabled) }];
    policies::update(context, &PolicyChange { subject, rules })
}

/// An assignment, if it is still there.
fn held<'a>(state: &'a State, context: &Context<'_>, schedule: ScheduleId) -> Option<&'a ScheduleRecord> {
    let record = state.schedules.records.get(state.schedule_slot(schedule)?)?;
    record.is_live(context.now).then_some(record)
}

/// Takes an assignment away, the way that it was made.
fn remove(context: &mut Context<'_>, record: &ScheduleRecord) -> Result<Decision, Rejection> {
    let ask = match record.kind {
        ScheduleKind::AssignedOutside => return outside::delete(context, record.id),
        ScheduleKind::Eligibility | ScheduleKind::Assigned | ScheduleKind::Activated => Ask {
            side: record.side(),
            action: Action::AdminRemove,
            principal: context.state.directory.id(record.principal),
            privilege: context.state.privileges.get(record.privilege),
            schedule: None,
            target_schedule: Some(record.id),
            justification: None,
            ticket: TicketInfo::default(),
            id: None,
            details: None,
        },
    };
    request::decide(context, &ask)
}

/// Takes from one of too many what there are too many of: the active assignments that were given, and the eligibilities, with
/// which goes what was activated from them.
fn remove_all(context: &mut Context<'_>, alert: Alert, principal: PrincipalId) -> Result<Decision, Rejection> {
    let Some(privilege) = what_there_are_too_many_of(alert) else { return Err(Rejection::AlertNotRemediable(alert)) };
    let only_permanent = matches!(alert, Alert::AzureRoles(_, AzureAlert::TooManyPermanentOwnersAssignedToResource));
    let (state, now) = (context.state, context.now);
    let Some(slot) = state.present(principal) else { return Ok(Decision::default()) };
    let mut decision = Decision::default();
    for (_, record) in state.schedules_for(slot, privilege).filter(|(_, record)| record.is_live(now)) {
        let goes = match record.kind {
            ScheduleKind::Assigned | ScheduleKind::AssignedOutside => true,
            ScheduleKind::Eligibility => !only_permanent,
            ScheduleKind::Activated => false,
        };
        if goes {
            let Decision { events, outcome } = remove(context, record)?;
            decision.events.extend(events);
            decision.outcome = outcome;
        }
    }
    Ok(decision)
}

const fn what_there_are_too_many_of(alert: Alert) -> Option<Privilege> {
    match alert {
        Alert::DirectoryRoles(DirectoryAlert::TooManyGlobalAdminsAssignedToTenant) => {
            Some(Privilege::DirectoryRole { role: roles::GLOBAL_ADMINISTRATOR, scope: DirectoryScope::Tenant })
        }
        Alert::AzureRoles(
            scope,
            AzureAlert::TooManyOwnersAssignedToResource | AzureAlert::TooManyPermanentOwnersAssignedToResource,
        ) => Some(Privilege::AzureRole { role: azure_roles::OWNER, scope }),
        Alert::DirectoryRoles(
            DirectoryAlert::InvalidLicense
            | DirectoryAlert::NoMfaOnRoleActivation
            | DirectoryAlert::RedundantAssignment
            | DirectoryAlert::RolesAssignedOutsidePim
            | DirectoryAlert::SequentialActivationRenewals
            | DirectoryAlert::StaleSignIn,
        )
        | Alert::AzureRoles(_, AzureAlert::AzureRolesAssignedOutsidePim | AzureAlert::DuplicateRoleCreated) => None,
    }
}
