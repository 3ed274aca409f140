//! Stories about a small tenant, as readable lines.
//!
//! ```text
//! world alice bob users; ops role-assignable group of alice; robot service principal; berlin administrative unit
//! alice eligible for "Global Reader" for 30d                      set up, bound by what is possible and not by policy
//! at +1h alice selfActivate "Global Reader" 2h "incident" -> Provisioned as first
//! alice has "Global Reader"
//! first is Provisioned
//! tick 2h
//! happened +3h scheduleEnded Expired
//! alice has nothing
//! ```
//!
//! Every world has `admin`, a permanent Privileged Role Administrator, and `setup`, who is bound by no policy. The clock
//! starts on a whole hour, `+0h`. A command is `actor verb …`: what it is for may be named in any order, and what is not
//! named is left out of the request; `with mfa c1` says what the session of the actor has. It ends in `-> ` and a status,
//! `ok`, or the names of the rejection. `actor would …` only asks. After every command the dry run has agreed with it and a
//! refusal has changed nothing; after the last line every invariant holds, the events lead to the same state, and so does
//! the snapshot.
//!
//! ```text
//! policy "Global Reader" approval by bob ops                      set up; nobody named means the default approvers
//! admin policy "Global Reader" no approval max 4h mfa ticket eligible max 30d active forever justification -> ok
//! access "guard" c1 for everybody "Security Reader" except bob takes mfa      a Conditional Access policy
//! alice selfActivate "Global Reader" 2h "incident" with c1 -> PendingApproval as asking
//! bob approves asking
//! bob approve asking "fine" -> ok
//! approval of asking is Completed
//! admin grant asking 20d "ok" -> ok                               a manager decides on an extension or renewal
//! bob needs mfa for c1
//! bob meets c1 with mfa
//! warning "somebody can decide on every activation of a protected role"       one that does not hold
//! ```
//!
//! ```text
//! world prod subscription; web resource-group of prod; kv resource of web; Watcher azure role of prod
//! alice eligible for "Reader at prod" for 30d
//! alice selfActivate "Reader at web" 2h "incident" if "@Resource…" linking first -> Provisioned
//! link of alice active "Reader at web" is first                   the eligibility that it was activated from
//! condition of alice active "Reader at web" is "@Resource…"
//! alice may "Microsoft.KeyVault/vaults/read" at kv
//! setup lock web ReadOnly -> ok
//! setup move prod below corp -> ok                                demolish, rename, unlock, make, elevate, defineRole
//! ```
//!
//! ```text
//! alice signed in -40d silently                                   or `alice failed to sign in`; now, if nothing is said
//! alice last signed in successfully +2h                           interactively, silently, in whichever way; or `never`
//! alert StaleSignInAlert names alice bob                          what it has found, whether or not it is dismissed
//! alert StaleSignInAlert is up                                    quiet, dismissed; of prod: the one of a subscription
//! alert StaleSignInAlert scanned +1d                              changed +1d
//! admin refreshAlerts -> ok                                       StaleSignInAlert; of prod
//! admin setAlert StaleSignInAlert duration 60d off -> ok          count 5 percentage 20 interval 5h on
//! admin dismissAlert StaleSignInAlert -> ok                       showAlert
//! admin remediateAlert StaleSignInAlert alice -> ok
//! ```
//!
//! What is said of Azure stands in `azure`, of access reviews in `reviews`, of alerts in `alerts`. How the other words are read stands in `read` and
//! `settings`, what may be claimed in `claims`, what a world is made of in `make`, lengths and instants in `text`.

mod alerts;
mod azure;
mod claims;
mod make;
mod read;
mod reviews;
mod settings;
mod sign_ins;
mod text;

pub(super) use make::{custom_role, group, service_principal, user};
pub(super) use text::{instant, length, offset, render};

use crate::model::{DirectoryScope, License, UserType};
use crate::time::Instant;
use crate::{
    Actor, AdministrativeUnitId, ApplicationId, Command, IdKind, IdSource, Outcome, Pim, PrincipalId, Recorded,
    Rejection, RequestId, Severity,
};
use read::session;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use text::{Word, words};
use uuid::Uuid;

/// The instant that stories begin at: a Monday, on a whole hour.
pub(super) const BEGINNING: Instant = Instant::from_milliseconds(1_772_442_000_000);

/// Tells a story to its end and checks what always holds.
#[track_caller]
pub(super) fn check(story: &str) {
    Lab::after(story).finish();
}

/// A step of a story that did not come out as told.
type Told<T> = Result<T, String>;

/// Makes something of a name.
type Make = fn(&mut Lab, &str);

/// Ids that count up, a stream per kind.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(super) struct Counting(pub(super) BTreeMap<IdKind, u64>);

impl IdSource for Counting {
    fn mint(&mut self, kind: IdKind) -> Uuid {
        let next = self.0.entry(kind).or_default();
        *next += 1;
        Uuid::from_u64_pair(0x1000 + kind as u64, *next)
    }
}

/// Whoever and whatever a story names.
#[derive(Clone, Copy, Debug)]
enum Named {
    Person(PrincipalId),
    Group(PrincipalId),
    Service(PrincipalId),
    Unit(AdministrativeUnitId),
    Application(ApplicationId),
    Request(RequestId),
}

/// A machine with names for what is in it.
pub(super) struct Lab {
    pub(super) pim: Pim,
    pub(super) ids: Counting,
    pub(super) events: Vec<Recorded>,
    names: BTreeMap<String, Named>,
    /// What the last line that did something brought about.
    fresh: Vec<Recorded>,
}

impl Lab {
    /// A tenant with its administrator.
    pub(super) fn new() -> Self {
        let mut lab = Self {
            pim: Pim::new(BEGINNING),
            ids: Counting::default(),
            events: Vec::new(),
            names: BTreeMap::new(),
            fresh: Vec::new(),
        };
        lab.licensed(License::P2);
        lab.user("admin", UserType::Member, true);
        let admin = lab.id("admin").unwrap();
        let privilege = lab.privilege("Privileged Role Administrator", DirectoryScope::Tenant).unwrap();
        lab.set_up(&Command::CreateRoleAssignment { principal: admin, privilege, id: None, details: None });
        lab
    }

    /// The lab after a story.
    #[track_caller]
    pub(super) fn after(story: &str) -> Self {
        let mut lab = Self::new();
        lab.tell(story);
        lab
    }

    /// Tells more of the story.
    #[track_caller]
    pub(super) fn tell(&mut self, story: &str) {
        for (number, line) in story.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            if let Err(complaint) = self.line(line) {
                panic!(
                    "line {}: {line}\n{complaint}\nwhat happened until then:\n{}",
                    number + 1,
                    self.log(&self.events)
                );
            }
        }
    }

    /// What holds at the end of every story.
    #[track_caller]
    pub(super) fn finish(mut self) {
        self.events.extend(self.pim.take_events());
        let log = self.log(&self.events);
        for invariant in self.pim.invariants().into_iter().filter(|it| it.severity == Severity::Error) {
            assert!(invariant.violations.is_empty(), "{}: {:?}\n{log}", invariant.name, invariant.violations);
        }
        let snapshot = self.pim.snapshot();
        let mut replayed = Pim::replay(&self.events);
        replayed.advance_to(self.pim.now());
        assert_eq!(replayed.snapshot(), snapshot, "replay leads elsewhere\n{log}");
        let text = serde_json::to_string(&snapshot).unwrap();
        let restored = Pim::restore(serde_json::from_str(&text).unwrap());
        assert_eq!(restored.snapshot(), snapshot, "a snapshot does not survive\n{log}");
        assert!(
            restored.invariants().iter().all(|it| it.severity == Severity::Warning || it.violations.is_empty()),
            "a restored state is broken\n{log}"
        );
    }

    /// Events as people read them.
    fn log(&self, events: &[Recorded]) -> String {
        let mut log = String::new();
        for Recorded { at, event, .. } in events {
            let _ = writeln!(log, "  {} {event:?}", offset(*at));
        }
        for (name, named) in &self.names {
            let _ = writeln!(log, "  {name} = {named:?}");
        }
        log
    }

    fn line(&mut self, line: &str) -> Told<()> {
        if let Some(rest) = line.strip_prefix("world ") {
            return rest.split(';').try_for_each(|item| self.declare(item));
        }
        let (line, expected) = match line.split_once("->") {
            Some((line, expected)) => (line, Some(expected.trim())),
            None => (line, None),
        };
        let mut words = words(line)?;
        if words.first().is_some_and(|word| word.is("at")) {
            let at = words.get(1).and_then(|word| instant(&word.text)).ok_or("at needs a time such as +2h")?;
            self.advance(at);
            words.drain(..2);
        }
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        match (texts.as_slice(), expected) {
            ([], _) => Ok(()),
            (["tick", length], None) => {
                let length = self::length(length).ok_or("tick needs a length such as 2h")?;
                self.advance(self.pim.now().plus(length));
                Ok(())
            }
            (["licence", which], None) => {
                let license = match *which {
                    "none" => License::None,
                    "P1" => License::P1,
                    "P2" => License::P2,
                    "Governance" => License::Governance,
                    _ => return Err("no such licence".to_owned()),
                };
                self.set_up(&Command::SetLicense(license));
                Ok(())
            }
            (["switch", name, value], None) => self.switch(name, value),
            (["policy" | "access", ..], None) => {
                let command = self.read_command("setup", texts[0], &words[1..])?;
                let answer = self.handle(Actor::SetUp, &command);
                answer.map(drop).map_err(|rejection| format!("refused: {}", render(&rejection)))
            }
            (["nothing", "happened"], None) => self.happened(""),
            (["happened", ..], None) => self.happened(line.trim_start().trim_start_matches("happened")),
            (_, Some(expected)) => self.command(&words, expected),
            (texts, None) => match self.review_claim(texts) {
                Some(told) => told,
                None => self.claim(&words),
            },
        }
    }

    fn command(&mut self, words: &[Word], expected: &str) -> Told<()> {
        let (would, mut words) = match words {
            [actor, would, rest @ ..] if would.is("would") => {
                (true, std::iter::once(actor).chain(rest).cloned().collect())
            }
            _ => (false, words.to_vec()),
        };
        let session = session(&mut words);
        let [actor, verb, rest @ ..] = words.as_slice() else { return Err("an actor and a verb".to_owned()) };
        let actor_name = actor.text.clone();
        let actor = self.actor(&actor_name, session)?;
        let command = self.read_command(&actor_name, &verb.text, rest)?;
        let (expected, name) = match expected.split_once(" as ") {
            Some((expected, name)) => (expected.trim(), Some(name.trim())),
            None => (expected, None),
        };
        let before = (self.pim.snapshot(), self.ids.clone());
        let answer =
            if would { self.pim.dry_run(self.pim.now(), actor, &command) } else { self.handle(actor, &command) };
        if (would || answer.is_err()) && before != (self.pim.snapshot(), self.ids.clone()) {
            return Err(format!("something changed although the answer was {answer:?}"));
        }
        let said = match &answer {
            Ok(outcome) => outcome.request.as_ref().map_or("ok", |request| request.status.name()).to_owned(),
            Err(rejection) => render(rejection),
        };
        let is_kind_of_it = said.split(' ').next() == Some(expected) && answer.is_err();
        if said != expected && !is_kind_of_it {
            return Err(format!("expected: {expected}\nanswered: {said} ({answer:?})"));
        }
        if let (Some(name), Ok(Outcome { request: Some(request), .. })) = (name, &answer) {
            self.names.insert(name.to_owned(), Named::Request(request.id));
        }
        Ok(())
    }

    /// Lets time pass.
    pub(super) fn advance(&mut self, now: Instant) {
        self.pim.advance_to(now);
        self.collect();
    }

    /// A command, which the dry run has agreed with.
    pub(super) fn handle(&mut self, actor: Actor, command: &Command) -> Result<Outcome, Rejection> {
        let now = self.pim.now();
        let dry = self.pim.dry_run(now, actor, command);
        let answer = self.pim.handle(now, &mut self.ids, actor, command);
        match (&dry, &answer) {
            (Ok(dry), Ok(wet)) => {
                let status = |outcome: &Outcome| outcome.request.as_ref().map(|request| request.status);
                assert_eq!(status(dry), status(wet), "the dry run says otherwise");
            }
            (Err(dry), Err(wet)) => assert_eq!(dry, wet, "the dry run says otherwise"),
            _ => panic!("the dry run says {dry:?}, what happened is {answer:?}"),
        }
        self.collect();
        answer
    }

    /// What must work.
    #[track_caller]
    pub(super) fn set_up(&mut self, command: &Command) -> Outcome {
        self.handle(Actor::SetUp, command).unwrap()
    }

    fn collect(&mut self) {
        self.fresh = self.pim.take_events();
        self.events.extend(self.fresh.iter().cloned());
    }

    fn switch(&mut self, name: &str, value: &str) -> Told<()> {
        let mut switches = serde_json::to_value(self.pim.view(self.pim.now()).behaviour()).unwrap();
        *switches.get_mut(name).ok_or("no such switch")? = match length(value) {
            Some(length) => serde_json::to_value(length).unwrap(),
            None => serde_json::from_str(value).unwrap_or_else(|_| value.into()),
        };
        let behaviour = serde_json::from_value(switches).map_err(|error| error.to_string())?;
        self.set_up(&Command::SetBehaviour(behaviour));
        Ok(())
    }
}
