//! Whether every name in the steps stands for something: seen before anything is done.

use super::alerts;
use super::check::NOBODY_LOOKS;
use super::error::Mistake;
use super::file::{MembershipEntry, StepEntry};
use super::names::{Made, Names};
use super::policy;
use super::review::{Review, ReviewAct};
use super::subject::Subject;
use super::template::{fill, fill_value};
use super::verb::{Act, Row, Verb};
use super::wire::Caller;

impl Names {
    /// Looks at the names in a step, and notes those that it gives, for the steps after it.
    /// `observer` looks where nobody else does.
    pub(super) fn look_at(&mut self, step: &StepEntry, observer: Option<&str>) -> Result<(), Mistake> {
        if let Some(actor) = &step.actor {
            self.is_application(actor).map_err(Mistake::name("as"))?;
        }
        let (key, verb) = step.verb()?;
        match verb {
            Verb::Act(act) => {
                self.look_at_act(&act).map_err(|mistake| mistake.below(key))?;
                self.expect(step, key, &act)
            }
            Verb::Check(entry) => entry.rows().into_iter().try_for_each(|(section, place, row)| {
                let looks = step.actor.as_deref().or(observer);
                self.look_at_row(&row, looks).map_err(|mistake| mistake.below(place).below(section).below(key))
            }),
            Verb::Advance(_) | Verb::Until(_) | Verb::Behaviour(_) => Ok(()),
        }
    }

    fn look_at_act(&self, act: &Act<'_>) -> Result<(), Mistake> {
        match act {
            Act::Request { entry, .. } => {
                Subject::of(entry.about(), self)?;
                let principal = entry.principal.as_deref().map(|name| self.principal(name)).transpose();
                principal.map(drop).map_err(Mistake::name("principal"))
            }
            Act::Cancel(name) => self.request(name).map(drop).map_err(Mistake::whole),
            Act::Decide { entry, .. } => self.request(&entry.request).map(drop).map_err(Mistake::name("request")),
            Act::SetPolicy(entry) => policy::look_at(entry, self),
            Act::Membership { entry, .. } => self.look_at_member(entry),
            Act::Review(act) => act.look_at_names(self),
            Act::Scan(entry) => entry.look_at(self),
            Act::SetAlert(entry) => alerts::look_at(entry, self),
            Act::Remedy(entry) => entry.look_at(self),
            Act::Call(entry) => {
                fill(&entry.path, self).map_err(Mistake::name("path"))?;
                let body = entry.body.as_ref().map(|body| fill_value(body, self)).transpose();
                body.map_err(Mistake::name("body"))?;
                let answers = entry.answers.as_ref().map(|answers| fill_value(answers, self)).transpose();
                answers.map(drop).map_err(Mistake::name("answers"))
            }
        }
    }

    fn look_at_row(&self, row: &Row<'_>, looks: Option<&str>) -> Result<(), Mistake> {
        match row {
            Row::Held { entry, .. } => {
                Subject::of(entry.about(), self)?;
                self.principal(&entry.principal).map_err(Mistake::name("principal"))?;
                // A group or an application does not look itself.
                match looks.or_else(|| self.user_principal_name(&entry.principal)) {
                    Some(_) => Ok(()),
                    None => Err(Mistake::at("principal", NOBODY_LOOKS)),
                }
            }
            Row::Member { entry, .. } => self.look_at_member(entry),
            Row::Request(entry) => self.request(&entry.request).map(drop).map_err(Mistake::name("request")),
            Row::Audit(entry) => {
                let by = entry.by.as_deref().map(|name| self.principal(name)).transpose();
                by.map_err(Mistake::name("by"))?;
                let about = entry.about.as_deref().map(|name| self.anything(name)).transpose();
                about.map(drop).map_err(Mistake::name("about"))
            }
            Row::Mail(entry) => self.address(&entry.to).map(drop).map_err(Mistake::name("to")),
            Row::Policy(entry) => policy::look_at(entry, self),
            Row::Review(entry) => entry.look_at_names(self),
            Row::Alert(entry) => entry.look_at(self),
        }
    }

    fn look_at_member(&self, entry: &MembershipEntry) -> Result<(), Mistake> {
        self.principal(&entry.group).map_err(Mistake::name("group"))?;
        self.principal(&entry.principal).map(drop).map_err(Mistake::name("principal"))
    }

    /// Notes what the step will have made. A name is given once.
    fn expect(&mut self, step: &StepEntry, key: &'static str, act: &Act<'_>) -> Result<(), Mistake> {
        match (act, &step.request) {
            (Act::Request { entry, .. }, Some(name)) => {
                if self.has_request(name) {
                    return Err(Mistake::at("request", format!("'{name}' is the name of a request already")));
                }
                let by = Caller::signed_in(step.actor.as_deref().unwrap_or_default());
                self.add_request(name, Made::expected(Subject::of(entry.about(), self)?, by));
            }
            (Act::Call(entry), _) => {
                if let Some(name) = &entry.remember {
                    if self.has(name) {
                        return Err(Mistake::at("remember", format!("'{name}' is a name already")).below(key));
                    }
                    self.add_object(name, String::new());
                }
            }
            (Act::Review(ReviewAct::Start(entry)), _) => {
                if self.review(&entry.name).is_ok() {
                    let message = format!("'{}' is the name of an access review already", entry.name);
                    return Err(Mistake::at("name", message).below(key));
                }
                self.add_review(&entry.name, Review::of_graph(""));
            }
            (
                Act::Request { .. }
                | Act::Cancel(_)
                | Act::Decide { .. }
                | Act::SetPolicy(_)
                | Act::Membership { .. }
                | Act::Review(_)
                | Act::Scan(_)
                | Act::SetAlert(_)
                | Act::Remedy(_),
                _,
            ) => {}
        }
        Ok(())
    }
}
