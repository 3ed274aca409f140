//! Lines that claim something: what somebody holds, how a request stands, what has happened.

use super::azure::condition_of;
use super::read::session;
use super::text::{Word, describe, offset, render, window};
use super::{Lab, Named, Told};
use crate::model::conditional_access::{AuthenticationContextId, ContextDemand};
use crate::model::{Action, AssignmentKind, RequestStatus};
use crate::{Actor, AlertEvent, By, Command, Event, ScheduleId, Severity};

impl Lab {
    /// A line that sets something up, or claims something about the state.
    pub(super) fn claim(&mut self, words: &[Word]) -> Told<()> {
        let mut words = words.to_vec();
        let session = session(&mut words);
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        match texts.as_slice() {
            ["alert", name, rest @ ..] => self.claim_of_alert(name, rest),
            [name, "last", "signed", "in", when] => self.claim_of_sign_in(name, None, when),
            [name, "last", "signed", "in", way, when] => self.claim_of_sign_in(name, Some(way), when),
            [name, "signed", "in", rest @ ..] => self.sign_in(name, rest, false),
            [name, "failed", "to", "sign", "in", rest @ ..] => self.sign_in(name, rest, true),
            ["approval", "of", name, "is", expected] => {
                let approval = self.pim.view(self.pim.now()).approval(self.request(name));
                let status = approval.as_ref().map_or("gone", |it| it.status.name());
                claim(status == *expected, || format!("there is {approval:?}"))
            }
            [name, side @ ("eligible" | "active"), ..] => {
                let mut ask = self.ask(name, Action::AdminAssign, &words[1..])?;
                ask.side = if *side == "active" { AssignmentKind::Assignment } else { AssignmentKind::Eligibility };
                let answer = self.handle(Actor::SetUp, &Command::Request(ask));
                answer.map(drop).map_err(|rejection| format!("refused: {}", render(&rejection)))
            }
            [name, "has", "nothing"] => {
                let id = self.id(name)?;
                let held: Vec<_> = self
                    .pim
                    .view(self.pim.now())
                    .instances(AssignmentKind::Assignment, By::Principal(id), None)
                    .collect();
                claim(held.is_empty(), || format!("has {held:?}"))
            }
            [name, "approves", names @ ..] => self.claim_of_queue(name, names),
            [name, "has", "nothing", "to", "approve"] => self.claim_of_queue(name, &[]),
            [name, verb @ ("has" | "lacks"), ..] => {
                let ask = self.ask(name, Action::AdminRemove, &words[2..])?;
                let open = self.open(AssignmentKind::Assignment, ask.principal, ask.privilege);
                claim(open.is_some() == (*verb == "has"), || format!("there is {open:?}"))
            }
            [name, "is", rest @ .., "eligible", "for", _] | [name, "is", rest @ .., "eligible", "for", _, _] => {
                let ask = self.ask(name, Action::AdminRemove, &words[2 + rest.len()..])?;
                let open = self.open(AssignmentKind::Eligibility, ask.principal, ask.privilege);
                claim(open.is_some() == rest.is_empty(), || format!("there is {open:?}"))
            }
            [name, verb @ ("does" | "acts"), .., role] => {
                let (id, role) = (self.id(name)?, self.role(role)?);
                let acts = self.pim.view(self.pim.now()).active_roles(id).contains(&role);
                claim(acts == (*verb == "acts"), || format!("acts: {acts}"))
            }
            ["window", "of", name, .., start, end] => {
                let ask = self.ask(name, Action::AdminRemove, &words[3..words.len() - 2])?;
                let live: Vec<_> = self.live(&ask).iter().map(window).collect();
                claim(live.contains(&format!("{start} {end}")), || format!("there are {live:?}"))
            }
            ["phase", "of", name, .., "is", phase] => {
                let ask = self.ask(name, Action::AdminRemove, &words[3..words.len() - 2])?;
                let phases: Vec<_> = self.live(&ask).iter().map(|it| format!("{:?}", it.phase)).collect();
                claim(phases.join("+") == if *phase == "none" { "" } else { phase }, || format!("phases: {phases:?}"))
            }
            ["condition", "of", name, .., "is", expected] => {
                let ask = self.ask(name, Action::AdminRemove, &words[3..words.len() - 2])?;
                let conditions: Vec<_> = self.live(&ask).iter().map(|it| condition_of(it).to_owned()).collect();
                claim(conditions == [*expected], || format!("conditions: {conditions:?}"))
            }
            ["link", "of", name, .., "is", expected] => {
                let ask = self.ask(name, Action::AdminRemove, &words[3..words.len() - 2])?;
                let expected = ScheduleId::from(self.request(expected));
                let links: Vec<_> = self.live(&ask).iter().map(|it| it.activated_using).collect();
                claim(links == [Some(expected)], || format!("links: {links:?}"))
            }
            [name, "may", "not", action, "at", scope] => self.claim_of_permission(name, action, scope, false),
            [name, "may", action, "at", scope] => self.claim_of_permission(name, action, scope, true),
            [name, "needs", what @ ("mfa" | "nothing"), "for", context] => self.claim_of_demand(name, context, what),
            [name, "needs", context] => self.claim_of_demand(name, context, context),
            [name, verb @ ("meets" | "fails"), context] => {
                let context = AuthenticationContextId::parse(context).ok_or("which context?")?;
                let meets = self.pim.view(self.pim.now()).satisfies_context(self.id(name)?, context, session.0);
                claim(meets == (*verb == "meets"), || format!("meets it: {meets}"))
            }
            [name, verb @ ("belongs" | "strays" | "owns" | "disowned"), .., group] => {
                let (id, group) = (self.id(name)?, self.id(group)?);
                let view = self.pim.view(self.pim.now());
                let (members, is_in) = match *verb {
                    "belongs" | "strays" => (view.members(group), *verb == "belongs"),
                    _ => (view.owners(group), *verb == "owns"),
                };
                claim(members.iter().any(|it| it.id() == id) == is_in, || format!("there are {members:?}"))
            }
            ["no", "warnings"] => {
                let warnings = self.warnings();
                claim(warnings.is_empty(), || format!("there are {warnings:?}"))
            }
            ["warning", name] => {
                let warnings = self.warnings();
                claim(warnings.contains(&(*name).to_owned()), || format!("there are {warnings:?}"))
            }
            [name, what @ ("is" | "completed" | "asks" | "targets"), rest] => self.claim_of_request(name, what, rest),
            _ => Err("no such line".to_owned()),
        }
    }

    fn claim_of_request(&self, name: &str, what: &str, expected: &str) -> Told<()> {
        let Some(Named::Request(id)) = self.names.get(name) else { return Err("no such request".to_owned()) };
        let request = self.pim.view(self.pim.now()).request(*id);
        let said = match (&request, what) {
            (None, _) => "gone".to_owned(),
            (Some(request), "is") => request.status.name().to_owned(),
            (Some(request), "completed") => request.completed.map_or("never".to_owned(), offset),
            (Some(request), "asks") => request.asked.map_or("nothing".to_owned(), |_| "something".to_owned()),
            (Some(request), _) => match request.target_schedule {
                None => "nothing".to_owned(),
                Some(schedule) => (self.names.iter())
                    .find(|(_, named)| matches!(named, Named::Request(id) if id.0 == schedule.0))
                    .map_or("something".to_owned(), |(name, _)| name.clone()),
            },
        };
        claim(said == expected, || format!("{what}: {said} ({request:?})"))
    }

    /// The requests that wait for somebody's approval.
    fn claim_of_queue(&self, name: &str, names: &[&str]) -> Told<()> {
        let view = self.pim.view(self.pim.now());
        let requests = view.requests(AssignmentKind::Assignment, By::Approver(self.id(name)?), None);
        let found: Vec<_> = (requests.map(|(_, request)| request))
            .filter(|request| request.status == RequestStatus::PendingApproval)
            .map(|request| request.id)
            .collect();
        let expected: Vec<_> = names.iter().map(|name| self.request(name.trim_end_matches(','))).collect();
        claim(found == expected, || format!("approves {found:?}"))
    }

    fn claim_of_demand(&self, name: &str, context: &str, expected: &str) -> Told<()> {
        let id = AuthenticationContextId::parse(context).ok_or("which context?")?;
        let demand = self.pim.view(self.pim.now()).context_demand(self.id(name)?, id);
        let said = match demand {
            ContextDemand::Context => context,
            ContextDemand::MultiFactorAuthentication => "mfa",
            ContextDemand::Nothing => "nothing",
        };
        claim(said == expected, || format!("needs {said}"))
    }

    /// The names of the warnings that apply.
    fn warnings(&self) -> Vec<String> {
        let broken = self.pim.invariants().into_iter().filter(|it| !it.violations.is_empty());
        broken.filter(|it| it.severity == Severity::Warning).map(|it| it.name).collect()
    }

    /// `+8h scheduleEnded Expired, +8h requestPurged`. Mails, reminders and the ends of weeks count only where one of their
    /// kind is named.
    pub(super) fn happened(&self, expected: &str) -> Told<()> {
        let is_quiet = |event: &Event| {
            matches!(event, Event::MailSent(_) | Event::WeekEnded { .. } | Event::EndNears { .. })
                || matches!(event, Event::Alert(AlertEvent::Found(_)))
                || matches!(event, Event::Alert(AlertEvent::Scanned(scan)) if scan.operation.is_none())
        };
        let found: Vec<_> = (self.fresh.iter())
            .filter(|it| !is_quiet(&it.event) || expected.contains(it.event.name()))
            .map(|it| format!("{} {}", offset(it.at), describe(&it.event)))
            .collect();
        let expected: Vec<_> = expected.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
        claim(found == expected, || format!("happened: {}", found.join(", ")))
    }
}

fn claim(holds: bool, complaint: impl FnOnce() -> String) -> Told<()> {
    if holds { Ok(()) } else { Err(complaint()) }
}
