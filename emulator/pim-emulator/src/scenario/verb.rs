//! What a step does: one thing, and which.

use super::error::Mistake;
use super::file::{CallEntry, CheckEntry, DecisionEntry, MembershipEntry, RequestEntry, StepEntry};
use super::review::{LatestAct, ReviewVerb};
use crate::app::world::PolicyEntry;
use pim_core::time::{Instant, Length};
use serde_json::Value;
use std::collections::BTreeMap;

/// What somebody asks of PIM, in the words of the service: with the word for whoever holds it, and for whoever manages it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Action {
    Activate,
    Deactivate,
    Assign,
    Update,
    Remove,
    Extend,
    Renew,
}

/// Which of the two sides it is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Side {
    Eligible,
    Active,
}

/// The one thing that a step does.
#[derive(Debug)]
pub(super) enum Verb<'a> {
    Request { action: Action, side: Side, entry: &'a RequestEntry },
    Cancel(&'a str),
    Decide { approve: bool, entry: &'a DecisionEntry },
    SetPolicy(&'a PolicyEntry),
    Membership { add: bool, entry: &'a MembershipEntry },
    Review(ReviewVerb<'a>),
    Call(&'a CallEntry),
    Advance(Length),
    Until(Instant),
    Behaviour(&'a BTreeMap<String, Value>),
    Check(&'a CheckEntry),
}

impl Action {
    /// The word of the service, as Graph writes it.
    pub(super) const fn word(self, by_oneself: bool) -> &'static str {
        match (self, by_oneself) {
            (Self::Activate, _) => "selfActivate",
            (Self::Deactivate, _) => "selfDeactivate",
            (Self::Assign, _) => "adminAssign",
            (Self::Update, _) => "adminUpdate",
            (Self::Remove, _) => "adminRemove",
            (Self::Extend, true) => "selfExtend",
            (Self::Extend, false) => "adminExtend",
            (Self::Renew, true) => "selfRenew",
            (Self::Renew, false) => "adminRenew",
        }
    }

    /// Whether its window is part of what is asked.
    pub(super) const fn has_window(self) -> bool {
        match self {
            Self::Activate | Self::Assign | Self::Update | Self::Extend | Self::Renew => true,
            Self::Deactivate | Self::Remove => false,
        }
    }
}

impl StepEntry {
    /// The thing that the step does, with its key.
    pub(super) fn verb(&self) -> Result<(&'static str, Verb<'_>), Mistake> {
        let mut verbs = self.verbs();
        match (verbs.pop(), verbs.pop()) {
            (Some(one), None) => Ok(one),
            (Some((second, _)), Some((first, _))) => {
                Err(Mistake::at(second, format!("a step does one thing, and this one has '{first}' and '{second}'")))
            }
            (None, _) => {
                Err(Mistake { keys: Vec::new(), message: "a step does one thing, and this one has none".into() })
            }
        }
    }

    fn verbs(&self) -> Vec<(&'static str, Verb<'_>)> {
        let all = [
            request("activate", Action::Activate, Side::Active, self.activate.as_ref()),
            request("deactivate", Action::Deactivate, Side::Active, self.deactivate.as_ref()),
            request("makeEligible", Action::Assign, Side::Eligible, self.make_eligible.as_ref()),
            request("makeActive", Action::Assign, Side::Active, self.make_active.as_ref()),
            request("changeEligible", Action::Update, Side::Eligible, self.change_eligible.as_ref()),
            request("changeActive", Action::Update, Side::Active, self.change_active.as_ref()),
            request("removeEligible", Action::Remove, Side::Eligible, self.remove_eligible.as_ref()),
            request("removeActive", Action::Remove, Side::Active, self.remove_active.as_ref()),
            request("extendEligible", Action::Extend, Side::Eligible, self.extend_eligible.as_ref()),
            request("extendActive", Action::Extend, Side::Active, self.extend_active.as_ref()),
            request("renewEligible", Action::Renew, Side::Eligible, self.renew_eligible.as_ref()),
            request("renewActive", Action::Renew, Side::Active, self.renew_active.as_ref()),
            self.cancel.as_deref().map(|name| ("cancel", Verb::Cancel(name))),
            decide("approve", true, self.approve.as_ref()),
            decide("deny", false, self.deny.as_ref()),
            self.set_policy.as_ref().map(|entry| ("setPolicy", Verb::SetPolicy(entry))),
            membership("addMember", true, self.add_member.as_ref()),
            membership("removeMember", false, self.remove_member.as_ref()),
            self.start_review.as_ref().map(|entry| ("startReview", Verb::Review(ReviewVerb::Start(entry)))),
            self.decide_review.as_ref().map(|entry| ("decideReview", Verb::Review(ReviewVerb::Decide(entry)))),
            latest("acceptRecommendations", LatestAct::Accept, self.accept_recommendations.as_deref()),
            latest("stopReview", LatestAct::Stop, self.stop_review.as_deref()),
            latest("resetReview", LatestAct::Reset, self.reset_review.as_deref()),
            latest("applyReview", LatestAct::Apply, self.apply_review.as_deref()),
            latest("remindReviewers", LatestAct::Remind, self.remind_reviewers.as_deref()),
            self.call.as_ref().map(|entry| ("call", Verb::Call(entry))),
            self.advance.map(|by| ("advance", Verb::Advance(by))),
            self.until.map(|to| ("until", Verb::Until(to))),
            self.behaviour.as_ref().map(|switches| ("behaviour", Verb::Behaviour(switches))),
            self.check.as_ref().map(|entry| ("check", Verb::Check(entry))),
        ];
        all.into_iter().flatten().collect()
    }
}

/// A key with what the step does under it, if it has that key.
type Keyed<'a> = Option<(&'static str, Verb<'a>)>;

fn request<'a>(key: &'static str, action: Action, side: Side, entry: Option<&'a RequestEntry>) -> Keyed<'a> {
    entry.map(|entry| (key, Verb::Request { action, side, entry }))
}

fn decide<'a>(key: &'static str, approve: bool, entry: Option<&'a DecisionEntry>) -> Keyed<'a> {
    entry.map(|entry| (key, Verb::Decide { approve, entry }))
}

fn latest<'a>(key: &'static str, act: LatestAct, name: Option<&'a str>) -> Keyed<'a> {
    name.map(|name| (key, Verb::Review(ReviewVerb::Latest(act, name))))
}

fn membership<'a>(key: &'static str, add: bool, entry: Option<&'a MembershipEntry>) -> Keyed<'a> {
    entry.map(|entry| (key, Verb::Membership { add, entry }))
}
