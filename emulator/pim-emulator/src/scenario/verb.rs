//! What a step does: one thing, and which. Whoever adds one adds its entry in `file/`, a line here, and its arms in `look.rs`,
//! `known.rs` and `run.rs`, which the compiler names.

use super::error::Mistake;
use super::file::{
    AlertCheck, AlertRemedyEntry, AlertScanEntry, AuditCheck, CallEntry, CheckEntry, DecisionEntry, HeldCheck,
    MailCheck, MembershipEntry, RequestCheck, RequestEntry, ReviewCheck, StepEntry,
};
use super::review::{LatestAct, ReviewAct};
use crate::app::world::{AlertEntry, PolicyEntry};
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
    Act(Act<'a>),
    Advance(Length),
    Until(Instant),
    Behaviour(&'a BTreeMap<String, Value>),
    Check(&'a CheckEntry),
}

/// What somebody does.
#[derive(Debug)]
pub(super) enum Act<'a> {
    Request { action: Action, side: Side, entry: &'a RequestEntry },
    Cancel(&'a str),
    Decide { approve: bool, entry: &'a DecisionEntry },
    SetPolicy(&'a PolicyEntry),
    Membership { add: bool, entry: &'a MembershipEntry },
    Review(ReviewAct<'a>),
    Scan(&'a AlertScanEntry),
    SetAlert(&'a AlertEntry),
    Remedy(&'a AlertRemedyEntry),
    Call(&'a CallEntry),
}

/// One thing that is looked at.
#[derive(Debug)]
pub(super) enum Row<'a> {
    Held { side: Side, wanted: bool, entry: &'a HeldCheck },
    Member { wanted: bool, entry: &'a MembershipEntry },
    Request(&'a RequestCheck),
    Audit(&'a AuditCheck),
    Mail(&'a MailCheck),
    Policy(&'a PolicyEntry),
    Review(&'a ReviewCheck),
    Alert(&'a AlertCheck),
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
            (None, _) => Err(Mistake::whole("a step does one thing, and this one has none")),
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
            act("cancel", self.cancel.as_deref(), Act::Cancel),
            act("approve", self.approve.as_ref(), |entry| Act::Decide { approve: true, entry }),
            act("deny", self.deny.as_ref(), |entry| Act::Decide { approve: false, entry }),
            act("setPolicy", self.set_policy.as_ref(), Act::SetPolicy),
            act("addMember", self.add_member.as_ref(), |entry| Act::Membership { add: true, entry }),
            act("removeMember", self.remove_member.as_ref(), |entry| Act::Membership { add: false, entry }),
            act("startReview", self.start_review.as_ref(), |entry| Act::Review(ReviewAct::Start(entry))),
            act("decideReview", self.decide_review.as_ref(), |entry| Act::Review(ReviewAct::Decide(entry))),
            latest("acceptRecommendations", LatestAct::Accept, self.accept_recommendations.as_deref()),
            latest("stopReview", LatestAct::Stop, self.stop_review.as_deref()),
            latest("resetReview", LatestAct::Reset, self.reset_review.as_deref()),
            latest("applyReview", LatestAct::Apply, self.apply_review.as_deref()),
            latest("remindReviewers", LatestAct::Remind, self.remind_reviewers.as_deref()),
            act("refreshAlerts", self.refresh_alerts.as_ref(), Act::Scan),
            act("setAlert", self.set_alert.as_ref(), Act::SetAlert),
            act("remediateAlert", self.remediate_alert.as_ref(), Act::Remedy),
            act("call", self.call.as_ref(), Act::Call),
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

fn act<'a, T: ?Sized>(key: &'static str, entry: Option<&'a T>, is: impl FnOnce(&'a T) -> Act<'a>) -> Keyed<'a> {
    entry.map(|entry| (key, Verb::Act(is(entry))))
}

fn latest<'a>(key: &'static str, what: LatestAct, review: Option<&'a str>) -> Keyed<'a> {
    act(key, review, |review| Act::Review(ReviewAct::Latest(what, review)))
}

fn request<'a>(key: &'static str, action: Action, side: Side, entry: Option<&'a RequestEntry>) -> Keyed<'a> {
    act(key, entry, |entry| Act::Request { action, side, entry })
}

impl CheckEntry {
    /// Everything that is looked at, each with its key and its place under it.
    pub(super) fn rows(&self) -> Vec<(&'static str, usize, Row<'_>)> {
        let held = |side, wanted| move |entry| Row::Held { side, wanted, entry };
        let mut rows = Vec::new();
        add(&mut rows, "active", &self.active, held(Side::Active, true));
        add(&mut rows, "notActive", &self.not_active, held(Side::Active, false));
        add(&mut rows, "eligible", &self.eligible, held(Side::Eligible, true));
        add(&mut rows, "notEligible", &self.not_eligible, held(Side::Eligible, false));
        add(&mut rows, "member", &self.member, |entry| Row::Member { wanted: true, entry });
        add(&mut rows, "notMember", &self.not_member, |entry| Row::Member { wanted: false, entry });
        add(&mut rows, "requests", &self.requests, Row::Request);
        add(&mut rows, "audit", &self.audit, Row::Audit);
        add(&mut rows, "mail", &self.mail, Row::Mail);
        add(&mut rows, "policies", &self.policies, Row::Policy);
        add(&mut rows, "reviews", &self.reviews, Row::Review);
        add(&mut rows, "alerts", &self.alerts, Row::Alert);
        rows
    }
}

type Rows<'a> = Vec<(&'static str, usize, Row<'a>)>;

fn add<'a, T>(rows: &mut Rows<'a>, key: &'static str, entries: &'a [T], is: impl Fn(&'a T) -> Row<'a>) {
    rows.extend(entries.iter().enumerate().map(|(place, entry)| (key, place, is(entry))));
}
