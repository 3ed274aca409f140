//! Changing a policy: every rule of a change, or none.

use super::{Context, Decision, authority, onboarding};
use crate::event::Event;
use crate::family;
use crate::model::{
    ApprovalChange, Approver, ExpirationSetting, Happening, Policy, PolicyChange, PolicySubject, Principal,
    Requirement, RuleChange, RuleId,
};
use crate::rejection::{PolicyFault, Rejection};
use crate::state::State;
use crate::time::Length;

crate::implements![
    "POL-1", "POL-2", "POL-3", "POL-4", "POL-5", "POL-6", "POL-7", "POL-8", "POL-9", "POL-10", "POL-18", "POL-19",
    "POL-20", "POL-22", "POL-39", "POL-40", "POL-44", "POL-60", "POL-17", "APR-13", "ACT-7", "APR-18", "APR-19",
    "MFA-11", "MFA-12", "MFA-13"
];

/// The longest and the shortest activation that a policy may allow (ACT-7).
const ACTIVATION: std::ops::RangeInclusive<Length> = Length::minutes(30)..=Length::hours(24);

/// What the change would do. It counts from the next request on (POL-44): what is there keeps its window (POL-39, POL-40).
pub(super) fn update(context: &Context<'_>, change: &PolicyChange) -> Result<Decision, Rejection> {
    let state = context.state;
    let privilege = change.subject.privilege();
    authority::require_policy_manager(context, change.subject)?;
    authority::licensed(state)?;
    family::exists(state, privilege).map_err(|_| Rejection::PolicyNotFound(change.subject))?;
    family::can_be_held(state, privilege)?;
    let mut policy = state.policies.of(change.subject, &state.behaviour).clone();
    for rule in &change.rules {
        take_in(state, &mut policy, change.subject, rule)?;
    }
    let mut rules: Vec<RuleId> = Vec::new();
    for rule in change.rules.iter().map(RuleChange::rule) {
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    let event = Event::PolicyChanged { subject: change.subject, policy: Box::new(policy), rules };
    Ok(onboarding::first(state, context.now, privilege.resource(), Decision::event(event)))
}

/// Takes in one rule, in its turn: the order decides whether two that exclude each other meet (MFA-12, MFA-13).
fn take_in(state: &State, policy: &mut Policy, subject: PolicySubject, rule: &RuleChange) -> Result<(), Rejection> {
    match rule {
        RuleChange::Expiration { of, is_expiration_required, maximum_duration } => {
            let setting = policy.expiration_mut(*of);
            let required = is_expiration_required.unwrap_or(setting.is_expiration_required);
            if required && *maximum_duration == Some(None) {
                return Err(invalid(PolicyFault::Length));
            }
            let is_idle = *is_expiration_required == Some(false) && matches!(maximum_duration, Some(Some(_)));
            if is_idle && state.behaviour.idle_maximum_durations_are_refused {
                return Err(invalid(PolicyFault::IdleLength));
            }
            // Every activation ends (MOD-4).
            setting.is_expiration_required = required || *of == Happening::EndUserAssignment;
            setting.maximum_duration = maximum_duration.flatten().unwrap_or(setting.maximum_duration);
            expiration(*of, *setting)
        }
        RuleChange::Enablement { of, enabled_rules } => {
            let Some(rules) = enabled_rules else { return Ok(()) };
            enablement(policy, subject, *of, rules)?;
            policy.enablement_mut(*of).0.clone_from(rules);
            Ok(())
        }
        RuleChange::Approval(change) => approval(state, policy, (subject, change)),
        RuleChange::AuthenticationContext { is_enabled, claim_value } => {
            let setting = &mut policy.authentication_context_end_user_assignment;
            setting.is_enabled = is_enabled.unwrap_or(setting.is_enabled);
            setting.claim_value = claim_value.unwrap_or(setting.claim_value);
            match setting.claim_value {
                None if setting.is_enabled => Err(invalid(PolicyFault::ContextMissing)),
                Some(id) if setting.is_enabled && !state.conditional_access.contexts.contains_key(&id) => {
                    Err(invalid(PolicyFault::ContextUnknown(id)))
                }
                Some(_) | None => Ok(()),
            }
        }
        RuleChange::Notification { class, of, level, is_default_recipients_enabled, recipients } => {
            let cell = policy.notifications.cell_mut(*class, *of);
            cell.level = level.unwrap_or(cell.level);
            cell.is_default_recipients_enabled =
                is_default_recipients_enabled.unwrap_or(cell.is_default_recipients_enabled);
            if let Some(recipients) = recipients {
                cell.recipients.clone_from(recipients);
            }
            Ok(())
        }
    }
}

const fn invalid(fault: PolicyFault) -> Rejection {
    Rejection::InvalidPolicy(fault)
}

/// An activation lasts from half an hour to a day (ACT-7). No time at all can be stored, and refuses every request.
fn expiration(of: Happening, setting: ExpirationSetting) -> Result<(), Rejection> {
    let maximum = setting.maximum_duration;
    if maximum < Length::ZERO {
        return Err(invalid(PolicyFault::Length));
    }
    if of == Happening::EndUserAssignment && maximum != Length::ZERO && !ACTIVATION.contains(&maximum) {
        return Err(invalid(PolicyFault::ActivationLength(maximum)));
    }
    Ok(())
}

/// Only for active assignments of some families are administrators asked for a ticket. Multifactor authentication cannot be
/// turned on while an authentication context is; the other way round is taken (MFA-12).
fn enablement(policy: &Policy, subject: PolicySubject, of: Happening, rules: &[Requirement]) -> Result<(), Rejection> {
    let takes_ticket = match of {
        Happening::EndUserAssignment => true,
        Happening::AdminAssignment => family::administrators_give_tickets(subject.privilege()),
        Happening::AdminEligibility => false,
    };
    if !takes_ticket && rules.contains(&Requirement::Ticketing) {
        return Err(invalid(PolicyFault::RequirementNotAllowed(Requirement::Ticketing)));
    }
    let mfa = Requirement::MultiFactorAuthentication;
    let turns_on = of == Happening::EndUserAssignment && rules.contains(&mfa) && !policy.enablement(of).demands(mfa);
    if turns_on && policy.authentication_context_end_user_assignment.is_enabled {
        return Err(Rejection::MfaAndContextConflict);
    }
    Ok(())
}

fn approval(
    state: &State,
    policy: &mut Policy,
    (subject, change): (PolicySubject, &ApprovalChange),
) -> Result<(), Rejection> {
    let setting = &mut policy.approval_end_user_assignment;
    setting.is_approval_required = change.is_approval_required.unwrap_or(setting.is_approval_required);
    setting.is_approval_required_for_extension =
        change.is_approval_required_for_extension.unwrap_or(setting.is_approval_required_for_extension);
    setting.is_requestor_justification_required =
        change.is_requestor_justification_required.unwrap_or(setting.is_requestor_justification_required);
    setting.mode = change.mode.unwrap_or(setting.mode);
    let stage = &mut setting.stage;
    stage.time_out_in_days = change.time_out_in_days.unwrap_or(stage.time_out_in_days);
    stage.is_approver_justification_required =
        change.is_approver_justification_required.unwrap_or(stage.is_approver_justification_required);
    stage.escalation_time_in_minutes = change.escalation_time_in_minutes.unwrap_or(stage.escalation_time_in_minutes);
    stage.is_escalation_enabled = change.is_escalation_enabled.unwrap_or(stage.is_escalation_enabled);
    if let Some(approvers) = &change.primary_approvers {
        stage.primary_approvers = approvers.iter().map(|it| named(state, it)).collect::<Result<_, _>>()?;
    }
    let somebody_decides =
        !stage.primary_approvers.is_empty() || !family::default_approvers(state, subject.privilege()).is_empty();
    if setting.is_approval_required && !somebody_decides {
        return Err(invalid(PolicyFault::ApproverMissing));
    }
    if stage.time_out_in_days == 1 { Ok(()) } else { Err(invalid(PolicyFault::TimeOut(stage.time_out_in_days))) }
}

/// An approver that is there and can be one, with the name that people see.
fn named(state: &State, approver: &Approver) -> Result<Approver, Rejection> {
    match state.directory.get(approver.id) {
        None => Err(invalid(PolicyFault::ApproverNotFound(approver.id))),
        Some(Principal::ServicePrincipal(_)) => Err(invalid(PolicyFault::ApproverIsServicePrincipal(approver.id))),
        Some(principal @ (Principal::User(_) | Principal::Group(_))) => {
            let description = approver.description.clone().filter(|text| !text.trim().is_empty());
            let description = description.or_else(|| Some(principal.display_name().to_owned()));
            Ok(Approver { id: approver.id, description })
        }
    }
}
