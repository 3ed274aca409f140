//! The rules of policy: one file a rule, under the service's own name. Those that fail are collected (REQ-45).

mod eligibility;
mod expiration;
mod justification;
mod mfa;
mod ticketing;

use crate::command::{Actor, Ask};
use crate::model::{Action, AssignmentKind, Enablement, ExpirationSetting, Policy, PolicyRule, Requirement, Window};

crate::implements!["REQ-45", "POL-33", "POL-35", "POL-36", "POL-38", "POL-42"];

pub(crate) mod implemented {
    //! What the rule files say they implement.
    pub(crate) const FILES: &[crate::rules::Implements] = &[
        super::IMPLEMENTS,
        super::eligibility::IMPLEMENTS,
        super::expiration::IMPLEMENTS,
        super::justification::IMPLEMENTS,
        super::mfa::IMPLEMENTS,
        super::ticketing::IMPLEMENTS,
    ];
}

/// What a rule found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Verdict {
    /// The rule is met, or demands nothing here.
    Pass,
    /// It is not.
    Fail,
}

impl Verdict {
    /// A rule fails when this is so.
    const fn fail_if(fails: bool) -> Self {
        if fails { Self::Fail } else { Self::Pass }
    }
}

/// What there is to be activated.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Eligible {
    /// An eligibility that is open and covers what is asked.
    Covered,
    /// Eligibilities for the role, none of which is open or reaches so far.
    NotCovered,
    /// The question does not arise.
    NotAsked,
}

/// What a policy demands for one action.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Demands {
    pub(crate) expiration: Option<ExpirationSetting>,
    pub(crate) enablement: Enablement,
}

/// Everything a rule may look at.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    pub(crate) actor: Actor,
    pub(crate) ask: &'a Ask,
    pub(crate) window: Window,
    pub(crate) demands: Demands,
    pub(crate) eligible: Eligible,
    pub(crate) blank_justification_counts: bool,
}

type Rule = fn(&Facts<'_>) -> Verdict;

/// Every rule, in the order in which failures are reported. What an action is not asked for, its demands leave out.
const RULES: [(PolicyRule, Rule); 5] = [
    (PolicyRule::Eligibility, eligibility::check),
    (PolicyRule::Expiration, expiration::check),
    (PolicyRule::Justification, justification::check),
    (PolicyRule::Mfa, mfa::check),
    (PolicyRule::Ticketing, ticketing::check),
];

/// The rules that fail. Whoever sets up the tenant is bound by what is possible, not by policy.
pub(crate) fn failures(facts: &Facts<'_>) -> Vec<PolicyRule> {
    match facts.actor {
        Actor::SetUp => Vec::new(),
        Actor::User { .. } | Actor::Application { .. } => {
            (RULES.iter()).filter(|(_, rule)| rule(facts) == Verdict::Fail).map(|(name, _)| *name).collect()
        }
    }
}

/// What the policy demands for an action on one side: end-user rules bind self-service, admin rules bind
/// administrators, also those who act for themselves (POL-35, POL-36); removals and deactivations need nothing (DEA-6).
pub(crate) fn demands(policy: &Policy, action: Action, side: AssignmentKind) -> Demands {
    match (action, side) {
        (Action::AdminRemove | Action::SelfDeactivate, _) => {
            Demands { expiration: None, enablement: Enablement::default() }
        }
        (Action::SelfActivate, _) => Demands {
            expiration: Some(policy.expiration_end_user_assignment),
            enablement: policy.enablement_end_user_assignment.clone(),
        },
        // The administrator's decision is what the maxima bind; a reason is always asked for (EXT-5), and a session with
        // multifactor authentication where the role asks for one at activation (POL-38).
        (Action::SelfExtend | Action::SelfRenew, _) => {
            let mut enablement = Enablement(vec![Requirement::Justification]);
            if policy.enablement_end_user_assignment.demands(Requirement::MultiFactorAuthentication) {
                enablement.0.push(Requirement::MultiFactorAuthentication);
            }
            Demands { expiration: None, enablement }
        }
        (_, AssignmentKind::Eligibility) => Demands {
            expiration: Some(policy.expiration_admin_eligibility),
            enablement: policy.enablement_admin_eligibility.clone(),
        },
        (_, AssignmentKind::Assignment) => Demands {
            expiration: Some(policy.expiration_admin_assignment),
            enablement: policy.enablement_admin_assignment.clone(),
        },
    }
}
