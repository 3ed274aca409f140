//! `selfActivate`: a principal makes an eligibility active for a while.

use super::grant::{Standing, granted, mint, requested};
use super::{Context, Decision, conditional_access, guard, window};
use crate::command::{Actor, Ask};
use crate::event::Event;
use crate::family;
use crate::id::ScheduleId;
use crate::model::conditional_access::ContextDemand;
use crate::model::{
    Approval, ApprovalStatus, AskedExpiration, AskedSchedule, Family, PolicyRule, Privilege, RequestStatus,
    Requirement, ScheduleKind, Window,
};
use crate::rejection::{Rejection, ScheduleFault};
use crate::rule::{self, Demands, Eligible, Facts};
use crate::state::{ScheduleRecord, Slot, State};
use crate::time::{Instant, Length};

crate::implements![
    "ACT-1", "ACT-14", "ACT-15", "ACT-18", "ACT-19", "ACT-24", "ACT-25", "ACT-29", "GRP-26", "GRP-27", "ASG-20",
    "UNC-2", "UNC-5", "SCO-12", "SCO-4", "SCO-7", "MOD-4", "APR-1", "APR-4", "REQ-14", "REQ-46", "REQ-47", "REQ-53",
    "MFA-8", "MFA-9", "UNC-11", "MFA-17"
];

/// What the activation would do. An open eligibility is looked for among the principal's own and those of the groups it is
/// a direct member of (ACT-1, ACT-24); the activation is for the principal alone.
pub(super) fn decide(context: &mut Context<'_>, ask: &Ask) -> Result<Decision, Rejection> {
    let ask = &for_oneself(context.actor, ask);
    let principal = guard::present(context.state, ask.principal)?;
    let governed_by = governing(context, principal, ask);
    let policy = context.state.policy(governed_by);
    let maximum = policy.expiration_end_user_assignment.maximum_duration;
    let (asked, window) = window::resolve(context.now, ask.schedule, Some(maximum))?;
    guard::free(context, principal, ask, window)?;
    guard::not_remembered(context, principal, ask)?;
    let eligibility = find(context, principal, ask, window.start);
    if matches!(eligibility, Found::Nothing) && !family::eligibility_is_a_rule(context.state, ask.privilege) {
        return Err(Rejection::DoesNotExist);
    }
    guard::long_enough(window)?;
    let mut demands = rule::demands(policy, ask.action, ask.side);
    if let Found::Open { .. } = eligibility {
        context_satisfied(context, (ask, governed_by), &mut demands)?;
    }
    if matches!(eligibility, Found::Elsewhere) && context.state.behaviour.scope_mismatch_is_invalid_scope {
        return Err(Rejection::ScopeNotCovered);
    }
    let failures = rule::failures(&Facts {
        actor: context.actor,
        ask,
        window,
        demands,
        eligible: match eligibility {
            Found::Open { .. } => Eligible::Covered,
            Found::Elsewhere | Found::NotNow | Found::Nothing => Eligible::NotCovered,
        },
        blank_justification_counts: context.state.behaviour.blank_justification_counts,
    });
    let Found::Open { schedule, end } = eligibility else {
        return Err(Rejection::PolicyRules(at_least_eligibility(failures)));
    };
    if !failures.is_empty() {
        return Err(Rejection::PolicyRules(failures));
    }
    let capped = capped(context.state, window, end)?;
    if policy.approval_end_user_assignment.is_approval_required {
        return Ok(pending_approval(context, (ask, governed_by), (asked, window)));
    }
    Ok(granted(context, ask, (asked, capped), ScheduleKind::Activated, Some(schedule)))
}

/// An authentication context is asked for before reasons and tickets are (MFA-17), and in its own words (REQ-46). Where no
/// Conditional Access policy says what it takes, it takes multifactor authentication (MFA-6).
fn context_satisfied(
    context: &Context<'_>,
    (ask, governed_by): (&Ask, Privilege),
    demands: &mut Demands,
) -> Result<(), Rejection> {
    let setting = context.state.policy(governed_by).authentication_context_end_user_assignment;
    let Some(wanted) = setting.claim_value.filter(|_| setting.is_enabled) else { return Ok(()) };
    match conditional_access::demand(context.state, context.now, ask.principal, wanted) {
        ContextDemand::Context if context.actor.contexts().contains(wanted) => Ok(()),
        ContextDemand::Context => {
            let has_words = context.state.behaviour.group_context_failure_has_its_own_code;
            let words_of = if has_words { ask.privilege.family() } else { Family::DirectoryRoles };
            Err(Rejection::AuthenticationContextRequired { context: wanted, words_of })
        }
        ContextDemand::MultiFactorAuthentication => {
            demands.enablement.0.push(Requirement::MultiFactorAuthentication);
            Ok(())
        }
        ContextDemand::Nothing => Ok(()),
    }
}

/// The activation waits for an approver: nobody is asked before all rules have passed (REQ-47). Who decides is written down
/// with the request, and how long it lasts where that was not said (APR-33).
fn pending_approval(
    context: &mut Context<'_>,
    (ask, governed_by): (&Ask, Privilege),
    (mut asked, window): (AskedSchedule, Window),
) -> Decision {
    if let (AskedExpiration::NotSpecified, Some(length)) = (asked.expiration, window.length()) {
        asked.expiration = AskedExpiration::AfterDuration(length);
    }
    let id = mint(context, ask);
    let setting = &context.state.policy(governed_by).approval_end_user_assignment;
    let stage = setting.stage.clone();
    let delay = context.state.behaviour.approval_mail_delay;
    let status = RequestStatus::PendingApproval;
    let standing = Standing { status, completed: None, asked: Some(asked), target: None };
    let mut decision = requested(context, id, ask, standing);
    decision.events.push(Event::ApprovalOpened(Box::new(Approval {
        request: id,
        approvers: stage.primary_approvers,
        is_justification_required: stage.is_approver_justification_required,
        expires: context.now.plus(Length::days(i64::from(stage.time_out_in_days))),
        mail_due: (delay > Length::ZERO).then(|| context.now.plus(delay)),
        status: ApprovalStatus::InProgress,
        review: None,
    })));
    decision
}

/// A member that names the group holding the eligibility still activates for itself alone (ACT-24).
fn for_oneself(actor: Actor, ask: &Ask) -> Ask {
    let principal = match actor {
        Actor::User { id, .. } => id,
        Actor::Application { .. } | Actor::SetUp => ask.principal,
    };
    Ask { principal, ..ask.clone() }
}

/// Without anything to activate the rule has failed, whatever else did.
fn at_least_eligibility(failures: Vec<PolicyRule>) -> Vec<PolicyRule> {
    if failures.is_empty() { vec![PolicyRule::Eligibility] } else { failures }
}

/// What there is to activate.
pub(super) enum Found {
    /// This, open until then.
    Open { schedule: ScheduleId, end: Instant },
    /// The role, at scopes that do not cover the one asked for (SCO-6).
    Elsewhere,
    /// The right thing, at another time.
    NotNow,
    /// Nothing for that role at all.
    Nothing,
}

/// Whose policy governs the activation: that of the privilege asked for (SCO-12), unless where it is narrower than the
/// eligibility the switch says that the eligibility's does (UNC-5).
fn governing(context: &Context<'_>, principal: Slot, ask: &Ask) -> Privilege {
    let state = context.state;
    if !state.behaviour.narrowed_activation_follows_eligibility_policy {
        return ask.privilege;
    }
    let start = ask.schedule.and_then(|it| it.start).unwrap_or(context.now).max(context.now);
    match find(context, principal, ask, start) {
        Found::Open { schedule, .. } => (state.schedule_slot(schedule))
            .and_then(|slot| state.schedules.records.get(slot))
            .map_or(ask.privilege, |record| state.privileges.get(record.privilege)),
        Found::Elsewhere | Found::NotNow | Found::Nothing => ask.privilege,
    }
}

/// The eligibility to activate: open now and at the start asked for. Of several, the one that is named is taken, else the one
/// that lasts longest (ACT-18); among equals the principal's own.
pub(super) fn find(context: &Context<'_>, principal: Slot, ask: &Ask, start: Instant) -> Found {
    let Context { state, now, .. } = *context;
    let wanted = ask.privilege;
    let named = ask.details.as_ref().and_then(|it| it.linked_eligibility);
    let held = eligibilities(state, family::eligible_holders(state, now, principal, wanted));
    let same_right: Vec<_> =
        held.filter(|it| state.privileges.get(it.privilege).same_right(wanted) && it.is_live(now)).collect();
    let covering: Vec<_> =
        (same_right.iter()).filter(|it| family::covers(state, state.privileges.get(it.privilege), wanted)).collect();
    let open = covering.iter().filter(|it| it.is_open(now) && start < effective_end(it));
    match open.max_by_key(|it| (named == Some(it.id), effective_end(it), it.principal == principal)) {
        Some(record) => Found::Open { schedule: record.id, end: effective_end(record) },
        None if !covering.is_empty() => Found::NotNow,
        None if !same_right.is_empty() => Found::Elsewhere,
        None => Found::Nothing,
    }
}

/// When an eligibility stops being one; an end that is held back does not stop it (GA-5).
fn effective_end(record: &ScheduleRecord) -> Instant {
    if record.phase == crate::model::SchedulePhase::Held { Instant::LAST } else { record.end }
}

/// The eligibilities of some holders.
fn eligibilities(state: &State, holders: Vec<Slot>) -> impl Iterator<Item = &ScheduleRecord> {
    (holders.into_iter())
        .flat_map(|holder| state.schedules.at(state.schedules.of_principal(holder)))
        .map(|(_, record)| record)
        .filter(|record| record.kind == ScheduleKind::Eligibility)
}

/// The activation ends no later than its eligibility (ASG-20), unless the switch lets it.
pub(super) fn capped(state: &State, window: Window, eligibility_end: Instant) -> Result<Window, Rejection> {
    let Some(end) = window.end else {
        // Only a policy without a maximum lets a permanent activation come so far, and there is no such thing (MOD-4).
        return Err(Rejection::InvalidSchedule(ScheduleFault::Missing));
    };
    let end = if state.behaviour.activation_capped_by_eligibility { end.min(eligibility_end) } else { end };
    let window = Window { end: Some(end), ..window };
    guard::long_enough(window)?;
    Ok(window)
}
